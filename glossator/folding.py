"""Spellings -> what is compared: no accents, plain letters, and spaces in scripts that have none.

Queries are folded in the browser by `static/fold.js` in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
PLAIN |= {"ı": "i", "ŋ": "n", "ĸ": "k", "ƶ": "z", "ɨ": "i", "ʉ": "u", "ƀ": "b", "ǥ": "g", "ⱥ": "a", "ɇ": "e"}
"""Letters that Unicode does not decompose, and what people type who do not have them on their keyboard."""
CAPITALS = {letter.upper(): plain.capitalize() for letter, plain in PLAIN.items() if letter not in "ßĸı"} | {"ẞ": "SS"}
LETTERS = str.maketrans(PLAIN | CAPITALS)
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of the scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese. Each stands
for a word, and a run of them is searched for as a phrase, which finds every part of a text without a dictionary."""
MARKS = (
    r"\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102d-\u1030\u1032-\u1037"
    r"\u1039\u103a\u17b4\u17b5\u17b7-\u17bd\u17c6\u17c9-\u17d3\u3099\u309a"
)
"""Marks that belong to the character before them."""
UNSPACED_PIECE = re.compile(rf"[{UNSPACED}][{MARKS}]*")
PIECE = re.compile(rf"[{UNSPACED}][{MARKS}]*|[^\s{UNSPACED}]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
ZERO_WIDTH = "\u200b"
"""Pagefind's own separator of words where a text has no spaces."""


def fold_accents(text: str) -> str:
    """Return a text without accents and with plain letters; upper and lower case stay."""
    return text if text.isascii() else _FOREIGN.sub(lambda run: _plain(run[0]), text)


@lru_cache(maxsize=10_000)
def _plain(letters: str) -> str:
    """Return a run of letters beyond ASCII without accents; a mark after a letter of ASCII is a run by itself."""
    apart = unicodedata.normalize("NFKD", letters)
    plain = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    return unicodedata.normalize("NFC", plain).translate(LETTERS)


def fold_for_index(text: str) -> str:
    """Return a text as Pagefind reads it: folded, and with spaces around each character of a script without spaces."""
    return text if text.isascii() else fold_accents(UNSPACED_PIECE.sub(r" \g<0> ", text))


class Spellings:
    """The words of a page as they are spelt there, by which a folded text is restored."""

    def __init__(self, title: str, texts: Iterable[str]) -> None:
        self.title = title
        spelt = list(texts)
        foreign = [text for text in spelt if not text.isascii()]
        self._unspaced = any(map(UNSPACED_PIECE.search, foreign))
        """True if a script without spaces occurs on the page."""
        self._left: defaultdict[str, deque[tuple[str, bool]]] = defaultdict(deque)
        """Spellings in the order of the page by folded word, and whether a space follows."""
        if self._unspaced:
            for text in spelt:
                for word, spaced in _pieces(text):
                    self._left[_key(fold_accents(word))].append((word, spaced))
            return
        changed = {_key(fold_accents(word)) for text in foreign for word in text.split() if not word.isascii()}
        if changed:  # all other words come back as they were given
            words = [*chain.from_iterable(map(str.split, spelt))]
            keys = {word: key for word in {*words} if (key := _key(fold_accents(word))) in changed}
            for word in words:
                if word in keys:
                    self._left[keys[word]].append((word, True))

    def restore(self, content: str) -> str:
        """Return Pagefind's content of the page with the spellings of the page, word for word.

        The words of a text that has a script without spaces are separated by zero-width spaces, as Pagefind does it.
        """
        words = content.split()
        if not self._left:
            return " ".join(words)
        kept = {word for word in {*words} if _key(word) in self._left}
        restored = [self._next(word) if word in kept else (word, True) for word in words]
        if not self._unspaced or not any(UNSPACED_PIECE.match(word) and PIECE.fullmatch(word) for word in words):
            return " ".join(word for word, _ in restored)
        return ZERO_WIDTH.join(word + (" " if spaced else "") for word, spaced in restored)

    def _next(self, folded: str) -> tuple[str, bool]:
        left = self._left.get(_key(folded))
        if not left:
            return folded, True
        word, spaced = left.popleft()
        end = folded[len(folded.rstrip(".")) :]  # Pagefind ends a heading with a full stop
        return (word + "." if end and not word.endswith(".") else word), spaced or bool(end)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, each with whether a space follows it."""
    for match in PIECE.finditer(text):
        yield match[0], match.end() == len(text) or text[match.end()].isspace()


def _key(folded: str) -> str:
    return folded.rstrip(".")
