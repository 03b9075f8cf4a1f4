"""A fingerprint of an article's text by which its near copies are found."""

from __future__ import annotations

import re

from simhash import Simhash

_TOKEN = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|\w+")
"""A word; in scripts without spaces between words, a character."""
_RUN = 3
"""Words that make a feature."""
_FEWEST = 50
"""Words below which a text has too few features for its fingerprint to tell it from another."""


def likeness(markdown: str) -> str:
    """The 64-bit SimHash of a text, in hexadecimal; empty for a short one.

    Of near copies at most three bits differ: Manku, Jain and Das Sarma, Detecting near-duplicates for web crawling,
    2007.
    """
    tokens = _TOKEN.findall(markdown.casefold())
    if len(tokens) < _FEWEST:
        return ""
    runs = zip(*(tokens[place:] for place in range(_RUN)), strict=False)
    return f"{Simhash([' '.join(run) for run in runs], f=64).value:016x}"
