"""Lists of links, in tables (CSV) and in HTML; and files that hold one link.

Tables come from Pocket, Instapaper, Readwise, Raindrop and others; Pocket's last export is a ZIP archive of them. Lists
in HTML are Netscape's bookmark file and Pocket's. One link is in Windows' `.url`, macOS' `.webloc` and the desktop
entries of freedesktop.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import msgspec
from lxml import etree

from glossator.extension_points.openers import Opener
from glossator.extensions.openers import services
from glossator.extensions.openers.highlights import page_highlights
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import Fields, Key, Record, fields, key
from glossator.stages.extract.containers.link_formats import (
    ADDRESSES,
    ANY_TABLE,
    FIELD,
    NETSCAPE,
    SECTION,
    SECTIONS,
    is_webloc,
    property_list,
    shortcut_format,
    table_header,
    table_of,
    table_rows,
)
from glossator.stages.extract.containers.zip_formats import POCKET_TABLE
from glossator.stages.extract.containers.zip_members import opened
from glossator.stages.extract.decode import decode
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable

_NO_LINK = "The file leads to no web address, so that there is nothing to complete an article with."
_PROGRAM = "The file starts a program and is no link to an article."


def open_shortcut(file: OpenedFile) -> Iterator[LinkListEntry]:
    """Yield the link; its title is the file's name, which browsers take from the page.

    Raises Unreadable if the file has no web address, or starts a program.
    """
    if is_webloc(file.data):
        fields, origin = property_list(file.data), "webloc link"
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
        if section := SECTION.fullmatch(line):
            inside = section[1].lower() in SECTIONS
        elif inside and (field := FIELD.fullmatch(line)):
            fields.setdefault(key(field[1]), field[2])
    return Record(fields)


_BOOKMARK = fields(
    "bookmarks", source="href", title="title", saved="adddate timeadded", description="dd", tags="tags", apart=","
)


def open_bookmarks(file: OpenedFile) -> Iterator[LinkListEntry]:
    """Yield the links in the order of the file, each with the description that follows it."""
    text = decode(file.data)
    known = _BOOKMARK._replace(origin="bookmarks" if NETSCAPE.match(text) else "pocket list")
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
    source=" ".join(ADDRESSES),
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
_TABLES: Mapping[str, Fields] = {
    "pocket": _COLUMNS._replace(origin="pocket list", apart="|"),
    "instapaper": _COLUMNS._replace(origin="instapaper list"),
    "readwise": _COLUMNS._replace(origin="readwise list"),
    "raindrop": _COLUMNS._replace(origin="raindrop list"),
    "readeck-csv": _COLUMNS._replace(origin="readeck list"),
    "wallabag-csv": _COLUMNS._replace(origin=services.FIELDS["wallabag"].origin),
    ANY_TABLE: _COLUMNS,
}
"""Format of a table -> its fields."""
FORMATS = tuple(_TABLES)
_ANNOTATIONS = re.compile(r"(?:[^/]+/)?annotations/part_\d+\.json")
"""Highlights in Pocket's export."""
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})\b")


def open_table(file: OpenedFile) -> Iterator[Part | LinkListEntry]:
    """Yield the links in the order of the rows, and the articles of wallabag's table.

    Rows without an address are skipped.
    """
    text = decode(file.data)
    delimiter, names = table_header(text) or (",", ())
    form = table_of(names)
    for number, row in enumerate(table_rows(text, delimiter, names), 2):
        known = _known(row, _TABLES[form])
        content = row.raw("content") if form == "wallabag-csv" else ""
        if services.is_text(content):
            yield services.article_page(file, content, known, "wallabag", f"row {number}")
        elif known.source:
            yield known


def _known(row: Record, columns: Fields) -> LinkListEntry:
    known = columns.read(row)
    title = None if known.title in (known.source, services.UNTITLED) else known.title
    # wallabag writes hours from 1 to 12 without AM or PM: only the day is certain.
    day = _DAY.match(row.raw("creationdate"))
    return msgspec.structs.replace(known, title=title, saved=f"{day[3]}-{day[2]}-{day[1]}" if day else known.saved)


def open_pocket(file: OpenedFile) -> Opened:
    """Yield the links, part by part, and the highlights. Raises Unreadable if the archive is damaged."""
    archive = opened(file.data)
    for name in filter(_ANNOTATIONS.fullmatch, archive.members):
        yield from page_highlights(archive.read(name), "pocket")
    for name in filter(POCKET_TABLE.fullmatch, archive.members):
        try:
            yield from open_table(msgspec.structs.replace(file, data=archive.read(name)))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{name}: {error.message}", error.line)


BOOKMARKS = Opener(contract=2, open=open_bookmarks)
POCKET = Opener(contract=2, open=open_pocket)
SHORTCUT = Opener(contract=2, open=open_shortcut)
TABLE = Opener(contract=2, open=open_table)
