"""Tokens and a recogniser's spans -> every span that may be a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.classify.tokens import CAPITAL, DIGIT, INNER, LINK, SIGN, Tokens

Ints = NDArray[np.int32]

MOST_WORDS = 6
"""Capitalised words in a candidate; a longer name is one only if the recogniser found it."""
QUOTES = frozenset('"“”‘’«»')
_SHORTENED = 4
"""Letters of the longest abbreviation whose full stop may stand within a name: "St. Louis"."""
_WHOLE = 14
"""Words of the longest run that is a candidate as a whole."""


class Recognised(msgspec.Struct, frozen=True):
    """A span that a recogniser found, with its label."""

    start: int
    end: int
    label: str


class Candidates(msgspec.Struct, frozen=True, eq=False):
    """Spans of tokens, `last` exclusive; `run` says how much of its run of capitalised words each one is."""

    first: Ints
    last: Ints
    before: Ints
    """Words of the run that stand before the candidate, and after it."""
    after: Ints
    recognised: Ints
    """The number of the recogniser's span that is the same, or -1."""

    def __len__(self) -> int:
        return len(self.first)


def candidates(tokens: Tokens, recognised: Sequence[Recognised]) -> Candidates:
    """Return the recogniser's spans and all stretches of runs of capitalised words, each once, in text order."""
    spans: dict[tuple[int, int], tuple[int, int, int]] = {}
    for run in runs(tokens):
        size = len(run)
        for left in range(size):
            for right in range(left, min(size, left + MOST_WORDS)):
                spans[run[left], run[right] + 1] = (left, size - 1 - right, -1)
        if MOST_WORDS < size <= _WHOLE:
            spans[run[0], run[-1] + 1] = (0, 0, -1)
    for number, (first, last) in enumerate(aligned(tokens, recognised)):
        if first < last:
            before, after, _ = spans.get((first, last), (0, 0, -1))
            spans[first, last] = (before, after, number)
    for first, last in (
        *quoted(tokens),
        *short_lines(tokens),
        *((at, at + 1) for at in np.flatnonzero(tokens.unusual).tolist()),
    ):
        spans.setdefault((first, last), (0, 0, -1))
    table = np.array([(*span, *spans[span]) for span in sorted(spans)], np.int32).reshape(-1, 5)
    return Candidates(*(np.ascontiguousarray(column) for column in table.T))


def quoted(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the short stretches between quotation marks that begin with a capital, as tokens."""
    brackets = []
    opened: int | None = None
    for at, form in enumerate(tokens.forms):
        if form in QUOTES:
            if opened is not None and 1 < at - opened <= _WHOLE and tokens.paragraph[opened] == tokens.paragraph[at]:
                last = at - 1 if tokens.forms[at - 1] in ",." else at
                if last > opened + 1 and tokens.shape[opened + 1] & (CAPITAL | DIGIT):
                    brackets.append((opened + 1, last))
            opened = at
    return brackets


def short_lines(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the paragraphs of a few words, without a final mark: the entry of a list may be a title."""
    borders = np.searchsorted(tokens.paragraph, np.arange(len(tokens.lines) + 1)).tolist()
    lines = []
    for begin, stop in pairwise(borders):
        words = np.flatnonzero((tokens.shape[begin:stop] & SIGN) == 0)
        if len(words) and 1 < words[-1] + 1 - words[0] <= _WHOLE:
            first = begin + int(words[0])
            if tokens.shape[first] & (CAPITAL | DIGIT):
                lines.append((first, begin + int(words[-1]) + 1))
    return lines


def runs(tokens: Tokens) -> list[list[int]]:
    """Return the runs of capitalised words, and numbers beside them, that may be of one name, as tokens."""
    core = (tokens.shape & (CAPITAL | INNER)) != 0
    near = np.zeros_like(core)
    near[1:] |= core[:-1]
    near[:-1] |= core[1:]
    core |= ((tokens.shape & DIGIT) != 0) & near
    runs: list[list[int]] = []
    for at in np.flatnonzero(core).tolist():
        if runs and _continues(tokens, runs[-1][-1], at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _continues(tokens: Tokens, left: int, right: int) -> bool:
    """True if two capitalised words may be of one name, by the tokens between them."""
    if tokens.paragraph[left] != tokens.paragraph[right]:
        return False
    for at in range(left + 1, right):
        form = tokens.forms[at]
        if not tokens.shape[at] & LINK:
            return False
        if form == "." and (at != left + 1 or len(tokens.forms[left]) > _SHORTENED):
            return False
    return "\n" not in tokens.text[tokens.ends[left] : tokens.starts[right]]


def aligned(tokens: Tokens, recognised: Sequence[Recognised]) -> list[tuple[int, int]]:
    """Return the first and the last token (exclusive) that each span of a recogniser contains whole."""
    starts = np.searchsorted(tokens.starts, [name.start for name in recognised])
    ends = np.searchsorted(tokens.ends, [name.end for name in recognised], side="right")
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
