"""Authors of a page's article: from its structured data, else from marked elements and lines that say who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice, pairwise

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Statements
from glossator.stages.extract.html.facts.visible_text import (
    LONGEST,
    Line,
    VisibleHead,
    in_order,
    is_beside,
    is_menu,
    read,
)
from glossator.stages.extract.html.parse.hidden_elements import is_hidden
from glossator.stages.extract.metadata import names_in_bylines as bylines
from glossator.text import bare_words

Credits = tuple[tuple[str, ...], str]
"""Names, and their origin."""

_META = re.compile(
    r"(?:(?:article|parsely-|sailthru\.|citation_|dc\.|dcterms\.|og:)?:?(?:authors?|creator)|byl|byline)"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MAYBE = re.compile(r"aut[eho]|byl|writer")
_AUTHOR = frozenset("author authors byline bylines byl autor autoren auteur autore writer".split())
_NAME = frozenset({"name", "names", "link"})
_OTHER = frozenset(
    """comment comments bio description desc image img avatar photo picture social follow related quote count form
    history contact job title role position more posts url icon reply popup editor tab ad""".split()
)
"""Words of a class, besides the author's, that make it a mark of something else."""
_ADDRESS = re.compile(r"/(?:authors?|autor(?:en|es|i)?|auteurs?|contributors?|writers?)/[^?#]+$")
_ACCOUNT = re.compile(r"[a-z0-9._-]+|[A-Z][a-z]+[A-Z]|[^\W\d]*+\d\w*+")
"""Name under which somebody writes in a content management system: `amarsh`, `AdaM`, `ada91`."""
_HANDLE = re.compile(r"(?=\D*\d)[\w.-]+")
_ABOVE = 40
"""Elements before the headline within which a byline may be."""
_BELOW = 120
"""Elements after the headline within which a byline may be."""
_TOGETHER = 8
"""Elements between two authors of one article."""
_MOST = 200
"""Elements, and labels, that are examined."""
_LONGEST = 250
"""Characters of a byline with everything beside the names."""
_LINES_BELOW = 80
"""Elements after the headline in which a line may name the author without being marked."""
_NEXT = 12
"""Pieces of text after the headline that belong to the article, whatever their elements are called."""
_LEVELS = 4
"""Levels above a name at which its label may be."""
_LABEL = (2, 3)
"""Words of a label before a name."""
_FEW = 3
"""Words of a name below the heading of a box about the author."""
_WRITTEN = re.compile(r"\W*(?:written|words|story|text|article|post) by\b", re.IGNORECASE)
_JOINER = re.compile(r"\s*+(?:[,;&]\s*+)?(?:(?:and|und|et|y|e|en|og|och)\s*+)?", re.IGNORECASE)
"""Text between the names of two authors."""


def credited(stated: Statements, head: VisibleHead, sites: tuple[str, ...]) -> Credits:
    """Return the authors' names, and their origin.

    The site itself, or an account, is the author only if the page names nobody else. `sites` are names of the site; the
    `head` is where bylines are looked for.
    """
    barred = {bare_words(site) for site in sites} - {""}
    weak: dict[str, Credits] = {}
    for place, origin, find in _KINDS:
        if place == _ELSEWHERE and _BESIDE in weak:
            break  # if the page credits its site beside the headline, nobody else is its author
        names = find(stated, head)
        if own := _own(names, barred, stated.host):
            byline = _own(_announced(stated, head), barred, stated.host) if place == _DECLARED else ()
            return (byline, "visible text") if _replaces(byline, own) else (own, origin)
        if names:
            weak.setdefault(place, (names[:1], origin))
    return next((weak[place] for place in (_BESIDE, _DECLARED, _ELSEWHERE) if place in weak), ((), ""))


def _own(names: tuple[str, ...], barred: set[str], host: str) -> tuple[str, ...]:
    """Return the names without accounts and names of the site."""
    return tuple(name for name in names if not (_is_account(name) or _is_site(name, barred, host)))


def _replaces(byline: tuple[str, ...], declared: tuple[str, ...]) -> bool:
    """True if a byline names others in full than the page declares, which may be who put it there; or more than it."""
    if not byline or any(" " not in name for name in byline):
        return False
    words = [set(bare_words(name).split()) for name in declared]
    named = [any(own <= set(bare_words(name).split()) for name in byline) for own in words]
    if set[str]().union(*words).isdisjoint(bare_words(" ".join(byline)).split()):
        return True
    return all(named) and len(byline) > len(declared)


def _meta(stated: Statements) -> tuple[str, ...]:
    longest: tuple[str, ...] = ()
    for name, values in stated.meta.items():
        if _META.fullmatch(name):
            names = bylines.authors(values)
            # Some pages name the first author in one element, and all of them in another.
            longest = names if set(map(bare_words, longest)) < set(map(bare_words, names)) else longest
    return longest


def _is_account(name: str) -> bool:
    return name.isascii() and _ACCOUNT.fullmatch(name) is not None


def is_handle(name: str) -> bool:
    """True if a name is a single word with digits: `ada91`."""
    return _HANDLE.fullmatch(name) is not None


def _is_site(name: str, barred: set[str], host: str) -> bool:
    folded = bare_words(name)
    if folded in barred or any(folded.startswith(f"{site} ") for site in barred):
        return True
    bare, initials = folded.replace(" ", ""), "".join(word[0] for word in folded.split())
    own = (re.sub(r"\W+", "", host), *host.split("."))
    return any(len(name) > 1 and name in own for name in (bare, initials))


def _linked(stated: Statements) -> list[int]:
    """Return the indices of links to an author's page."""
    links = [(index, stated.elements[index].attrib) for index in stated.tagged["a"]]
    return [
        index
        for index, attributes in links
        if "author" in attributes.get("rel", "").split() or _ADDRESS.search(attributes.get("href", ""))
    ]


def _classed(stated: Statements, *marks: str) -> list[int]:
    """Return the indices of elements with a class for authors, which has one of the words `marks` if there are any."""
    classed = []
    for index, classes in stated.classes:
        for name in classes.split()[:20] if _MAYBE.search(classes.lower()) else ():
            words = {word.lower() for word in _WORDS.findall(name)}
            if not words.isdisjoint(_AUTHOR) and words.isdisjoint(_OTHER) and not (marks and words.isdisjoint(marks)):
                classed.append(index)
    return classed


def _near(stated: Statements, indices: Iterable[int], head: VisibleHead, *, alone: bool = False) -> tuple[str, ...]:
    """Return the names nearest to the headline among these elements, preferring those below."""
    within = [index for index in indices if head.near(index, _ABOVE, _BELOW)]
    below = [index for index in within if index >= head.index]
    return _first(stated, below, head, alone=alone) or _first(stated, within[::-1], head, alone=alone)


def _first(stated: Statements, indices: list[int], head: VisibleHead, *, alone: bool = False) -> tuple[str, ...]:
    """Return the names in the first of these elements that contains any, and in those close to it."""
    names_by_key: dict[str, str] = {}
    last = -1
    for index in indices[:_MOST]:
        if names_by_key and abs(index - last) > _TOGETHER:
            break
        element = stated.elements[index]
        if is_beside(element, head) or _is_of_others(element):
            continue
        if names := _names(stated, index, alone=alone):
            names_by_key |= {bare_words(name): name for name in names if bare_words(name) not in names_by_key}
            last = index
    return tuple(names_by_key.values())


def _names(stated: Statements, index: int, *, alone: bool) -> tuple[str, ...]:
    element = stated.elements[index]
    whole = element.get("content") or read(element)
    if len(whole) > _LONGEST or (element.tag != "meta" and is_hidden(element)):
        return ()
    # Each piece is read separately, because a byline may have the day and the author's role in other elements.
    parts = [" ".join(text.split()) for text in element.itertext() if text.strip()]
    names = [name for part in parts for name in bylines.people(part, alone=alone and len(parts) == 1)]
    return tuple(names) or bylines.people(whole, alone=alone)


def _is_of_others(element: HtmlElement) -> bool:
    """True if the text just before an element says that who is named there reviewed or edited the article."""
    for _ in range(_LEVELS):
        before, holder = element.getprevious(), element.getparent()
        text = (holder.text if before is None else before.tail or read(before)) if holder is not None else ""
        if text and text.strip():
            words = text[-LONGEST:].split()
            return any(bylines.is_by_others(" ".join(words[-number:])) for number in _LABEL)
        if holder is None:
            break
        element = holder
    return False


def _announced(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names that the text below the headline announces, in one line or after a label: `By`.

    Several items of lists that end in names state the authors of works.
    """
    lines = _lines_below(stated, head)
    works = {element for line, element in lines if element.tag == "li" and bylines.introduced(line)}
    for position, ((before, _), (line, element)) in enumerate(pairwise([("", None), *lines])):
        if (
            bylines.is_by_others(line)
            or bylines.is_by_others(f"{before} {line}")
            or (element in works and len(works) > 1)
        ):
            continue
        if position >= _NEXT and is_beside(element, head, sides=False):
            continue
        names = bylines.introduced(line)
        if not names and bylines.is_announcement(line) and element.tag != "a":
            names = _following(lines[position + 1 :])
        if names:
            return names
    return ()


def _labelled(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a line "Written by", or after a label that announces an author, anywhere on the page."""
    pieces = list(pairwise(in_order(stated.elements)))
    announced = (pair for pair in pieces if _WRITTEN.match(pair[0][0]) or bylines.is_label(pair[0][0]))
    for (label, element), (name, _) in islice(announced, _MOST):
        names = bylines.introduced(label) if _WRITTEN.match(label) and not is_beside(element, head) else ()
        if not names and bylines.is_label(label) and element.tag != "a":  # a link `Author` leads to a section
            names = bylines.people(name, alone=bylines.is_announcement(label))
        if names:
            return names
    boxes = (
        name
        for (label, element), (name, _) in pieces
        if bylines.is_heading_of_box(label) and not (element.tag == "a" or is_menu(element))
    )
    return next(filter(None, (bylines.people(name) for name in boxes if len(name.split()) <= _FEW)), ())


def _lines_below(stated: Statements, head: VisibleHead) -> list[Line]:
    return list(in_order(stated.elements[head.index : head.index + _LINES_BELOW])) if head.index >= 0 else []


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
        names = () if bylines.is_label(line) else bylines.people(line, alone=not names_by_key)
        if not names or not (adjoins or likeness == form):
            break
        names_by_key |= {bare_words(name): name for name in names if bare_words(name) not in names_by_key}
        form, adjoins = likeness, False
    return tuple(names_by_key.values())


_DECLARED, _BESIDE, _ELSEWHERE = "declared", "beside", "elsewhere"
_KINDS: tuple[tuple[str, str, Callable[[Statements, VisibleHead], tuple[str, ...]]], ...] = (
    (_DECLARED, "json-ld", lambda page, _: bylines.authors(linked_data.names(page.data.get("author")))),
    (_DECLARED, "meta", lambda page, _: _meta(page)),
    (_BESIDE, "microdata", lambda page, head: _near(page, page.items.get("author", []), head, alone=True)),
    (_BESIDE, "visible text", lambda page, head: _near(page, _linked(page), head, alone=True)),
    (_BESIDE, "visible text", lambda page, head: _near(page, _classed(page, *_NAME), head, alone=True)),
    (_BESIDE, "visible text", _announced),
    (_ELSEWHERE, "visible text", lambda page, head: _first(page, _linked(page), head)),
    (_ELSEWHERE, "visible text", lambda page, head: _first(page, _classed(page), head)),
    (_ELSEWHERE, "visible text", _labelled),
)
"""Candidates for the authors, the likeliest first: where they stand, origin, and what finds them.

Names weigh more than the site or an account, which weighs most beside the headline, and least far from it.
"""
