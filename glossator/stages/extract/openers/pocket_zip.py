"""Pocket's last export, a ZIP archive with its list in parts -> its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.link_tables import open_table
from glossator.stages.extract.openers.zip_members import opened
from glossator.stages.extract.unreadable import Unreadable

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
