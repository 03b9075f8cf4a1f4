"""Boxes and lines within an article that are its site's: cards of people in a row, thanks, calls to the next page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import ELSEWHERE, TextBlock
from glossator.stages.extract.text_comparison import words

_LINE = re.compile(
    r"\W*(?:(?:coming )?up next|read next|watch next|next up|now playing|"
    r"advertisements?|"
    r"(?:story|article) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement|vert)?)?|scroll to continue|"
    r"thank(?:s| you)(?: so much| very much)? for (?:visiting|reading|subscribing|signing up|stopping by)"
    r"(?: (?:us|our|my|the|this) ?\w* ?\w*)?|"
    r"thank(?:s| you) for (?:completing|taking|filling (?:in|out)) (?:the|our|this) (?:survey|poll|questionnaire)|"
    r"(?:please )?(?:take|complete|fill (?:in|out)) (?:our|this|the) (?:\w+ ){0,2}(?:survey|poll|questionnaire))\W*",
    re.IGNORECASE,
)
"""Line that a site puts into any article."""
_FEWEST = 8
"""Cards in a row."""
_LONGEST = 80
"""Words of a card: a name, and two sentences."""
_NAME = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*[.,’'-]*\s?){2,5}")
"""Name of a person, by its letters: words that begin with a capital."""
_PROSE = 300
"""Words of prose beside the cards."""
_PARAGRAPH = 20
"""Words of a paragraph of prose."""


def drop_lines_of_site(blocks: Sequence[TextBlock]) -> None:
    """Drop such lines, and the links to other pages directly below one that says what is next."""
    below = False
    for block in blocks:
        if not block.stays or not block.tokens:
            continue
        is_line = block.tag.tag != "li" and _LINE.fullmatch(block.text) is not None
        below = (is_line and "next" in block.tokens) or (below and block.leads_elsewhere)
        if is_line or below:
            block.drop(ELSEWHERE)


def drop_cards(blocks: Sequence[TextBlock], title: str) -> None:
    """Drop cards in a row that each have a picture, a name and little text, if the article names none of them."""
    for cards in _rows(blocks):
        inside = {id(block) for card in cards for block in card}
        prose = [
            block.text
            for block in blocks
            if block.stays and id(block) not in inside and len(block.tokens) >= _PARAGRAPH
        ]
        tokens = words("\n".join([title, *prose]))
        article = f" {' '.join(tokens)} "
        names = (" ".join(next(block.tokens for block in card if block.tokens)) for card in cards)
        if len(tokens) >= _PROSE and not any(f" {name} " in article for name in names):
            for card in cards:
                for block in card:
                    block.drop(ELSEWHERE)


def _rows(blocks: Sequence[TextBlock]) -> list[list[list[TextBlock]]]:
    """Return rows of cards, each as the blocks of each of its cards."""
    children: dict[HtmlElement, dict[HtmlElement, list[TextBlock]]] = {}
    for block in blocks if sum(block.stays and bool(block.tokens) for block in blocks) >= _FEWEST else ():
        for inner, outer in zip(block.around, block.around[1:], strict=False):
            if inner.tag in ("td", "th", "tr"):
                break  # what is in a table is data
            children.setdefault(outer, {}).setdefault(inner, []).append(block)
    rows = []
    for row in (row for row in children.values() if len(row) >= _FEWEST):
        cards = [card for card in row.values() if _is_card(card)]
        if len(cards) >= _FEWEST and len(cards) > len(row) / 2 and any(block.stays for card in cards for block in card):
            rows.append(cards)
    return rows


def _is_card(card: Sequence[TextBlock]) -> bool:
    """True if an element has a picture, a name and little more."""
    texts = [block for block in card if block.tokens]
    is_short = 1 < sum(len(block.tokens) for block in texts) <= _LONGEST and len(texts) > 1
    pictures = any(not block.tokens or block.tag.find(".//img") is not None for block in card)
    return is_short and pictures and _NAME.fullmatch(texts[0].text) is not None
