"""Names in WordNet's nouns -> kinds of list: wherever a kind of thing is a concept, its instances and all below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator.naming.name_lists import key

PERSON, GROUP, PLACE = 18, 14, 15
"""Numbers of the files of lexicographers."""

FILES = {PERSON: "person", GROUP: "organisation", PLACE: "place"}
"""Files of lexicographers -> kinds of list, for instances; all other words with a capital are proper nouns."""

CONCEPTS = {
    ("religion", GROUP): "religion",
    ("denomination", GROUP): "religion",
    ("religious belief", 9): "religion",
    ("government agency", GROUP): "institution",
    ("government department", GROUP): "institution",
    ("political party", GROUP): "institution",
    ("world organization", GROUP): "institution",
    ("university", 6): "institution",
    ("museum", 6): "institution",
    ("war", 4): "event",
    ("battle", 4): "event",
    ("holiday", 28): "holiday",
    ("software", 10): "software",
}
"""Concepts, each by a word and the file that it is in -> kinds of list."""


@dataclass(frozen=True, slots=True)
class _Concept:
    file: int
    words: tuple[str, ...]
    above: tuple[str, ...]
    is_instance: bool


def names(folder: Path) -> dict[str, set[str]]:
    """Kinds of list -> the names, and the phrases that are none, in WordNet's database of nouns in the folder."""
    concepts = dict(_concepts((folder / "data.noun").read_text("utf-8")))
    below = defaultdict(list)
    for number, concept in concepts.items():
        for above in concept.above:
            below[above].append(number)
    found: dict[str, set[str]] = defaultdict(set)
    for concept in concepts.values():
        kind = FILES.get(concept.file, "proper noun") if concept.is_instance else "proper noun"
        found[kind] |= _proper(concept)
        found["phrase"] |= {key(word) for word in concept.words if " " in word and word == word.lower()}
    for (word, file), kind in CONCEPTS.items():
        for number, concept in concepts.items():
            if concept.file == file and word in concept.words:
                for under in _closure(number, below):
                    found[kind] |= _proper(concepts[under])
    return found


def _concepts(text: str) -> list[tuple[str, _Concept]]:
    """The synonyms of each concept and what is above it, by its number."""
    found = []
    for line in text.splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        words = int(fields[3], 16)
        rest = fields[4 + 2 * words :]
        pointers = list(zip(rest[1::4], rest[2::4], strict=False))
        concept = _Concept(
            int(fields[1]),
            tuple(word.replace("_", " ") for word in fields[4 : 4 + 2 * words : 2]),
            tuple(number for sign, number in pointers if sign in ("@", "@i")),
            any(sign == "@i" for sign, _ in pointers),
        )
        found.append((fields[0], concept))
    return found


def _proper(concept: _Concept) -> set[str]:
    return {key(word) for word in concept.words if word[0].isupper()}


def _closure(number: str, below: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [number]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += below[one]
    return seen
