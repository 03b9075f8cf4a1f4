"""A SQLite database, which Datasette and others open as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing

from glossator.export.tables import (
    ArticleSpan,
    Columns,
    Row,
    article_columns,
    entity_columns,
    field_columns,
    span_columns,
)
from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export

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
    articles: Columns[ArticleData] = {**article_columns(), **field_columns("description", "text")}
    entities: Columns[EntityData] = {**entity_columns(), **field_columns("page", "note")}
    mentions = (ArticleSpan(article, mention) for article in archive.articles for mention in article.mentions)
    quotes = (ArticleSpan(article, quote) for article in archive.articles for quote in article.quotes)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        about = (SCHEMA, archive.title, archive.address, int(archive.private))
        connection.execute("INSERT INTO archive VALUES (?, ?, ?, ?)", about)
        _insert(connection, "articles", articles, archive.articles)
        _insert(connection, "entities", entities, archive.entities)
        _insert(connection, "mentions", span_columns(), mentions)
        _insert(connection, "quotes", span_columns(), quotes)
        connection.execute("INSERT INTO articles_search (articles_search) VALUES ('rebuild')")
        connection.commit()
        return {"": connection.serialize()}


def _insert(connection: sqlite3.Connection, table: str, columns: Columns[Row], rows: Iterable[Row]) -> None:
    """Insert rows, of which the columns that the table has are taken."""
    cells = [columns[name] for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    places = ", ".join("?" * len(cells))
    values = ([cell(row) for cell in cells] for row in rows)
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608 -- a table of ours


SQLITE = Export(contract=2, help="A database with full-text search", of_archive=database)
