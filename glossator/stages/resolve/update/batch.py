"""Stored components, and articles as they are now -> the table of the names to be resolved together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from glossator.model import ArticleId, EntityId, PublishedId, Salience
from glossator.stages.resolve.blocking import DatedDescriptors, DistinctNames, OccurrenceTable
from glossator.stages.resolve.clustering.co_occurrence import WeightedBase
from glossator.stages.resolve.decisions.statements import StatementId
from glossator.stages.resolve.update.stored_rows import Component


class Batch(msgspec.Struct, frozen=True):
    """Names that are resolved together with what people said about them, and what the last update found."""

    table: OccurrenceTable
    bases: Sequence[WeightedBase | None]
    """Former base of each distinct name; None for a new one."""
    owners: Sequence[EntityId | None]
    """Former entity of each occurrence; None also in articles that changed."""
    published: tuple[PublishedId, ...]
    """Published ids, sorted."""
    statements: tuple[StatementId, ...]


class _Row(NamedTuple):
    """A name in an article."""

    article: ArticleId
    place: int
    """Index of the name among the names of its article."""
    name: int
    """Index among the distinct names."""
    salience: Salience
    descriptors: DatedDescriptors | None
    owner: EntityId | None
    """Former entity."""


def assemble(
    components: Iterable[Component],
    new: OccurrenceTable,
    changed: Container[ArticleId],
    published: tuple[PublishedId, ...],
    statements: tuple[StatementId, ...],
) -> Batch:
    """Return the names of components, with those of the articles that `changed`, which are in the `new` table."""
    distinct, bases = DistinctNames(), dict[int, WeightedBase]()
    rows = []
    for component in components:
        names = [distinct.index(stored.name) for stored in component.names]
        bases |= zip(names, (stored.weighted_base for stored in component.names), strict=True)
        rows += [row for row in _stored_rows(component, names) if row.article not in changed]
    rows += _new_rows(new, [*map(distinct.index, new.names)])
    rows.sort(key=itemgetter(0, 1))
    kept = [*dict.fromkeys(row.name for row in rows)]  # without names that only changed articles had
    new_index = {name: index for index, name in enumerate(kept)}
    table = OccurrenceTable(
        articles=[row.article for row in rows],
        indices=[row.place for row in rows],
        name_indices=[new_index[row.name] for row in rows],
        names=[distinct.names[name] for name in kept],
        descriptors={occurrence: row.descriptors for occurrence, row in enumerate(rows) if row.descriptors},
        saliences=[row.salience for row in rows],
        language=new.language,
        site_language=new.site_language,
    )
    return Batch(table, [*map(bases.get, kept)], [row.owner for row in rows], published, statements)


def _stored_rows(component: Component, names: Sequence[int]) -> Iterator[_Row]:
    owners = [*(entity.id for entity in component.entities), None]  # so that index -1 is no entity
    columns = component.articles, component.indices, component.name_indices, component.saliences, component.owners
    for occurrence, (article, index, name, salience, owner) in enumerate(zip(*columns, strict=True)):
        yield _Row(article, index, names[name], salience, component.descriptors.get(occurrence), owners[owner])


def _new_rows(new: OccurrenceTable, names: Sequence[int]) -> Iterator[_Row]:
    columns = new.articles, new.indices, new.name_indices, new.saliences
    for occurrence, (article, index, name, salience) in enumerate(zip(*columns, strict=True)):
        yield _Row(article, index, names[name], salience, new.descriptors.get(occurrence), None)
