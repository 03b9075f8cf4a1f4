"""The order of names in lists, as readers of a language expect it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from pyuca import Collator

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

SortKey = tuple[int, str, tuple[int, ...]]


def sort_key(language: str, name: str) -> SortKey:
    """Return the key by which a name is sorted in lists of a language.

    Latin letters are sorted without accents, Chinese characters by their sound, both as `anyascii` writes them. Other
    scripts are sorted by the Unicode Collation Algorithm, with its default table; on an English site they, too, stand
    where their transliteration does.
    """
    main = language.partition("-")[0].lower()
    script = script_of(name) if main in SCRIPTS else LATIN
    if script == LATIN:
        return 1, anyascii(name).casefold(), ()
    return 0 if script == SCRIPTS[main] else 2, "", _collate(name)


def in_own_script(language: str, name: str) -> bool:
    """True if a language has another script than the Latin, and the name begins with a letter of it."""
    return SCRIPTS.get(language.partition("-")[0].lower()) == script_of(name)


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


@lru_cache(maxsize=65536)
def _collate(name: str) -> tuple[int, ...]:
    return tuple(_collator().sort_key(name))


@lru_cache(maxsize=1)
def _collator() -> Collator:
    # Imported here because its table takes long to load, and most sites need none.
    from pyuca import Collator  # noqa: PLC0415

    return Collator()
