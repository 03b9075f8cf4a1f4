"""The inverted index: for each word the articles that have the word among their strongest.

See Zobel and Moffat, Inverted files for text search engines, 2006. A posting list is stored as the bytes of an array
with two columns: the number of an article, and the frequency of the word in the article.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from glossator.inverse_frequency import scale, step
from glossator.stages.relate.words import StrongWords

Postings = NDArray[np.uint32]
ReadPostings = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Keys of words -> their stored posting lists."""

EVERYBODYS = 1
"""Taken off the weight of each word, so that frequent ones count for less than their logarithm says."""
LEAST = 3
"""Weight below which a word is too frequent to count: it is in every eighth to every second article."""
_COLUMNS = np.dtype("<u4")


class PostingIndex:
    """The posting lists of words. State: the lists read so far with the weights, and the keys of lists that changed."""

    def __init__(self, read: ReadPostings, sizes: Mapping[str, int]) -> None:
        """Open the index; `sizes` are the numbers of articles by language."""
        self._read, self._sizes = read, sizes
        self._lists: dict[str, Postings] = {}
        self._weights: dict[str, int] = {}
        self._keys: dict[str, str] = {}
        self.changed: set[str] = set()

    def load(self, keys: Iterable[str]) -> None:
        """Read the lists of some words at once."""
        missing = sorted({key for key in keys if key not in self._lists})
        rows = self._read(missing)
        empty = b""
        for key in missing:
            self._lists[key] = np.frombuffer(rows.get(key, empty), _COLUMNS).reshape(-1, 2)
            self._keys[key] = key

    def stored(self, keys: Iterable[str]) -> Iterator[str]:
        """Return the strings under which loaded lists are kept: equal keys of all articles are then one string."""
        return map(self._keys.__getitem__, keys)

    def __getitem__(self, key: str) -> Postings:
        return self._lists[key]

    def weight(self, key: str) -> int:
        """Return the weight of a word: the inverse document frequency among the articles of its language, in steps.

        A step is two octaves wide, so that one more article hardly ever changes the weight of a word.
        """
        if key not in self._weights:
            self._weights[key] = weight(len(self._lists[key]), self._sizes.get(key.partition(" ")[0], 0))
        return self._weights[key]

    def replace(self, leaving: Mapping[int, StrongWords], coming: Mapping[int, StrongWords]) -> None:
        """Replace the words of articles, given by number. A list in which nothing differs stays as it is."""
        gone: dict[str, list[int]] = defaultdict(list)
        new: dict[str, array[int]] = defaultdict(lambda: array("L"))  # numbers and frequencies in turn
        keys: set[str] = set()
        for number in leaving.keys() | coming.keys():
            before, now = (_frequencies(words[number]) if number in words else {} for words in (leaving, coming))
            keys |= before.keys() | now.keys()
            for key, _ in before.items() - now.items():
                gone[key].append(number)
            for key, frequency in now.items() - before.items():
                new[key].extend((number, frequency))
        self.load(keys)
        touched = gone.keys() | new.keys()
        for key in touched:
            postings = self._lists[key]
            if key in gone:
                postings = postings[~np.isin(postings[:, 0], gone[key])]
            if key in new:
                postings = np.concatenate((postings, np.array(new[key], _COLUMNS).reshape(-1, 2)))
            self._lists[key] = postings[np.argsort(postings[:, 0])]
            self._weights.pop(key, None)
        self.changed |= touched

    def rows(self) -> dict[str, bytes | None]:
        """Return the changed lists as they are to be stored; None for a word that no article has any more."""
        return {key: self._lists[key].tobytes() if len(self._lists[key]) else None for key in sorted(self.changed)}


def _frequencies(words: StrongWords) -> dict[str, int]:
    return dict(zip(words.index_keys(), words.frequencies, strict=True))


def article_counts(rows: Mapping[str, bytes]) -> dict[str, int]:
    """Return the number of articles in each posting list; `rows` are lists as they are stored."""
    return {key: len(row) // (2 * _COLUMNS.itemsize) for key, row in rows.items()}


def weight(articles: int, size: int) -> int:
    """Return the weight of a word that so many of the articles of its language have; 0 if it is too frequent."""
    steps = scale(size) - EVERYBODYS - 2 * step(articles)
    return steps if articles and steps >= LEAST else 0
