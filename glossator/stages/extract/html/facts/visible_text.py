"""Visible text of a page around its headline, piece by piece, and the parts of the page beside the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.facts.plain_values import unescaped

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "option", "textarea"})
"""Elements without visible text."""
INLINE = frozenset({"a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "strong", "sub", "sup", "u", "wbr"})
_WHOLE = ("body", "html", "main", "article")
_BESIDE = frozenset({"nav", "form", "figure", "dialog", "menu"})
_OTHERS = re.compile(
    r"comment|related|recommend|teaser|breadcrumb|promo|newsletter|trending|carousel|"
    r"most[-_]?(?:read|popular)|read[-_]?(?:more|next)|more[-_]?(?:from|stories)|"
    r"(?:^|[\s_-])(?:cards?|nav|menu|latest)(?:$|[\s_-])"
)
"""Classes of parts of a page beside the article, in small letters."""
_MENU = re.compile(r"breadcrumb|(?:^|[\s_-])(?:nav|navigation|menu)(?:$|[\s_-])")
_HIGHEST = 60
"""Levels above an element that are examined."""
LONGEST = 2000
"""Characters of a stretch of text, and steps through an element's text, that are examined: no byline is longer."""
LONGEST_CLASS = 300
Line = tuple[str, HtmlElement]
"""Piece of visible text, and the element that it is in."""


class VisibleHead(msgspec.Struct, frozen=True):
    """Position at which a page shows its article's headline."""

    index: int = -1
    """Index among the page's elements; negative if the headline is not visible."""
    within: frozenset[HtmlElement] = frozenset()
    """Elements that contain the headline."""

    def near(self, index: int, above: int, below: int) -> bool:
        """True if an index is at most `above` elements before the headline, or `below` elements after it."""
        return self.index >= 0 and self.index - above <= index <= self.index + below


def tidy(value: str) -> str:
    """Return a value in one line, without the entities of a page that escaped it repeatedly."""
    return " ".join(unescaped(value).split())


def read(element: HtmlElement, *, own: bool = True) -> str:
    """Return the visible text of an element, with spaces between separate boxes.

    `own` tells whether text counts that is in elements of the site's own making: `x-share`.
    """
    return " ".join("".join(islice(_spaced(element, own=own), LONGEST)).split())


def in_order(elements: Iterable[HtmlElement]) -> Iterator[Line]:
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


def is_beside(element: HtmlElement, head: VisibleHead, *, sides: bool = True) -> bool:
    """True if an element belongs to something beside the article: a teaser, a comment, a menu.

    An element that contains the headline as well is the article's, whatever its name. `sides` tells whether the columns
    at the article's side count, which may hold its facts.
    """
    for holder in _up(element):
        if holder in head.within:
            return False
        marks = f"{holder.get('id', '')[:LONGEST_CLASS]} {holder.get('class', '')[:LONGEST_CLASS]}".lower()
        if holder.tag in _BESIDE or _OTHERS.search(marks):
            return True
        if sides and (holder.tag == "aside" or "sidebar" in marks):
            return True
        if "foot" in marks or holder.tag == "footer":
            return not any(above.tag == "article" for above in islice(holder.iterancestors(), _HIGHEST))
    return False


def is_menu(element: HtmlElement) -> bool:
    """True if an element leads to other pages, or shows the position of the page in its site."""
    return any(
        holder.tag in ("nav", "footer", "menu") or _MENU.search(holder.get("class", "")[:LONGEST_CLASS].lower())
        for holder in _up(element)
    )


def _up(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and those around it, up to the container of the whole article."""
    holder: HtmlElement | None = element
    for _ in range(_HIGHEST):
        if holder is None or holder.tag in _WHOLE:
            return
        yield holder
        holder = holder.getparent()


def _spaced(element: HtmlElement, *, own: bool) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, part in walk:
        if event in ("start", "end") and part.tag not in INLINE:
            yield " "
        if event == "start" and (part.tag in SILENT or (not own and "-" in part.tag)):
            walk.skip_subtree()
        elif event == "start":
            yield (part.text or "")[:LONGEST]
        elif part is not element:
            yield (part.tail or "")[:LONGEST]
