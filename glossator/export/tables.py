"""Tables: comma-separated values for spreadsheets, and a SQLite database that Datasette and others open as it is."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from operator import itemgetter

import msgspec

from glossator.dates import precision
from glossator.export.data import ArchiveData, ArticleData, EntityData, MentionData, QuoteData

ARTICLE_COLUMNS = "id title source site authors published saved language tags rights"
ENTITY_COLUMNS = "id name type aliases origin descriptor descriptor_article articles"
MENTION_COLUMNS = "article entity start end text"
CHRONOLOGY_COLUMNS = "date precision reckoned who sentence article publication"

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that spreadsheets take for a formula."""


def csv_files(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return `articles.csv`, `entities.csv`, `mentions.csv` and `chronology.csv`, in UTF-8 with a header line.

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
        "chronology.csv": _table(CHRONOLOGY_COLUMNS, sorted(_chronology(archive), key=itemgetter(0, 5))),
    }


def _chronology(archive: ArchiveData) -> Iterator[tuple[str | int, ...]]:
    """Yield a row for each sentence with a date in it; *who* are the entities that it mentions."""
    names = {entity.id: entity.name for entity in archive.entities}
    for article in archive.articles:
        for one in article.dated:
            inside = (mention for mention in article.mentions if one.start <= mention.start and mention.end <= one.end)
            who = "; ".join(dict.fromkeys(names[mention.entity] for mention in inside if mention.entity in names))
            sentence = " ".join(article.words(one.start, one.end).split())
            yield one.date, precision(one.date), int(one.reckoned), who, sentence, article.id, article.site or ""


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


TABLES = """
CREATE TABLE archive (schema TEXT NOT NULL, title TEXT NOT NULL, address TEXT NOT NULL, private INTEGER NOT NULL);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT, site TEXT, authors TEXT NOT NULL, published TEXT, saved TEXT,
    language TEXT, description TEXT, tags TEXT NOT NULL, rights TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE entities (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL, origin TEXT NOT NULL,
    page INTEGER NOT NULL, descriptor TEXT, descriptor_article TEXT REFERENCES articles (id), note TEXT NOT NULL
);
CREATE TABLE mentions (
    article TEXT NOT NULL REFERENCES articles (id), entity TEXT NOT NULL REFERENCES entities (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE quotes (
    article TEXT NOT NULL REFERENCES articles (id), entity TEXT NOT NULL REFERENCES entities (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX mentions_by_article ON mentions (article);
CREATE INDEX mentions_by_entity ON mentions (entity);
CREATE INDEX quotes_by_entity ON quotes (entity);
CREATE VIRTUAL TABLE articles_search USING fts5 (title, text, content='articles');
"""
SCHEMA = "glossator-sqlite/1"


def database(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the database. Authors, tags and aliases are lists with "; " between the items."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        connection.execute("INSERT INTO archive VALUES (?, ?, ?, ?)", _archive(archive))
        connection.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _articles(archive))
        connection.executemany("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _entities(archive))
        mentions = (row for article in archive.articles for row in _spans(article, article.mentions))
        connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", mentions)
        quotes = (row for article in archive.articles for row in _spans(article, article.quotes))
        connection.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?)", quotes)
        connection.execute("INSERT INTO articles_search (articles_search) VALUES ('rebuild')")
        connection.commit()
        return {"": connection.serialize()}


def datasette(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the database with the metadata by which Datasette names its tables, and offers facets and search."""
    tables = {
        "articles": {
            "label_column": "title",
            "facets": ["site", "language"],
            "fts_table": "articles_search",
            "fts_pk": "rowid",
        },
        "entities": {"label_column": "name", "facets": ["type", "origin"]},
        "mentions": {"facets": ["entity"]},
        "quotes": {"facets": ["entity"]},
        "articles_search": {"hidden": True},
    }
    metadata = {"title": archive.title, "source_url": archive.address, "databases": {"archive": {"tables": tables}}}
    if not archive.address:
        del metadata["source_url"]
    text = msgspec.json.format(msgspec.json.encode(metadata), indent=1) + b"\n"
    return {"archive.db": database(archive)[""], "metadata.json": text}


WIKIDATA_COLUMN = "wikidata"
"""Column for what a person finds: the item that an entity is."""


def openrefine(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the table of entities with a column for the items that a person finds; see `reconciled`."""
    rows = ([*_entity_row(entity), ""] for entity in archive.entities)
    columns = f"{ENTITY_COLUMNS} {WIKIDATA_COLUMN}"
    return {"": _table(columns, rows)}


def _archive(archive: ArchiveData) -> tuple[str, str, str, int]:
    return SCHEMA, archive.title, archive.address, int(archive.private)


def _spans(article: ArticleData, spans: Iterable[MentionData | QuoteData]) -> Iterator[tuple[str, str, int, int, str]]:
    for span in spans:
        yield article.id, span.entity, span.start, span.end, article.words(span.start, span.end)


def _articles(archive: ArchiveData) -> list[tuple[str | None, ...]]:
    return [
        (
            article.id,
            article.title,
            article.source,
            article.site,
            "; ".join(article.authors),
            article.published,
            article.saved,
            article.language,
            article.description,
            "; ".join(article.tags),
            article.rights,
            article.text,
        )
        for article in archive.articles
    ]


def _entities(archive: ArchiveData) -> list[tuple[str | int | None, ...]]:
    return [
        (
            entity.id,
            entity.name,
            entity.type,
            "; ".join(entity.aliases),
            entity.origin,
            int(entity.page),
            entity.descriptor.text if entity.descriptor else None,
            entity.descriptor.article if entity.descriptor else None,
            entity.note,
        )
        for entity in archive.entities
    ]
