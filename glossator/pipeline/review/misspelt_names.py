"""Pairs of entities of which one name may be the other one misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from glossator.model import Entity, EntityId, EntityType
from glossator.stages.annotate.models.classify import packaged

SHORTEST_MISSPELLING = 6
"""Letters of the shortest name that may be another name misspelt: Lyr and Lys are two names."""
MOST_PER_SPELLING = 5
"""Largest number of questions about one spelling."""


def misspelt_pairs(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Yield pairs of entities of one type whose names differ by one letter left out, added or changed.

    Names are looked up by every form with one letter left out, so that no name is compared with all others: Mor and
    Fraenkel, A hash code method for detecting and correcting spelling errors, 1982.
    """
    by_deletion: dict[tuple[EntityType, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        letters = _letters(entity.name)
        if len(letters) >= SHORTEST_MISSPELLING and not any(letter.isdigit() for letter in letters):
            deletions = {letters, *(letters[:index] + letters[index + 1 :] for index in range(len(letters)))}
            for deletion in sorted(deletions):
                by_deletion[entity.type, deletion].append(entity)
    asked: set[tuple[EntityId, EntityId]] = set()
    for _, (first, *others) in sorted(by_deletion.items()):
        for other in others[:MOST_PER_SPELLING]:
            pair = first.id, other.id
            if pair not in asked and _may_be_misspelt(first.name, other.name):
                asked.add(pair)
                yield first, other


def _may_be_misspelt(first: str, second: str) -> bool:
    """True if one of two names may be the other one misspelt.

    They are two names if they differ by a whole word (Group A and Group B, Washington and E. Washington), or if
    everybody knows both (Iceland and Ireland).
    """
    words, other_words = first.casefold().split(), second.casefold().split()
    if len(words) != len(other_words) and _letters(first) != _letters(second):
        return False
    different = frozenset(words) ^ frozenset(other_words)
    known = packaged().lists.bits
    both_known = first.casefold() in known and second.casefold() in known
    return bool(different) and all(len(word) > 1 for word in different) and not both_known


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
