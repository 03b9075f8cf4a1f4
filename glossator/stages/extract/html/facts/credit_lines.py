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
    is_caption,
    pieces,
    read,
    tidy,
)
from glossator.stages.extract.html.parse.elements import is_hidden
from glossator.stages.extract.metadata.names_in_bylines import (
    introduced,
    is_announcement,
    is_by_others,
    is_label,
    is_signature,
    people,
)
from glossator.text import bare_words

Line = tuple[str, HtmlElement]
"""Piece of visible text, and the element that it is in."""

_BELOW = 80
"""Elements after the headline in which a line may name the author without being marked."""
_NEXT = 12
"""Pieces of text after the headline that belong to the article, whatever their elements are called."""
_JUST_ABOVE = 6
"""Elements before the headline in which a line may name the author without being marked."""
_ABOVE = 40
"""Elements before the headline in which a line may begin with `by`."""
_BY = re.compile(r"by ", re.IGNORECASE)
_JOINER = re.compile(r"\s*+(?:[,;&]\s*+)?(?:(?:and|und|et|y|e|en|og|och)\s*+)?", re.IGNORECASE)
"""Text between the names of two authors."""
_LONGEST_LINE = 80
"""Characters of a line that contains only names."""
_PARAGRAPH = 200
"""Characters of a paragraph that begins the text."""
_LEADING = ("a", "td", "th", "h1", "h2", "h3", "h4", "script", "style", "button", "option", "title", "noscript")
"""Elements whose own text is no line of the article."""
_WORD = re.compile(r"[^\W\d_]{2,}")


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


def listed(stated: Statements, head: VisibleHead, name: str) -> tuple[str, ...]:
    """Return the names that commas or an `and` join to a name below the headline, with that name."""
    folded, lines = bare_words(name), _below(stated, head)
    for position, (line, element) in enumerate(lines):
        if folded in bare_words(line) and folded in map(bare_words, people(line)) and not is_beside(element, head):
            return _following(lines[position:], joined=True)
    return ()


def signed(stated: Statements) -> tuple[str, ...]:
    """Return the names in a line anywhere on the page such as `Written by Ada Marsh`, as below a text."""
    lines = (line for element in stated.elements for line in pieces(element) if is_signature(line))
    return next((names for line in lines if (names := introduced(line))), ())


def above(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a line above the headline such as `by Ada Marsh`, as below the title of a blog."""
    elements = stated.elements[max(0, head.index - _ABOVE) : max(0, head.index)]
    lines = (line for element in elements for line in pieces(element) if _BY.match(line))
    return next((names for line in lines if (names := introduced(line))), ())


def labelled(stated: Statements) -> tuple[str, ...]:
    """Return the names after a label that announces an author, anywhere on the page."""
    for (label, _), (name, _) in pairwise(_in_order(stated.elements)):
        if is_label(label) and (names := people(name, alone=is_announcement(label))):
            return names
    return ()


def alone(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a separate line between the headline and the text, or just above the headline."""
    if head.index < 0:
        return ()
    just_above = stated.elements[max(0, head.index - _JUST_ABOVE) : head.index]
    return _first_alone(stated, stated.elements[head.index : head.index + _BELOW]) or _first_alone(
        stated, [element for element in just_above if not is_beside(element, head)]
    )


def _first_alone(stated: Statements, elements: list[HtmlElement]) -> tuple[str, ...]:
    for element in elements:
        if is_hidden(element):
            continue
        if element.tag == "p" and len(read(element)) > _PARAGRAPH:
            break
        for line in pieces(element) if element.tag not in _LEADING else [" ".join((element.tail or "").split())]:
            names = people(line) if len(line) <= _LONGEST_LINE else ()
            if names and _says_only(stated, line, names) and not is_caption(element):
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


def _following(lines: list[Line], *, joined: bool = False) -> tuple[str, ...]:
    """Return the names with which some pieces of text begin.

    A further name follows a comma or an `and`, or stands in an element like that of the name before it; only the
    former if `joined`.
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
        if not names or not (adjoins or (likeness == form and not joined)):
            break
        names_by_key |= {bare_words(name): name for name in names if bare_words(name) not in names_by_key}
        form, adjoins = likeness, False
    return tuple(names_by_key.values())


def _says_only(stated: Statements, line: str, names: tuple[str, ...]) -> bool:
    """True if the line contains nothing else, and no word of the title or that the page writes in small letters."""
    words = _WORD.findall(line)
    return (
        sum(map(len, names)) >= len(line) - 5 * len(names)
        and bare_words(line) not in bare_words(stated.title)
        and not line.isupper()  # a kicker
        and all(mark.isupper() or mark.islower() for word in words for mark in word)
        and not any(word[0].isupper() and word.lower() in stated.small for word in words)
    )
