"""WACZ (Webrecorder's Web Archive Collection Zipped, 1.1.1): web archives in a ZIP archive, with a list of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from glossator import web_addresses
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.date_parsing import iso
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.exported_metadata import Record, parsed
from glossator.stages.extract.openers.warc import likely, parts
from glossator.stages.extract.openers.web_archive_captures import Capture, captures
from glossator.stages.extract.openers.zip_members import Zipped, opened
from glossator.stages.extract.unreadable import Unreadable

_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
"""Lists of the pages that somebody requested, and of those that the crawler found."""
_MOST_IN_MEMORY = 300_000_000
"""Bytes of web archives held in memory together."""


def is_wacz(names: Iterable[str]) -> bool:
    return any(name in _LISTS or _ARCHIVE.fullmatch(name) for name in names)


def open_wacz(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the pages that the collection lists; if it lists none, the captures that look like pages.

    A page that is listed but was not captured is a link.

    Raises Unreadable if the ZIP archive is damaged or too large, or holds no page.
    """
    zipped = opened(file.data)
    collected = captures(_archives(zipped))
    wanted: dict[Capture, LinkListEntry] = {}
    for name in _LISTS:
        for listed in _entries(zipped.read(name)) if name in zipped.members else ():
            if capture := collected.nearest(listed.source or "", listed.saved or ""):
                wanted.setdefault(
                    capture,
                    listed if listed.saved else msgspec.structs.replace(listed, saved=iso(capture.date) or None),
                )
            else:
                yield listed
    yield from parts(file, "wacz", collected, list(wanted.items()) or likely(collected))


def _archives(zipped: Zipped) -> Iterator[bytes]:
    left = _MOST_IN_MEMORY
    for name in zipped.members:
        if _ARCHIVE.fullmatch(name):
            archive = zipped.read(name)
            left -= len(archive)
            if left < 0:
                raise Unreadable(
                    f"The collection holds more than {_MOST_IN_MEMORY // 1_000_000} MB; add its pages in smaller ones."
                )
            yield archive


def _entries(lines: bytes) -> Iterator[LinkListEntry]:
    """Yield the pages that the lines name; lines that say something else are skipped."""
    for line in lines.splitlines():
        try:
            entry = Record.of(parsed(line))
        except Unreadable:
            continue
        if source := web_addresses.web_address(entry.raw("url")):
            saved = iso(entry.raw("ts")) or None
            yield LinkListEntry("wacz page list", source=source, title=entry.text("title"), saved=saved)
