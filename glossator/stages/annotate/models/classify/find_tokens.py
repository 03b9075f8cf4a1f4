"""Stretches of a text -> their tokens, by any pattern, with what depends on the form alone found once for each form."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray


class FoundTokens(msgspec.Struct, frozen=True, eq=False):
    """The tokens of stretches of a text, in order."""

    forms: Sequence[str]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    borders: NDArray[np.int64]
    """Index of the first token of each stretch, and the number of all tokens."""
    different: Sequence[str]
    """The forms, each once."""
    number: NDArray[np.int64]
    """Index of each token's form among the different ones."""


def find_tokens(pattern: re.Pattern[str], text: str, stretches: Sequence[tuple[int, int]]) -> FoundTokens:
    """Find the tokens within bounds, none of which reaches over one; `pattern` has one group, which is all of it."""
    bounds = np.array(stretches, np.int64).reshape(-1, 2)
    pieces = pattern.split("\n".join(text[start:end] for start, end in stretches))  # between tokens, a token, and so on
    edges = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    joined = np.concatenate([[0], np.cumsum(bounds[:, 1] - bounds[:, 0] + 1)])  # where the stretches begin, once joined
    borders = np.searchsorted(edges[:-1:2], joined)
    moved = np.repeat(bounds[:, 0] - joined[:-1], np.diff(borders))
    forms = pieces[1::2]
    numbers = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    number = np.fromiter(map(numbers.__getitem__, forms), np.int64, len(forms))
    return FoundTokens(forms, edges[:-1:2] + moved, edges[1::2] + moved, borders, [*numbers], number)
