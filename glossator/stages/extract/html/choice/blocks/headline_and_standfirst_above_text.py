"""Headline and standfirst above an article's text, which its front matter repeats and which are therefore removed."""

from __future__ import annotations

import re

from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock
from glossator.stages.extract.text_comparison import words

_STANDFIRST = re.compile(
    r"\b(?:stand-?first|sub-?(?:title|head\w*)|de[ck]k?|strap-?line|summary|excerpt|description)\b",
    re.IGNORECASE,
)
_HEAD = 6
"""Blocks above and at the beginning of a text that may repeat the front matter."""
_LONGEST = 20
"""Words of a block above the text at most, such as a byline."""
_REPEATED = "said in the front matter"


def without_head(blocks: list[TextBlock], title: str, description: str) -> None:
    """Remove headline and standfirst above the text, if they are the title and the description of the front matter."""
    title_words, description_words = words(title), words(description)
    retained = [block for block in blocks if block.stays]
    headline = max((n for n, block in enumerate(retained[:_HEAD]) if _is_headline(block, title_words)), default=-1)
    for number, block in enumerate(retained[:_HEAD]):
        # An element around the end of the text as well is the text, though its class may have such a word.
        near = [tag for tag in (block.tag, *block.around[:2]) if tag not in retained[-1].around]
        named = any(_STANDFIRST.search(tag.get("class", "")) for tag in near)
        apart = named or any(tag.tag == "header" for tag in block.around)
        if block.tokens and (block.tokens == title_words or (apart and block.tokens == description_words)):
            block.drop(_REPEATED)
        elif len(block.tokens) > _LONGEST and number > headline:  # what is above the headline is a caption
            return


def _is_headline(block: TextBlock, title: list[str]) -> bool:
    return block.tag.tag == "h1" and bool(title) and block.tokens == title
