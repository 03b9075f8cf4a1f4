"""Metadata that another program wrote about an article -> values; any field may be absent or of the wrong type."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NewType, TypeVar

import msgspec

from glossator import addresses
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.decode import decode
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.metadata.language import language_tag
from glossator.stages.extract.metadata.names_in_bylines import authors
from glossator.stages.extract.opened_file import OpenedFile, Unreadable

Key = NewType("Key", str)
_Value = TypeVar("_Value")

LONGEST = 2_000
"""Characters of a title, a description, an address; longer texts are cut, longer addresses left out."""
MOST_WORDS = 100
"""Tags or authors of one article."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[!-~]*")
"""Addresses that need no further check: lists of a million are read."""
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_SECONDS = re.compile(r"\d{9,17}(?:\.\d+)?")
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC).timestamp()


class Record(msgspec.Struct, frozen=True):
    """One entry. Fields are requested in small letters without underscores: `sitename` is `site_name` as well."""

    fields: Mapping[Key, object]

    @classmethod
    def of(cls, value: object) -> Record:
        """Return the entry that a JSON value is; one without fields for anything but an object."""
        return cls({key(name): field for name, field in value.items()} if isinstance(value, dict) else {})

    def raw(self, name: str) -> str:
        """Return a text unchanged; empty for other values."""
        value = self.fields.get(Key(name))
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        return self.fields.get(Key(name)) in (True, 1, "1", "true")

    def record(self, name: str) -> Record:
        return Record.of(self.fields.get(Key(name)))

    def joined(self, prefix: str, other: Record) -> Record:
        """Return the record with the fields of another one, whose names get a prefix."""
        return Record({**self.fields, **{Key(f"{prefix}{name}"): value for name, value in other.fields.items()}})

    def values(self, name: str) -> list[object]:
        """Return the elements of a list; none for other values."""
        value = self.fields.get(Key(name))
        return value if isinstance(value, list) else []

    def text(self, *names: str) -> str | None:
        """Return the first of these fields that holds a text, in one line."""
        return self._first(names, line)

    def address(self, *names: str) -> str | None:
        """Return the first of these fields that holds a web address."""
        return self._first(names, _address)

    def moment(self, *names: str) -> str | None:
        """Return the first of these fields that holds a time, in ISO format: to the second, or to the day."""
        return self._first(names, moment)

    def language(self, *names: str) -> str | None:
        return self._first(names, _language)

    def words(self, *names: str, apart: str = "") -> tuple[str, ...]:
        """Return the tags or names in the first of these fields that holds any.

        The field may be a list of texts or of objects with a name, a list that JSON or Python wrote out, or one text in
        which names are separated by `apart`.
        """
        return self._first(names, lambda value: _words(value, apart) or None) or ()

    def people(self, *names: str) -> tuple[str, ...]:
        """Return the authors that these fields name, in a list or in a line."""
        return authors(list(self.words(*names)))

    def _first(self, names: Iterable[str], read: Callable[[object], _Value | None]) -> _Value | None:
        for name in names:
            value = self.fields.get(Key(name))
            if value is not None and (result := read(value)) is not None:
                return result
        return None


_READ: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("source", "image"), Record.address),
    **dict.fromkeys(("title", "site", "description"), Record.text),
    **dict.fromkeys(("published", "saved"), Record.moment),
    "authors": Record.people,
    "language": Record.language,
}
"""Field of an article -> its reader from fields of a record."""


class Fields(NamedTuple):
    """Fields in which a program writes what is known of an article."""

    origin: str
    """Name of the list or export in front matter."""
    names: Mapping[str, tuple[str, ...]]
    """Names of fields by what they say; the first that is given counts."""
    apart: str = ""
    """Separator of tags, if they are not written as a list."""

    def read(self, record: Record) -> LinkListEntry:
        values = {kind: _READ[kind](record, *names) for kind, names in self.names.items() if kind != "tags"}
        return LinkListEntry(self.origin, tags=record.words(*self.names.get("tags", ()), apart=self.apart), **values)


def fields(origin: str, *, apart: str = "", **names: str) -> Fields:
    """Return the fields of a program; `names` are those of each kind, separated by blanks."""
    return Fields(origin, {kind: tuple(text.split()) for kind, text in names.items()}, apart)


@lru_cache(maxsize=10_000)
def key(name: str) -> Key:
    """Return the name by which a field is requested."""
    return Key(re.sub(r"[\W_]+", "", name[:LONGEST]).lower())


def parsed(data: bytes) -> object:
    """Parse a JSON text. Raises Unreadable if it is damaged."""
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # the standard library's parser accepts more: halves of surrogate pairs, other encodings
    try:
        value: object = json.loads(decode(data), strict=False)
    except RecursionError:
        raise Unreadable("The JSON is nested too deeply to be read.") from None
    except ValueError as error:
        line_number = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise Unreadable("The JSON is damaged or incomplete; export it again.", line_number) from None
    return value


def entries(data: bytes) -> list[object]:
    """Return the entries of a JSON list; a single entry that is no list counts as one.

    Raises Unreadable if the JSON is damaged.
    """
    value = parsed(data)
    return value if isinstance(value, list) else [value]


def link(value: object, of_program: Fields, file: OpenedFile, name: str) -> Iterator[LinkListEntry | Problem]:
    """Yield the metadata of an entry that has an address but no text, or a problem if the value is no entry.

    `value` is a record, or what JSON made of one; `of_program` are the fields of its program, and `name` is how the
    problem names the entry.
    """
    entry = value if isinstance(value, Record) else Record.of(value)
    if not entry.fields:
        message = f"{name} is not the record of an article and is left out; the others are read."
        yield Problem("extract", file.path, message)
    elif (listed := of_program.read(entry)).source:
        yield listed


def line(value: object) -> str | None:
    """Return a text or a number in one line; None for an empty text and for other values."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    text = value if isinstance(value, str) else str(value) if abs(value) < 1 << 63 else ""
    return " ".join(_printable(text[:LONGEST], " ").split()) or None


def _printable(text: str, instead: str) -> str:
    return text if text.isprintable() else _UNPRINTABLE.sub(instead, text)


def _language(value: object) -> str | None:
    return language_tag(value[:LONGEST]) or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    if _PLAIN_ADDRESS.fullmatch(value):
        return value
    return addresses.web_address(_printable(value, "").strip().replace(" ", "%20")) or None


def _words(value: object, apart: str) -> tuple[str, ...]:
    if isinstance(value, str):
        listed = _listed(value[: LONGEST * 5].strip())
        value = listed if listed is not None else value.split(apart) if apart else [value]
    if not isinstance(value, list):
        return ()
    named = (word.get("name") or word.get("title") if isinstance(word, dict) else word for word in value[:MOST_WORDS])
    return tuple(dict.fromkeys(filter(None, map(line, named))))


def _listed(text: str) -> list[object] | None:
    """Parse a list that JSON or Python wrote; None for a text that is no list."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        return msgspec.json.decode(text, type=list[object])
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return [re.sub(r"\\(.)", r"\1", single or double) for single, double in _QUOTED.findall(text)]


def moment(value: object) -> str | None:
    """Return the moment that a field states; None if it states none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip() if not isinstance(value, int) or abs(value) < 1 << 63 else ""
    if _SECONDS.fullmatch(text):
        return _of_seconds(float(text))
    if not isinstance(value, str) or len(text) > 100:
        return None
    try:
        stated = dt.datetime.fromisoformat(text)
    except ValueError:
        return iso(text) or None
    if not 1000 < stated.year < 2100:
        return None
    return stated.date().isoformat() if len(text) <= len("2024-02-29") else stated.isoformat(timespec="seconds")


def _of_seconds(number: float) -> str | None:
    """Convert seconds since 1970 to ISO format; browsers and scripts also write thousandths or millionths."""
    for _ in range(2):
        if number > _LAST:
            number /= 1000
    return dt.datetime.fromtimestamp(int(number), dt.UTC).isoformat() if number < _LAST else None


ARCHIVEBOX = "archivebox index"


def about_snapshot(data: bytes) -> LinkListEntry:
    """Read an `index.json`, or the line for the snapshot in an `index.jsonl`; empty if the index is damaged."""
    snapshot = _snapshot(data)
    return LinkListEntry(
        ARCHIVEBOX,
        source=snapshot.address("url"),
        title=snapshot.text("title"),
        saved=snapshot.moment("bookmarkedat", "timestamp", "bookmarkeddate", "createdat"),
        tags=snapshot.words("tags", apart=","),
    )


def _snapshot(data: bytes) -> Record:
    for line in (data, *data.splitlines()):
        try:
            record = Record.of(parsed(line))
        except Unreadable:
            continue
        if record.address("url") and record.raw("type") in ("", "Snapshot"):
            return record
    return Record({})
