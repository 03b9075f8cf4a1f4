"""Formats of lists of links: shortcuts and bookmarks by content, tables by the names of their columns."""

from __future__ import annotations

import csv
import io
import plistlib
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from glossator.stages.extract.containers.exported_metadata import Key, Record, key
from glossator.stages.extract.containers.highlight_formats import READWISE_COLUMNS
from glossator.stages.extract.decode import decode
from glossator.word_lists import lines

LARGEST = 65_536
"""Bytes; such files have a few hundred."""
SECTIONS = {"internetshortcut": "url", "desktop entry": "desktop"}
"""Name of the section that holds the link -> format."""
SECTION = re.compile(r"\[([^\]\n]{1,100})\][ \t]*")
FIELD = re.compile(r"([\w.@-]{1,40}(?:\[[^\]\n]{1,40}\])?)[ \t]*=[ \t]*(.*)")
NETSCAPE = re.compile(r"\s*<!doctype\s+netscape-bookmark", re.IGNORECASE)
_POCKET = re.compile(r"<title>Pocket Export</title>|<a\s[^<>]*\btime_added=", re.IGNORECASE)
ADDRESSES = ("url", "link", "href", "uri", "address", "sourceurl", "resolvedurl", "givenurl")
"""Names of the columns that hold the address of an article."""
ANY_TABLE = "links"
"""Format of a table of no known service."""
_TABLES = {name: frozenset(columns.split()) for name, (columns,) in lines("tables").items()}
"""Format -> columns by which the service's table is recognised."""
_LONGEST_HEADER = 1_000
_LONGEST_NAME = 40
_LOOKED_AT = 20
"""Rows in which a table of no known service must name an address."""


def shortcut_format(data: bytes) -> str | None:
    """Return `url` or `desktop` if the file consists of lines and sections, one of which is for a link; else None."""
    if len(data) > LARGEST:
        return None
    text = decode(data).lstrip("\ufeff")
    lines = [line for line in map(str.strip, text.split("\n")) if line and not line.startswith(("#", ";"))]
    if (
        not lines
        or not SECTION.fullmatch(lines[0])
        or not all(SECTION.fullmatch(line) or FIELD.fullmatch(line) for line in lines)
    ):
        return None
    sections = [match[1].lower() for line in lines if (match := SECTION.fullmatch(line))]
    return next((SECTIONS[name] for name in sections if name in SECTIONS), None)


def is_webloc(data: bytes) -> bool:
    """True if a property list holds one address."""
    return len(data) <= LARGEST and bool(property_list(data).raw("url"))


def property_list(data: bytes) -> Record:
    """Return the fields of a property list; none for anything else."""
    try:
        # plistlib refuses declarations of entities, so that a list cannot unpack itself or read other files.
        return Record.of(plistlib.loads(data.lstrip(b"\xef\xbb\xbf \t\r\n")))
    except Exception:  # noqa: BLE001 -- plistlib raises whatever the bytes made it stumble over
        return Record({})


def bookmark_format(start: str) -> str | None:
    """Return `bookmarks` or `pocket-html` according to the beginning of a file; None for other files."""
    if NETSCAPE.match(start):
        return "bookmarks"
    return "pocket-html" if _POCKET.search(start) else None


def table_format(text: str) -> str | None:
    """Return the format of a table of links, or of highlights; None for a text that is no such table."""
    header = table_header(text)
    if header is None:
        columns = table_header(text, READWISE_COLUMNS)
        return "readwise-highlights" if columns and READWISE_COLUMNS.issubset(columns[1]) else None
    name = table_of(header[1])
    if READWISE_COLUMNS.issubset(header[1]):
        return "readwise-highlights"
    if name != ANY_TABLE:
        return name
    rows = islice(table_rows(text, *header), _LOOKED_AT)
    return name if any(row.address(*ADDRESSES) for row in rows) else None


def table_header(text: str, needed: Collection[str] = ADDRESSES) -> tuple[str, tuple[Key, ...]] | None:
    """Return the delimiter and the columns; None if there is none of the `needed` ones, which are for addresses."""
    first = text.lstrip("\ufeff\n")[:_LONGEST_HEADER].partition("\n")[0]
    for delimiter in ",;\t":
        cells = next(csv.reader([first], delimiter=delimiter), [])
        names = tuple(key(cell) for cell in cells)
        if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_NAME and not set(needed).isdisjoint(names):
            return delimiter, names
    return None


def table_of(names: Sequence[str]) -> str:
    """Return the format of a table with columns of these names."""
    return next((name for name, columns in _TABLES.items() if columns.issubset(names)), ANY_TABLE)


def table_rows(text: str, delimiter: str, names: Sequence[Key]) -> Iterator[Record]:
    """Yield the rows of a table below its head; `names` are the keys of its columns."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a cell may hold an article, and is in memory already
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff\n"), newline=""), delimiter=delimiter)
    for row in islice(rows, 1, None):
        yield Record(dict(zip(names, row, strict=False)))
