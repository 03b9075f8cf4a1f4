"""What the readers work on: a saved file, and the pages within it. Most files are one page; an export holds many."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from glossator.model import LinkListEntry


@dataclass(frozen=True, slots=True)
class File:
    """A saved file as it is opened."""

    path: str
    """Below `saved/`."""
    data: bytes
    sha256: str
    """Of the data."""
    about: bytes = b""
    """What its program wrote beside it: the index of an ArchiveBox snapshot."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page or text within a saved file, as its reader gets it."""

    file: File
    data: bytes
    format: str
    """Which reader: `html`, `markdown`, `text`."""
    recognised: str = ""
    """What the front matter calls its format; empty for what the reader finds: `mhtml`, `wallabag`, ..."""
    entry: str = ""
    """Its name within the file, the same each time the file is opened; empty where the file is one page."""
    charset: str = ""
    """The encoding, where the file states it; empty for what the reader finds."""
    address: str = ""
    """Where the page was loaded from: what its relative addresses are relative to. It may name a better one itself."""
    known: LinkListEntry | None = None
    """What the program that kept it says: it goes before what the page says."""
    hints: LinkListEntry | None = None
    """What is used where the page says nothing."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What came along with it, by absolute address, by `cid:` name, or by path relative to the page."""


def whole(data: bytes, path: str, form: str) -> Part:
    """A saved file that is one page."""
    return Part(File(path, data, hashlib.sha256(data).hexdigest()), data, form)
