"""The strongest words of an article: those that say most about its subject."""

from __future__ import annotations

import re
from collections import Counter
from heapq import nsmallest
from itertools import chain
from math import log

import msgspec

from glossator.filler import is_filler
from glossator.word_lists import stop_words

STRONGEST = 80
"""Words kept of each article. With 60 fewer articles find a relative, with 120 more find a wrong one."""
TITLE = 5
"""Times that a word of the title counts: the title names the subject."""
LONG = 10
"""Letters beyond which a word says no more."""
PAIR = 6
"""Letters that a pair of ideographs counts as: it is as telling as a word of this length."""
IDEOGRAPHS_FROM = "\u2e80"
"""First of the characters among which the ideographs are."""
NOUNS_OF = "en"
"""The language in which nouns are told from other words."""
FINE = 16
"""Steps into which one occurrence is divided, so that frequencies are whole numbers."""

_NO_WORDS = re.compile(
    r"^> \[!related\].*$|\]\((?:[^()\s]|\([^()\s]*\))*\)|\]\{[^{}\n]*\}|https?://\S+|<[^<>]+>", re.MULTILINE
)
"""Headlines of other articles, addresses, marks of people, and tags. What begins anew within another of them ends it:
otherwise each of a million brackets would be searched to the end of the text."""
_IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3040-\u309f"
_WORD = re.compile(rf"[^\W\d_{_IDEOGRAPHS}{_HIRAGANA}](?:[^\W_{_IDEOGRAPHS}{_HIRAGANA}])+")
_NOUN = re.compile(
    r"\b(?:an?|the|this|that|these|those|its|his|her|their|our|your|my|of|some|every|each|no)\s+((?!best\b)[a-z]{3,})"
    r"(?=[.,;:!?)]|\s+(?:of|in|on|at|for|and|or|is|are|was|were|has|have|had|will|can|to|with|that|which|who|from|by|as|than)\b)",
    re.IGNORECASE,
)
"""A word after a determiner and before what stands before no noun; "the best of" is none."""
_IDEOGRAPH_RUN = re.compile(f"[{_IDEOGRAPHS}]{{2,}}")


class StrongWords(msgspec.Struct, frozen=True, array_like=True):
    """The strongest words of an article, the strongest first."""

    language: str
    """Primary subtag of the article's language."""
    forms: tuple[str, ...]
    """Each word as the article writes it most often."""
    frequencies: tuple[int, ...]
    """Dampened frequency of each word, at least FINE."""
    nouns: frozenset[str] = frozenset()
    """The words, in small letters, that stand where nouns do; of an English article alone."""
    names: frozenset[str] = frozenset()
    """The words, in small letters, that its text mostly writes with a capital; of an English article alone."""

    def index_keys(self) -> tuple[str, ...]:
        """Return the keys under which articles of one language share words."""
        return tuple(f"{self.language} {form.casefold()}" for form in self.forms)


class WordState(msgspec.Struct, frozen=True, array_like=True):
    """An article in the index of words."""

    number: int
    """Number of the article in posting lists."""
    language: str
    """Primary subtag of the article's language."""
    norm: int
    """Square of the length of the article's vector."""


def strong_words(title: str, markdown: str, language: str) -> StrongWords:
    """Return the strongest words of an article; `language` is its tag, such as `en` or `pt-BR`.

    A word is the stronger the more often it occurs and the longer it is, because rare words are long (Zipf, The
    Psycho-Biology of Language, 1935): so which words are chosen depends on no other article. Frequencies are dampened
    by their logarithm (Salton and Buckley, Term-weighting approaches in automatic text retrieval, 1988). Words that
    every text of the language has are left out, and numbers.
    """
    code = language.split("-", maxsplit=1)[0].lower()
    text = _NO_WORDS.sub(" ", markdown)
    written = Counter(words_of(text))
    occurrences = written.copy()
    for form in words_of(title):
        occurrences[form] += TITLE
    common = stop_words(code)
    lower = Counter[str]()
    for form, count in written.items():
        lower[form.casefold()] += count
    if is_filler(lower, code):
        return StrongWords(code, (), ())
    counts: dict[str, int] = {}
    forms: dict[str, str] = {}
    for form, count in occurrences.most_common():
        word = form.casefold()
        if word in counts:
            counts[word] += count
        elif word not in common:
            counts[word], forms[word] = count, form
    ranked = nsmallest(STRONGEST, ((-(1 + log(count)) * _letters(word), word) for word, count in counts.items()))
    chosen = [word for _, word in ranked]
    frequencies = (round(FINE * (1 + log(counts[word]))) for word in chosen)
    shown = tuple(forms[word] for word in chosen)
    if code != NOUNS_OF:
        return StrongWords(code, shown, tuple(frequencies))
    nouns = frozenset(map(str.casefold, _NOUN.findall(text))).intersection(chosen)
    capitals = Counter[str]()
    for form, count in written.items():
        capitals[form.casefold()] += count if form != form.casefold() else -count
    names = frozenset(word for word in chosen if capitals[word] > 0)
    return StrongWords(code, shown, tuple(frequencies), nouns, names)


def words_of(text: str) -> chain[str]:
    """Return the words of a text. Text without blanks between words counts in pairs of ideographs.

    The pairs overlap (Nie, Gao, Zhang and Zhou, On the use of words and n-grams for Chinese information retrieval,
    2000); Hiragana, which is mostly grammar, is left out.
    """
    runs = _IDEOGRAPH_RUN.findall(text)
    pairs = (run[start : start + 2] for run in runs for start in range(len(run) - 1))
    return chain(_WORD.findall(text), pairs)


def _letters(word: str) -> int:
    return PAIR if len(word) == 2 and word > IDEOGRAPHS_FROM else min(len(word), LONG)
