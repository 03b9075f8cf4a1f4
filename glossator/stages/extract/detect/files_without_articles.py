"""Files that are recognised and hold no article: pictures under their own names, and formats that are not read."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from glossator.local_pictures import SUFFIXES

FOREIGN = {
    "audio": "a sound or video file",
    "doc": "a document of an old Microsoft Office",
    "gzip": "a compressed file",
    "image": "an image",
    "json": "a JSON file",
    "odt": "an OpenDocument text",
    "plist": "a property list",
    "rtf": "an RTF document",
    "sqlite": "a database",
    "xml": "an XML file",
}
"""Formats that are recognised but not read, as a message names them."""
_TEXTS = frozenset(("text", "markdown"))
_ENDINGS = frozenset(("", *".txt .text .md .markdown .mdown .mkd .mdwn .rst .adoc .org .html .htm .xhtml".split()))
"""Endings of names under which a text is an article. Programs, settings and logs are texts as well."""
_ENDING = re.compile(r"\.[a-z][a-z0-9_+-]{0,15}")
"""Ending of a name that says what a file is, unlike those of `Version 1.2` and `Dr. Marsh`."""


def is_shown(recognised: str, path: str) -> bool:
    """True if a file is a picture under its own name, which belongs to the pages that show it."""
    return recognised == "image" and PurePosixPath(path).suffix.lower() in SUFFIXES


def unknown_ending(recognised: str, path: str) -> str:
    """Return the ending of a text's name if it is not that of an article, such as `.py`; empty for other files."""
    suffix = PurePosixPath(path).suffix
    ending = suffix if _ENDING.fullmatch(suffix) else ""
    return ending if recognised in _TEXTS and ending not in _ENDINGS else ""
