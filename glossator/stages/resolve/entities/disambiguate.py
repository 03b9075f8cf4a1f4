"""Distinctions of entities that share a name: the senator John Smith, the Foreign Ministry of Turkey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from glossator.naming.head_nouns import head_noun
from glossator.stages.resolve.blocking.occurrences import OccurrenceTable
from glossator.stages.resolve.entities.build import EntityDraft


def disambiguate(
    drafts: Sequence[EntityDraft], table: OccurrenceTable, countries: Mapping[int, str]
) -> tuple[EntityDraft, ...]:
    """Return the drafts with a distinction for each that shares name and type with others.

    The distinction is a country (`countries` by root) or the noun of a descriptor.
    """
    shared = Counter((draft.identity.name, draft.identity.type) for draft in drafts)
    return tuple(
        msgspec.structs.replace(
            draft,
            identity=msgspec.structs.replace(
                draft.identity, distinction=countries.get(draft.root) or _descriptor_noun(draft, table)
            ),
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
                if span.kind == "phrase" and (noun := head_noun(span.text)):
                    return noun
    return ""
