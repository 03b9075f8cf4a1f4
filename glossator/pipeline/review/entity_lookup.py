"""Entities of a survey by what people call them, and sentences that mention an entity."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from glossator.config import SiteError
from glossator.content.decisions import FILE
from glossator.model import ArticleId, Entity, EntityId
from glossator.pipeline.stage_work import read_text

if TYPE_CHECKING:
    from glossator.pipeline.review.propose_decisions import Survey

MOST_HINTS = 3
"""Largest number of similar names in a hint."""
REMOVING = ("ignore", "private")
"""Kinds of decisions after which a name is no entity of the archive."""
WANT_IT_BACK = "If it shall be one again, remove it there."


def find_entity(survey: Survey, word: str) -> Entity:
    """Return the entity with an id, a name or an alias. Raises SiteError if there is none, or more than one."""
    folded = word.casefold()
    entities = survey.archive.entities
    for matches in (
        [entity for entity in entities if entity.id == word],
        [entity for entity in entities if entity.name.casefold() == folded],
        [entity for entity in entities if any(form.casefold() == folded for form, _ in entity.aliases)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = ", ".join(entity.id for entity in matches)
            raise SiteError(f"“{word}” is the name of several: {ids}.", "Write the id.")
    target = dict(survey.archive.redirects).get(EntityId(word))
    redirected = next((entity for entity in entities if entity.id == target), None)
    if redirected:
        return redirected
    for kind in REMOVING:
        if folded in map(str.casefold, getattr(survey.decisions, kind)):
            raise SiteError(f"“{word}” is no entity, because {FILE} has it under {kind}.", WANT_IT_BACK)
    raise SiteError(f"“{word}” is not a name in any article.", _similar_names(entities, folded))


def _similar_names(entities: Sequence[Entity], folded: str) -> str:
    """Return a hint with the names most like one in lower case: the most similar form of each entity, no id."""
    owners = {
        form.casefold(): (form, entity.id) for entity in entities for form in (entity.name, *dict(entity.aliases))
    }
    similar: dict[EntityId, str] = {}
    for match in difflib.get_close_matches(folded, sorted(owners), 2 * MOST_HINTS):
        form, owner = owners[match]
        similar.setdefault(owner, form)
    names = " or ".join(f"“{form}”" for form in list(similar.values())[:MOST_HINTS])
    return f"Did you mean {names}?" if names else "`entity list` prints the names."


def sentences(survey: Survey, entity: Entity, most: int) -> tuple[tuple[ArticleId, str], ...]:
    """Return sentences that mention an entity: the first of each article, for the `most` newest articles."""
    positions = {head.id: position for position, head in enumerate(survey.archive.heads)}
    files = {file.head.id: file for file in survey.public}
    found = []
    for appearance in sorted(entity.appearances, key=lambda appearance: positions[appearance.article])[:most]:
        analysis = survey.analyses[appearance.article]
        content = read_text(files[appearance.article]).content
        start = next(mention.start for mention in analysis.mentions if mention.name in appearance.names)
        containing = ((begin, end) for begin, end in analysis.sentences if begin <= start < end)
        begin, end = next(containing, (start, start + 80))
        found.append((appearance.article, " ".join(content[begin:end].split())))
    return tuple(found)
