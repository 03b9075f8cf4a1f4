"""The sentences of an article that state numbers, with the words that say what each number is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

from glossator.model import Block, Text
from glossator.stages.proof.content_words import content_words
from glossator.stages.proof.quantities import quantities
from glossator.stages.proof.quantity import Quantity

LONGEST_HEADING = 40
"""Characters of a line without a full stop and without a number that is taken for a heading."""
LONGEST = 1200
"""Characters of a sentence whose numbers are read: what is longer is a list."""
_CLAUSE_END = re.compile(r"[;:()–—]|,(?!\d)|\s(?:and|but|while|whereas|compared|versus)\s")


class Figure(NamedTuple):
    """A number of a sentence."""

    quantity: Quantity
    clause: frozenset[str]
    """Content words of the clause that it stands in."""


class NumberSentence(NamedTuple):
    """A sentence with numbers."""

    start: int
    end: int
    words: frozenset[str]
    """Content words of the sentence, and of the heading above it."""
    near: frozenset[str]
    """Content words of the sentences beside it."""
    figures: Sequence[Figure]


class NumberSentences(NamedTuple):
    """The sentences of an article that state numbers."""

    sentences: Sequence[NumberSentence]
    weights: Mapping[str, float]
    """Content word -> how much it says of a sentence of the article that it stands in it, in bits."""


def figures(content: str, start: int, end: int) -> Sequence[Figure]:
    """Return the numbers of a sentence, each with the content words of its clause."""
    read = quantities(content, start, end)
    ends = [
        (match.start(), match.end())
        for match in _CLAUSE_END.finditer(content, start, end)
        if not any(quantity.start < match.end() and match.start() < quantity.end for quantity in read)
    ]
    return [Figure(quantity, content_words(content, *_clause(quantity, ends, (start, end)))) for quantity in read]


def _clause(quantity: Quantity, ends: Sequence[tuple[int, int]], sentence: tuple[int, int]) -> tuple[int, int]:
    """Return the bounds of the clause of a number; what is set in brackets is of the clause before."""
    begins = [sentence[0], *(end for start, end in ends if end <= quantity.start)]
    opened = begins[-1] == quantity.start and len(begins) > 1
    return begins[-2 if opened else -1], min((start for start, _ in ends if start >= quantity.end), default=sentence[1])


def _is_heading(block: Block, content: str) -> bool:
    """True if a block is a heading, or a short line that is set like one."""
    words = content[block.start : block.end]
    return block.kind == "heading" or (
        len(words) <= LONGEST_HEADING and words[-1:].isalpha() and not re.search(r"[\d:]", words)
    )


def statements(text: Text, sentences: Sequence[tuple[int, int]]) -> NumberSentences:
    """Return what a text states; `sentences` are the bounds of its sentences."""
    words = [content_words(text.content, *bounds) for bounds in sentences]
    headings = {block.start for block in text.blocks if _is_heading(block, text.content)}
    stating: list[NumberSentence] = []
    heading: frozenset[str] = frozenset()
    for at, (start, end) in enumerate(sentences):
        if start in headings:
            heading = words[at]
        if end - start <= LONGEST and (stated := figures(text.content, start, end)):
            near = frozenset().union(*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
            stating.append(NumberSentence(start, end, words[at] | heading, near, stated))
    counts = Counter(word for each in words for word in each)
    weights = {word: log2(1 + len(words) / count) for word, count in counts.items()}
    return NumberSentences(stating, weights)
