"""Stored components, and articles as they are now -> the table of the names to be resolved together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import msgspec

from glossator.model import ArticleId, EntityId, Name, PublishedId
from glossator.stages.resolve.blocking import OccurrenceTable
from glossator.stages.resolve.clustering.co_occurrence import WeightedBase
from glossator.stages.resolve.decisions.statements import StatementId
from glossator.stages.resolve.update.stored_rows import Component, StoredOccurrence


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


def assemble(
    components: Iterable[Component],
    new: OccurrenceTable,
    changed: Container[ArticleId],
    published: tuple[PublishedId, ...],
    statements: tuple[StatementId, ...],
) -> Batch:
    """Return the names of components, with those of the articles that `changed`, which are in the `new` table."""
    numbers: dict[Name, int] = {}
    bases: list[WeightedBase | None] = []

    def number(name: Name, base: WeightedBase | None) -> int:
        if name not in numbers:
            numbers[name] = len(bases)
            bases.append(base)
        return numbers[name]

    rows: list[StoredOccurrence] = []
    for component in components:
        names = [number(stored.name, stored.base) for stored in component.names]
        unchanged = (row for row in component.occurrences if row.article not in changed)
        rows += [msgspec.structs.replace(row, name=names[row.name]) for row in unchanged]
    names = [number(name, None) for name in new.names]
    columns = zip(new.articles, new.indices, new.name_indices, new.saliences, strict=True)
    rows += [
        StoredOccurrence(article, index, names[name], salience, new.descriptors.get(occurrence), None)
        for occurrence, (article, index, name, salience) in enumerate(columns)
    ]
    rows.sort(key=lambda row: (row.article, row.index))
    used = {name: index for index, name in enumerate(dict.fromkeys(row.name for row in rows))}
    every = [*numbers]
    table = OccurrenceTable(
        articles=[row.article for row in rows],
        indices=[row.index for row in rows],
        name_indices=[used[row.name] for row in rows],
        names=[every[name] for name in used],  # names of changed articles may be gone
        descriptors={occurrence: row.descriptors for occurrence, row in enumerate(rows) if row.descriptors},
        saliences=[row.salience for row in rows],
        language=new.language,
        site_language=new.site_language,
    )
    return Batch(table, [bases[name] for name in used], [row.owner for row in rows], published, statements)
