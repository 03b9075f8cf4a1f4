"""The effect of decisions on the site, told to the owner who makes them on his whole archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple, TypeVar

import msgspec

from glossator.incremental.schema import FORM_USES
from glossator.model import ArticleId, Decision, Entity, EntityId, Problem
from glossator.naming.normalise import words
from glossator.naming.private_names import is_part_of, is_private_name, names_private, private_names
from glossator.pipeline.analysis.near_names import archive_names
from glossator.pipeline.review.kept_back_names import kept_back_names
from glossator.pipeline.review.survey import Effect, Survey
from glossator.text import visible

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


def revealed(whole: Survey, after: Survey, changes: Effect, added: Iterable[Decision]) -> tuple[str, ...]:
    """Return the names that the site would show, and that tell a name which is private or only in kept-back text.

    `whole` is a survey of all that is known, `after` one of what the site would publish, `changes` are what leads to
    it. Names that the `added` decisions confirm are left out.
    """
    if after.context.config.private:
        return ()  # nothing is known of the site
    confirmed = {name for decision in added if decision.kind == "confirm" for name in decision.names}
    old, new = (
        {form for entity in entities.values() for form in entity.forms} for entities in (changes.before, changes.after)
    )
    shown = new - old
    if not shown:
        return ()
    private = private_names(map(visible, after.private.whole), ())
    exposed = {form for form in shown if names_private(visible(form), private) or is_part_of(visible(form), private)}
    names = _names_told(shown, whole)
    stand = kept_back_names(after.context.paths.content, after.store, {*shown, *chain.from_iterable(names.values())})
    exposed |= {form for form in shown - stand.shown if not stand.only.isdisjoint((form, *names[form]))}
    return tuple(sorted(exposed - confirmed))


def _names_told(forms: Iterable[str], whole: Survey) -> dict[str, set[str]]:
    """Return for each form the names that it tells, of those that only the whole archive has, and not the site.

    It has all their words, in whatever order, or is the surname of a person, perhaps with initials.
    """
    names: dict[str, set[str]] = {form: set() for form in forms}
    if not whole.site:
        return names
    archive, public = (
        archive_names(survey.found.namespace.read_all(FORM_USES), survey.heads) for survey in (whole, whole.site)
    )
    people = archive.people - public.people
    words_of = {form: frozenset(words(visible(form))) for form in names}
    for name in people | (archive.forms - public.forms):
        name_words = frozenset(words(name))
        for form, form_words in words_of.items():
            if name_words.isdisjoint(form_words):
                continue
            is_part = name in people and is_private_name(visible(form), private_names([name], ()))
            if is_part or name_words <= form_words:
                names[form].add(name)
    return names


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
