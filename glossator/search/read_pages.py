"""Bytes of a page -> data for the search: words for Pagefind, an entity for the index of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import lxml.html
import msgspec
from lxml.etree import ParserError

from glossator import addresses

MARK = "data-pagefind-"
BODY = "data-pagefind-body"
"""Attribute by which a template marks searchable text; docs/pages/themes.md explains it and those below."""
ENTITY = "data-search-entity"
"""Attribute of the head of an entity's page, with the number of its articles."""
ENTRY = "data-search-entry"
"""Attribute of the entry of a glossary whose entity has no page, with the entity's type."""
TYPE = "data-search-type"
"""Attribute of the entity's type: with the type in English, or empty if the element's text is that."""
NAME = "data-search-name"
"""Attribute of each of the entity's names."""
DESCRIPTION = "data-search-about"
"""Attribute of a text of the entity's card; of a longer one the first paragraph is taken."""
AUTHOR = "data-search-author"
"""Attribute of each author of an article."""
TAG = "data-search-tag"
"""Attribute of each tag of an article."""
ORIGINAL = "data-search-original"
"""Attribute of the link to the original of an article."""
READ = f"descendant-or-self::*[@{BODY}][not(ancestor-or-self::*[@{MARK}ignore])]"
"""Elements whose text is searched, in an element that has one of these marks or contains one that does."""
MARKED = f"@*[starts-with(name(), '{MARK}')]"
OUTERMOST = f"descendant-or-self::*[{MARKED}][not(ancestor::*[{MARKED}])]"
"""Elements with a mark of Pagefind's that are in no other such element."""
UNMARKED = f"descendant::*[@*][not({MARKED})]"
NAMING = f"ancestor::*[@{MARK}filter[not(contains(., ':'))] or @{MARK}meta[not(contains(., ':'))]]"
"""True in an element whose text is the value of a facet, or shown as it is."""
_DASH = re.compile(r"(?<=\w)[”\"’)]*[\u2012-\u2015](?=[“\"‘(]*\w)")
SHELL = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


class NamedEntity(msgspec.Struct, frozen=True, array_like=True):
    """An entity that is found by name: the name comes first among `names`, then the aliases."""

    names: tuple[str, ...]
    type: str
    articles: int
    article: str = ""
    """Title of the article in whose glossary the entity stands; empty if the entity has a page."""
    about: tuple[str, ...] = ()
    """Texts of the entity's card."""


class ListedPage(msgspec.Struct, frozen=True, array_like=True):
    """Title, date and facets of a searchable page, for lists."""

    title: str
    date: str = ""
    facets: dict[str, tuple[str, ...]] = {}
    """Values by facet: kind, type, source, year, language, author, tag."""
    host: str = ""
    """Host of the original."""


class PageContents(NamedTuple):
    """Contents of a page that search reads."""

    words: bytes
    """The page reduced to what Pagefind reads; empty if there is nothing to read."""
    entities: tuple[tuple[str, NamedEntity], ...]
    """Entities that are found on the page, each after the fragment of its address: `#g-...`, or nothing."""
    listed: ListedPage | None = None
    """None if there is nothing to read."""


def read(page: bytes) -> PageContents:
    """Return the contents of a page for search. The page is parsed only if a template marked anything in it."""
    if not any(mark.encode() in page for mark in (BODY, ENTITY, ENTRY)):
        return PageContents(b"", ())
    tree = parse_page(page)
    entities = (*_subject(tree), *_entries(tree))
    if BODY.encode() not in page:
        return PageContents(b"", entities)
    listed = _listed(tree)  # first, because reading the words removes attributes
    words = _words(tree)
    return PageContents(words, entities, listed if words else None)


def _words(tree: lxml.html.HtmlElement) -> bytes:
    """Reduce a page to just what Pagefind reads.

    Attributes that Pagefind ignores are removed: a changed address is no reason to index a page anew.
    """
    marked: list[lxml.html.HtmlElement] = tree.xpath(OUTERMOST)
    for element in marked:
        for inner in element.xpath(UNMARKED):
            inner.attrib.clear()
    for text in (each for element in marked for each in element.xpath(f"({READ})//text()[not({NAMING})]")):
        _space_dashes(text)
    if not any(re.search(r"\w", text) for element in marked for read in element.xpath(READ) for text in _texts(read)):
        return b""  # Pagefind skips a page without words, and fails if there is no other
    return SHELL.format("".join(map(_markup, marked))).encode()


def _space_dashes(text: Any) -> None:
    """Put a space behind each dash between words, or Pagefind takes them for one word."""
    spaced, changed = _DASH.subn("\\g<0> ", text)
    if changed and text.is_tail:
        text.getparent().tail = spaced
    elif changed:
        text.getparent().text = spaced


def _listed(tree: lxml.html.HtmlElement) -> ListedPage:
    """Return title, date and facets of a page, by the marks of its template."""
    facets: dict[str, list[str]] = {}
    metadata: dict[str, str] = {}
    for mark, values in ((f"{MARK}filter", facets), (f"{MARK}meta", None)):
        for element in _with(tree, mark):
            for part in element.get(mark, "").split(","):
                name, colon, value = part.strip().partition(":")
                text = value.strip() if colon else _text(element)
                if values is None:
                    metadata.setdefault(name, text)
                elif text:
                    values.setdefault(name, []).append(text)
    for mark, name in ((AUTHOR, "author"), (TAG, "tag")):
        facets[name] = [_text(element) for element in _with(tree, mark)]
    unique = {name: tuple(dict.fromkeys(values)) for name, values in sorted(facets.items()) if values}
    host = next((addresses.host(link.get("href", "")) for link in _with(tree, ORIGINAL)), "")
    return ListedPage(metadata.get("title", ""), metadata.get("date", ""), unique, host)


def _with(tree: lxml.html.HtmlElement, attribute: str) -> list[lxml.html.HtmlElement]:
    """Return the elements that have an attribute, in the order of the page. To ask each element takes twice as long."""
    elements: list[lxml.html.HtmlElement] = tree.xpath(f".//@{attribute}/..")
    return elements


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _subject(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, NamedEntity]]:
    """Yield the entity that a page is about, if it is about one."""
    for head in _with(tree, ENTITY):
        names = [_text(element) for element in head.iterfind(f".//*[@{NAME}]")]
        types = ((element, element.get(TYPE)) for element in head.iterfind(f".//*[@{TYPE}]"))
        kinds = [kind or element.text_content().strip() for element, kind in types]
        count = head.get(ENTITY, "")
        if names:
            kind, articles = kinds[0] if kinds else "", int(count) if count.isdecimal() else 0
            about = tuple(filter(None, (_first_paragraph(element) for element in _with(tree, DESCRIPTION))))
            yield "", NamedEntity(_distinct(names), kind, articles, "", about)
            return


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return the names, of those that differ in case only the first; queries have no case."""
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(name.casefold(), name)
    return tuple(distinct.values())


def _first_paragraph(element: lxml.html.HtmlElement) -> str:
    return _text(next(element.iterfind(".//p"), element))


def _entries(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, NamedEntity]]:
    """Yield the entities without a page that stand in the glossary of an article."""
    title = " ".join(tree.findtext(".//h1", "").split())
    for entry in _with(tree, ENTRY):
        names = [_text(element) for element in entry.iterfind(f".//*[@{NAME}]")]
        if names and entry.get("id"):
            yield f"#{entry.get('id')}", NamedEntity(_distinct(names), entry.get(ENTRY, ""), 1, title)


def parse_page(page: bytes) -> lxml.html.HtmlElement:
    """Return the tree of a page; an empty one if there is nothing in it."""
    try:
        return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:  # an empty page
        return lxml.html.Element("html")


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the texts of an element that Pagefind reads, one by one: an XPath would find and sort all of them."""
    walk = lxml.etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            yield (inner.tail or "") if inner is not element else ""
        elif inner.get(f"{MARK}ignore") is not None:
            walk.skip_subtree()
        else:
            yield inner.text or ""


def _markup(element: lxml.html.HtmlElement) -> str:
    markup: str = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return markup
