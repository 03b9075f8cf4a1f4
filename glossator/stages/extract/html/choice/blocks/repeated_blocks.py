"""Blocks that repeat what the article has once: copies, summaries, pull quotes, labels, its head."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import REPEATED, TextBlock
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.metadata.header_lines import names_of_byline, names_of_line
from glossator.stages.extract.text_comparison import SHARE, SIZE, Wording, run_of, shingles, words

_WITHIN = frozenset("table ul ol dl td th li dt dd tr tbody thead tfoot".split())
_COPIED = 0.1
"""Share of the words that are copies from which a page holds a copy of its article."""
_STANDFIRST = re.compile(
    r"\b(?:stand-?first|sub-?(?:title|head\w*)|de[ck]k?|strap-?line|summary|excerpt|description"
    r"|chap[oô]|vorspann|entradilla|ingress|manchet|sommario|occhiello)\b",
    re.IGNORECASE,
)
_HEAD = 6
"""Blocks above and at the beginning of a text that may repeat the front matter."""
_LONGEST = 20
"""Words of a block above the text at most, such as a byline."""
_IN_FRONT_MATTER = "said in the front matter"


def drop_repeated(blocks: list[TextBlock], chosen: Wording) -> None:
    """Drop blocks whose words the chosen text has only in other blocks: a summary, a pull quote, a label.

    Blocks that are lines of the text take their words first, then longer blocks before shorter ones.
    """
    staying = [block for block in blocks if block.stays and len(block.tokens) >= SIZE]
    others = [
        block for block in staying if run_of(block.tokens) not in chosen.lines and block.tag.tag not in ("td", "th")
    ]
    if not others:
        return
    left = chosen.runs.copy()
    for block in staying:
        if run_of(block.tokens) in chosen.lines:
            left.subtract(shingles(block.tokens))
    for block in sorted(others, key=lambda block: -len(block.tokens)):
        own = shingles(block.tokens)
        if sum(max(0, min(number, left[run])) for run, number in own.items()) < SHARE * own.total():
            block.drop(REPEATED)
        else:
            left.subtract(own)


def drop_copies(blocks: list[TextBlock], chosen: Wording) -> None:
    """Drop a copy of the article, such as one for small screens: blocks that stay oftener than in the chosen text.

    Of several copies those stay that have the most of the text around them, and the first of equals.
    """
    by_words: dict[int, list[TextBlock]] = {}
    around: Counter[HtmlElement] = Counter()
    for block in blocks:
        if block.stays:
            around[_place(block)] += len(block.tokens)
            if block.tag.tag not in HEADINGS:  # a table of contents repeats headings
                by_words.setdefault(run_of(block.tokens), []).append(block)
    copies: list[TextBlock] = []
    for line, equal in by_words.items():
        if len(equal[0].tokens) >= SIZE and 0 < chosen.lines[line] < len(equal):
            copies += sorted(equal, key=lambda block: -around[_place(block)])[chosen.lines[line] :]
    # A line that sites repeat below each part of an article is no copy of the article.
    if sum(len(block.tokens) for block in copies) < _COPIED * around.total():
        return
    for block in copies:
        block.drop(REPEATED)


def _place(block: TextBlock) -> HtmlElement:
    """Return the innermost element around a block that is no part of a list or table."""
    return next((tag for tag in block.around if tag.tag not in _WITHIN), block.around[-1])


def without_head(blocks: list[TextBlock], title: str, description: str, authors: tuple[str, ...]) -> None:
    """Remove headline, standfirst and byline above the text, if they are what the front matter says."""
    title_words, description_words = words(title), words(description)
    retained = [block for block in blocks if block.stays]
    headline = max((n for n, block in enumerate(retained[:_HEAD]) if _is_headline(block, title_words)), default=-1)
    for number, block in enumerate(retained[:_HEAD]):
        # An element around the end of the text as well is the text, though its class may have such a word.
        near = [tag for tag in (block.tag, *block.around[:2]) if tag not in retained[-1].around]
        named = any(_STANDFIRST.search(tag.get("class", "")) for tag in near)
        apart = named or any(tag.tag == "header" for tag in block.around)
        is_head = block.tokens == title_words or (apart and block.tokens == description_words)
        is_byline = bool(authors) and names_of_byline(names_of_line(block.text) or "") == authors
        if block.tokens and (is_head or is_byline):
            block.drop(_IN_FRONT_MATTER)
        elif len(block.tokens) > _LONGEST and number > headline:  # what is above the headline is a caption
            return


def _is_headline(block: TextBlock, title: list[str]) -> bool:
    return block.tag.tag == "h1" and bool(title) and block.tokens == title
