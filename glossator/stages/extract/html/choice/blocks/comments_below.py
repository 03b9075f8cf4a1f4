"""The author's text above comments that are longer, as the one paragraph by which readers are asked to discuss."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import CHOSEN, ELSEWHERE, TextBlock
from glossator.stages.extract.html.parse.elements import finder, names_of

_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?(?:[-_]?(?:area|list|section|thread|wrapper))?|disqus_thread)(?:\s|$)", re.IGNORECASE
)
"""Id or class of the element around all comments; a word for one comment may stand in the name of anything."""
_CONTENT = re.compile(r"(?:^|\s)(?:entry|post|article)[-_]?(?:content|body|text)(?:\s|$)", re.IGNORECASE)
_named = finder("descendant::*[contains(@class, 'omment') or contains(@id, 'omment') or @id='disqus_thread']")
_MOSTLY = 0.5
"""Share of comments in the chosen text above which the author's text is looked for."""


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
