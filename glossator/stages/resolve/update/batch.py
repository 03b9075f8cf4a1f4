"""Stored components, and articles as they are now -> the table of the names to be resolved together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from glossator.model import ArticleId, EntityId, Name, PublishedId, Salience
from glossator.stages.resolve.blocking import DatedDescriptors, OccurrenceTable
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


class _DistinctNames:
    """Distinct names in the order in which they were met, each with its former base. State: those met so far."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.bases: list[WeightedBase | None] = []
        self._index_by_fields: dict[object, int] = {}

    def index(self, name: Name, base: WeightedBase | None) -> int:
        """Return the index of a name, which is added with its base if no equal one was met."""
        fields = name.form, name.type, name.forms, name.said, name.must_exist, name.chances, name.language
        index = self._index_by_fields.setdefault(fields, len(self.names))
        if index == len(self.names):
            self.names.append(name)
            self.bases.append(base)
        return index


def assemble(
    components: Iterable[Component],
    new: OccurrenceTable,
    changed: Container[ArticleId],
    published: tuple[PublishedId, ...],
    statements: tuple[StatementId, ...],
) -> Batch:
    """Return the names of components, with those of the articles that `changed`, which are in the `new` table."""
    distinct = _DistinctNames()
    rows = [row for component in components for row in _stored_rows(component, distinct) if row.article not in changed]
    rows += _new_rows(new, distinct)
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
    bases = [distinct.bases[name] for name in kept]
    return Batch(table, bases, [row.owner for row in rows], published, statements)


def _stored_rows(component: Component, distinct: _DistinctNames) -> Iterator[_Row]:
    names = [distinct.index(stored.name, stored.weighted_base) for stored in component.names]
    owners = [*(entity.id for entity in component.entities), None]  # so that index -1 is no entity
    columns = component.articles, component.indices, component.name_indices, component.saliences, component.owners
    for occurrence, (article, index, name, salience, owner) in enumerate(zip(*columns, strict=True)):
        yield _Row(article, index, names[name], salience, component.descriptors.get(occurrence), owners[owner])


def _new_rows(new: OccurrenceTable, distinct: _DistinctNames) -> Iterator[_Row]:
    names = [distinct.index(name, None) for name in new.names]
    columns = new.articles, new.indices, new.name_indices, new.saliences
    for occurrence, (article, index, name, salience) in enumerate(zip(*columns, strict=True)):
        yield _Row(article, index, names[name], salience, new.descriptors.get(occurrence), None)
