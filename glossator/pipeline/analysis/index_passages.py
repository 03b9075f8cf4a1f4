"""Articles -> the index of their passages, whatever the site publishes of them; changed articles are read again."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from glossator.content.article_files import reread
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import BUCKETS, PASSAGE_STATE, PASSAGES
from glossator.model import ArticleId
from glossator.pipeline.context import BuildContext, timed
from glossator.stages.proof.postings import IndexedArticle, PassageIndexState, is_merge_due, merge, packed
from glossator.stages.proof.words import hashes
from glossator.text import digest


@timed("passages")
def index_passages(context: BuildContext, store: ArticleStore) -> Namespace:
    """Bring the index up to date with the articles of a store; its rows are in the namespace, not committed yet."""
    namespace = Namespace(context.cache, PASSAGES)
    before = namespace.value(PASSAGE_STATE, PassageIndexState())
    articles: dict[ArticleId, IndexedArticle] = {}
    following = before.following
    for article in store.kept:
        key, known = article.head.id, before.articles.get(article.head.id)
        stamp = store.looked[article.file].stamp
        if known and stamp and known.stamp == stamp:
            articles[key] = known
            continue
        whole = whole_text(store, article)
        if whole is None:
            continue
        text = digest(whole)
        if known and known.text == text:
            articles[key] = structs.replace(known, stamp=stamp)
            continue
        articles[key] = IndexedArticle(following, stamp, text, packed(hashes(whole)))
        following += 1
    if articles == before.articles:
        return namespace
    state = PassageIndexState(before.bits, following, before.merged, articles)
    if is_merge_due(state):
        buckets = namespace.read_all(BUCKETS)
        state, rows = merge(state, buckets)
        namespace.write(BUCKETS, {**dict.fromkeys(buckets.keys() - rows.keys()), **rows})
    namespace.set_value(PASSAGE_STATE, state)
    return namespace


def whole_text(store: ArticleStore, article: StoredArticle) -> str | None:
    """Return the whole Markdown of an article, whatever of it is published; None if its file cannot be read."""
    try:
        return reread(Path(store.folder) / article.file, structs.replace(article.head, rights="full")).markdown
    except Unusable:  # the build reports it, and the next one reads the file again
        return None
