"""Tables for spreadsheets and data frames: comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from glossator.export.data import ArchiveData

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that spreadsheets take for a formula."""


def csv_files(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return `articles.csv`, `entities.csv` and `mentions.csv`, in UTF-8 with a header line.

    A cell that a spreadsheet would run as a formula begins with an apostrophe. Source: OWASP, "CSV Injection".
    """
    articles = [
        (
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
        for article in archive.articles
    ]
    entities = [
        (
            entity.id,
            entity.name,
            entity.type,
            "; ".join(entity.aliases),
            entity.origin,
            entity.descriptor.text if entity.descriptor else "",
            entity.descriptor.article if entity.descriptor else "",
            len(entity.articles),
        )
        for entity in archive.entities
    ]
    mentions = [
        (article.id, mention.entity, mention.start, mention.end, article.words(mention.start, mention.end))
        for article in archive.articles
        for mention in article.mentions
    ]
    return {
        "articles.csv": _table("id title source site authors published saved language tags rights", articles),
        "entities.csv": _table("id name type aliases origin descriptor descriptor_article articles", entities),
        "mentions.csv": _table("article entity start end text", mentions),
    }


def _table(header: str, rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header.split())
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _neutral(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS_AS_FORMULA) else cell
