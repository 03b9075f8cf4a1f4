"""Tables for spreadsheets and data frames: comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from glossator.export.data import ArchiveData, ArticleData, EntityData

ARTICLE_COLUMNS = "id title source site authors published saved language tags rights"
ENTITY_COLUMNS = "id name type aliases origin descriptor descriptor_article articles"
MENTION_COLUMNS = "article entity start end text"

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that spreadsheets take for a formula."""


def csv_files(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return `articles.csv`, `entities.csv` and `mentions.csv`, in UTF-8 with a header line.

    A cell that a spreadsheet would run as a formula begins with an apostrophe. Source: OWASP, "CSV Injection".
    """
    mentions = [
        (article.id, mention.entity, mention.start, mention.end, article.words(mention.start, mention.end))
        for article in archive.articles
        for mention in article.mentions
    ]
    return {
        "articles.csv": _table(ARTICLE_COLUMNS, map(_article_row, archive.articles)),
        "entities.csv": _table(ENTITY_COLUMNS, map(_entity_row, archive.entities)),
        "mentions.csv": _table(MENTION_COLUMNS, mentions),
    }


def _article_row(article: ArticleData) -> Sequence[str | int]:
    return (
        article.id,
        article.title,
        article.source or "",
        article.site or "",
        "; ".join(article.authors),
        article.published or "",
        article.saved or "",
        article.language or "",
        "; ".join(article.tags),
        article.rights,
    )


def _entity_row(entity: EntityData) -> Sequence[str | int]:
    return (
        entity.id,
        entity.name,
        entity.type,
        "; ".join(entity.aliases),
        entity.origin,
        entity.descriptor.text if entity.descriptor else "",
        entity.descriptor.article if entity.descriptor else "",
        len(entity.articles),
    )


def _table(header: str, rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header.split())
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _neutral(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS_AS_FORMULA) else cell
