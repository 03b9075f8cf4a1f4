"""A page's blocks of text, one by one, with what the choice among them depends on and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.form.embedded import EMBEDDED
from glossator.stages.extract.html.form.regular import leaves

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
            around = tuple(tag.iterancestors())
            found.append(Leaf(tag, text, tokens, around, 1.0 if _in_link(around) else min(linked, 1.0)))
        elif tag.get(EMBEDDED) is not None or tag.find(".//img") is not None:
            around = tuple(tag.iterancestors())
            found.append(Leaf(tag, "", [], around, 1.0 if _in_link(around) else 0.0))
    return found


def _in_link(around: tuple[HtmlElement, ...]) -> bool:
    """Whether a block lies in a link that has a text, as the headline and the picture of a teaser do."""
    return any(tag.tag == "a" and tag.get("href") and text_of(tag) for tag in around)
