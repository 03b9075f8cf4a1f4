"""Boxes and lines of the site within an article: cards of people, thanks, calls to the next page; comments below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import CHOSEN, ELSEWHERE, TextBlock
from glossator.stages.extract.html.choice.calls_to_subscribe import LABEL
from glossator.stages.extract.html.parse.elements import HEADINGS, finder, names_of
from glossator.stages.extract.text_comparison import words
from glossator.word_lists import any_of

_THANKS = re.compile(rf"\W*(?:{any_of('boilerplate', 'thanks')})\W*", re.IGNORECASE)
_PARTS = ("blockquote", "dd", "dt", "li", "td", "th")
"""Elements whose lines belong to what is around them, whatever they say."""
_FEWEST = 8
"""Cards in a row."""
_LONGEST = 80
"""Words of a card: a name, and two sentences."""
_NAME = range(2, 6)
"""Words of a person's name."""
_PUNCTUATION = str.maketrans("", "", ".,’'-")
_NUMBER = re.compile(r"\b(?:\d{1,3}|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b", re.IGNORECASE)
"""Number of entries in a title."""
_PROSE = 300
"""Words of prose beside the cards."""
_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?(?:[-_]?(?:area|list|section|thread|wrapper))?|disqus_thread)(?:\s|$)", re.IGNORECASE
)
"""Id or class of the element around all comments; a word for one comment may stand in the name of anything."""
_CONTENT = re.compile(r"(?:^|\s)(?:entry|post|article)[-_]?(?:content|body|text)(?:\s|$)", re.IGNORECASE)
_named = finder("descendant::*[contains(@class, 'omment') or contains(@id, 'omment') or @id='disqus_thread']")
_MOSTLY = 0.5
"""Share of comments in the chosen text above which the author's text is looked for."""


def drop_lines_of_site(blocks: Sequence[TextBlock]) -> None:
    """Drop lines that a site puts into any article, and the links directly below one that says what is next."""
    below = False
    for block in blocks:
        if not block.stays or not block.tokens:
            continue
        announces = "next" in block.tokens  # under any other heading may be a section of the author's
        is_part = not {block.tag.tag, block.around[0].tag}.isdisjoint(_PARTS)
        is_line = not is_part and any(pattern.fullmatch(block.text) for pattern in (LABEL, _THANKS))
        is_line = is_line and (announces or block.tag.tag not in HEADINGS)
        below = (is_line and announces) or (below and block.leads_elsewhere)
        if is_line or below:
            block.drop(ELSEWHERE)


def drop_cards(blocks: Sequence[TextBlock], title: str) -> None:
    """Drop cards in a row that each have a picture, a name and little text, if the article names none of them.

    A title that states a number of things, such as `12 mills to see`, announces the cards as its entries.
    """
    rows = _rows(blocks)
    inside = {id(block) for cards in rows for card in cards for block in card}
    prose = (block for block in blocks if block.stays and block.is_prose and id(block) not in inside)
    tokens = words("\n".join([title, *(block.text for block in prose)])) if rows else []
    if len(tokens) < _PROSE or _NUMBER.search(title):
        return
    named = {tuple(tokens[start : start + size]) for size in _NAME for start in range(len(tokens))}
    for cards in rows:
        if named.isdisjoint(tuple(next(block.tokens for block in card if block.tokens)) for card in cards):
            for block in chain.from_iterable(cards):
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
    if len(texts) <= 1 or sum(len(block.tokens) for block in texts) > _LONGEST or not _is_name(texts[0]):
        return False
    return any(not block.tokens or block.tag.find(".//img") is not None for block in card)


def _is_name(block: TextBlock) -> bool:
    """True if a block may be the name of a person: a few words that begin with a capital."""
    parts = block.text.split()
    letters = block.text.translate(_PUNCTUATION).replace(" ", "")
    return (
        len(parts) in _NAME
        and len(block.tokens) in _NAME
        and letters.isalpha()
        and all(part[0].isupper() for part in parts)
    )


def keep_authors_text(blocks: Sequence[TextBlock]) -> bool:
    """True if the blocks that stay were mostly comments below a text, which stays in their place."""
    chosen = [block for block in blocks if block.stays]
    sections = {tag for tag in _named(blocks[0].around[-1]) if _COMMENTS.search(names_of(tag))} if chosen else set()
    comments = [number for number, block in enumerate(blocks) if sections and not sections.isdisjoint(block.around)]
    size = sum(len(blocks[number].tokens) for number in comments if blocks[number].stays)
    if size <= _MOSTLY * sum(len(block.tokens) for block in chosen):
        return False
    prose = [
        number
        for number, block in enumerate(blocks[: comments[0]])
        if block.is_prose and any(map(is_content, block.around))
    ]
    holders = {tag for number in prose for tag in blocks[number].around if tag.tag != "body"}
    around = next(filter(holders.__contains__, blocks[comments[0]].around), None)
    text = [number for number in prose if around in blocks[number].around]
    for number in comments if text else ():
        blocks[number].drop(ELSEWHERE)
    for block in blocks[text[0] : text[-1] + 1] if text else ():
        block.keep(CHOSEN)
    return bool(text)


def is_content(tag: HtmlElement) -> bool:
    """True if an element is named as that which holds an author's text."""
    return tag.get("itemprop") == "articleBody" or _CONTENT.search(tag.get("class", "")) is not None
