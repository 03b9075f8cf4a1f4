"""Which pages an edit may change: those alone are planned anew. Too many cost time; too few would be an error.

Every page shows what its fingerprint holds; this is the same list, read backwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from glossator.inverse_frequency import scale, step
from glossator.model import ArticleId, Entity, EntityId
from glossator.stages.plan.articles import COMMON, card, shared_with, strength
from glossator.stages.plan.catalogue import Catalogue

Pairs = Mapping[ArticleId, tuple[tuple[EntityId | None, ...] | None, tuple[EntityId | None, ...] | None]]


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """An article as the last plan knew it."""

    facts: str
    about: str
    date: str
    digest: str
    cites: tuple[tuple[str, ArticleId], ...] = ()
    pictures: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageAssociations:
    """The ties of the pages as they were planned last."""

    of: Callable[[str], Mapping[str, float]]
    """The key of a page -> whom it was found to belong with, and how much."""
    to: Callable[[str], Iterable[str]]
    """The key of a page -> the keys of the pages that belong with it."""


@dataclass(frozen=True, slots=True)
class ArchiveEdit:
    """What is different since the last plan."""

    before: Mapping[ArticleId, ArticleFacts]
    now: Mapping[ArticleId, ArticleFacts]
    resolved: Pairs
    """Articles whose names are others' now: as they were and as they are."""
    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]


@dataclass(frozen=True, slots=True)
class Invalidated:
    articles: frozenset[ArticleId]
    entities: frozenset[EntityId]


def article_facts(catalogue: Catalogue) -> dict[ArticleId, ArticleFacts]:
    """Every article as this plan knows it."""
    return {
        head.id: ArticleFacts(
            catalogue.facts[head.id],
            catalogue.stock.abouts[head.id],
            head.date or "",
            catalogue.stock.digests[head.id],
            tuple(catalogue.cites[head.id].items()),
            catalogue.pictures.get(head.id, ()),
            tuple(catalogue.stock.digests[version.id] for version in catalogue.stock.versions.get(head.id, ())),
        )
        for head in catalogue.stock.heads
    }


def article_key(article: str) -> str:
    return f"a {article}"


def entity_key(entity: str) -> str:
    return f"e {entity}"


def invalidated(catalogue: Catalogue, edit: ArchiveEdit, ties: PageAssociations) -> Invalidated:
    """The articles and entities whose pages may differ from what was planned last; none that is gone."""
    if scale(len(edit.before)) != scale(len(edit.now)):
        return everything(catalogue)
    touched = {key for key in edit.before.keys() | edit.now.keys() if edit.before.get(key) != edit.now.get(key)}
    renamed = {key for key in touched if _facts(edit.before.get(key)) != _facts(edit.now.get(key))}
    articles = touched | edit.resolved.keys() | _beside(edit, renamed) | _citing(edit, touched)
    articles |= {ArticleId(key) for one in renamed for key in _bare(ties.to(article_key(one)))}
    entities = set(edit.entities)
    for article in touched | edit.resolved.keys():
        entities |= _members(edit.resolved.get(article, (catalogue.stock.resolved.get(article),)))
    for was, now in edit.entities.values():
        if now and was and card(was) != card(now):
            articles |= {one.article for one in now.appearances}
        entities |= set(_company(catalogue, was, now, ties))
    articles |= set(_related(catalogue, edit, ties))
    return Invalidated(
        frozenset(articles & catalogue.heads.keys()),
        frozenset(entity for entity in entities if entity in catalogue.stock.entities),
    )


def everything(catalogue: Catalogue) -> Invalidated:
    return Invalidated(frozenset(catalogue.heads), frozenset(catalogue.stock.entities))


def _facts(one: ArticleFacts | None) -> str:
    return one.facts if one else ""


def _bare(keys: Iterable[str]) -> Iterator[str]:
    return (key[2:] for key in keys)


def _members(sides: Iterable[tuple[EntityId | None, ...] | None]) -> set[EntityId]:
    return {entity for side in sides for entity in side or () if entity is not None}


def _beside(edit: ArchiveEdit, renamed: set[ArticleId]) -> set[ArticleId]:
    """Articles that have another neighbour by date, or one of which something else is told."""
    found: set[ArticleId] = set()
    if renamed:
        before, now = _neighbours(edit.before), _neighbours(edit.now)
        found = {key for key, beside in now.items() if before.get(key) != beside or not renamed.isdisjoint(beside)}
    return found


def _neighbours(every: Mapping[ArticleId, ArticleFacts]) -> dict[ArticleId, tuple[ArticleId, ...]]:
    order = sorted(sorted(every), key=lambda key: every[key].date, reverse=True)
    return {
        key: tuple(order[max(0, place - 1) : place] + order[place + 1 : place + 2]) for place, key in enumerate(order)
    }


def _citing(edit: ArchiveEdit, touched: set[ArticleId]) -> set[ArticleId]:
    """Articles that list a touched one as citing them, or did; those that cite it show up in `touched` themselves."""
    sides = (every[key].cites for every in (edit.before, edit.now) for key in touched if key in every)
    return {cited for cites in sides for _, cited in cites}


def _company(
    catalogue: Catalogue, was: Entity | None, now: Entity | None, ties: PageAssociations
) -> Iterator[EntityId]:
    """Entities on whose pages this one is among the company, or may come to be."""
    one = now or was
    assert one is not None, "an edit has two sides, of which one is something"
    before, after = _spread(was), _spread(now)
    told = was is None or now is None or (was.name, was.type) != (now.name, now.type)
    if told or step(before) != step(after):
        yield from map(EntityId, _bare(ties.to(entity_key(one.id))))
    if now and step(after) < step(before):  # it is rarer than it was, and weighs more
        counts: Counter[EntityId] = Counter()
        for appearance in now.appearances:
            counts.update(_members((catalogue.stock.resolved[appearance.article],)))
        yield from (other for other, shared in counts.items() if shared > 1)


def _spread(entity: Entity | None) -> int:
    return len(entity.appearances) if entity else 0


def _related(catalogue: Catalogue, edit: ArchiveEdit, ties: PageAssociations) -> Iterator[ArticleId]:
    """Articles whose related ones may be others now."""
    for was, now in edit.entities.values():
        common = min(_spread(was), _spread(now)) > COMMON
        if not common and (step(_spread(was)) != step(_spread(now)) or _spread(was) > COMMON or _spread(now) > COMMON):
            yield from (one.article for side in (was, now) if side for one in side.appearances)
    for article, (_, now_resolved) in edit.resolved.items():
        yield from map(ArticleId, _bare(ties.to(article_key(article))))
        if now_resolved is not None and article in catalogue.heads:
            for other, shared in shared_with(catalogue, article).items():
                listed = ties.of(article_key(other))
                full = len(listed) >= catalogue.settings.related
                if not full or strength(catalogue, article, shared) >= min(listed.values()):
                    yield other
