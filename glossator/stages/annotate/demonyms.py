"""Adjectives and nouns of nationality."""

from __future__ import annotations

from functools import cache

from glossator.naming import countries
from glossator.stages.annotate.well_known_places import regions
from glossator.word_lists import word_lists

PEOPLES = word_lists("annotate")["peoples"]
"""Adjectives and nouns of nationality that no ending derives from the country's name."""
SPARE = 2
"""Letters that a country's name may have beyond the stem of its demonym."""
ENDINGS = ("ans", "ians", "ese", "an", "ian", "ish", "is", "i", "ic", "ean", "eans", "n", "ns", "s", "er", "ers")


@cache
def is_demonym(word: str) -> bool:
    """True if a word is an adjective or noun of nationality: "Chinese", "Americans"."""
    if word in PEOPLES:
        return True
    return any(word.endswith(ending) and _begins_a_place(word.removesuffix(ending), ending) for ending in ENDINGS)


def _begins_a_place(stem: str, ending: str) -> bool:
    """True if a country or continent is the stem and at most two letters more: Chin-a, Ital-y, Pol-and is no longer."""
    if len(stem) < (4 if ending in ("n", "ns", "s") else 3):
        return False
    spare = {"i": 0, "is": 0, "s": 0, "n": 1, "ns": 1}.get(ending, SPARE)
    return _stems().get(stem, SPARE + 1) <= spare


@cache
def _stems() -> dict[str, int]:
    """Return the fewest letters that a country or region has beyond each beginning of its name."""
    names = [name for name in (*countries.written_forms(), *regions()) if not name.isupper()]
    return {name[: len(name) - left]: left for left in range(SPARE, -1, -1) for name in names}
