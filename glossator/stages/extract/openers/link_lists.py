"""Lists of links, in tables (CSV) and in HTML; and files that hold one link.

Tables come from Pocket, Instapaper, Readwise, Raindrop and others; Pocket's last export is a ZIP archive of them. Lists
in HTML are Netscape's bookmark file and Pocket's. One link is in Windows' `.url`, macOS' `.webloc` and the desktop
entries of freedesktop.org.
"""

from __future__ import annotations

import csv
import io
import plistlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers import services
from glossator.stages.extract.openers.exported_metadata import Fields, Key, Record, fields, key
from glossator.stages.extract.openers.zip_members import opened
from glossator.stages.extract.text_decoding import decode
from glossator.stages.extract.unreadable import Unreadable

LARGEST = 65_536
"""Bytes; such files have a few hundred."""
_SECTIONS = {"internetshortcut": "url", "desktop entry": "desktop"}
"""Name of the section that holds the link -> format."""
_SECTION = re.compile(r"\[([^\]\n]{1,100})\][ \t]*")
_FIELD = re.compile(r"([\w.@-]{1,40}(?:\[[^\]\n]{1,40}\])?)[ \t]*=[ \t]*(.*)")
_NO_LINK = "The file leads to no web address, so that there is nothing to complete an article with."
_PROGRAM = "The file starts a program and is no link to an article."


def shortcut_format(data: bytes) -> str | None:
    """Return `url` or `desktop` if the file consists of lines and sections, one of which is for a link; else None."""
    if len(data) > LARGEST:
        return None
    text = decode(data).lstrip("\ufeff")
    lines = [line for line in map(str.strip, text.split("\n")) if line and not line.startswith(("#", ";"))]
    if (
        not lines
        or not _SECTION.fullmatch(lines[0])
        or not all(_SECTION.fullmatch(line) or _FIELD.fullmatch(line) for line in lines)
    ):
        return None
    sections = [match[1].lower() for line in lines if (match := _SECTION.fullmatch(line))]
    return next((_SECTIONS[name] for name in sections if name in _SECTIONS), None)


def is_webloc(data: bytes) -> bool:
    """True if a property list holds one address."""
    return len(data) <= LARGEST and bool(_property_list(data).raw("url"))


def open_shortcut(file: OpenedFile) -> Iterator[LinkListEntry]:
    """Yield the link; its title is the file's name, which browsers take from the page.

    Raises Unreadable if the file has no web address, or starts a program.
    """
    if is_webloc(file.data):
        fields, origin = _property_list(file.data), "webloc link"
    else:
        origin = f"{shortcut_format(file.data)} link"
        fields = _fields(decode(file.data))
        if fields.raw("exec") or fields.raw("type") == "Application":
            raise Unreadable(_PROGRAM)
    source = fields.address("url")
    if not source:
        raise Unreadable(_NO_LINK)
    named = Record({Key("name"): fields.raw("name") or PurePosixPath(file.path).stem}).text("name")
    yield LinkListEntry(origin, source=source, title=None if named == source else named)


def _fields(text: str) -> Record:
    """Return the fields of the section that holds the link."""
    fields: dict[Key, object] = {}
    inside = False
    for line in map(str.strip, text.lstrip("\ufeff").split("\n")):
        if section := _SECTION.fullmatch(line):
            inside = section[1].lower() in _SECTIONS
        elif inside and (field := _FIELD.fullmatch(line)):
            fields.setdefault(key(field[1]), field[2])
    return Record(fields)


def _property_list(data: bytes) -> Record:
    """Return the fields of a property list; none for anything else."""
    try:
        # plistlib refuses declarations of entities, so that a list cannot unpack itself or read other files.
        return Record.of(plistlib.loads(data.lstrip(b"\xef\xbb\xbf \t\r\n")))
    except Exception:  # noqa: BLE001 -- plistlib raises whatever the bytes made it stumble over
        return Record({})


_NETSCAPE = re.compile(r"\s*<!doctype\s+netscape-bookmark", re.IGNORECASE)
_BOOKMARK = fields(
    "bookmarks", source="href", title="title", saved="adddate timeadded", description="dd", tags="tags", apart=","
)
_POCKET = re.compile(r"<title>Pocket Export</title>|<a\s[^<>]*\btime_added=", re.IGNORECASE)


def bookmark_format(start: str) -> str | None:
    """Return `bookmarks` or `pocket-html` according to the beginning of a file; None for other files."""
    if _NETSCAPE.match(start):
        return "bookmarks"
    return "pocket-html" if _POCKET.search(start) else None


def open_bookmarks(file: OpenedFile) -> Iterator[LinkListEntry]:
    """Yield the links in the order of the file, each with the description that follows it."""
    text = decode(file.data)
    known = _BOOKMARK._replace(origin="bookmarks" if _NETSCAPE.match(text) else "pocket list")
    links: list[Record] = []
    # No tree is built: elements in these files are never closed, so that a tree would be as deep as the file is long.
    target: Any = _Links(links)  # the stubs ask for methods that lxml does without
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    for link in links:
        if (listed := known.read(link)).source:
            untitled = listed.title in (listed.source, link.raw("href"))
            yield msgspec.structs.replace(listed, title=None) if untitled else listed


@dataclass(slots=True)
class _Links:
    """Target of lxml's parser, called for each element. State: the element whose text is being collected."""

    records: list[Record]
    fields: dict[Key, object] = field(default_factory=dict)
    into: Key | None = None
    gathered: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("a", "dd", "dt", "dl", "h3", "li", "ul"):
            self._finish()
        if tag == "a":
            self.fields = {key(name): value for name, value in attributes.items()}
            self.records.append(Record(self.fields))
            self.into = Key("title")
        elif tag == "dd":
            self.into = Key("dd")
        elif tag == "h3":
            self.fields = {}  # a description that follows belongs to a folder

    def end(self, tag: str) -> None:
        if tag in ("a", "dd", "dl"):
            self._finish()

    def data(self, data: str) -> None:
        if self.into:
            self.gathered.append(data)

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        if self.into:
            self.fields[self.into] = "".join(self.gathered)
        self.into = None
        self.gathered.clear()


_COLUMNS = fields(
    "link list",
    source="url link href uri address sourceurl resolvedurl givenurl",
    title="title name text",
    site="sitename publisher publication website site",
    authors="authors author",
    published="published publishedat publisheddate datepublished publicationdate",
    saved="timeadded timestamp saveddate savedat created createdat addedat dateadded time date",
    language="language lang",
    description="description excerpt summary selection",
    image="cover image thumbnail",
    tags="tags labels documenttags keywords",
    apart=",",
)
"""Columns that tables have for what is known of an article."""
_ADDRESSES = _COLUMNS.source


class _Table(NamedTuple):
    name: str
    columns: frozenset[str]
    """Columns by which the service's table is recognised."""
    known: Fields


def _table(name: str, columns: str, origin: str, apart: str = ",") -> _Table:
    return _Table(name, frozenset(columns.split()), _COLUMNS._replace(origin=origin, apart=apart))


_TABLES = (
    _table("pocket", "title url timeadded tags", "pocket list", "|"),
    _table("instapaper", "url title selection folder", "instapaper list"),
    _table("readwise", "title url documenttags", "readwise list"),
    _table("raindrop", "title excerpt url folder created", "raindrop list"),
    _table("readeck-csv", "url title labels isarchived", "readeck list"),
    _table("wallabag-csv", "title url content creationdate", services.FIELDS["wallabag"].origin),
)
_ANY = _Table("links", frozenset(), _COLUMNS)
FORMATS = tuple(table.name for table in (*_TABLES, _ANY))

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
    table = _table_of(header[1])
    if table is not _ANY:
        return table.name
    rows = islice(_rows(text, *header), _LOOKED_AT)
    return table.name if any(row.address(*_ADDRESSES) for row in rows) else None


def open_table(file: OpenedFile) -> Iterator[Part | LinkListEntry]:
    """Yield the links in the order of the rows, and the articles of wallabag's table.

    Rows without an address are skipped.
    """
    text = decode(file.data)
    delimiter, names = _header(text) or (",", ())
    table = _table_of(names)
    for number, row in enumerate(_rows(text, delimiter, names), 2):
        known = _known(row, table)
        content = row.raw("content") if table.name == "wallabag-csv" else ""
        if services.is_text(content):
            yield services.article_page(file, content, known, "wallabag", f"row {number}")
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


def _table_of(names: Sequence[str]) -> _Table:
    return next((table for table in _TABLES if table.columns.issubset(names)), _ANY)


def _rows(text: str, delimiter: str, names: Sequence[Key]) -> Iterator[Record]:
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a cell may hold an article, and is in memory already
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff\n"), newline=""), delimiter=delimiter)
    for row in islice(rows, 1, None):
        yield Record(dict(zip(names, row, strict=False)))


def _known(row: Record, table: _Table) -> LinkListEntry:
    known = table.known.read(row)
    title = None if known.title in (known.source, services.UNTITLED) else known.title
    # wallabag writes hours from 1 to 12 without AM or PM: only the day is certain.
    day = _DAY.match(row.raw("creationdate"))
    return msgspec.structs.replace(known, title=title, saved=f"{day[3]}-{day[2]}-{day[1]}" if day else known.saved)


_PART = re.compile(r"(?:[^/]+/)?part_\d+\.csv")


def is_pocket(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is an export of Pocket."""
    return any(map(_PART.fullmatch, names))


def open_pocket(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the links, part by part. Highlights, which have a folder of their own, are not read.

    Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    for name in filter(_PART.fullmatch, archive.members):
        try:
            yield from open_table(msgspec.structs.replace(file, data=archive.read(name)))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{name}: {error.message}", error.line)
