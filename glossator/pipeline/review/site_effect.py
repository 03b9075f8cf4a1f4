"""The effect of decisions on the site, told to the owner who makes them on his whole archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import msgspec

from glossator.model import ArticleId, Entity, EntityId, Problem
from glossator.naming.private_names import has_whole_name
from glossator.pipeline.review.kept_back_names import kept_back_names
from glossator.pipeline.review.survey import Effect, Survey

Key = TypeVar("Key")
Cards = Mapping[tuple[ArticleId, EntityId], tuple[object, ...]]
"""Article and entity -> contents of the card."""


class Difference(NamedTuple):
    """Numbers of pages or cards that differ."""

    gone: int
    new: int
    changed: int


class SiteEffect(msgspec.Struct, frozen=True):
    """Effect of decisions on the site."""

    pages: Difference
    """Pages of entities."""
    cards: Difference
    """Cards of entities, each in one article."""
    problems: tuple[Problem, ...]
    """Problems that are new on the site, but for those of names that no published article has."""

    @property
    def is_pointless(self) -> bool:
        """True if the decisions change nothing on the site, but contradict others there."""
        return bool(self.problems) and not any((*self.pages, *self.cards))


def site_effect(changes: Effect, after: Survey) -> SiteEffect:
    """Return what changes on the site; `after` is a survey of what it would publish."""
    old, new = changes.before, changes.after
    pages = _difference(_pages(old), _pages(new))
    problems = tuple(problem for problem in changes.problems if problem not in after.found.unmatched)
    return SiteEffect(pages, _difference(_cards(old), _cards(new)), problems)


def revealed(after: Survey, changes: Effect) -> tuple[str, ...]:
    """Return the names that the site would show, and that only text has which is kept back, or that are private.

    `after` is a survey of what the site would publish, `changes` are what leads to it.
    """
    old, new = (
        {form for entity in entities.values() for form in entity.forms} for entities in (changes.before, changes.after)
    )
    shown = new - old
    if not shown:
        return ()
    private = {form for form in shown if has_whole_name(form, after.private)}
    only = kept_back_names(after.context.paths.content, after.store, shown).only
    return tuple(sorted(private | only))


def _pages(entities: Mapping[EntityId, Entity]) -> Mapping[EntityId, Entity]:
    return {key: entity for key, entity in entities.items() if entity.page}


def _cards(entities: Mapping[EntityId, Entity]) -> Cards:
    return {
        (seen.article, key): (entity.name, entity.type, entity.origin, entity.introduction, seen.mentions)
        for key, entity in entities.items()
        for seen in entity.appearances
    }


def _difference(old: Mapping[Key, object], new: Mapping[Key, object]) -> Difference:
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    return Difference(len(old.keys() - new.keys()), len(new.keys() - old.keys()), changed)
