"""Candidates with all that their features are read from, and the sums that several of them need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.classify.candidate_spans import Candidates, Recognised, candidates
from glossator.stages.annotate.models.classify.tokens import Tokens

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


class View(msgspec.Struct, frozen=True, eq=False):
    """The candidates of a text. `first` and `last` are tokens, `begin` and `end` those of the paragraph."""

    tokens: Tokens
    recognised: Sequence[Recognised]
    candidates: Candidates
    forms: Sequence[str]
    """The text of each candidate."""
    form: Places
    """Number of the text of each candidate, from 0: equal texts have equal numbers."""
    texts: int
    """Number of different texts of candidates."""
    first: Places
    last: Places
    begin: Places
    end: Places

    def different(self) -> list[str]:
        """Return each text of candidates once, by its number."""
        return list(dict.fromkeys(self.forms))

    def before(self, away: int = 1) -> Places:
        """Return the token so far before each candidate; one past all tokens where its paragraph has none."""
        place = self.first - away
        return np.where(place >= self.begin, place, len(self.tokens))

    def after(self, away: int = 1) -> Places:
        """Return the token so far after each candidate; one past all tokens where its paragraph has none."""
        place = self.last + away - 1
        return np.where(place < self.end, place, len(self.tokens))

    def by_form(self, rows: Floats) -> Floats:
        """Calculate the mean of the rows of all candidates that have the same text."""
        sums = np.zeros((self.texts, rows.shape[1]), np.float32)
        np.add.at(sums, self.form, rows)
        counts = np.bincount(self.form, minlength=self.texts)[:, None].astype(np.float32)
        sums /= np.maximum(counts, np.float32(1))
        mean: Floats = sums[self.form]
        return mean


def view(tokens: Tokens, recognised: Sequence[Recognised]) -> View:
    """Find all candidates of a text, the recogniser's spans among them."""
    spans = candidates(tokens, recognised)
    starts, ends = tokens.starts[spans.first].tolist(), tokens.ends[spans.last - 1].tolist()
    forms = [tokens.text[start:end] for start, end in zip(starts, ends, strict=True)]
    numbers: dict[str, int] = {}
    form = np.array([numbers.setdefault(letters, len(numbers)) for letters in forms], np.intp)
    borders = np.searchsorted(tokens.paragraph, np.arange(len(tokens.lines) + 1))
    paragraph = tokens.paragraph[spans.first]
    first, last = spans.first.astype(np.intp), spans.last.astype(np.intp)
    return View(
        tokens, recognised, spans, forms, form, len(numbers), first, last, borders[paragraph], borders[paragraph + 1]
    )


def means(rows: Floats) -> Callable[[Places, Places], Floats]:
    """Return a function that gives the means of the rows from one place to before another."""
    sums = np.zeros((len(rows) + 1, rows.shape[1]))
    np.cumsum(rows, axis=0, dtype=np.float64, out=sums[1:])

    def between(first: Places, last: Places) -> Floats:
        count = np.maximum(1, last - first)[:, None]
        mean: Floats = ((sums[last] - sums[first]) / count).astype(np.float32)
        return mean

    return between


def columns(*given: NDArray[np.generic]) -> Floats:
    """Join columns, or blocks of columns, side by side."""
    return np.column_stack(given).astype(np.float32)
