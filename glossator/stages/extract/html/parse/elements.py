"""Queries about the elements of a page's tree, the words by which their names tell what they are, and new elements."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import Element, HtmlElement

from glossator.word_lists import any_of

_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
# Words of site builders, in small letters, by which the names of elements tell what is around an article.
COMMENTS = re.compile(any_of("element_names", "comments"))
OTHERS = re.compile(any_of("element_names", "others"))
ABOUT = re.compile(any_of("element_names", "about"))
FRAME = re.compile(any_of("element_names", "frame"))
CAPTION = re.compile(r"caption|credit|photo")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def finder(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Return a function that looks elements up by an XPath."""
    compiled = etree.XPath(path)
    return lambda tag: cast("list[HtmlElement]", compiled(tag))


def whole_number(stated: str, otherwise: int) -> int:
    """Return the number that an attribute states; another one if it states none, or one that is too large."""
    return int(stated) if _WHOLE_NUMBER.fullmatch(stated) else otherwise


def text_of(tag: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(tag.text_content().split())


def has_content(tag: HtmlElement) -> bool:
    """True if an element contains visible text or a picture."""
    return tag.tag == "img" or any(not text.isspace() for text in tag.itertext()) or tag.find(".//img") is not None


def names_of(tag: HtmlElement) -> str:
    """Return the class, id and role of an element."""
    return " ".join((tag.get("class", ""), tag.get("id", ""), tag.get("role", "")))


def element(name: str, text: str = "") -> HtmlElement:
    new: HtmlElement = Element(name)
    new.text = text or None
    return new


def replace(tag: HtmlElement, other: HtmlElement) -> None:
    """Put `other` in the position of an element, which must have a parent."""
    parent = tag.getparent()
    if parent is not None:
        other.tail, tag.tail = tag.tail, None
        parent.replace(tag, other)
