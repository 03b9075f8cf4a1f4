"""The rule by which two spellings in one article are one place, body or thing: one of them is a slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from glossator.model import EntityType
from glossator.naming.misspellings import SHORTEST_MISSPELT, is_one_letter_apart
from glossator.stages.annotate import nationalities, well_known_places
from glossator.stages.annotate.coreference.aliases import Form, Groups

MOST_COMPARED = 30
"""Names of one type, first letter and number of words that are compared; a list of more has no slips."""


def misspelt_things(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield two names of one type of which a single word differs, by one letter: Khmer Rouge, Khmer Rogue."""
    alike: dict[tuple[EntityType, int, str], list[Form]] = defaultdict(list)
    for form in forms.values():
        if form.type is not EntityType.PERSON and form.type is not EntityType.GROUP and home.of(form.text) == form.text:
            alike[form.type, len(form.words), form.words[0][:1]].append(form)
    for group in alike.values():
        if len(group) <= MOST_COMPARED:
            for first, second in combinations(group, 2):
                if _is_slip(first, second):
                    yield first.text, second.text


def _is_slip(first: Form, second: Form) -> bool:
    differing = [pair for pair in zip(first.words, second.words, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1 or (well_known_places.is_place(first.text) and well_known_places.is_place(second.text)):
        return False
    ((one, other),) = differing
    # A short name of one word has too many neighbours.
    shortest = SHORTEST_MISSPELT + (len(first.words) == 1)
    return (
        min(len(one), len(other)) >= shortest
        and one[0] == other[0]
        and (one + other).isalpha()
        and is_one_letter_apart(one, other)
        and not any(nationalities.is_demonym(word.title()) for word in (one, other))
    )
