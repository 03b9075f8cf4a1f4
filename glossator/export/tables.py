"""Tables of comma-separated values, for spreadsheets.

A column is a line of the table's columns: its name, and the cell of a row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple, TypeVar

from glossator.dates import precision
from glossator.export.data import ArchiveData, ArticleData, DatedData, EntityData, MentionData, QuoteData, SharedData

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that spreadsheets take for a formula."""
BETWEEN = "; "
"""Sign between the items of a list in a cell."""

Row = TypeVar("Row")
Cell = str | int | None
Columns = Mapping[str, Callable[[Row], Cell]]
"""Column by name, in order: it returns the cell of a row; None is an empty one."""


class ArticleSpan(NamedTuple):
    """A mention or a quotation, with its article."""

    article: ArticleData
    span: MentionData | QuoteData


class ArticleSentence(NamedTuple):
    article: ArticleData
    sentence: DatedData


def csv_files(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return `articles.csv`, `entities.csv`, `mentions.csv`, `chronology.csv` and `shared-passages.csv`, in UTF-8.

    A cell that a spreadsheet would run as a formula begins with an apostrophe. Source: OWASP, "CSV Injection".
    """
    mentions = (ArticleSpan(article, mention) for article in archive.articles for mention in article.mentions)
    sentences = (ArticleSentence(article, sentence) for article in archive.articles for sentence in article.dated)
    by_date = sorted(sentences, key=lambda row: (row.sentence.date, row.article.id))
    return {
        "articles.csv": table(article_columns(), archive.articles),
        "entities.csv": table(entity_columns(), archive.entities),
        "mentions.csv": table(span_columns(), mentions),
        "chronology.csv": table(chronology_columns(archive), by_date),
        "shared-passages.csv": table(shared_columns(archive), archive.shared),
    }


def article_columns() -> Columns[ArticleData]:
    return {
        **field_columns("id", "title", "source", "site"),
        "authors": lambda article: BETWEEN.join(article.authors),
        **field_columns("published", "saved", "language"),
        "tags": lambda article: BETWEEN.join(article.tags),
        **field_columns("rights"),
    }


def entity_columns() -> Columns[EntityData]:
    return {
        **field_columns("id", "name", "type"),
        "aliases": lambda entity: BETWEEN.join(entity.aliases),
        **field_columns("origin"),
        "descriptor": lambda entity: entity.descriptor.text if entity.descriptor else None,
        "descriptor_article": lambda entity: entity.descriptor.article if entity.descriptor else None,
        "articles": lambda entity: len(entity.articles),
    }


def span_columns() -> Columns[ArticleSpan]:
    return {
        "article": lambda row: row.article.id,
        "entity": lambda row: row.span.entity,
        "start": lambda row: row.span.start,
        "end": lambda row: row.span.end,
        "text": lambda row: row.article.words(row.span.start, row.span.end),
    }


def chronology_columns(archive: ArchiveData) -> Columns[ArticleSentence]:
    """Return the columns of the table of dated sentences; `who` are the entities that one mentions."""
    names = {entity.id: entity.name for entity in archive.entities}

    def who(row: ArticleSentence) -> str:
        start, end = row.sentence.start, row.sentence.end
        inside = (mention for mention in row.article.mentions if start <= mention.start and mention.end <= end)
        return BETWEEN.join(dict.fromkeys(names[mention.entity] for mention in inside if mention.entity in names))

    return {
        "date": lambda row: row.sentence.date,
        "precision": lambda row: precision(row.sentence.date),
        "reckoned": lambda row: int(row.sentence.reckoned),
        "who": who,
        "sentence": lambda row: " ".join(row.article.words(row.sentence.start, row.sentence.end).split()),
        "article": lambda row: row.article.id,
        "publication": lambda row: row.article.site,
    }


def shared_columns(archive: ArchiveData) -> Columns[SharedData]:
    """Return the columns of the table of passages that several articles have."""
    articles = {article.id: article for article in archive.articles}
    return {
        **field_columns("article", "start", "end", "other"),
        "alike": lambda row: f"{row.alike:.2f}",
        **field_columns("order"),
        "text": lambda row: " ".join(articles[row.article].words(row.start, row.end).split()),
    }


def field_columns(*names: str) -> Columns[ArticleData | EntityData | SharedData]:
    """Return columns that are fields of their rows."""
    return {name: attrgetter(name) for name in names}


def table(columns: Columns[Row], rows: Iterable[Row]) -> bytes:
    """Return a table with a header line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_neutral(cell(row)) for cell in columns.values()] for row in rows)
    return out.getvalue().encode()


def _neutral(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS_AS_FORMULA) else cell
