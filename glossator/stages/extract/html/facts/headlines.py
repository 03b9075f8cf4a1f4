"""Headline of an article among the titles of its page, the one on which most sources agree; and its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.stages.extract.html.facts.site_and_address import SiteNames, fold
from glossator.stages.extract.html.facts.visible_text import SILENT, VisibleHead, tidy

_NAMED = ("twitter:title", "dc.title", "citation_title", "parsely-title")
_FIRST_FEW = 10
"""Headings below the first level that may hold the headline."""
_ENOUGH = 3
"""Words from which a text is a headline of its own."""
_LONGEST = 500
"""Characters of a title."""
_ALIKE = 0.5
"""Likeness from which a heading and a declared title say about the same."""
_REWORDED = 0.88
"""Likeness from which a heading is a declared title in nearly its words. Of 11 pages on which all declarations agree
against such a heading, they are right on eight."""
_PART = re.compile(r"\s+[|–—·»•/\-]+\s+|\s*[|»ㅣ｜]\s*|[:：]\s")
_ARTICLES = frozenset({"a", "an", "the", "our", "my"})


class TitleKind(Enum):
    """Kinds of what states a title, each with its weight and the reason for it.

    The title is the text whose statements weigh most together.
    """

    ALONE = 3.2, "a title element that is the page's only declaration says what its main heading leaves out"
    HEADING = 3.1, "readers see the main heading first"
    LINKED = 3.0, "JSON-LD is made for programs, and seldom shortened or sharpened"
    DOUBTFUL = 2.9, "a main heading of a word or two, or nearly in declared words, gives way if all declarations agree"
    SHARED = 2.0, "a title for sharing is often shortened, or sharpened"
    CAPITALS = 2.0, "a main heading in capitals is hard to read"
    MARKED = 1.1, "microdata marks what a template prints, at times a heading in the margin"
    LOWER = 1.0, "a lower heading may be the headline if something else states it, too"
    OTHER = 0.5, "any other declaration, such as one for searching, often has the name of the site in it"
    SITE = 0.1, "a declaration that only names the site says nothing of the article"

    def __init__(self, weight: float, reason: str) -> None:
        self.weight = weight
        self.reason = reason


_MAIN = frozenset({TitleKind.HEADING, TitleKind.DOUBTFUL, TitleKind.CAPITALS})
_WITHOUT_KICKER = frozenset({TitleKind.LINKED, TitleKind.SHARED, TitleKind.CAPITALS})
"""Kinds that state a headline although its kicker, in a line of its own, is a part of others."""


class TitleStatement(NamedTuple):
    """Statement of a page that names its article."""

    text: str
    origin: str
    kind: TitleKind
    key: str
    """Text in folded form."""


def titles(stated: Statements, sites: tuple[str, ...], chosen_site: str) -> Candidates:
    """Yield the titles of the article, the likeliest first, without names of the site.

    `sites` are those that the page states; `chosen_site` may be a guess.
    """
    names = SiteNames(stated, sites, chosen_site)
    declared, headings, lower = _declared(stated), _headings(stated, names), _lower(stated)
    main = _likest(headings, [statement.text for statement in declared if not names.is_site(statement.text)], lower)
    statements = [_cut(statement, names) for statement in declared]
    if not main:
        main = next(
            (heading.text for heading in lower if any(_says(heading, statement.key) for statement in statements)), ""
        )
    if len(statements) == 1 and statements[0].kind is TitleKind.OTHER:
        statements = [_beside_heading(statements[0], main, headings)]
    statements += [_statement(main, "visible text", _kind_of_main(main, statements)), *lower]
    support = {statement.key: _support(statement.key, statements) for statement in statements if statement.key}
    statements.sort(key=lambda statement: -support.get(statement.key, 0.0))
    for statement in statements:
        yield statement.text, statement.origin
    for heading in headings:
        yield heading, "visible text"


def _beside_heading(title: TitleStatement, main: str, headings: list[str]) -> TitleStatement:
    """Return the page's only declaration, its title element, as the main heading lets it count.

    A word or two, of which the only heading has none, are the name of the site on all of its pages. A heading says the
    same if the title has all of its words, or was cut off within one.
    """
    key = fold(main)
    words, own = key.split(), title.key.split()
    if len(headings) == 1 and set(words).isdisjoint(own) and len(own) < _ENOUGH < len(words):
        return title._replace(kind=TitleKind.SITE)
    is_cut_off = key.startswith(title.key) and not f"{key} ".startswith(f"{title.key} ")
    is_same = is_cut_off or (words and set(words) <= set(own))
    return title._replace(kind=TitleKind.OTHER if is_same else TitleKind.ALONE)


def _kind_of_main(main: str, declared: list[TitleStatement]) -> TitleKind:
    key = fold(main)
    reworded = (_alike(key, statement.key) >= _REWORDED for statement in declared if statement.key != key)
    if main.isupper():
        return TitleKind.CAPITALS
    return TitleKind.DOUBTFUL if len(key.split()) < _ENOUGH or any(reworded) else TitleKind.HEADING


def _cut(statement: TitleStatement, names: SiteNames) -> TitleStatement:
    """Cut the site off a declared title."""
    kind = TitleKind.SITE if names.is_site(statement.text) else statement.kind
    return _statement(names.cut(statement.text), statement.origin, kind)


def _statement(text: str, origin: str, kind: TitleKind) -> TitleStatement:
    return TitleStatement(text, origin, kind, fold(text))


def _declared(stated: Statements) -> list[TitleStatement]:
    linked = linked_data.text(stated.data.get("headline"))
    is_copy = tidy(linked) == stated.title  # as some programs write it
    stands = [
        ("" if is_copy else linked, "json-ld", TitleKind.LINKED),
        *((value, origin, TitleKind.SHARED) for value, origin in stated.named("og:title")),
        *((value, origin, TitleKind.MARKED) for value, origin in stated.item("headline")),
        *((value, origin, TitleKind.OTHER) for value, origin in stated.named(*_NAMED)),
    ]
    statements = [_statement(tidy(value), origin, kind) for value, origin, kind in stands if 0 < len(value) <= _LONGEST]
    if 0 < len(stated.title) <= _LONGEST:
        statements.append(_statement(stated.title, "title element", TitleKind.OTHER))
    return list(dict.fromkeys(statements))


def _headings(stated: Statements, names: SiteNames) -> list[str]:
    """Return the page's headings of the first level, without the site's name."""
    texts = [text for index, text in stated.headings if stated.elements[index].tag == "h1" and len(text) <= _LONGEST]
    return [names.cut(text) for text in texts if text and not names.is_site(text)]


def _lower(stated: Statements) -> list[TitleStatement]:
    """Return headings below the first level: one that repeats a title is the headline."""
    lower = [text for index, text in stated.headings if stated.elements[index].tag != "h1"]
    return [_statement(text, "visible text", TitleKind.LOWER) for text in lower[:_FIRST_FEW] if len(text) <= _LONGEST]


def _likest(headings: list[str], declared: list[str], lower: list[TitleStatement]) -> str:
    """Return the heading most similar to the page's declared titles, or to a part of them; the first of several."""
    if not declared:
        return next(iter(headings), "")
    keys = [fold(title) for title in declared]
    parts = {*keys, *(fold(part) for title in declared for part in _PART.split(title))}
    likeness = {heading: _likeness(fold(heading), keys, parts) for heading in headings}
    best = max(likeness, key=lambda heading: likeness[heading], default="")
    # The only heading is the headline, whatever is said for searching, unless a lower heading is what is said.
    if len(likeness) == 1 and len(best.split()) > _ENOUGH and not any(_says(low, key) for low in lower for key in keys):
        return best
    return best if likeness.get(best, 0.0) >= _ALIKE else ""


def _likeness(heading: str, keys: list[str], parts: set[str]) -> float:
    return 1.0 if heading in parts else max(_alike(heading, key) for key in keys)


def _alike(first: str, second: str) -> float:
    """Return the share of pairs of letters that two texts have in common (Dice's coefficient)."""
    pairs = [{key[start : start + 2] for start in range(len(key) - 1)} for key in (first, second)]
    return 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1]))


def _says(heading: TitleStatement, key: str) -> bool:
    """True if a heading states a text, perhaps after a kicker."""
    if heading.key == key:
        return True
    kicker = heading.key.removesuffix(f" {key}")
    return len(key.split()) > _ENOUGH and kicker != heading.key and kicker not in _ARTICLES


def _support(key: str, statements: list[TitleStatement]) -> float:
    """Sum the weights for a headline: of those that state it, and of those that put a kicker before it.

    A heading without its kicker may have the kicker in a separate line, so that only declarations count for that. A
    title on which heading and `og:title` agree has no kicker that is not its own.
    """
    own = [statement for statement in statements if statement.key == key]
    # A text that only a lower heading states is the title of a section.
    if all(statement.kind is TitleKind.LOWER for statement in own):
        return 0.0
    total = sum(statement.kind.weight for statement in own)
    if len(key.split()) >= _ENOUGH and any(statement.kind in _WITHOUT_KICKER for statement in own):
        agreed = _keys(statements, _MAIN) & _keys(statements, {TitleKind.SHARED})
        total += sum(
            statement.kind.weight
            for statement in statements
            if statement.key != key and statement.key not in agreed and _has_kicker(statement, own[0].text, key)
        )
    return total


def _keys(statements: list[TitleStatement], kinds: Collection[TitleKind]) -> set[str]:
    return {statement.key for statement in statements if statement.kind in kinds}


def _has_kicker(statement: TitleStatement, text: str, key: str) -> bool:
    if statement.origin == "visible text":
        return _says(statement, key)
    return statement.text.endswith(text) and bool(re.search(r"[:|/–—\-]\s+$", statement.text[: -len(text)]))


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
