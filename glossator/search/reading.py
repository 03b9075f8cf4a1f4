"""Bytes of a page -> data for the search: words for Pagefind, an entity for the index of names."""

from __future__ import annotations

import re

import lxml.html
import msgspec
from lxml.etree import ParserError

MARK = "data-pagefind-"
BODY = "data-pagefind-body"
"""Attribute by which a template marks searchable text; docs/themes.md explains it and those below."""
ENTITY = "data-search-entity"
"""Attribute of the head of an entity's page, with the number of its articles."""
TYPE = "data-search-type"
"""Attribute of the entity's type."""
NAME = "data-search-name"
"""Attribute of each of the entity's names."""
READ = f"descendant-or-self::*[@{BODY}]//text()[not(ancestor::*[@{MARK}ignore])]"
"""Searchable text, in an element that has one of these marks or contains one that does."""
SHELL = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


class NamedEntity(msgspec.Struct, frozen=True, array_like=True):
    """The entity of a page: its name comes first among `names`, then its aliases."""

    names: tuple[str, ...]
    type: str
    articles: int


def words(page: bytes) -> bytes:
    """Reduce a page to just what Pagefind reads; empty if there is nothing to read.

    Attributes that Pagefind ignores are removed: a changed address is no reason to index a page anew.
    """
    if BODY.encode() not in page:
        return b""
    marked: list[lxml.html.HtmlElement] = []
    inside: lxml.html.HtmlElement | None = None
    for element in _parse(page).iter(lxml.etree.Element):
        if any(name.startswith(MARK) for name in element.attrib):
            if inside is None or not _within(element, inside):
                inside = element
                marked.append(element)
        elif inside is not None:
            element.attrib.clear()
    if not any(re.search(r"\w", text) for element in marked for text in element.xpath(READ)):
        return b""  # Pagefind skips a page without words, and fails if there is no other
    return SHELL.format("".join(map(_markup, marked))).encode()


def entity(page: bytes) -> NamedEntity | None:
    """Return the entity that a page is about; None if there is none."""
    if ENTITY.encode() not in page:
        return None
    for head in _parse(page).iterfind(f".//*[@{ENTITY}]"):
        names = [" ".join(element.text_content().split()) for element in head.iterfind(f".//*[@{NAME}]")]
        kinds = [element.text_content().strip() for element in head.iterfind(f".//*[@{TYPE}]")]
        count = head.get(ENTITY, "")
        if names:
            return NamedEntity(
                tuple(dict.fromkeys(names)), kinds[0] if kinds else "", int(count) if count.isdecimal() else 0
            )
    return None


def _parse(page: bytes) -> lxml.html.HtmlElement:
    try:
        return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:  # an empty page
        return lxml.html.Element("html")


def _within(element: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    return any(above is other for above in element.iterancestors())


def _markup(element: lxml.html.HtmlElement) -> str:
    markup: str = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return markup
