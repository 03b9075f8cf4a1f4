"""Indications that the names of elements give about their text, in words that site builders use, in small letters."""

from __future__ import annotations

import re
from functools import lru_cache

from glossator.stages.extract.html.choice.page_outline import PageBlock

_FOR = re.compile(r"article|blog|body|content|entry|main|page|post|story|text")
_AGAINST = re.compile(
    r"-ad-|banner|com-|comment|contact|footer|gdpr|\bhid\b|hidden|masthead|media|meta|outbrain|promo|related|scroll|share|"
    r"shopping|shoutbox|sidebar|skyscraper|sponsor|tags|widget"
)
_WEIGHT = 25
NAMES = 2_000
"""Names of elements whose meaning is remembered, because a page repeats a few of them."""


def name_weight(block: PageBlock) -> int:
    """Weigh how much an element's class and id speak for its being the article (positive), or against it."""
    return (_weight(block.classes) if block.classes else 0) + (_weight(block.name) if block.name else 0)


@lru_cache(maxsize=NAMES)
def _weight(name: str) -> int:
    return _WEIGHT * (bool(_FOR.search(name)) - bool(_AGAINST.search(name)))
