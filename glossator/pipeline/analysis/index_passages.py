"""Articles -> the index of their passages, whatever the site publishes of them; changed articles are read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import structs

from glossator.content.article_files import reread
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable
from glossator.incremental.increments import Contribution, Derivation, Increment, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import BUCKETS, PASSAGE_STATE, PASSAGES
from glossator.model import ArticleId, Digest
from glossator.passages.postings import IndexedArticle, PassageIndexState, packed, updated
from glossator.passages.words import hashes
from glossator.pipeline.context import BuildContext, timed
from glossator.text import digest


@timed("passages")
def index_passages(context: BuildContext, store: ArticleStore) -> Namespace:
    """Bring the index up to date with the articles of a store; its rows are in the namespace, not committed yet."""
    namespace = Namespace(context.cache, PASSAGES)
    state = namespace.value(PASSAGE_STATE, PassageIndexState())
    articles = {article.head.id: article for article in store.kept}
    new: dict[ArticleId, IndexedArticle] = {}

    def index(changed: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[None]]]:
        for key in changed:
            whole = whole_text(store, articles[key])
            if whole is None:
                continue
            text, stored = digest(whole), state.articles.get(key)
            if not stored or stored.text != text:
                new[key] = IndexedArticle(state.following + len(new), text, packed(hashes(whole)))
            yield key, Contribution()

    stamps = {key: Digest(store.looked[article.file].stamp) for key, article in articles.items()}
    increment: Increment[ArticleId, None] = follow(namespace, Derivation(index), stamps)
    if not new and not increment.gone:
        return namespace
    state, rows = updated(state, new, increment.gone, partial(namespace.read_all, BUCKETS))
    namespace.write(BUCKETS, rows)
    namespace.set_value(PASSAGE_STATE, state)
    return namespace


def whole_text(store: ArticleStore, article: StoredArticle) -> str | None:
    """Return the whole Markdown of an article, whatever of it is published; None if its file cannot be read."""
    try:
        return reread(Path(store.folder) / article.file, structs.replace(article.head, rights="full")).markdown
    except Unusable:  # the build reports it, and the next one reads the file again
        return None
