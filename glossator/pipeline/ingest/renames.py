"""Articles whose files a person renamed: their old addresses redirect to the new ones.

An article is recognised by the saved file that its front matter names, or by its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from glossator import addresses
from glossator.content.article_store import ArticleFileRecord, ArticleStore, StoredArticle
from glossator.content.conversions import Conversions, key_of
from glossator.model import ArticleId
from glossator.pipeline.ingest.conversion_record import ConversionRecord


def with_renamed(
    record: ConversionRecord, before: Mapping[str, ArticleFileRecord], store: ArticleStore
) -> dict[ArticleId, ArticleId]:
    """Return the renames of the `record`, and those since the last build; ids that are in use again are left out.

    `before` are the files as the last build read them. An article that
    is private, or was when its file had the old name, leaves no trace.
    """
    renamed = dict(record.stored_renames)
    found = (*_by_conversion(record.stored, store), *_by_text(before, store))
    if not (renamed or found):  # as in nearly every build: then nobody asks for the ids of all files
        return {}
    present = {addresses.article_id(Path(file).stem) for file in store.looked}
    for old, new in found:
        if old not in present and old != new:
            renamed = {former: new if now == old else now for former, now in renamed.items()}
            renamed[old] = new
    return {old: new for old, new in sorted(renamed.items()) if old not in present}


def _by_conversion(recorded: Conversions, store: ArticleStore) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield former and present id of the articles whose saved file had an article of another name."""
    for stored in _public(store.kept):
        row = recorded.get(key_of(stored)) if stored.conversion else None
        if row and row.fate == "article" and row.article != stored.file and row.rights != "private":
            yield addresses.article_id(Path(row.article).stem), stored.head.id


def _by_text(before: Mapping[str, ArticleFileRecord], store: ArticleStore) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield former and present id of the articles that are new and have the text of an article that is gone."""
    gone = [record.kept for file, record in before.items() if file not in store.looked and record.kept]
    if not gone:
        return
    unknown = _by_digest(stored for stored in store.kept if stored.file not in before)
    for text, old in _by_digest(gone).items():
        article = unknown.get(text)
        if old and article:  # a text that several articles have tells nothing
            yield from ((old.head.id, new.head.id) for new in _public([article]) if old.own != "private")


def _by_digest(articles: Iterable[StoredArticle]) -> dict[str, StoredArticle | None]:
    """Return each article by the digest of its text; None for a text that several have."""
    found: dict[str, StoredArticle | None] = {}
    for article in articles:
        found[article.text] = None if article.text in found else article
    return found


def _public(articles: Iterable[StoredArticle]) -> Iterator[StoredArticle]:
    return (article for article in articles if article.own != "private")
