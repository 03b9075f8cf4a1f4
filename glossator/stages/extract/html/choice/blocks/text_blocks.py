"""Blocks of a page's text, with the facts on which it depends whether they stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.embedded_media import EMBEDDED
from glossator.stages.extract.html.form.regular_tree import block_elements
from glossator.stages.extract.html.parse.elements import HEADINGS, text_of
from glossator.stages.extract.html.parse.parse_page import CAPTION
from glossator.stages.extract.text_comparison import SENTENCE_ENDS, words

CHOSEN = "in the chosen text"
OUTSIDE = "not in the chosen text"
REPEATED = "the page repeats it, and the chosen text does not"
ELSEWHERE = "outside the article's place on the page"
LEAD = "the picture above the text"
TAIL = "a picture directly behind the text"
NOTED = "a footnote of the article belongs to it"
BETWEEN = "belongs to the blocks around it"

MOST_LINKS = 0.6
"""Share of links in a block's text above which it leads elsewhere."""

_PROSE = 20
"""Words of a paragraph of prose, at least."""
_DESCRIBING = 8
"""Words of a caption that tells something of its picture, at least: shorter ones are credits, and names of players."""


@dataclass(slots=True)
class TextBlock:
    """Block of text with the facts on which the choice depends. State: whether it stays, and the reason."""

    tag: HtmlElement
    text: str
    tokens: list[str]
    around: tuple[HtmlElement, ...]
    """Elements that contain it, innermost first."""
    linked: float
    """Share of its text that is links."""
    stays: bool = False
    reason: str = OUTSIDE

    @property
    def leads_elsewhere(self) -> bool:
        """True if most of its text is links."""
        return self.linked > MOST_LINKS

    @property
    def is_prose(self) -> bool:
        """True if it is a paragraph of prose, not a heading, a label or a link."""
        is_long = len(self.tokens) >= _PROSE and self.text[-1] in SENTENCE_ENDS
        return is_long and not self.leads_elsewhere and self.tag.tag not in HEADINGS

    @property
    def is_caption(self) -> bool:
        return self.tag.tag == "figcaption" or CAPTION in self.tag.attrib

    @property
    def describes_picture(self) -> bool:
        """True if it is the caption of a picture, and says more than whose picture it is."""
        return self.tag.tag == "figcaption" or (self.is_caption and len(self.tokens) >= _DESCRIBING)

    def keep(self, reason: str) -> None:
        self.stays, self.reason = True, reason

    def drop(self, reason: str) -> None:
        self.stays, self.reason = False, reason


def text_blocks(body: HtmlElement) -> list[TextBlock]:
    """Return the blocks of a regular tree that contain text or pictures."""
    result = []
    teasers: dict[HtmlElement, bool] = {}
    for tag in block_elements(body):
        text = text_of(tag) if tag.get(EMBEDDED) is None else ""
        if tokens := words(text):
            linked = sum(len(text_of(link)) for link in tag.iter("a") if link.get("href")) / len(text)
            around = tuple(tag.iterancestors())
            result.append(
                TextBlock(tag, text, tokens, around, 1.0 if _is_teaser(around, teasers) else min(linked, 1.0))
            )
        elif tag.get(EMBEDDED) is not None or tag.find(".//img") is not None:
            around = tuple(tag.iterancestors())
            result.append(TextBlock(tag, "", [], around, 1.0 if _is_teaser(around, teasers) else 0.0))
    return result


def beside(blocks: Iterable[TextBlock]) -> dict[HtmlElement, list[TextBlock]]:
    """Return the blocks with text by each element that contains them."""
    within: dict[HtmlElement, list[TextBlock]] = {}
    for block in blocks:
        for tag in block.around if block.tokens else ():
            within.setdefault(tag, []).append(block)
    return within


def _is_teaser(around: tuple[HtmlElement, ...], teasers: dict[HtmlElement, bool]) -> bool:
    """True if a block lies in a link with a text that is no caption, as headline and picture of a teaser do.

    `teasers` holds the answers for links by then: a link may contain all of a page.
    """
    links = [tag for tag in around if tag.tag == "a" and tag.get("href")]
    for link in links:
        if link not in teasers:
            teasers[link] = text_of(link) != " ".join(map(text_of, link.iter("figcaption")))
    return any(teasers[link] for link in links)
