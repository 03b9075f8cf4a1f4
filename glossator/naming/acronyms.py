"""Acronyms and other short forms: which name may be short for which."""

from __future__ import annotations

import re
from functools import lru_cache

from glossator.naming.lexicon import EMBEDDING_PREPOSITIONS, UNINITIALLED
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


@lru_cache(maxsize=CACHED_FULL_NAMES)
def initials(form: str) -> tuple[str, ...]:
    """Return the acronyms of a name of several words: initials of all words, and of the capitalised ones."""
    parts = words(form)
    if len(parts) < 2:
        return ()
    capitals = " ".join(word[0] for word in re.findall(r"\w+", form) if word[0].isupper())
    return tuple(dict.fromkeys(("".join(word[0] for word in parts), "".join(words(capitals)))))


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
    return EMBEDDING_PREPOSITIONS.isdisjoint(many[:start]) and following not in (("in",), ("at",))
