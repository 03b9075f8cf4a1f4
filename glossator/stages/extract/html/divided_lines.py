"""Listings and verse that a page writes as a box for each line, and numbers of printed pages within a text."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import finder

_LINES = frozenset("line code-line codeline verse verse-line".split())
"""Classes of the lines by Doxygen, docutils and Project Gutenberg."""
_LISTING = re.compile(r"(?:^|[\s_-])(?:fragment|code|listing|highlight|source)(?:$|[\s_-])", re.IGNORECASE)
_VERSE = re.compile(r"(?:^|[\s_-])(?:line-block|stanza|verse|poem|poetry)(?:$|[\s_-])", re.IGNORECASE)
_NAMES = ("pagenum", "pageno", "doc-pagebreak")
_NUMBER = re.compile(r"\W*(?:p(?:g|age|\.)?\W*)?(?:\d{1,4}|[ivxlc]{1,7})?\W*", re.IGNORECASE)
_divided = finder("descendant::div[*[1][self::div][contains(@class, 'line') or contains(@class, 'verse')]]")
_page_numbers = finder(
    "descendant::*[self::span or self::a or self::div]"
    "[@role='doc-pagebreak' or contains(@class, 'pagenum') or contains(@class, 'pageno')]"
)


def join_lines(tree: HtmlElement) -> None:
    """Make one block of the lines of a listing or stanza, in place."""
    for box in _divided(tree):
        names = box.get("class", "")
        if not all(_is_line(line) for line in box) or (box.text or "").strip():
            continue
        if _LISTING.search(names):
            box.tag = "pre"
            for line in box:
                line.text = None if len(line) == 0 and (line.text or "").isspace() else line.text
        elif _VERSE.search(names):
            _make_stanza(box)


def drop_page_numbers(tree: HtmlElement, text: str) -> None:
    """Drop the numbers of printed pages, in place. `text` is the page's source."""
    for number in _page_numbers(tree) if any(name in text for name in _NAMES) else ():
        if number.getparent() is not None and _NUMBER.fullmatch("".join(number.itertext())):
            number.drop_tree()


def _is_line(line: HtmlElement) -> bool:
    """True if an element is a line, with nothing beside it."""
    is_named = line.tag == "div" and not _LINES.isdisjoint(line.get("class", "").split())
    return is_named and line.find(".//div") is None and not (line.tail or "").strip()


def _make_stanza(box: HtmlElement) -> None:
    box.tag, box.text = "p", None
    for line in list(box)[:-1]:
        line.tag, line.tail = "span", None
        line.addnext(etree.Element("br"))
    box[-1].tag, box[-1].tail = "span", None
