"""Coreference within one document: which forms are one name, and its canonical form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from glossator.config import AnnotateSettings
from glossator.model import Mention, Name, Text
from glossator.stages.annotate.coreference import aliases, short_and_misspelt_people
from glossator.stages.annotate.coreference.aliases import Groups
from glossator.stages.annotate.coreference.canonical_form import names_of_groups
from glossator.stages.annotate.coreference.firms_taken_for_people import firms_taken_for_people
from glossator.stages.annotate.coreference.surnames_of_several_people import bearers_meant
from glossator.stages.annotate.coreference.types_of_forms import typed_forms
from glossator.stages.annotate.spans import Span


def link(text: Text, spans: Sequence[Span], settings: AnnotateSettings) -> tuple[tuple[Name, ...], tuple[Mention, ...]]:
    """Return the names of an article, in the order of their first mention, and its mentions."""
    content = text.content
    forms = typed_forms(content, spans)
    home = Groups(forms)
    for first, second in chain(aliases.same_words(forms), aliases.aliases(content, spans, forms)):
        home.join(first, second)
    for rule in (
        short_and_misspelt_people.people,
        short_and_misspelt_people.misspelt,
        aliases.organisations,
        aliases.acronyms,
        firms_taken_for_people,
    ):
        # Each pair is joined before the rule looks further, so that a short form meets one name, not its spellings.
        for first, second in rule(forms, home):
            home.join(first, second)
    nearest = dict(bearers_meant(text, spans, forms, home))
    return names_of_groups(content, spans, settings, (forms, home, nearest))
