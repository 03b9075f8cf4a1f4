"""Learns the words that tell boxes from an article's own passages: a logistic regression over the words of passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from glossator.stages.extract.html.choice.passage_words import Words
from training.boosting import Floats
from training.passages import Passages

_PAGES = 8
"""Pages on which a word must be."""
_RIDGE = 3.0
_STEPS = 150
_ENTRIES = 2000
"""Words that are kept: those whose weight changes most passages."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Passages of one page that are near its text, with the words that may tell what they are."""

    words: list[list[str]]
    shares: Floats
    weights: Floats


def worded_passages(words: Sequence[Words], known: Passages, part: range) -> Worded:
    """Return the passages in a `part` of a page; `words` are those of all its passages."""
    own = {number: list(chain.from_iterable(words[number])) for number in part}
    chosen = [number for number in part if own[number]]
    return Worded([own[number] for number in chosen], known.shares[chosen], known.weights[chosen])


def words_learned(pages: Sequence[Worded]) -> dict[str, float]:
    """Return the weight of each word: its logarithm of odds, above 0 for words of articles."""
    places: dict[str, set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for word in chain.from_iterable(page.words):
            places[word].add(number)
    names = sorted(word for word, found in places.items() if len(found) >= _PAGES)
    numbers = {word: number for number, word in enumerate(names)}
    rows = [[numbers[word] for word in words if word in numbers] for page in pages for words in page.words]
    shares, weights = (np.concatenate([getattr(page, name) for page in pages]) for name in ("shares", "weights"))
    lengths = np.array([len(row) for row in rows])
    columns = np.array(list(chain.from_iterable(rows)), dtype=np.intp)
    found = _regression((columns, lengths), shares, weights / weights.mean(), len(names))
    matter = np.abs(found) * np.sqrt(np.bincount(columns, minlength=len(names)))
    kept = np.argsort(-matter, kind="stable")[:_ENTRIES]
    return {names[number]: round(float(found[number]), 2) for number in sorted(kept.tolist())}


def _regression(
    table: tuple[NDArray[np.intp], NDArray[np.intp]], shares: Floats, weights: Floats, width: int
) -> Floats:
    """Return the coefficients by Nesterov's gradient descent; `table` has the columns of all rows, and their number."""
    columns, lengths = table
    rows = np.repeat(np.arange(len(lengths)), lengths)
    # No step may be too long for the row of most words.
    seen = np.bincount(columns, weights=weights[rows] * lengths[rows], minlength=width)
    rates = 1 / (_RIDGE + 0.25 * (seen + np.bincount(columns, weights=weights[rows], minlength=width)))
    found, ahead, constant, before = np.zeros(width), np.zeros(width), 0.0, 1.0
    for _ in range(_STEPS):
        odds = constant + np.bincount(rows, weights=ahead[columns], minlength=len(lengths))
        wrong = weights * (1 / (1 + np.exp(-odds)) - shares)
        moved = ahead - rates * (np.bincount(columns, weights=wrong[rows], minlength=width) + _RIDGE * ahead)
        constant -= float(wrong.sum() / (0.25 * weights.sum())) / (1 + int(np.max(lengths)))
        after = (1 + (1 + 4 * before * before) ** 0.5) / 2
        ahead = moved + (before - 1) / after * (moved - found)
        found, before = moved, after
    return found
