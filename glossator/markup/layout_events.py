"""The layout of an article as a list of events, from which it is written as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from glossator.markup.notations import HEADINGS
from glossator.model import BlockKind, Text


class Open(msgspec.Struct, frozen=True, gc=False):
    """The beginning of an element. `end` is the offset at which its text ends."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    start: int
    end: int
    block: bool
    markable: bool = False
    """True if marks are allowed inside."""


class Close(msgspec.Struct, frozen=True, gc=False):
    """The end of an element."""

    tag: str
    block: bool


class Chars(msgspec.Struct, frozen=True, gc=False):
    """Characters to print. Those of a footnote's number or of an image's description are not part of the text."""

    content: str
    start: int
    counted: bool
    markable: bool
    link: int = 0
    """Number of the link that the characters are in, whose names a sign behind the link tells; 0 in no link."""


class LinkEnd(msgspec.Struct, frozen=True, gc=False):
    """The end of a link, behind which a sign may stand."""

    number: int
    """Number of the link, from 1."""
    archived: bool
    """True if it leads to an article of the archive."""


class Formula(msgspec.Struct, frozen=True, gc=False):
    """A formula. Its TeX between dollar signs is part of the text."""

    written: str


Event = Open | Close | Chars | LinkEnd | Formula
LANGUAGE = "language"
"""Attribute of the code of a listing."""
ARCHIVED = ("class", "archived")
"""Attribute of a link to an article of the archive."""
UNKNOWN = Close("", False)
"""Event in place of an element whose bounds are not known yet."""


class ArticleLayout(msgspec.Struct, frozen=True):
    """The layout of an article: its text, and the events that write it as HTML."""

    text: Text
    events: tuple[Event, ...]


BLOCKS: Mapping[str, BlockKind] = MappingProxyType(
    {
        "p": "paragraph",
        "li": "item",
        "dd": "item",
        "dt": "item",
        "td": "cell",
        "th": "cell",
        "pre": "code",
        "figcaption": "paragraph",
        **dict.fromkeys(HEADINGS, "heading"),
    }
)
INSIDE: Mapping[str, BlockKind] = MappingProxyType({"li": "item", "blockquote": "quote"})
"""Kind of a paragraph inside one of these elements."""
