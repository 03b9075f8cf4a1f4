"""The names of an article that are marked although nothing is known of them: those that it is about, or quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from glossator.model import Analysis, Name, Text

BEGINNING = 150
"""Words at the beginning of a text, in which it says what it is about."""
LONGEST_BEGINNING = 1500
"""Characters of a beginning without blanks, at most."""
OFTEN = 3
"""Mentions of a name from which an article is about it."""
SURE = 9
"""Certainty, in tenths, from which a name whose type is not clear is marked."""


def names_of_subject(title: str, text: Text, analysis: Analysis, entities: Sequence[int | None]) -> frozenset[int]:
    """Return the entities that an article is about or quotes.

    They are in its title, in its beginning, or often in it. `entities` has the entity of each name, None for one that
    is ignored.
    """
    words = next(islice(re.finditer(r"\S+", text.content), BEGINNING - 1, None), None)
    end = min(words.end() if words else len(text.content), LONGEST_BEGINNING)
    times = Counter(entities[mention.name] for mention in analysis.mentions)
    about = {entity for entity, count in times.items() if count >= OFTEN}
    about |= {entities[mention.name] for mention in analysis.mentions if mention.end <= end}
    about |= {entities[quote.name] for quote in analysis.quotes if quote.name is not None}
    named = list(zip(analysis.names, entities, strict=True))
    about |= {entity for name, entity in named if any(_stands_in(title, form) for form, _ in name.forms)}
    about -= {entity for name, entity in named if entity in about and _is_phrase(text.content, name)}
    return frozenset(entity for entity in about if entity is not None)


def _is_phrase(content: str, name: Name) -> bool:
    """True if a text writes a form of several words as often in small letters: "Contract Tests" are no name."""
    return any(
        " " in form and form != (small := form.casefold()) and content.count(small) >= times
        for form, times in name.forms[:1]
    )


def _stands_in(title: str, form: str) -> bool:
    """True if a title has a form as words of its own."""
    return form in title and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", title) is not None
