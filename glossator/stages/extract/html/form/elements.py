"""Small questions to the elements of a page's tree, and how to make one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import Element, HtmlElement

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset("sf-hidden visually-hidden visuallyhidden sr-only screen-reader-text".split())
MOST_HIDDEN = 0.6
"""Of a page's text: what is hidden and holds more than this is hidden only until a script has run."""


def finder(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """What looks elements up by an XPath."""
    compiled = etree.XPath(path)
    return lambda tag: cast("list[HtmlElement]", compiled(tag))


def text_of(tag: HtmlElement) -> str:
    """The text of an element in one line."""
    return " ".join("".join(tag.itertext()).split())


def says(tag: HtmlElement) -> bool:
    """Whether there is anything to read or to look at in an element."""
    return tag.tag == "img" or any(not text.isspace() for text in tag.itertext()) or tag.find(".//img") is not None


def is_hidden(tag: HtmlElement) -> bool:
    """Whether an attribute, a style or a class of common use hides an element from readers."""
    style, classes = tag.get("style"), tag.get("class")
    return bool(
        tag.get("hidden") is not None
        or (style and _HIDDEN.search(style))
        or (classes and not _HIDDEN_CLASSES.isdisjoint(classes.split()))
    )


def names_of(tag: HtmlElement) -> str:
    """What an element is called, for whoever styles it or leads to it."""
    return " ".join((tag.get("class", ""), tag.get("id", ""), tag.get("role", "")))


def element(name: str, text: str = "") -> HtmlElement:
    made: HtmlElement = Element(name)
    made.text = text or None
    return made


def replace(tag: HtmlElement, other: HtmlElement) -> None:
    """The other in the place of an element, which must have a parent."""
    parent = tag.getparent()
    if parent is not None:
        other.tail, tag.tail = tag.tail, None
        parent.replace(tag, other)
