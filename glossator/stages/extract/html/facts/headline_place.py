"""Place of the headline on the page, by which byline and date are found."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts.head_and_marked_elements import Statements
from glossator.stages.extract.html.facts.site_name_in_title import fold
from glossator.stages.extract.html.facts.visible_text import SILENT, VisibleHead


def locate_headline(stated: Statements, title: str) -> VisibleHead:
    """Locate the headline: the heading or line that states it; else the first heading, or the beginning of the text."""
    index = next(_headline_indices(stated, title), None)
    return VisibleHead() if index is None else VisibleHead(index, frozenset(stated.elements[index].iterancestors()))


def _headline_indices(stated: Statements, title: str) -> Iterator[int]:
    key = fold(title)
    folded_headings = [(index, fold(text)) for index, text in stated.headings] if key else []
    yield from (index for index, text in folded_headings if text == key)
    yield from (index for index, text in folded_headings if text and key.endswith(text))
    yield from (index for index, element in enumerate(stated.elements) if key and _begins(element, title))
    yield from (index for index, _ in stated.headings if stated.elements[index].tag == "h1")
    yield from (*stated.tagged["article"], *stated.tagged["main"])


def _begins(element: HtmlElement, title: str) -> bool:
    text = element.text
    return bool(text) and text.strip() == title and element.tag != "title" and element.tag not in SILENT
