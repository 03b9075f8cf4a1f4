"""Formats of saved files, in words, and those without an article: pictures, and what is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from glossator.local_pictures import SUFFIXES
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.facts.head_and_marked_elements import saving_program
from glossator.stages.extract.recognise_format import recognise
from glossator.word_lists import lines

NOUNS: Mapping[str, str] = {name: noun for name, (noun,) in lines("formats").items()}
"""Nouns by format, for sentences; a test compares the formats with those that are recognised."""
FOREIGN = {name: NOUNS[name] for name in "audio doc gzip image json odt plist rtf sqlite xml".split()}
"""Formats that are recognised but not read, as a message names them."""
_TEXTS = frozenset(("text", "markdown"))
_ENDINGS = frozenset(("", *".txt .text .md .markdown .mdown .mkd .mdwn .rst .adoc .org .html .htm .xhtml".split()))
"""Endings of names under which a text is an article. Programs, settings and logs are texts as well."""
_ENDING = re.compile(r"\.[a-z][a-z0-9_+-]{0,15}")
"""Ending of a name that says what a file is, unlike those of `Version 1.2` and `Dr. Marsh`."""
_START = 8192
"""Bytes at the beginning of a page within which a saving program's comment is."""
UNKNOWN_TEXT = "unknown text"
"""Format of a text whose name has the ending of something else than an article."""
UNREAD = frozenset({*FOREIGN, "binary", "empty"})
"""Formats of which no article is made."""


def is_shown(recognised: str, path: str) -> bool:
    """True if a file is a picture under its own name, which belongs to the pages that show it."""
    return recognised == "image" and PurePosixPath(path).suffix.lower() in SUFFIXES


def unknown_ending(recognised: str, path: str) -> str:
    """Return the ending of a text's name if it is not that of an article, such as `.py`; empty for other files."""
    suffix = PurePosixPath(path).suffix
    ending = suffix if _ENDING.fullmatch(suffix) else ""
    return ending if recognised in _TEXTS and ending not in _ENDINGS else ""


class Description(msgspec.Struct, frozen=True):
    format: str
    noun: str
    read: bool
    """True if articles or links are made of the file."""


def describe(data: bytes, path: str) -> Description:
    """Return the format that a saved file was recognised as, with a noun for messages."""
    name = recognise(data, path)
    if is_shown(name, path):
        return Description("picture", "a picture, for the article that shows it", True)
    if name == "html":
        name = saving_program(decode(data[:_START])) or name
    return Description(name, NOUNS.get(name, name), name not in UNREAD)


def described_by_name(description: Description, path: str) -> Description:
    """Return the description of a file whose name counts, too: a text under that of a program, for one, is not read."""
    if ending := unknown_ending(description.format, path):
        return Description(UNKNOWN_TEXT, f"a text, but {ending} is not the ending of an article's name", False)
    return description
