"""Headline of an article among all titles that a page gives it: the one on which most sources agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.sitenames import SiteNames, fold
from glossator.stages.extract.html.facts.statements import Candidates, Statements
from glossator.stages.extract.html.facts.visible_text import SILENT, VisibleHead, tidy

_NAMED = ("twitter:title", "dc.title", "citation_title", "parsely-title")
_FIRST_FEW = 10
"""Headings below the first level that may hold the headline."""
_ENOUGH = 3
"""Words from which a text is a headline of its own."""
_LONGEST = 500
"""Characters of a title."""
_ALIKE = 0.5
"""Share of common letter pairs from which a heading and a text say about the same."""
_ALONE = 3.2
"""Weight of a title element that is the page's only declaration: the page was written by hand."""
_HEADING = 3.1
"""Weight of the main heading."""
_LINKED = 3.0
"""Weight of JSON-LD; titles for sharing and searching count less, because they are often shortened or sharpened."""
_SHARED = 2.0
"""Weight of a title for sharing."""
_MARKED = 1.1
"""Weight of microdata."""
_SEEN = 1.0
"""Weight of a lower heading."""
_OTHER = 0.5
"""Weight of any other declaration."""
_SITE = 0.1
"""Weight of a declaration that only names the site."""


class TitleStatement(NamedTuple):
    """Statement of a page that names its article."""

    text: str
    origin: str
    weight: float
    key: str
    """Text in folded form."""


def titles(stated: Statements, sites: tuple[str, ...]) -> Candidates:
    """Yield the titles of the article, the likeliest first. `sites` are names of the site, which are cut off."""
    names = SiteNames(stated, sites)
    declared = _declared(stated)
    headings = [text for text in _headings(stated, names) if not _leads(fold(text), stated, declared)]
    main = _likest(headings, [statement.key for statement in declared if not names.is_site(statement.text)])
    seen = {fold(heading) for heading in headings}
    statements = [statement if statement.key in seen else _cut(statement, names, main) for statement in declared]
    lower = _lower(stated)
    if not main:
        main = next(
            (heading.text for heading in lower if any(_says(heading, statement.key) for statement in statements)), ""
        )
    statements += [_statement(main, "visible text", _HEADING), *lower]
    support = {statement.key: _support(statement.key, statements) for statement in statements if statement.key}
    for statement in sorted(statements, key=lambda statement: -support.get(statement.key, 0.0)):
        yield statement.text, statement.origin
    for heading in headings:
        yield heading, "visible text"


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


def _cut(statement: TitleStatement, names: SiteNames, main: str) -> TitleStatement:
    """Cut the site off a declared title that no heading repeats whole."""
    weight = _SITE if names.is_site(statement.text) else statement.weight
    return _statement(names.cut(statement.text, main), statement.origin, weight)


def _statement(text: str, origin: str, weight: float) -> TitleStatement:
    return TitleStatement(text, origin, weight, fold(text))


def _declared(stated: Statements) -> list[TitleStatement]:
    stands = [
        (linked_data.text(stated.data.get("headline")), "json-ld", _LINKED),
        *((value, origin, _SHARED) for value, origin in stated.named("og:title")),
        *((value, origin, _MARKED) for value, origin in stated.item("headline")),
        *((value, origin, _OTHER) for value, origin in stated.named(*_NAMED)),
    ]
    statements = [
        _statement(tidy(value), origin, weight) for value, origin, weight in stands if 0 < len(value) <= _LONGEST
    ]
    if 0 < len(stated.title) <= _LONGEST:
        statements.append(_statement(stated.title, "title element", _OTHER if statements else _ALONE))
    return list(dict.fromkeys(statements))


def _headings(stated: Statements, names: SiteNames) -> list[str]:
    """Return the page's headings of the first level, without the site's name."""
    texts = [text for index, text in stated.headings if stated.elements[index].tag == "h1" and len(text) <= _LONGEST]
    return [text for text in texts if text and not names.is_site(text) and not _ends(stated.title, text)]


def _lower(stated: Statements) -> list[TitleStatement]:
    """Return headings below the first level: one that repeats a title is the headline."""
    lower = [text for index, text in stated.headings if stated.elements[index].tag != "h1"]
    return [_statement(text, "visible text", _SEEN) for text in lower[:_FIRST_FEW] if len(text) <= _LONGEST]


def _ends(title: str, text: str) -> bool:
    """True if a heading only repeats the end of the title, which is the site's name."""
    words = len(text.split())
    return title.endswith(text) and words <= _ENOUGH and words + _ENOUGH < len(title.split())


def _leads(key: str, stated: Statements, declared: list[TitleStatement]) -> bool:
    """True if the title element has a heading before a declared title: the site's name, or a kicker."""
    whole = fold(stated.title)
    return any(whole == f"{key} {statement.key}" for statement in declared if statement.key)


def _likest(headings: list[str], keys: list[str]) -> str:
    """Return the heading most similar to the page's declared titles; the first of several."""
    if not keys:
        return next(iter(headings), "")
    pairs = [_pairs(key) for key in keys]
    likeness = {heading: max(_alike(_pairs(fold(heading)), other) for other in pairs) for heading in headings}
    best = max(likeness, key=lambda heading: likeness[heading], default="")
    return best if likeness.get(best, 0.0) >= _ALIKE else ""


def _alike(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(key: str) -> set[str]:
    return {key[start : start + 2] for start in range(len(key) - 1)}


def _says(heading: TitleStatement, key: str) -> bool:
    """True if a heading states a text, perhaps after a kicker."""
    return heading.key == key or (len(key.split()) > _ENOUGH and heading.key.endswith(f" {key}"))


def _support(key: str, statements: list[TitleStatement]) -> float:
    """Sum the weights for a headline: of those that state it, and of those that put a kicker before it.

    A heading without its kicker may have the kicker in a separate line, so that only declarations count for that.
    """
    own = [statement for statement in statements if statement.key == key]
    # A text that only a lower heading states is the title of a section.
    if all(statement.weight == _SEEN for statement in own):
        return 0.0
    total = sum(statement.weight for statement in own)
    if len(key.split()) >= _ENOUGH and any(statement.weight in (_LINKED, _SHARED) for statement in own):
        total += sum(
            statement.weight
            for statement in statements
            if statement.key != key and _has_kicker(statement, own[0].text, key)
        )
    return total


def _has_kicker(statement: TitleStatement, text: str, key: str) -> bool:
    if statement.origin == "visible text":
        return _says(statement, key)
    return statement.text.endswith(text) and bool(re.search(r"[:|/–—\-]\s+$", statement.text[: -len(text)]))
