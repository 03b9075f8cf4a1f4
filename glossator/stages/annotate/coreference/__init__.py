"""Coreference within one document: which forms are one name, and its canonical form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from glossator.config import AnnotateSettings
from glossator.model import Mention, Name, Text
from glossator.stages.annotate.coreference import aliases, people
from glossator.stages.annotate.coreference.canonical_form import names_of_groups
from glossator.stages.annotate.coreference.forms import Groups, typed_forms
from glossator.stages.annotate.mentions.spans import Span

RULES = (people.people, people.misspelt, aliases.organisations, aliases.acronyms, aliases.firms_taken_for_people)
"""The rules by which a form joins the only one that it fits, in their order."""


def link(text: Text, spans: Sequence[Span], settings: AnnotateSettings) -> tuple[tuple[Name, ...], tuple[Mention, ...]]:
    """Return the names of an article, in the order of their first mention, and its mentions."""
    content = text.content
    forms = typed_forms(content, spans)
    home = Groups(forms)
    for first, second in chain(aliases.same_words(forms), aliases.aliases(content, spans, forms)):
        home.join(first, second)
    for rule in RULES:
        # Each pair is joined before the rule looks further, so that a short form meets one name, not its spellings.
        for first, second in rule(forms, home):
            home.join(first, second)
    nearest = dict(people.bearers_meant(text, spans, forms, home))
    return names_of_groups(content, spans, settings, (forms, home, nearest))
