"""Counts of the words that the archive writes in small letters: by them a common word is told from a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from glossator.model import ArticleNames, RowReader
from glossator.naming.acronyms import is_acronym

OFTEN = 5
"""Times as often as a name is mentioned that its word is written small if it is rather a common word."""
PRECISE = 4
"""Binary digits of a count that tell; the others are dropped, so that one more article hardly ever changes a name."""


class SmallCount(msgspec.Struct, frozen=True, array_like=True):
    """Times that all articles in a language together write a word in small letters."""

    times: int


class SmallWords:
    """Counts of small words in the archive as it is now. State: what was read so far, and what changed."""

    def __init__(
        self,
        read: RowReader,
        gone: Iterable[ArticleNames],
        there: Iterable[ArticleNames],
        language: str,
    ) -> None:
        """Count the words of changed articles anew, in place of those that are `gone`.

        Only words of the archive's main `language` tell anything of a name: "mit" is no word of English.
        """
        self._read, self._languages = read, sorted({language, ""})
        changes: Counter[str] = Counter()
        for sign, articles in ((-1, gone), (1, there)):
            for article in articles:
                for word, times in article.small.items():
                    changes[_key(article.language, word)] += sign * times
        self._changes = {key: change for key, change in changes.items() if change}
        self._former: dict[str, int] = {}
        self._load(self._changes)

    def load(self, words: Iterable[str]) -> None:
        """Read the counts of words, which must precede any question about them."""
        self._load([_key(language, word) for word in words for language in self._languages])

    def _load(self, keys: Iterable[str]) -> None:
        missing = sorted(set(keys) - self._former.keys())
        counts = self._read(SmallCount, missing) if missing else {}
        self._former |= {key: counts[key].times if key in counts else 0 for key in missing}

    def times(self, word: str) -> int:
        """Return how often articles in the main language, or in none that they state, write a word small."""
        return rounded(sum(self._now(_key(language, word)) for language in self._languages))

    def moved(self) -> set[str]:
        """Return the words that are written small more or less often than before."""
        keys = (key.partition(" ") for key in self._changes)
        words = {word for language, _, word in keys if language in self._languages}
        self.load(words)
        return {word for word in words if self._former_times(word) != self.times(word)}

    def _former_times(self, word: str) -> int:
        return rounded(sum(self._former[_key(language, word)] for language in self._languages))

    def writes(self) -> dict[str, SmallCount | None]:
        """Return the changed rows; None for a word that no article writes any more."""
        return {key: SmallCount(times) if (times := self._now(key)) else None for key in sorted(self._changes)}

    def _now(self, key: str) -> int:
        return self._former[key] + self._changes.get(key, 0)


def _key(language: str, word: str) -> str:
    return f"{language} {word}"


def rounded(count: int) -> int:
    """Return a count with its first binary digits alone."""
    rest = max(0, count.bit_length() - PRECISE)
    return count >> rest << rest


def small_word(name: str) -> str:
    """Return the word that a name would be in small letters; empty for several words, and for an acronym."""
    return name.casefold() if name.isalpha() and not is_acronym(name) else ""
