"""A page's blocks of text, one by one, with what the choice among them depends on and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from glossator.stages.extract.html.elements import text_of
from glossator.stages.extract.html.embedded import EMBEDDED
from glossator.stages.extract.html.regular import leaves
from glossator.stages.extract.html.shingles import words

CHOSEN = "in the chosen text"
OUTSIDE = "not in the chosen text"
ELSEWHERE = "outside the article's place on the page"
LEAD = "the picture above the text"
TAIL = "a picture directly behind the text"
NOTED = "a footnote of the article belongs to it"
BETWEEN = "belongs to the blocks around it"


@dataclass(slots=True)
class Leaf:
    """A block of text with what the choice depends on. State: whether it stays, and why."""

    tag: HtmlElement
    text: str
    tokens: list[str]
    around: tuple[HtmlElement, ...]
    """The elements that it lies in, innermost first."""
    linked: float
    """The share of its text that is links."""
    kept: bool = False
    reason: str = OUTSIDE

    def keep(self, reason: str) -> None:
        self.kept, self.reason = True, reason

    def drop(self, reason: str) -> None:
        self.kept, self.reason = False, reason


def blocks(body: HtmlElement) -> list[Leaf]:
    """The leaves of a regular tree that say or show something."""
    found = []
    for tag in leaves(body):
        text = text_of(tag) if tag.get(EMBEDDED) is None else ""
        if tokens := words(text):
            linked = sum(len(text_of(link)) for link in tag.iter("a")) / len(text)
            found.append(Leaf(tag, text, tokens, tuple(tag.iterancestors()), min(linked, 1.0)))
        elif tag.get(EMBEDDED) is not None or tag.find(".//img") is not None:
            found.append(Leaf(tag, "", [], tuple(tag.iterancestors()), 0.0))
    return found
