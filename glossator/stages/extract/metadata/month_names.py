"""Months and weekdays by their names, in languages of Latin letters from a table, in others from the Unicode CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from glossator.word_lists import lines

_NAMES = lines("metadata")["months"]
"""Months in English, German, Dutch, French, Spanish, Portuguese, Italian, the languages of Scandinavia, Polish,
Turkish and Czech, as dates write them; any prefix of three letters or more will do. Names in other letters are those of
the Unicode CLDR."""
_SHORTEST = 3
"""Letters of a name that suffice."""
_MONTHS = {
    name[:length]: number
    for number, names in enumerate(_NAMES, 1)
    for name in names.split()
    for length in range(_SHORTEST, len(name) + 1)
}
_SCRIPTS = {
    "cyrillic": (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk", "bg", "be")),
    "arabic": (re.compile(r"[\u0600-\u06ff]"), ("ar", "ar_SY", "ar_DZ", "ar_MA")),
    "cjk": (re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), ("zh", "ja", "zh_Hant", "ko")),
}
"""Letters and languages by script. Arabic has a set of names in the Levant, one in the west of North Africa, and one
elsewhere."""
_HAMZA = str.maketrans("أإآ", "ااا", "ـ")
"""Letters that many leave without their signs."""


def month_of(name: str) -> int:
    """Return the number of a month by its name in any language; 0 for another word."""
    name = name.replace("İ", "i").lower()
    script = _script(name)
    return _MONTHS.get(name, 0) or (_months(script).get(_folded(name), 0) if script else 0)


def is_weekday(word: str) -> bool:
    """True if a word is a day of the week, or its abbreviation."""
    script = _script(word)
    return bool(script) and _folded(word) in _weekdays(script)


def _script(word: str) -> str:
    return next((script for script, (letters, _) in _SCRIPTS.items() if letters.match(word)), "")


def _folded(name: str) -> str:
    return " ".join(name.lower().translate(_HAMZA).rstrip(".").split())


@cache
def _months(script: str) -> dict[str, int]:
    """Return the numbers of months by their names; by a beginning of three letters, too, if it is of one month only."""
    numbers_by_name: dict[str, int] = {}
    beginnings: dict[str, set[int]] = {}
    for number, name in _names(script, "months", ("wide", "abbreviated")):
        numbers_by_name.setdefault(name, number)
        for length in range(_SHORTEST, len(name)) if script == "cyrillic" else ():
            beginnings.setdefault(name[:length], set()).add(number)
    single = {beginning: next(iter(numbers)) for beginning, numbers in beginnings.items() if len(numbers) == 1}
    return single | numbers_by_name


@cache
def _weekdays(script: str) -> frozenset[str]:
    widths = ("wide", "abbreviated", "short", *(("narrow",) if script == "cjk" else ()))
    return frozenset(name for _, name in _names(script, "days", widths))


def _names(script: str, kind: str, widths: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    from babel import Locale  # noqa: PLC0415 -- its data take a tenth of a second, and most pages need none

    for language in _SCRIPTS[script][1]:
        forms = getattr(Locale.parse(language), kind)
        for form in ("format", "stand-alone"):
            for width in widths:
                yield from ((number, _folded(name)) for number, name in forms[form].get(width, {}).items())
