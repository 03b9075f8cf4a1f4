"""Boxes at the end of a text whose classes call them an author's note, a disclaimer, or a call to act or subscribe."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import NOTED, SOURCES, TextBlock

_NAMED = re.compile(
    r"author(?!ed|i)|contributor|(?:^|[\s_-])bio(?:$|[\s_-])|(?:^|[\s_-])abh_|saboxplugin|"
    r"disclaim|(?:affiliate|full)[_-]?disclosure|copyright|(?:^|[\s_-])cta(?:$|[\s_\d-])|call-?to-?action|"
    r"newsletter|subscribe(?!r)|subscription[_-](?:box|form|posts?)|(?<![a-z])sign-?up|opt-?in(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of such boxes, among them those that two plugins of WordPress give to the note about the author."""
_LAST = 0.25
"""Share of a text, at its end, in which a whole box must be."""
_QUOTED = ("blockquote", "figure", "figcaption")
"""Elements in which the author is that of a quotation or a picture."""
_BELOW = "in a box below the text that its class calls no part of an article"


def drop_boxes_below(blocks: list[TextBlock]) -> None:
    """Drop such boxes from the last quarter of the text, and a heading that is left at the end."""
    retained = [block for block in blocks if block.stays]
    left = _LAST * sum(len(block.tokens) for block in retained)
    first = len(retained)
    while first > 0 and (left := left - len(retained[first - 1].tokens)) >= 0:
        first -= 1
    article = {tag for block in retained[:first] for tag in (block.tag, *block.around)}
    usual = {tag.get("class", "") for tag in article}
    dropped = [block for block in retained[first:] if _is_in_box(block, article, usual)]
    for block in dropped:
        block.drop(_BELOW)
    for block in reversed(retained) if dropped else ():
        if block.stays and block.tag.tag not in HEADINGS:
            break
        block.drop(_BELOW)


def _is_in_box(block: TextBlock, article: set[HtmlElement], usual: set[str]) -> bool:
    """True if a block is, or is in, an element with such a name.

    `article` are the elements of and around the text above, and `usual` their classes, which say nothing.
    """
    if block.reason in (NOTED, SOURCES):
        return False
    box = False
    for tag in (block.tag, *block.around):
        if tag in article:
            return box
        if tag.tag in _QUOTED:
            return False
        names = tag.get("class", "")  # an id may be made of the words of a heading
        box = box or (names not in usual and _NAMED.search(names) is not None)
    return box
