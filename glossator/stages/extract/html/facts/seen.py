"""What readers see of a page around its headline: its text piece by piece, and what stands beside the article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "option", "textarea"})
"""Elements without text of the page."""
_INLINE = frozenset({"a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "strong", "sub", "sup", "u", "wbr"})
_WHOLE = ("body", "html", "main", "article")
_BESIDE = frozenset({"nav", "aside", "form", "figure", "dialog", "menu"})
_OTHERS = re.compile(
    r"comment|related|recommend|teaser|sidebar|breadcrumb|promo|newsletter|trending|carousel|"
    r"most[-_]?(?:read|popular)|read[-_]?(?:more|next)|more[-_]?(?:from|stories)|"
    r"(?:^|[\s_-])(?:cards?|nav|menu|latest)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of what stands beside an article."""
_MENU = re.compile(r"breadcrumb|(?:^|[\s_-])(?:nav|navigation|menu)(?:$|[\s_-])", re.IGNORECASE)
_HIGHEST = 60
"""Levels above an element that are looked at."""
LONGEST = 2000
"""Characters of a stretch of text, and steps through an element's, that are looked at: no byline is longer."""
LONGEST_CLASS = 300


@dataclass(frozen=True, slots=True)
class Head:
    """Where a page shows its article's headline."""

    place: int = -1
    """Among the page's elements; negative where it is not seen."""
    within: frozenset[HtmlElement] = frozenset()
    """The elements that hold it."""

    def near(self, place: int, above: int, below: int) -> bool:
        """Whether a place is at most so many elements before the headline, or behind it."""
        return self.place >= 0 and self.place - above <= place <= self.place + below


def tidy(value: str) -> str:
    """A value in one line, without the entities that are left where a page has escaped it twice."""
    return " ".join((html.unescape(value) if "&" in value else value).split())


def read(element: HtmlElement) -> str:
    """The text of an element as it is seen: with a space between what stands in boxes of their own."""
    return " ".join("".join(islice(_spaced(element), LONGEST)).split())


def pieces(element: HtmlElement) -> Iterator[str]:
    """An element's own text up to its first child, and what follows behind its end."""
    for text in (element.text if element.tag not in SILENT else None, element.tail):
        if text and (line := tidy(text[:LONGEST])):
            yield line


def is_beside(element: HtmlElement, head: Head) -> bool:
    """Whether it belongs to something beside the article: another's teaser, a comment, a menu.

    What holds the headline as well is the article's own, whatever it is called.
    """
    for holder in _up(element):
        if holder in head.within:
            return False
        marks = f"{holder.get('id', '')[:LONGEST_CLASS]} {holder.get('class', '')[:LONGEST_CLASS]}"
        if holder.tag in _BESIDE or _OTHERS.search(marks):
            return True
        if "foot" in marks or holder.tag == "footer":
            return not any(above.tag == "article" for above in islice(holder.iterancestors(), _HIGHEST))
    return False


def is_menu(element: HtmlElement) -> bool:
    """Whether it leads to other pages, or shows where in the site this one is."""
    return any(
        holder.tag in ("nav", "footer", "menu") or _MENU.search(holder.get("class", "")[:LONGEST_CLASS])
        for holder in _up(element)
    )


def _up(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and those around it, up to what holds the whole article."""
    holder: HtmlElement | None = element
    for _ in range(_HIGHEST):
        if holder is None or holder.tag in _WHOLE:
            return
        yield holder
        holder = holder.getparent()


def _spaced(element: HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, part in walk:
        if event in ("start", "end") and part.tag not in _INLINE:
            yield " "
        if event == "start" and part.tag in SILENT:
            walk.skip_subtree()
        elif event == "start":
            yield (part.text or "")[:LONGEST]
        elif part is not element:
            yield (part.tail or "")[:LONGEST]
