"""Paragraphs -> windows of word pieces: those near a capital, of as many paragraphs as fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.tagger.word_pieces import NO_CAPITAL, capitals_of

WINDOW = 128
"""Pieces of the longest window."""
GROUP = 512
"""Pieces of the windows that are calculated together: their wide vectors, 3 MB, stay near the processor."""
STOPS = frozenset(".!?")
"""Words that end a sentence; a name that a border of windows cuts is seldom found."""

Ints = NDArray[np.int64]


class Reach(NamedTuple):
    """Words to each side of a capital that nothing explains."""

    read: int = 8
    near: int = 3
    """Words that more than one layer reads."""
    tagged: int = 2


NEAR = Reach()
CLOSE = Reach(3, 1, 1)
"""The reach in other languages than English, whose words have more pieces: 5, 2, 1 costs a sixth more and finds 1.1 of
100 names less, as tuned."""


class Vocabulary(Protocol):
    """The pieces that a transformer has vectors of."""

    begin: int
    end: int

    def of(self, word: str, /) -> tuple[int, ...]:
        """Return the rows of a word's pieces; a space has none."""

    def unexplained(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word if it has a capital that nothing but a name may explain."""


class Windows(msgspec.Struct, frozen=True, eq=False):
    """The pieces of all windows, one after the other."""

    pieces: Ints
    capitals: Ints
    near: NDArray[np.bool_]
    """True for pieces that more than one layer reads."""
    borders: Sequence[int]
    """Beginnings of the windows, and the number of all pieces."""
    places: Ints
    """Place of the first piece of each word, in the order of the paragraphs; -1 for one that is not tagged."""

    def groups(self) -> Iterator[Windows]:
        """Yield the windows by `GROUP` pieces or a few more, so that memory does not grow with the text."""
        read = self.places[self.places >= 0]
        first = 0
        for last in range(1, len(self.borders)):
            start, end = self.borders[first], self.borders[last]
            if end - start >= GROUP or last == len(self.borders) - 1:
                words = slice(*np.searchsorted(read, (start, end)).tolist())
                borders = [border - start for border in self.borders[first : last + 1]]
                pieces, capitals = self.pieces[start:end], self.capitals[start:end]
                yield Windows(pieces, capitals, self.near[start:end], borders, read[words] - start)
                first = last

    def positions(self) -> Ints:
        """Return the place of each piece in its window."""
        return np.concatenate([np.arange(end - start) for start, end in pairwise(self.borders)] or [np.zeros(0, int)])


def windows(
    paragraphs: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    reach: Reach = NEAR,
    is_ordinary: Callable[[str], bool] = lambda _: False,
) -> Windows:
    """Return the windows of what may be of a name, and stands near, in paragraphs that are sequences of words.

    An ordinary word has its capital for another reason than a name.
    """
    read: list[tuple[int, int, bool]] = []
    borders = [0]
    places: list[int] = []
    for words in paragraphs:
        flags = [
            flag and not is_ordinary(word) for word, flag in zip(words, vocabulary.unexplained(words), strict=True)
        ]
        if True not in flags:
            places += [-1] * len(words)
            continue
        for part in _parts(_pieces(words, _distances(flags), vocabulary, reach.read)):
            size = 1 + sum(len(word.rows) for word in part)
            if len(read) == borders[-1] or len(read) + size - borders[-1] > WINDOW:
                if len(read) > borders[-1]:
                    borders.append(len(read))
                read.append((vocabulary.begin, NO_CAPITAL, True))
            for word in part:
                places.append(len(read) if word.rows and word.distance <= reach.tagged else -1)
                read += [(row, capitals_of(word.form), word.distance <= reach.near) for row in word.rows]
            read.append((vocabulary.end, NO_CAPITAL, True))
    if len(read) > borders[-1]:
        borders.append(len(read))
    pieces, capitals, near = np.array(read, np.int64).reshape(-1, 3).T
    return Windows(pieces, capitals, near.astype(np.bool_), borders, np.array(places, np.int64))


class Word(NamedTuple):
    form: str
    rows: Sequence[int]
    """Rows of pieces; none of a space, and of a word that is not read."""
    distance: int
    """Words to the nearest capital that nothing explains."""


def _pieces(words: Sequence[str], distances: Sequence[int], vocabulary: Vocabulary, read: int) -> list[Word]:
    """Return the words of a paragraph, with the pieces of those that are read."""
    pairs = zip(words, distances, strict=True)
    return [Word(form, vocabulary.of(form) if distance <= read else (), distance) for form, distance in pairs]


def _distances(flags: Sequence[bool]) -> list[int]:
    """Return the distance of each place to the nearest flag."""
    places = np.arange(len(flags))
    flagged = np.flatnonzero(flags)
    following = np.searchsorted(flagged, places)
    left, right = flagged[np.maximum(following - 1, 0)], flagged[np.minimum(following, len(flagged) - 1)]
    distances: list[int] = np.minimum(abs(places - left), abs(places - right)).tolist()
    return distances


def _parts(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the words of a paragraph in parts that fit a window and end with a sentence."""
    part: list[Word] = []
    size = whole = 0
    for word in words:
        while size + len(word.rows) > WINDOW - 2:
            cut = whole or len(part)
            yield part[:cut]
            part = part[cut:]
            size, whole = sum(len(held.rows) for held in part), 0
        part.append(word)
        size += len(word.rows)
        if word.form in STOPS:
            whole = len(part)
    yield part
