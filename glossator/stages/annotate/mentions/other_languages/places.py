"""Places by their names in a language: countries and cities of the Unicode CLDR, and large cities of GeoNames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from glossator.model import EntityType
from glossator.naming import geonames
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.translated_places import CITIES, CONTINENTS
from glossator.word_lists import word_lists

_WORD = re.compile(r"(?:(?:[DLdl]|[Qq]u|(?:[Aa]|[Dd]a|[Dd]e|[Nn]e|[Ss]u)ll)['’])?(\w[\w’'‑-]*)")
"""A word, after an elided article that is no part of it: d'Italia."""
_SCRIPTS = {
    "latin": ("A", "\u024f"),
    "greek": ("\u0370", "\u03ff"),
    "cyrillic": ("\u0400", "\u04ff"),
    "hebrew": ("\u0590", "\u05ff"),
    "arabic": ("\u0600", "\u06ff"),
    "han": ("\u3400", "\u9fff"),
    "hangul": ("\uac00", "\ud7af"),
}
"""First and last letter of each writing in which GeoNames has names of cities."""
_NOT_AFTER_HAN = frozenset("人民队隊军軍语語文籍裔式菜家货币史系大银銀女医電电报報新俱")
"""Characters that make something else of the name before them: 美国人 are Americans, 北京大学 is a university."""

BRANDS = frozenset({"Bari", "Kawasaki", "Kita", "Man", "Mobile", "Orlando", "Phoenix", "Reading", "Regina", "Victoria"})
"""Names that are firms, persons or common words in many languages."""
AMBIGUOUS = {
    "ar": frozenset({"المدينة", "ديلي", "مالي", "بنين", "جدة", "صور", "نيس", "الجزيرة"}),
    "de": word_lists("annotate")["german_words_like_places"],
    "es": frozenset({"Santiago", "Salvador", "Granada", "León", "Mérida", "Palma"}),
    "tr": frozenset({"Van", "Ordu", "Çad", "Batman", "Umman", "Mali"}),
}
"""Names that are common words, persons or peoples in a language as often as places."""
LARGE = {"de": 15_000}
"""Inhabitants of a city whose name is looked for in the languages of its country, by language."""
LARGE_ELSEWHERE = 100_000
SHORTEST = {**dict.fromkeys(("latin", "greek", "cyrillic"), 4), "arabic": 3}
LEAST = 2
"""Letters of the shortest place that is looked for, by writing, and in all other writings."""


def places(content: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the places named in a stretch of text."""
    place_names = _names(language)
    if _is_unspaced(language):
        yield from _unspaced(content, start, end, place_names)
        return
    first_words = _first_words(language)
    position = start
    for word in _WORD.finditer(content, start, end):
        if word.start() < position:
            continue
        first = word.start(1)
        for name in first_words.get(_first(word[1]), ()):
            stop = first + len(name)
            if stop <= end and content.startswith(name, first) and _stands_alone(content, first, stop):
                yield Span(first, stop, EntityType.PLACE)
                position = stop
                break


def is_place_in(name: str, language: str) -> bool:
    """True if a language calls a well-known place so."""
    return name in _names(language)


@cache
def _names(language: str) -> frozenset[str]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    place_names = {name for code, name in locale.territories.items() if len(code) == 2 or code in CONTINENTS}
    for zone, names in locale.time_zones.items():
        if zone.startswith(CITIES) and names.get("city"):
            place_names.add(names["city"])
    script = _script(str(locale.territories.get("FR", "A")))
    if script != "arabic":  # of which GeoNames has the names in Persian and Urdu, too
        large = well_known_places.cities() if script == "latin" else geonames.cities_in_other_alphabets()
        place_names |= {name for name in large if script and _script(name) == script}
        if script == "latin":
            place_names |= _own_cities(language)
    fit = frozenset(
        name
        for name in place_names
        if len(name) >= SHORTEST.get(_script(name), LEAST) and not (name.isascii() and name.isupper())
    )
    return fit - BRANDS - AMBIGUOUS.get(language, frozenset())


def _own_cities(language: str) -> set[str]:
    """Return the cities, by the names of GeoNames, of countries in which a language is official."""
    least = LARGE.get(language, LARGE_ELSEWHERE)
    own = {code for code in geonames.countries() if language in get_official_languages(code, de_facto=True)}
    cities = {city.name for city in geonames.cities() if city.country in own and city.population >= least}
    return cities | (word_lists("annotate")["german_places"] if language == "de" else set())


def _script(name: str) -> str:
    """Return the writing of a name, by its first letter."""
    letter = next((character for character in name if character.isalpha()), "a")
    return next((script for script, (first, last) in _SCRIPTS.items() if first <= letter <= last), "")


def _is_unspaced(language: str) -> bool:
    return language in ("zh", "ja")


@cache
def _first_words(language: str) -> dict[str, tuple[str, ...]]:
    """Return the names by their first word, the longest first."""
    table: dict[str, list[str]] = {}
    for name in sorted(_names(language), key=lambda name: (-len(name), name)):
        table.setdefault(_first(name), []).append(name)
    return {word: tuple(names) for word, names in table.items()}


def _first(name: str) -> str:
    return re.split(r"[\W_]", name, maxsplit=1)[0]


def _stands_alone(content: str, start: int, end: int) -> bool:
    """True if a name is whole here, and no other capitalised word is beside it with which it would be another name."""
    if content[start - 1 : start].isalnum() or content[end : end + 1].isalnum():
        return False
    if content[start - 1 : start] in ("-", "@", "#", "/", ".") or content[end : end + 1] in ("-", "@", "/"):
        return False
    before = re.search(r"([^\W\d_][\w’'-]*)\.? $", content[max(0, start - 30) : start])
    after = re.match(r" ([^\W\d_])", content[end : end + 2])
    if after and after.group(1).isupper():
        return False
    if before is None or not before.group(1)[0].isupper():
        return True
    return re.search(r"(?:^|[.!?:»“\"\n] ?)$", content[: start - len(before.group())][-3:]) is not None


def _unspaced(content: str, start: int, end: int, names: frozenset[str]) -> Iterator[Span]:
    longest = max(map(len, names), default=0)
    at = start
    while at < end:
        for size in range(min(longest, end - at), 1, -1):
            after = content[at + size : at + size + 1]
            if (
                content[at : at + size] in names
                and after not in _NOT_AFTER_HAN
                and not _is_within_katakana(content, at, at + size)
            ):
                yield Span(at, at + size, EntityType.PLACE)
                at += size - 1
                break
        at += 1


def _is_within_katakana(content: str, start: int, end: int) -> bool:
    """True if a stretch is part of a longer foreign word of Japanese: アドバイス, advice, holds ドバイ, Dubai."""
    before, after = content[max(0, start - 1) : start + 1], content[end - 1 : end + 1]
    return any(len(pair) == 2 and all("ァ" <= letter <= "ー" for letter in pair) for pair in (before, after))
