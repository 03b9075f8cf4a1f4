"""Words of a question, and the texts that have them: case, accents, dashes and quotation marks do not count.

The sign of a currency, of a part of a hundred or of a section is a word, so that amounts are found as they are written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from glossator.folding import UNSPACED_PIECE, fold_accents

_TERM = re.compile(r'(-?)(?:["“”„]([^"“”„]+)["“”„]|([^\s"“”„]+))')
_WORD = re.compile(r"\w+|[$€£¥¢₹₽₩₺₴%‰§]")


class WantedWords(NamedTuple):
    """Words and phrases as texts are searched for them: folded, with a space around each word."""

    have: tuple[str, ...]
    lack: tuple[str, ...]
    written: tuple[str, ...] = ()
    """Words and phrases that texts must have, as they are written."""

    def stand_in(self, text: str) -> bool:
        """True if a text has all words and phrases that it must have, and none that it must not."""
        folded = folded_words(text)
        return all(term in folded for term in self.have) and not any(term in folded for term in self.lack)


@lru_cache(maxsize=256)
def wanted_words(written: str) -> WantedWords:
    """Return the words of a question: `word`, `"exact phrase"`, `-not`, `-"not this"`."""
    have: list[str] = []
    lack: list[str] = []
    positive: list[str] = []
    for hyphen, phrase, word in _TERM.findall(written):
        folded = folded_words(phrase or word)
        if folded.strip():
            (lack if hyphen else have).append(folded)
            positive += () if hyphen else (phrase or word,)
    return WantedWords(tuple(have), tuple(lack), tuple(positive))


def folded_words(text: str) -> str:
    """Return the words of a text, folded, with a space before and after each."""
    apart = text if text.isascii() else UNSPACED_PIECE.sub(r" \g<0> ", text)
    words = _WORD.findall(fold_accents(apart).casefold())
    return f" {' '.join(words)} "
