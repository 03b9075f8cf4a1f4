"""Authors of a page's article: from its structured data, else from the text beside the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.people import authors, introduced, is_label, is_post, is_signature, key, people
from glossator.stages.extract.html.facts.statements import Statements
from glossator.stages.extract.html.facts.visible_text import VisibleHead, is_beside, pieces, read
from glossator.stages.extract.html.form.elements import is_hidden

Credits = tuple[tuple[str, ...], str]
"""Names, and their origin."""

_META = re.compile(
    r"(?:(?:article|parsely-|sailthru\.|citation_|dc\.|dcterms\.|og:)?:?(?:authors?|creator)|byl|byline)"
)
_CATALOGUE = ("dc", "citation")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MAYBE = re.compile(r"aut[eho]|byl|writer", re.IGNORECASE)
_AUTHOR = frozenset("author authors byline bylines byl autor autoren auteur autore writer".split())
_NAME = frozenset({"name", "names", "link"})
_OTHER = frozenset(
    """comment comments bio description desc image img avatar photo picture social follow related quote count form
    history contact job title role position more posts url icon reply popup editor tab ad""".split()
)
"""Words of a class, besides the author's, that make it a mark of something else."""
_ADDRESS = re.compile(r"/(?:authors?|autor(?:en|es|i)?|auteurs?|contributors?|writers?)/[^?#]+$")
_ACCOUNT = re.compile(r"[a-z0-9._-]+|[A-Z][a-z]+[A-Z]|\w*\d\w*")
"""Name under which somebody writes in a content management system: `amarsh`, `AdaM`, `ada91`."""
_ABOVE = 40
"""Elements before the headline within which a byline may be."""
_BELOW = 120
"""Elements after the headline within which a byline may be."""
_JUST_ABOVE = 6
"""Elements before the headline in which a line may name the author without being marked."""
_LINES = 60
"""Elements after the headline in which a line may name the author without being marked."""
_TOGETHER = 8
"""Elements between two authors of one article."""
_MOST = 200
"""Elements that are examined."""
_LONGEST = 250
"""Characters of a byline with everything beside the names."""
_LONGEST_LINE = 80
"""Characters of a line that contains only names."""
_PARAGRAPH = 200
"""Characters of a paragraph that begins the text."""
_LEADING = ("a", "td", "th", "h1", "h2", "h3", "h4", "script", "style", "button", "option", "title", "noscript")
"""Elements whose own text is no line of the article."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def credited(stated: Statements, head: VisibleHead, sites: tuple[str, ...]) -> Credits:
    """Return the authors' names, and their origin.

    The site itself, or an account, is the author only if the page names nobody else. `sites` are names of the site; the
    `head` is where bylines are looked for.
    """
    barred = {key(site) for site in sites} - {""}
    weak: Credits = ((), "")
    for names, origin in chain(_declared(stated), _marked(stated, head), _nearby(stated, head)):
        if own := _own(names, barred, stated.host):
            return own, origin
        if names and not weak[1]:
            weak = (names[:1], origin)
    return weak


def _own(names: tuple[str, ...], barred: set[str], host: str) -> tuple[str, ...]:
    """Return the names without accounts, posts and names of the site."""
    return tuple(name for name in names if not (_is_nobody(name) or _is_site(name, barred, host)))


def _declared(stated: Statements) -> Iterator[Credits]:
    yield authors(linked_data.names(stated.data.get("author"))), "json-ld"
    found: tuple[str, ...] = ()
    for name, values in stated.meta.items():
        if _META.fullmatch(name):
            names = authors([_forwards(value) for value in values] if name.startswith(_CATALOGUE) else values)
            # Some pages name the first author in one element, and all of them in another.
            found = names if set(map(key, found)) < set(map(key, names)) else found
    yield found, "meta"


def _marked(stated: Statements, head: VisibleHead) -> Iterator[Credits]:
    """Yield the names in elements that are marked as an author's, or in a line that says who wrote the article."""
    linked, classed = _linked(stated), _classed(stated)
    named = [index for index, words in classed if words & _NAME]
    marked = [index for index, _ in classed]
    yield _near(stated, stated.items.get("author", []), head, alone=True), "microdata"
    yield _near(stated, linked, head, alone=True), "visible text"
    yield _near(stated, named, head, alone=True), "visible text"
    yield _near(stated, marked, head), "visible text"
    yield _introduced(stated, head), "visible text"


def _nearby(stated: Statements, head: VisibleHead) -> Iterator[Credits]:
    """Yield the names in elements further away, and in lines that may be a byline."""
    yield _first(stated, _linked(stated), head), "visible text"
    yield _first(stated, [index for index, _ in _classed(stated)], head), "visible text"
    yield _labelled(stated), "visible text"
    yield _signed(stated), "visible text"
    yield _alone(stated, head), "guess"


def _forwards(name: str) -> str:
    """Turn `Marsh, Ada`, as catalogues write names, into `Ada Marsh`."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and " " not in last and "," not in first else name


def _is_nobody(name: str) -> bool:
    """True if a credit names no person: an account, or a post."""
    return _is_account(name) or is_post(name)


def _is_account(name: str) -> bool:
    return name.isascii() and _ACCOUNT.fullmatch(name) is not None


def _is_site(name: str, barred: set[str], host: str) -> bool:
    folded = key(name)
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


def _classed(stated: Statements) -> list[tuple[int, set[str]]]:
    """Return the indices of elements with a class for authors, each with the words of that class."""
    classed = []
    for index, classes in stated.classes:
        for name in classes.split()[:20] if _MAYBE.search(classes) else ():
            words = {word.lower() for word in _WORDS.findall(name)}
            if not words.isdisjoint(_AUTHOR) and words.isdisjoint(_OTHER):
                classed.append((index, words))
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
        if not is_beside(stated.elements[index], head) and (names := _names(stated, index, alone=alone)):
            names_by_key |= {key(name): name for name in names if key(name) not in names_by_key}
            last = index
    return tuple(names_by_key.values())


def _names(stated: Statements, index: int, *, alone: bool) -> tuple[str, ...]:
    element = stated.elements[index]
    whole = element.get("content") or read(element)
    if len(whole) > _LONGEST or (element.tag != "meta" and is_hidden(element)):
        return ()
    # Each piece is read separately, because a byline may have the day and the author's role in other elements.
    parts = [" ".join(text.split()) for text in element.itertext() if text.strip()]
    names = [name for part in parts for name in people(part, alone=alone and len(parts) == 1)]
    return tuple(names) or people(whole, alone=alone)


def _introduced(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a line below the headline such as `By Ada Marsh`."""
    elements = stated.elements[head.index : head.index + _LINES] if head.index >= 0 else []
    lines = (line for element in elements for line in pieces(element))
    return next((names for line in lines if (names := introduced(line))), ())


def _signed(stated: Statements) -> tuple[str, ...]:
    """Return the names in a line anywhere on the page such as `Written by Ada Marsh`, as below a text."""
    lines = (line for element in stated.elements for line in pieces(element) if is_signature(line))
    return next((names for line in lines if (names := introduced(line))), ())


def _labelled(stated: Statements) -> tuple[str, ...]:
    """Return the names after a label that announces an author."""
    lines = (line for element in stated.elements for line in pieces(element))
    candidates = (people(name) for label, name in pairwise(lines) if is_label(label))
    return next((names for names in candidates if names), ())


def _alone(stated: Statements, head: VisibleHead) -> tuple[str, ...]:
    """Return the names in a separate line between the headline and the text."""
    start = max(0, head.index - _JUST_ABOVE)
    for element in stated.elements[start : head.index + _LINES] if head.index >= 0 else ():
        if is_hidden(element):
            continue
        if element.tag == "p" and len(read(element)) > _PARAGRAPH:
            break
        for line in pieces(element) if element.tag not in _LEADING else [" ".join((element.tail or "").split())]:
            if len(line) <= _LONGEST_LINE and (names := people(line)) and _says_only(stated, line, names):
                return names
    return ()


def _says_only(stated: Statements, line: str, names: tuple[str, ...]) -> bool:
    """True if the line contains nothing else, and no word of the title or that the page writes in small letters."""
    words = _WORD.findall(line)
    return (
        sum(map(len, names)) >= len(line) - 5 * len(names)
        and key(line) not in key(stated.title)
        and not line.isupper()  # a kicker
        and all(mark.isupper() or mark.islower() for word in words for mark in word)
        and not any(word[0].isupper() and word.lower() in stated.small for word in words)
    )
