"""The order of names in lists, as readers of a language expect it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from anyascii import anyascii

SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ps", "sd", "ug", "ur"), "ARABIC"),
    **dict.fromkeys(("be", "bg", "kk", "mk", "ru", "sr", "uk"), "CYRILLIC"),
    "el": "GREEK",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "th": "THAI",
}
"""Script of a language, by the first word of the names of its letters; names in it come first."""
LATIN = "LATIN"
EAST_ASIAN = {
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("CJK", "HANGUL"),
    "zh": ("CJK",),
}
"""Scripts of languages whose names are sorted by their sound."""

SortKey = tuple[int, str, tuple[int, ...]]


def sort_key(language: str, name: str) -> SortKey:
    """Return the key by which a name is sorted in lists of a language.

    Latin letters are sorted without accents, Chinese characters by their sound, both as `anyascii` writes them. The
    letters of other scripts have the order of the Unicode Collation Algorithm's default table; on an English site they,
    too, stand where their transliteration does.
    """
    main = language.partition("-")[0].lower()
    script = script_of(name) if main in SCRIPTS else LATIN
    if script == LATIN:
        return 1, anyascii(name).casefold(), ()
    return 0 if script == SCRIPTS[main] else 2, "", _collate(name)


def in_own_script(language: str, name: str) -> bool:
    """True if a language has another script than the Latin, and the name begins with a letter of it."""
    return SCRIPTS.get(language.partition("-")[0].lower()) == script_of(name)


def is_foreign(language: str, name: str) -> bool:
    """True if a name begins with a letter that neither the Latin script nor that of a language has."""
    main, first = language.partition("-")[0].lower(), next(filter(str.isalpha, name), "a")
    script = unicodedata.name(first, LATIN).partition(" ")[0]
    return script not in (LATIN, SCRIPTS.get(main), *EAST_ASIAN.get(main, ()))


def heading(language: str, name: str) -> str:
    """Return the letter under which a name in another script than the Latin stands; empty for any other name."""
    if language.partition("-")[0].lower() not in SCRIPTS or script_of(name) == LATIN:
        return ""
    return unicodedata.normalize("NFKD", next(letter for letter in name if letter.isalpha()))[0].upper()


@lru_cache(maxsize=65536)
def script_of(name: str) -> str:
    """Return the script of the first letter of a name; that of Chinese and of names without letters counts as Latin."""
    first = next((letter for letter in name if letter.isalpha()), "a")
    script = unicodedata.name(first, LATIN).partition(" ")[0]
    return script if script in set(SCRIPTS.values()) else LATIN


_THAI_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
"""A vowel that is written before the consonant which it follows in the order of names."""
LETTERS = "f64018db4f455315"
"""Beginning of the file's SHA-256 digest. It is code, so that lists are made again if the file changes."""


@lru_cache(maxsize=65536)
def _collate(name: str) -> tuple[int, ...]:
    """Return the places of the letters in the order of their script, then their code points."""
    order = _order()
    folded = _THAI_VOWEL.sub(r"\2\1", unicodedata.normalize("NFC", name.casefold()))
    first = (order.get(letter, ord(letter) if letter.isascii() else 0) for letter in folded)
    return (*filter(None, first), 0, *map(ord, folded))


@cache
def _order() -> dict[str, int]:
    """Return the place of each letter, after all of ASCII."""
    text = (resources.files("glossator") / "data" / "collation" / "letters.txt").read_text("utf-8")
    return {letter: 128 + place for place, letters in enumerate(text.splitlines()) for letter in letters}
