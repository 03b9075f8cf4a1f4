"""Paragraphs -> windows of word pieces: as many whole paragraphs as fit, and parts of those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.tagger.word_pieces import WordPieces, capitals_of

WINDOW = 128
"""Pieces of the longest window."""
PART = 110
"""Pieces of a part of a long paragraph, about."""

Ints = NDArray[np.int64]


class Windows(msgspec.Struct, frozen=True, eq=False):
    """The pieces of all windows, one after the other."""

    pieces: Ints
    capitals: Ints
    borders: Sequence[int]
    """Where each window begins, and the number of all pieces."""
    places: Ints
    """Place of the first piece of each word, in the order of the paragraphs; -1 for a word that is not read."""

    def positions(self) -> Ints:
        """Return the place of each piece in its window."""
        return np.concatenate([np.arange(end - start) for start, end in pairwise(self.borders)] or [np.zeros(0, int)])


def windows(paragraphs: Sequence[Sequence[str]], known: WordPieces) -> Windows:
    """Return the windows of those paragraphs, each a sequence of words, that may hold a name."""
    pieces: list[int] = []
    capitals: list[int] = []
    borders = [0]
    places: list[int] = []
    for words in paragraphs:
        if not known.may_hold_name(words):
            places += [-1] * len(words)
            continue
        for part in _parts(words, known):
            size = 1 + sum(len(rows) for _, rows in part)
            if len(pieces) == borders[-1] or len(pieces) + size - borders[-1] > WINDOW:
                if len(pieces) > borders[-1]:
                    borders.append(len(pieces))
                pieces.append(known.begin)
                capitals.append(0)
            for word, rows in part:
                places.append(len(pieces) if rows else -1)
                pieces += rows
                capitals += [capitals_of(word)] * len(rows)
            pieces.append(known.end)
            capitals.append(0)
    if len(pieces) > borders[-1]:
        borders.append(len(pieces))
    return Windows(np.array(pieces, np.int64), np.array(capitals, np.int64), borders, np.array(places, np.int64))


def _parts(words: Sequence[str], known: WordPieces) -> Iterator[list[tuple[str, tuple[int, ...]]]]:
    """Yield the words of a paragraph with their pieces, in parts of about equal length, each of which fits a window."""
    held = [(word, known.of(word)) for word in words]
    total = sum(len(rows) for _, rows in held)
    most = WINDOW - 2
    if total <= most:
        yield held
        return
    length = total / -(-total // PART)
    part: list[tuple[str, tuple[int, ...]]] = []
    size = 0
    for word, rows in held:
        if part and size + len(rows) > length:
            yield part
            part, size = [], 0
        part.append((word, rows))
        size += len(rows)
    yield part
