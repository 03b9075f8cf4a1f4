"""Small questions to the elements of a page's tree, and how to make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring


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


def names_of(tag: HtmlElement) -> str:
    """What an element is called, for whoever styles it or leads to it."""
    return " ".join((tag.get("class", ""), tag.get("id", ""), tag.get("role", "")))


def element(name: str, text: str = "") -> HtmlElement:
    made: HtmlElement = fragment_fromstring(f"<{name}></{name}>")
    made.text = text or None
    return made


def replace(tag: HtmlElement, other: HtmlElement) -> None:
    """The other in the place of an element, which must have a parent."""
    parent = tag.getparent()
    if parent is not None:
        other.tail, tag.tail = tag.tail, None
        parent.replace(tag, other)
