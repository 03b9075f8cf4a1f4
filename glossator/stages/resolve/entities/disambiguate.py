"""Distinctions of entities that share a name: the senator John Smith, the Foreign Ministry of Turkey."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from glossator.stages.resolve.blocking.occurrences import OccurrenceTable
from glossator.stages.resolve.entities.build import EntityDraft

_HEAD_NOUN = re.compile(r"[\w’'-]+(?=$|,|\s(?:of|at|for|with|in|from|on|to|and|who|which|that)\b)")
"""The head noun of a descriptor: the word before its first preposition or at its end."""


def disambiguate(
    drafts: Sequence[EntityDraft], table: OccurrenceTable, countries: Mapping[int, str]
) -> tuple[EntityDraft, ...]:
    """Return the drafts with a distinction for each that shares name and type with others.

    The distinction is a country (`countries` by root) or the noun of a descriptor.
    """
    shared = Counter((draft.identity.name, draft.identity.type) for draft in drafts)
    return tuple(
        replace(
            draft,
            identity=replace(draft.identity, distinction=countries.get(draft.root) or _descriptor_noun(draft, table)),
        )
        if shared[draft.identity.name, draft.identity.type] > 1
        else draft
        for draft in drafts
    )


def _descriptor_noun(draft: EntityDraft, table: OccurrenceTable) -> str:
    """Return the head noun of an entity's first descriptor that has one, or nothing."""
    for occurrence in draft.occurrences:
        if occurrence in table.descriptors:
            for span in table.descriptors[occurrence].spans:
                if noun := _HEAD_NOUN.search(span.text):
                    return noun.group()
    return ""
