"""SimHash of an article's text, by which its near copies are found."""

from __future__ import annotations

import re
from functools import partial
from hashlib import md5

import numpy as np

_TOKEN = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|\w+")
"""A word; in scripts without spaces between words, a character."""
_RUN = 3
"""Words in one feature."""
_BYTES = 8
_digest = partial(md5, usedforsecurity=False)
_FEWEST = 50
"""Words below which a text has too few features to be told from another by its fingerprint."""


def likeness(markdown: str) -> str:
    """Return the 64-bit SimHash of a text, in hexadecimal; empty for a short text.

    Near copies differ in at most three bits: Manku, Jain and Das Sarma, Detecting near-duplicates for web crawling,
    2007.
    """
    tokens = _TOKEN.findall(markdown.casefold())
    if len(tokens) < _FEWEST:
        return ""
    runs = zip(*(tokens[start:] for start in range(_RUN)), strict=False)
    digests = [_digest(run).digest() for run in map(str.encode, map(" ".join, runs))]
    table = np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), -1)
    bits = np.unpackbits(table[:, -_BYTES:], axis=1)
    return np.packbits(bits.sum(axis=0) > len(digests) / 2).tobytes().hex()
