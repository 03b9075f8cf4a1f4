"""Links in a table (CSV), as exported by Pocket, Instapaper, Readwise, Raindrop and others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers import wallabag
from glossator.stages.extract.openers.article_page import article_page
from glossator.stages.extract.openers.exported_metadata import Key, Record, key
from glossator.stages.extract.text_decoding import decode

_ADDRESSES = ("url", "link", "href", "uri", "address", "sourceurl", "resolvedurl", "givenurl")


class _Service(msgspec.Struct, frozen=True):
    name: str
    columns: frozenset[str]
    """Columns by which the service's table is recognised."""
    apart: str
    """Separator of tags, if they are not written as a list."""
    origin: str


_SERVICES = (
    _Service("pocket", frozenset(("title", "url", "timeadded", "tags")), "|", "pocket list"),
    _Service("instapaper", frozenset(("url", "title", "selection", "folder")), ",", "instapaper list"),
    _Service("readwise", frozenset(("title", "url", "documenttags")), ",", "readwise list"),
    _Service("raindrop", frozenset(("title", "excerpt", "url", "folder", "created")), ",", "raindrop list"),
    _Service("readeck-csv", frozenset(("url", "title", "labels", "isarchived")), ",", "readeck list"),
    _Service("wallabag-csv", frozenset(("title", "url", "content", "creationdate")), ",", wallabag.ORIGIN),
)
_ANY = _Service("links", frozenset(), ",", "link list")
FORMATS = tuple(service.name for service in (*_SERVICES, _ANY))

_LONGEST_HEADER = 1_000
_LONGEST_NAME = 40
_LOOKED_AT = 20
"""Rows in which a table of no known service must name an address."""
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})\b")


def table_format(text: str) -> str | None:
    """Return the format of a table of links; None for a text that is no such table."""
    header = _header(text)
    if header is None:
        return None
    service = _service(header[1])
    if service is not _ANY:
        return service.name
    rows = islice(_rows(text, *header), _LOOKED_AT)
    return service.name if any(row.address(*_ADDRESSES) for row in rows) else None


def open_table(file: OpenedFile) -> Iterator[Part | LinkListEntry]:
    """Yield the links in the order of the rows, and the articles of wallabag's table.

    Rows without an address are skipped.
    """
    text = decode(file.data)
    delimiter, names = _header(text) or (",", ())
    service = _service(names)
    for number, row in enumerate(_rows(text, delimiter, names), 2):
        known = _known(row, service)
        content = row.raw("content") if service.name == "wallabag-csv" else ""
        if wallabag.is_text(content):
            yield article_page(file, content, known, "wallabag", f"row {number}")
        elif known.source:
            yield known


def _header(text: str) -> tuple[str, tuple[Key, ...]] | None:
    """Return the delimiter and the columns; None if no column is for addresses."""
    first = text.lstrip("\ufeff\n")[:_LONGEST_HEADER].partition("\n")[0]
    for delimiter in ",;\t":
        cells = next(csv.reader([first], delimiter=delimiter), [])
        names = tuple(key(cell) for cell in cells)
        if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_NAME and not set(_ADDRESSES).isdisjoint(names):
            return delimiter, names
    return None


def _service(names: Sequence[str]) -> _Service:
    return next((service for service in _SERVICES if service.columns.issubset(names)), _ANY)


def _rows(text: str, delimiter: str, names: Sequence[Key]) -> Iterator[Record]:
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a cell may hold an article, and is in memory already
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff\n"), newline=""), delimiter=delimiter)
    for row in islice(rows, 1, None):
        yield Record(dict(zip(names, row, strict=False)))


def _known(row: Record, service: _Service) -> LinkListEntry:
    source, title = row.address(*_ADDRESSES), row.text("title", "name", "text")
    return LinkListEntry(
        service.origin,
        source=source,
        title=None if title in (source, "No title found") else title,
        site=row.text("sitename", "publisher", "publication", "website", "site"),
        authors=row.people("authors", "author"),
        published=row.moment("published", "publishedat", "publisheddate", "datepublished", "publicationdate"),
        saved=_saved(row),
        language=row.language("language", "lang"),
        description=row.text("description", "excerpt", "summary", "selection"),
        image=row.address("cover", "image", "thumbnail"),
        tags=row.words("tags", "labels", "documenttags", "keywords", apart=service.apart),
    )


def _saved(row: Record) -> str | None:
    # wallabag writes hours from 1 to 12 without AM or PM: only the day is certain.
    if match := _DAY.match(row.raw("creationdate")):
        return f"{match[3]}-{match[2]}-{match[1]}"
    names = ("timeadded", "timestamp", "saveddate", "savedat", "created", "createdat", "addedat", "dateadded", "time")
    return row.moment(*names, "date")
