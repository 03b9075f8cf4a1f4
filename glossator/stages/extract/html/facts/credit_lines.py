"""Lines of a page's text that say who wrote the article, without any mark in the page's source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts.head_and_marked_elements import Statements
from glossator.stages.extract.html.facts.visible_text import (
    LONGEST,
    SILENT,
    VisibleHead,
    is_beside,
    tidy,
)
from glossator.stages.extract.metadata.names_in_bylines import (
    introduced,
    is_announcement,
    is_by_others,
    is_label,
    people,
)
from glossator.text import bare_words

Line = tuple[str, HtmlElement]
"""Piece of visible text, and the element that it is in."""

_BELOW = 80
"""Elements after the headline in which a line may name the author without being marked."""
_NEXT = 12
"""Pieces of text after the headline that belong to the article, whatever their elements are called."""
_JOINER = re.compile(r"\s*+(?:[,;&]\s*+)?(?:(?:and|und|et|y|e|en|og|och)\s*+)?", re.IGNORECASE)
"""Text between the names of two authors."""


def announced(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names that the text below the headline announces, in one line or after a label such as `By`."""
    lines = _below(stated, head)
    for position, (line, element) in enumerate(lines):
        names = () if is_by_others(line) else introduced(line)
        if not names and is_announcement(line) and (position < _NEXT or not is_beside(element, head, sides=False)):
            names = _following(lines[position + 1 :])
        if names:
            return names
    return ()


def labelled(stated: Statements) -> tuple[str, ...]:
    """Return the names after a label that announces an author, anywhere on the page."""
    for (label, _), (name, _) in pairwise(_in_order(stated.elements)):
        if is_label(label) and (names := people(name, alone=is_announcement(label))):
            return names
    return ()


def _below(stated: Statements, head: VisibleHead) -> list[Line]:
    return list(_in_order(stated.elements[head.index : head.index + _BELOW])) if head.index >= 0 else []


def _in_order(elements: list[HtmlElement]) -> Iterator[Line]:
    """Yield the pieces of visible text in the order in which readers meet them."""
    opened: list[HtmlElement] = []
    for element in elements:
        while opened and opened[-1] is not element.getparent():
            closed = opened.pop()
            if closed.tail and opened and (text := tidy(closed.tail[:LONGEST])):
                yield text, opened[-1]
        opened.append(element)
        if element.text and element.tag not in SILENT and (text := tidy(element.text[:LONGEST])):
            yield text, element


def _following(lines: list[Line]) -> tuple[str, ...]:
    """Return the names with which some pieces of text begin.

    A further name follows a comma or an `and`, or stands in an element like that of the name before it.
    """
    names_by_key: dict[str, str] = {}
    form: tuple[object, ...] = ()
    adjoins = True
    for line, element in lines:
        if _JOINER.fullmatch(line):
            adjoins = True
            continue
        likeness = (element.tag, element.get("class"))
        names = () if is_label(line) else people(line, alone=not names_by_key)
        if not names or not (adjoins or likeness == form):
            break
        names_by_key |= {bare_words(name): name for name in names if bare_words(name) not in names_by_key}
        form, adjoins = likeness, False
    return tuple(names_by_key.values())
