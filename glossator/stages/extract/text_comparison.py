"""Words and shingles (runs of words), by which texts are compared, and SimHash, by which near copies are found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import md5
from itertools import chain

import numpy as np

Shingles = Counter[int]
"""Number of each run of words by the run's hash, which is quick to look up. A hash holds for one process."""

SIZE = 4
"""Words in a shingle."""
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Han characters and kana, between which no spaces are written: each counts as a word."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
SENTENCE_ENDS = frozenset('.!?…:;"”’»)。！？')
"""Characters that a paragraph of prose ends with."""
SHARE = 0.6
"""Share of a passage's shingles that must be in a text for the passage to be in it."""
_NEARLY = 0.8
"""Share of the shingles of a short passage, which may be those of a phrase that many passages begin with."""
_FEW = 10
"""Shingles of a short passage."""
_TOKEN = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]|\w+")
"""A word; in scripts without spaces between words, a character."""
_FEATURE = 3
"""Words in one feature."""
_BYTES = 8
_digest = partial(md5, usedforsecurity=False)
_FEWEST = 50
"""Words below which a text has too few features to be told from another by its fingerprint."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Count the runs of SIZE words; a shorter text is one run."""
    if len(tokens) < SIZE:
        return Counter([run_of(tokens)] if tokens else [])
    return Counter(runs_of(tokens))


def run_of(tokens: list[str]) -> int:
    """Return words as one run."""
    return hash(tuple(tokens))


def runs_of(tokens: list[str]) -> Iterator[int]:
    """Yield the runs of SIZE words."""
    return map(hash, zip(*(tokens[start:] for start in range(SIZE)), strict=False))


@dataclass(frozen=True)
class Wording:
    """Words of a text, its shingles and its lines, in which passages are looked up."""

    text: str
    tokens: list[str]
    runs: Shingles
    by_line: list[list[str]]
    """Words of each line."""

    @cached_property
    def lines(self) -> Counter[int]:
        """Number of each line that has words, by the hash of the words."""
        return Counter(run_of(line) for line in self.by_line if line)

    def has(self, tokens: list[str]) -> bool:
        """True if most of a passage's shingles are in the text; a passage too short for one must be a line."""
        number = len(tokens) - SIZE + 1
        if number < 1:
            return run_of(tokens) in self.lines
        shared = sum(map(self.runs.__contains__, runs_of(tokens)))
        return shared >= (SHARE if number > _FEW else _NEARLY) * number


def wording(text: str) -> Wording:
    return worded(text, list(map(words, text.splitlines())))


def worded(text: str, by_line: list[list[str]]) -> Wording:
    """Return the wording of a text of whose lines the words are known."""
    tokens = list(chain.from_iterable(by_line))
    return Wording(text, tokens, shingles(tokens), by_line)


def agreement(first: Shingles, second: Shingles) -> float:
    """Return the F1 of two texts' shingles: 1 for equal texts, 0 if they have none in common."""
    whole = first.total() + second.total()
    repeated = (min(number, second[run]) - 1 for run, number in first.items() if number > 1 and run in second)
    shared = sum(map(second.__contains__, first)) + sum(repeated)
    return 2 * shared / whole if whole else 0.0


NO_WORDS = wording("")
"""Wording of an empty text."""


def likeness(markdown: str) -> str:
    """Return the 64-bit SimHash of a text, in hexadecimal; empty for a short text.

    Near copies differ in at most three bits: Manku, Jain and Das Sarma, Detecting near-duplicates for web crawling,
    2007.
    """
    tokens = _TOKEN.findall(markdown.casefold())
    if len(tokens) < _FEWEST:
        return ""
    runs = zip(*(tokens[start:] for start in range(_FEATURE)), strict=False)
    digests = [_digest(run).digest() for run in map(str.encode, map(" ".join, runs))]
    table = np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), -1)
    bits = np.unpackbits(table[:, -_BYTES:], axis=1)
    return np.packbits(bits.sum(axis=0) > len(digests) / 2).tobytes().hex()
