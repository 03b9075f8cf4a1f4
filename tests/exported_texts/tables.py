"""Texts of the exports that are tables: comma-separated values, and a database."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

from glossator.check.exported import ExportedText, of_article, of_entity, texts

NEUTRAL = "'"
"""Sign before a cell that a spreadsheet would run as a formula."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
BETWEEN = "; "
"""Sign between the items of a list in a cell."""

Row = Mapping[str, str | None]


def of_csv(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of three tables of comma-separated values."""
    csv.field_size_limit(1 << 30)
    articles, entities, mentions = (
        list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))
        for name in ("articles.csv", "entities.csv", "mentions.csv")
    )
    yield from _of_tables(map(_plain, articles), map(_plain, entities), map(_plain, mentions))


def of_database(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of a database: of its tables, and of its index for searches."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files[""])
        connection.row_factory = sqlite3.Row

        def rows(query: str) -> Iterator[Row]:
            return map(dict, connection.execute(query))

        spans = [*rows("SELECT article, entity, text FROM mentions"), *rows("SELECT article, entity, text FROM quotes")]
        yield from _of_tables(rows("SELECT * FROM articles"), rows("SELECT * FROM entities"), spans)
        for row in rows("SELECT id, s.title, s.text FROM articles_search s JOIN articles a ON a.rowid = s.rowid"):
            yield from of_article(f"search {row['id']}", row)


def of_datasette(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of the database for Datasette."""
    yield from of_database({"": files["archive.db"]})


def of_openrefine(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of the table of entities, which names no article."""
    for row in map(_plain, csv.DictReader(io.StringIO(files[""].decode(), newline=""))):
        yield from texts(f"entity {row['id']}", [row["name"], *_items(row["aliases"]), row["descriptor"]], ())


def _of_tables(articles: Iterable[Row], entities: Iterable[Row], spans: Iterable[Row]) -> Iterator[ExportedText]:
    mentioned: dict[str | None, list[str]] = defaultdict(list)
    for span in spans:
        article, text = span["article"] or "", span["text"] or "nothing"
        mentioned[span["entity"]].append(article)
        yield ExportedText(f"mention in {article}", text, (article,))
    for row in articles:
        yield from of_article(
            f"article {row['id']}", {**row, "authors": _items(row["authors"]), "tags": _items(row["tags"])}
        )
    for row in entities:
        place, articles_of = f"entity {row['id']}", tuple(dict.fromkeys(mentioned[row["id"]]))
        yield from of_entity(
            place,
            {"name": row["name"], "aliases": _items(row["aliases"]), "articles": articles_of, "note": row.get("note")},
        )
        yield from texts(place, [row["descriptor"]], (row["descriptor_article"] or "",))


def _items(cell: str | None) -> list[str]:
    return cell.split(BETWEEN) if cell else []


def _plain(row: Mapping[str, str]) -> Row:
    """Return a row as it was before its cells were made harmless for spreadsheets."""
    return {
        name: cell[1:] if cell.startswith(NEUTRAL) and cell[1:].startswith(FORMULAS) else cell
        for name, cell in row.items()
    }
