"""Texts as sequences of folded words, and the shingles by which passages are found again.

See Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from zlib import crc32

import msgspec

from glossator.folding import UNSPACED, UNSPACED_PIECE, fold_accents

SHORT = 3
"""Letters of a word that is likely to be in every text: two of them make no shingle without the word that follows."""
LONG = 7
"""Letters of a word that says something by itself; see Zipf, The Psycho-Biology of Language, 1935."""

_WORD = re.compile(
    rf"[{UNSPACED}][\u0300-\u036f\u0e31-\u0e4e\u3099\u309a]*"
    rf"|\d+(?:[.,:]\d+)+|[^\W_{UNSPACED}]+(?:['’ʼ][^\W\d_{UNSPACED}]+)*|[$€£¥₹%‰]"
)
_APOSTROPHES = str.maketrans("’ʼ", "''")


class FoldedWords(msgspec.Struct, frozen=True):
    """The words of a text in order: folded, as written, and their bounds in code points."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    content: str

    def __len__(self) -> int:
        return len(self.folded)

    def written(self, index: int) -> str:
        """Return a word as the text writes it."""
        return self.content[self.starts[index] : self.ends[index]]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds, in words, of a stretch that is given in code points."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def text(self, first: int, last: int) -> str:
        """Return the text from the word at `first` up to the word before `last`."""
        return self.content[self.starts[first] : self.ends[last - 1]] if first < last else ""


def words_of(content: str, start: int = 0, end: int | None = None) -> FoldedWords:
    """Return the words of a text, or of a stretch of it; case, accents and the kind of apostrophe do not count."""
    found = list(_WORD.finditer(content, start, len(content) if end is None else end))
    return FoldedWords(
        tuple(fold(match[0]) for match in found),
        tuple(match.start() for match in found),
        tuple(match.end() for match in found),
        content,
    )


@lru_cache(maxsize=1 << 16)  # a text has each of its words three times
def fold(word: str) -> str:
    """Return a word as it is compared: as search compares it."""
    return fold_accents(word).casefold().translate(_APOSTROPHES)


def base(word: str) -> str:
    """Return a folded word without the sign of the genitive."""
    return word.removesuffix("'s").rstrip("'")


def shingles(folded: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield the shingles of consecutive words: hash, first word, and the word after the last.

    A shingle is two words, or three if both of the first are short, so that few are in every text.
    """
    encoded = [word.encode() for word in folded[start:end]]
    joined, short = b" ".join(encoded), [len(word) <= SHORT for word in folded[start:end]]
    ends = list(accumulate(len(word) + 1 for word in encoded))
    begins = 0
    for first in range(len(encoded) - 1):
        last = first + (3 if short[first] and short[first + 1] else 2)
        if last <= len(encoded):
            yield crc32(joined[begins : ends[last - 1] - 1]), start + first, start + last
        begins = ends[first]


def single(word: str) -> int:
    """Return the hash of a folded word that stands for itself in the index."""
    return crc32(base(word).encode())


def is_indexed(written: str) -> bool:
    """True if a word may stand for itself in the index: a name, a number of two digits, or a long word."""
    first = written[0]
    if first.isdigit():
        return len(written) > 1
    if first.isupper():
        return len(written) > SHORT or (len(written) > 1 and written.isupper())
    return len(written) >= LONG


def hashes(words: FoldedWords) -> set[int]:
    """Return the hashes under which a text is found: its shingles, and the words that say something by themselves."""
    found = {key for key, _, _ in shingles(words.folded)}
    places = zip(words.folded, words.starts, words.ends, strict=True)
    return found | {single(word) for word, start, end in places if is_indexed(words.content[start:end])}


def is_unspaced(text: str) -> bool:
    """True if a text has characters of a script that is written without spaces."""
    return UNSPACED_PIECE.search(text) is not None
