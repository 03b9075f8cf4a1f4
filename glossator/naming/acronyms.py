"""Acronyms and other short forms: which name may be short for which, and which are everyday words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from glossator.naming import geonames
from glossator.naming.lexicon import BRANCH_PREPOSITIONS, EMBEDDING_WORDS, EVERYDAY, LEGAL_FORMS, UNINITIALLED
from glossator.naming.normalise import CACHED_FULL_NAMES, words

LONGEST_ACRONYM = 8
"""Letters of an acronym at most."""


def is_acronym(form: str) -> bool:
    """True if a name looks like an acronym: BBC, U.N., BMVg."""
    letters = [letter for letter in form if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return " " not in form.strip() and 1 < len(letters) <= LONGEST_ACRONYM and capitals * 2 > len(letters)


def abbreviates(short: str, long: str) -> bool:
    """True if the letters of `short`, an acronym, begin words of `long` in their order."""
    letters = "".join(words(short))
    parts = words(long)
    if not is_acronym(short) or len(parts) < 2:
        return False
    all_initials = "".join(part[0] for part in parts)
    full = "".join(part[0] for part in parts if part not in UNINITIALLED)
    return letters in (all_initials, full) or _is_subsequence(letters, all_initials)


def may_abbreviate(short: str, parts: Sequence[str]) -> bool:
    """True if `short`, in brackets after a name of these words, is made of their initials, some of them in any order.

    More lenient than `abbreviates`, because the brackets are proof of their own: Hooligans Against Salafists (HoGeSa).
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if (not short.isupper() and sum(map(str.isupper, short)) < 2) or len(letters) > LONGEST_ACRONYM or len(parts) < 2:
        return False
    missing = sum((Counter(letters) - Counter(part[0] for part in parts)).values())
    return missing <= len(letters) // 3 or letters[0] == parts[0][0]


@lru_cache(maxsize=CACHED_FULL_NAMES)
def initials(form: str) -> tuple[str, ...]:
    """Return the acronyms of a name of several words.

    They are the initials of all words, of the capitalised ones, and of those without legal forms: BMW AG's are BMW.
    """
    parts = words(form)
    if len(parts) < 2:
        return ()
    capitalised = [word for word in re.findall(r"\w+", form) if word[0].isupper()]
    names = [word for word in capitalised if word.lower() not in LEGAL_FORMS]
    shorter = ("".join(words(" ".join(word[0] for word in some))) for some in (capitalised, names))
    return tuple(dict.fromkeys(("".join(word[0] for word in parts), *shorter)))


def _is_subsequence(letters: str, all_initials: str) -> bool:
    rest = iter(all_initials)
    return len(letters) > 2 and all(letter in rest for letter in letters)


def is_short_form(short: str, long: str) -> bool:
    """True if `short` is `long` with words left out, and not the name of something that `long` contains.

    "Security Council" is a short form of "UN Security Council"; "UN" is none, nor is "Europe" one of
    "Council of Europe", nor "Al Qaeda" of "Al Qaeda in Iraq".
    """
    few, many = words(short), words(long)
    rest = iter(many)
    if not 0 < len(few) < len(many) or not all(word in rest for word in few):
        return False
    if is_acronym(short) and short in long.split():
        return False
    start = many.index(few[0])
    following = many[start + len(few) :][:1]
    return EMBEDDING_WORDS.isdisjoint(many[:start]) and BRANCH_PREPOSITIONS.isdisjoint(following)


def are_in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    """True if each word of `short` is, in order, a word of `long` or the initial of one."""
    rest = iter(long)
    return all(any(_is_or_begins(word, other) for other in rest) for word in short)


def _is_or_begins(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))


def is_general(acronym: str) -> bool:
    """True if capitals are an everyday acronym, a currency or one of the United States, whatever their points."""
    return acronym.replace(".", "").upper() in _general()


@cache
def _general() -> frozenset[str]:
    currencies = {country.currency for country in geonames.countries().values()} - {""}
    return frozenset({*EVERYDAY, *currencies, *geonames.states()})
