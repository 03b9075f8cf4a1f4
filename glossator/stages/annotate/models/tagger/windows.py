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
GROUP = 4096
"""Pieces of the windows that are calculated together: 50 MB."""
STOPS = frozenset(".!?")
"""Words that end a sentence; a name that a border of windows cuts is seldom found."""

Ints = NDArray[np.int64]


class Windows(msgspec.Struct, frozen=True, eq=False):
    """The pieces of all windows, one after the other."""

    pieces: Ints
    capitals: Ints
    borders: Sequence[int]
    """Beginnings of the windows, and the number of all pieces."""
    places: Ints
    """Place of the first piece of each word, in the order of the paragraphs; -1 for a word that is not read."""

    def groups(self) -> Iterator[Windows]:
        """Yield the windows by `GROUP` pieces or a few more, so that memory does not grow with the text."""
        read = self.places[self.places >= 0]
        first = 0
        for last in range(1, len(self.borders)):
            start, end = self.borders[first], self.borders[last]
            if end - start >= GROUP or last == len(self.borders) - 1:
                words = slice(*np.searchsorted(read, (start, end)).tolist())
                borders = [border - start for border in self.borders[first : last + 1]]
                yield Windows(self.pieces[start:end], self.capitals[start:end], borders, read[words] - start)
                first = last

    def positions(self) -> Ints:
        """Return the place of each piece in its window."""
        return np.concatenate([np.arange(end - start) for start, end in pairwise(self.borders)] or [np.zeros(0, int)])


def windows(paragraphs: Sequence[Sequence[str]], vocabulary: WordPieces) -> Windows:
    """Return the windows of those paragraphs, each a sequence of words, that may hold a name."""
    pieces: list[int] = []
    capitals: list[int] = []
    borders = [0]
    places: list[int] = []
    for words in paragraphs:
        if not vocabulary.may_hold_name(words):
            places += [-1] * len(words)
            continue
        for part in _parts(words, vocabulary):
            size = 1 + sum(len(rows) for _, rows in part)
            if len(pieces) == borders[-1] or len(pieces) + size - borders[-1] > WINDOW:
                if len(pieces) > borders[-1]:
                    borders.append(len(pieces))
                pieces.append(vocabulary.begin)
                capitals.append(0)
            for word, rows in part:
                places.append(len(pieces) if rows else -1)
                pieces += rows
                capitals += [capitals_of(word)] * len(rows)
            pieces.append(vocabulary.end)
            capitals.append(0)
    if len(pieces) > borders[-1]:
        borders.append(len(pieces))
    return Windows(np.array(pieces, np.int64), np.array(capitals, np.int64), borders, np.array(places, np.int64))


def _parts(words: Sequence[str], vocabulary: WordPieces) -> Iterator[list[tuple[str, tuple[int, ...]]]]:
    """Yield the words of a paragraph with their pieces, in parts that fit a window and end with a sentence."""
    part: list[tuple[str, tuple[int, ...]]] = []
    size = whole = 0
    for word in words:
        rows = vocabulary.of(word)
        while size + len(rows) > WINDOW - 2:
            cut = whole or len(part)
            yield part[:cut]
            part = part[cut:]
            size, whole = sum(len(held) for _, held in part), 0
        part.append((word, rows))
        size += len(rows)
        if word in STOPS:
            whole = len(part)
    yield part
