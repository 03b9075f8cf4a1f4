"""Files that hold one link: Windows' `.url`, macOS' `.webloc` and the desktop entries of freedesktop.org."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import OpenedFile
from glossator.stages.extract.openers.exported_metadata import Key, Record, key
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
