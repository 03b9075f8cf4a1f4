"""Lines of a page's text that say who wrote the article, without any mark in the page's source."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts.head_and_marked_elements import Statements
from glossator.stages.extract.html.facts.visible_text import (
    Line,
    VisibleHead,
    in_order,
    is_beside,
    read,
)
from glossator.stages.extract.metadata.names_in_bylines import (
    introduced,
    is_announcement,
    is_by_others,
    is_heading_of_box,
    is_label,
    people,
)
from glossator.text import bare_words

_BELOW = 80
"""Elements after the headline in which a line may name the author without being marked."""
_NEXT = 12
"""Pieces of text after the headline that belong to the article, whatever their elements are called."""
_LEVELS = 4
"""Levels above a name at which its label may be."""
_LONGEST_LABEL = 40
"""Characters of a label."""
_WORDS = 3
"""Words of a name below the heading of a box about the author."""
_WRITTEN = re.compile(r"\W*(?:written|words|story|text|article|post) by\b", re.IGNORECASE)
_JOINER = re.compile(r"\s*+(?:[,;&]\s*+)?(?:(?:and|und|et|y|e|en|og|och)\s*+)?", re.IGNORECASE)
"""Text between the names of two authors."""


def is_of_others(element: HtmlElement) -> bool:
    """True if the text just before an element says that who is named there reviewed or edited the article."""
    for _ in range(_LEVELS):
        before, holder = element.getprevious(), element.getparent()
        text = (holder.text if before is None else before.tail or read(before)) if holder is not None else ""
        if text and text.strip():
            return is_by_others(text.strip()[-_LONGEST_LABEL:])
        if holder is None:
            break
        element = holder
    return False


def announced(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names that the text below the headline announces, in one line or after a label: `By`.

    Several items of lists that end in names state the authors of works.
    """
    lines = _below(stated, head)
    works = {element for line, element in lines if element.tag == "li" and introduced(line)}
    for position, ((before, _), (line, element)) in enumerate(pairwise([("", None), *lines])):
        if is_by_others(line) or is_by_others(f"{before} {line}") or (element in works and len(works) > 1):
            continue
        names = introduced(line)
        near = position < _NEXT or not is_beside(element, head, sides=False)
        if not names and near and is_announcement(line) and element.tag != "a":
            names = _following(lines[position + 1 :])
        if names:
            return names
    return ()


def labelled(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a line "Written by", or after a label that announces an author, anywhere on the page."""
    pieces = list(pairwise(in_order(stated.elements)))
    for (label, element), (name, _) in pieces:
        names = introduced(label) if _WRITTEN.match(label) and not is_beside(element, head) else ()
        if not names and is_label(label) and element.tag != "a":  # a link `Author` leads to a section
            names = people(name, alone=is_announcement(label))
        if names:
            return names
    boxes = (name for (label, _), (name, _) in pieces if is_heading_of_box(label) and len(name.split()) <= _WORDS)
    return next(filter(None, map(people, boxes)), ())


def _below(stated: Statements, head: VisibleHead) -> list[Line]:
    return list(in_order(stated.elements[head.index : head.index + _BELOW])) if head.index >= 0 else []


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
