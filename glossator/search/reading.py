"""The bytes of a page -> what search makes of it: words for Pagefind, an entity for the index of names."""

from __future__ import annotations

import re

import lxml.html
import msgspec
from lxml.etree import ParserError

MARK = "data-pagefind-"
BODY, ENTITY, TYPE, NAME = "data-pagefind-body", "data-search-entity", "data-search-type", "data-search-name"
"""The attributes by which a template says what of a page is found, and how; docs/themes.md explains them."""
READ = f"descendant-or-self::*[@{BODY}]//text()[not(ancestor::*[@{MARK}ignore])]"
"""Where the words are, in an element that has one of these marks or holds one that does."""
SHELL = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


class Named(msgspec.Struct, frozen=True, array_like=True):
    """The entity of a page: its name comes first among `names`, then its aliases."""

    names: tuple[str, ...]
    type: str
    articles: int


def words(page: bytes) -> bytes:
    """A page of its own with just what Pagefind reads of this one; empty where it reads nothing.

    Without the attributes that it does not look at: a mark that leads elsewhere is no reason to index a page anew.
    """
    if BODY.encode() not in page:
        return b""
    kept: list[lxml.html.HtmlElement] = []
    inside: lxml.html.HtmlElement | None = None
    for element in _parse(page).iter(lxml.etree.Element):
        if any(name.startswith(MARK) for name in element.attrib):
            if inside is None or not _within(element, inside):
                inside = element
                kept.append(element)
        elif inside is not None:
            element.attrib.clear()
    if not any(re.search(r"\w", text) for element in kept for text in element.xpath(READ)):
        return b""  # Pagefind leaves out such a page, and where there is no other, it fails
    return SHELL.format("".join(map(_markup, kept))).encode()


def entity(page: bytes) -> Named | None:
    """The entity that a page says it is about, or none."""
    if ENTITY.encode() not in page:
        return None
    for head in _parse(page).iterfind(f".//*[@{ENTITY}]"):
        names = [" ".join(one.text_content().split()) for one in head.iterfind(f".//*[@{NAME}]")]
        kinds = [one.text_content().strip() for one in head.iterfind(f".//*[@{TYPE}]")]
        count = head.get(ENTITY, "")
        if names:
            return Named(tuple(dict.fromkeys(names)), kinds[0] if kinds else "", int(count) if count.isdecimal() else 0)
    return None


def _parse(page: bytes) -> lxml.html.HtmlElement:
    try:
        return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:  # nothing in it
        return lxml.html.Element("html")


def _within(element: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    return any(above is other for above in element.iterancestors())


def _markup(element: lxml.html.HtmlElement) -> str:
    made: str = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return made
