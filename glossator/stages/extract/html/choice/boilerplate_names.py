"""Boilerplate that the names of elements betray: words that site builders use, in small letters."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossator.stages.extract.html.choice.page_outline import Outline, PageBlock, inherited
from glossator.stages.extract.text_comparison import words

_FOR = re.compile(r"article|blog|body|content|entry|main|page|post|story|text")
_AGAINST = re.compile(
    r"-ad-|banner|com-|comment|contact|footer|gdpr|\bhid\b|hidden|masthead|media|meta|outbrain|promo|related|scroll|share|"
    r"shopping|shoutbox|sidebar|skyscraper|sponsor|tags|widget"
)
_WEIGHT = 25
NAMES = 2_000
"""Names of elements whose meaning is remembered, because a page repeats a few of them."""
_SHARE = re.compile(r"(?:\b|_)share(?:daddy)?(?:\b|_)")
_BYLINE = re.compile(r"byline|author|dateline|writtenby")
_SMALL = 500
"""Characters of an element that may be a row of buttons."""
_LINE = 100
"""Characters of an element that may be a byline."""
_REPEATED = 0.75
"""Share of a heading's letters that are in the title."""


class ArticleElements(msgspec.Struct, frozen=True):
    """Elements of the article before anything is removed; the lists have one value for each block of the page."""

    page: Outline
    inside: list[bool]
    roots: frozenset[int]
    """Outermost elements of the article."""
    paragraphs: list[bool]
    weighed: bool
    """True if names of elements count."""


def boilerplate_by_name(elements: ArticleElements, title: list[str]) -> list[bool]:
    page = elements.page
    sizes = [0] * len(page.blocks)
    for number in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[number]
        sizes[number] += sum(len(page.passages[index].text) for index in block.passages)
        if block.parent >= 0 and elements.inside[number]:
            sizes[block.parent] += sizes[number]
    gone = []
    for number, (block, size) in enumerate(zip(page.blocks, sizes, strict=True)):
        names = f"{block.classes} {block.name}"
        gone.append(
            elements.inside[number]
            and (
                block.tag in ("footer", "aside")
                or (block.tag in ("h1", "h2") and _is_idle(elements, block, title))
                or (size < _SMALL and number not in elements.roots and _SHARE.search(names) is not None)
                or (0 < size < _LINE and _BYLINE.search(names) is not None)
            )
        )
    return inherited(page, gone)


def _is_idle(elements: ArticleElements, heading: PageBlock, title: list[str]) -> bool:
    """True if a heading repeats the page's title, or has the name of something other than an article's heading."""
    if elements.weighed and name_weight(heading) < 0:
        return True
    own = [word for index in heading.passages for word in words(elements.page.passages[index].text)]
    other = set(title)
    return bool(own) and len(" ".join(word for word in own if word not in other)) < (1 - _REPEATED) * len(" ".join(own))


def name_weight(block: PageBlock) -> int:
    """Weigh how much an element's class and id speak for its being the article (positive), or against it."""
    return (_weight(block.classes) if block.classes else 0) + (_weight(block.name) if block.name else 0)


@lru_cache(maxsize=NAMES)
def _weight(name: str) -> int:
    return _WEIGHT * (bool(_FOR.search(name)) - bool(_AGAINST.search(name)))
