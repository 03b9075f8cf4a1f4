"""Pages that were saved before a script had put their text there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossator.stages.extract.html.choice.blocks.site_boxes import is_content
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.text_comparison import SENTENCE_ENDS, wording, words

_FEW = 50
"""Words of a text that may be a menu."""
SENTENCE = 6
"""Words of a sentence, at least."""
_SAID = 8
"""Words of a description that says more than a title."""
_NEEDS_SCRIPTS = re.compile(
    r"\b(?:enable|activate|requires?|needs?|without|allow)\W+(?:\w+\W+){0,3}javascript\b"
    r"(?!\s+to view (?:\w+\s)?comments)",
    re.IGNORECASE,
)
_PARTS = ("blockquote", "li", "pre", "td")
"""Elements of a text that may have no sentence."""


def is_unloaded(blocks: Sequence[TextBlock], text: str, page: str, description: str) -> bool:
    """True if a text, a line for each block, is a few words without a sentence, and its page states or asks for more.

    A picture that stays in `blocks`, an item, or a line in an element for articles is a text, however short.
    `page` is the page as it was saved, `description` what it states of itself.
    """
    chosen = wording(text)
    if len(chosen.tokens) >= _FEW or any(map(_is_sentence, text.splitlines())) or any(map(_is_authors, blocks)):
        return False
    stated = words(description)
    return (len(stated) >= _SAID and not chosen.has(stated)) or _NEEDS_SCRIPTS.search(page) is not None


def _is_authors(block: TextBlock) -> bool:
    """True if a block that stays shows something, or is a part of what the page marks as an article."""
    if not block.stays or block.leads_elsewhere or block.tag.tag in HEADINGS:
        return False
    is_shown = not block.tokens or block.tag.tag in _PARTS
    return is_shown or any(tag.tag == "article" or is_content(tag) for tag in block.around)


def _is_sentence(line: str) -> bool:
    """True if a line is more than a name or a call: a text of one sentence is a text."""
    ends = line.rstrip()[-1:] in SENTENCE_ENDS and len(words(line)) >= SENTENCE
    return ends and _NEEDS_SCRIPTS.search(line) is None
