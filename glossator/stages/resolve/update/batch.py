"""Stored components, and articles as they are now -> the table of the names to be resolved together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from operator import itemgetter

import msgspec

from glossator.model import ArticleId, EntityId, Name, PublishedId
from glossator.stages.resolve.blocking import OccurrenceTable
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


def assemble(
    components: Iterable[Component],
    new: OccurrenceTable,
    changed: Container[ArticleId],
    published: tuple[PublishedId, ...],
    statements: tuple[StatementId, ...],
) -> Batch:
    """Return the names of components, with those of the articles that `changed`, which are in the `new` table."""
    names: list[Name] = []
    bases: list[WeightedBase | None] = []
    numbers: dict[object, int] = {}

    def number(name: Name, base: WeightedBase | None) -> int:
        fields = name.form, name.type, name.forms, name.said, name.must_exist, name.chances, name.language
        found = numbers.setdefault(fields, len(names))
        if found == len(names):
            names.append(name)
            bases.append(base)
        return found

    rows = []
    for component in components:
        ids = [*(entity.id for entity in component.entities), None]  # so that index -1 is no entity
        known = [number(stored.name, stored.weighted_base) for stored in component.names]
        stored_columns = component.articles, component.indices, component.name_indices, component.saliences
        rows += [
            (article, index, known[name], salience, component.descriptors.get(occurrence), ids[owner])
            for occurrence, (article, index, name, salience, owner) in enumerate(
                zip(*stored_columns, component.owners, strict=True)
            )
            if article not in changed
        ]
    known = [number(name, None) for name in new.names]
    rows += [
        (article, index, known[name], salience, new.descriptors.get(occurrence), None)
        for occurrence, (article, index, name, salience) in enumerate(
            zip(new.articles, new.indices, new.name_indices, new.saliences, strict=True)
        )
    ]
    rows.sort(key=itemgetter(0, 1))
    articles, indices, found, saliences, descriptors, owners = zip(*rows, strict=True) if rows else ((),) * 6
    used = {former: index for index, former in enumerate(dict.fromkeys(found))}  # names of changed articles may be gone
    table = OccurrenceTable(
        articles=articles,
        indices=indices,
        name_indices=[used[former] for former in found],
        names=[names[former] for former in used],
        descriptors={occurrence: dated for occurrence, dated in enumerate(descriptors) if dated},
        saliences=saliences,
        language=new.language,
        site_language=new.site_language,
    )
    return Batch(table, [bases[former] for former in used], owners, published, statements)
