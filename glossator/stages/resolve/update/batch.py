"""Stored components and articles as they are now -> the names to be resolved together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from glossator.model import ArticleId, ArticleNames, EntityId, Name, PublishedId, Salience
from glossator.stages.resolve.blocking import DatedDescriptors, OccurrenceTable, tabulate
from glossator.stages.resolve.clustering.co_occurrence import WeightedBase
from glossator.stages.resolve.decisions.statements import Statement
from glossator.stages.resolve.update.stored_rows import Component


class ChangedNames(msgspec.Struct, frozen=True):
    """The names of the articles that are new or differ, as they are now."""

    table: OccurrenceTable
    counts: Mapping[ArticleId, int | None]
    """Number of names of each article; None for one that is gone."""


def changed_names(articles: Iterable[tuple[ArticleId, ArticleNames | None]]) -> ChangedNames:
    """Put the names of articles into a table; None is an article that is gone.

    The articles must be sorted by id, and each be there once.
    """
    counts: dict[ArticleId, int | None] = {}

    def counted() -> Iterator[ArticleNames]:
        for article, names in articles:
            counts[article] = len(names.names) if names else None
            if names:
                yield names

    return ChangedNames(tabulate(counted()), counts)


class Batch(msgspec.Struct, frozen=True):
    """Names that are resolved together, and what the last update stored of them."""

    table: OccurrenceTable
    bases: Sequence[WeightedBase | None]
    """Former base of each distinct name; None for a new one."""
    owners: Sequence[EntityId | None]
    """Former entity of each occurrence; None also in articles that changed."""
    published: tuple[PublishedId, ...]
    statements: tuple[Statement, ...]


Row = tuple[ArticleId, int, int, Salience, DatedDescriptors | None, EntityId | None]
"""An occurrence: article, index of the name in it, index of the distinct name, salience, descriptors, former entity."""


def assemble(components: Iterable[Component], changed: ChangedNames) -> Batch:
    """Return the names of components, with those of changed articles as they are now."""
    names: list[Name] = []
    bases: list[WeightedBase | None] = []
    table_rows: list[Row] = []
    published: list[PublishedId] = []
    statements: list[Statement] = []
    for component in components:
        table_rows += _unchanged(component, len(names), changed.counts)
        for stored in component.names:
            form, kind, forms, said, must_exist, chances, *_ = stored
            names.append(Name(form, kind, forms, said, must_exist=must_exist, chances=chances))
            bases.append(stored.weighted_base)
        published += [PublishedId(*stored_id) for stored_id in component.published]
        statements += component.statements
    new = changed.table
    known = {_fields(name): index for index, name in enumerate(names)}
    name_indices = [known.get(_fields(name), len(names) + index) for index, name in enumerate(new.names)]
    names += new.names
    bases += [None] * len(new.names)
    columns = enumerate(zip(new.articles, new.indices, new.name_indices, strict=True))
    table_rows += [
        (article, index, name_indices[name_index], new.saliences[occurrence], new.descriptors.get(occurrence), None)
        for occurrence, (article, index, name_index) in columns
    ]
    table_rows.sort()  # by article and index in it, which no two share
    return _batch(table_rows, (names, bases), published, statements)


def _batch(
    table_rows: Sequence[Row],
    known: tuple[Sequence[Name], Sequence[WeightedBase | None]],
    published: Iterable[PublishedId],
    statements: Iterable[Statement],
) -> Batch:
    """Return the batch of sorted rows.

    `known` are the distinct names and their bases; those without a row are dropped.
    """
    names, bases = known
    columns = zip(*table_rows, strict=True) if table_rows else ((),) * 6
    articles, indices, former_indices, saliences, descriptors, owners = columns
    new_indices = {former: index for index, former in enumerate(dict.fromkeys(former_indices))}
    table = OccurrenceTable(
        articles=articles,
        indices=indices,
        name_indices=[new_indices[former] for former in former_indices],
        names=[names[former] for former in new_indices],
        descriptors={occurrence: dated for occurrence, dated in enumerate(descriptors) if dated},
        saliences=saliences,
    )
    return Batch(
        table=table,
        bases=[bases[former] for former in new_indices],
        owners=owners,
        published=tuple(sorted(published, key=lambda published_id: published_id.id)),
        statements=tuple(sorted(statements)),
    )


def _unchanged(component: Component, first_name: int, changed: Container[ArticleId]) -> list[Row]:
    """Return the occurrences of a component in unchanged articles; its names are numbered from `first_name`."""
    ids = [*(entity.id for entity in component.entities), None]  # so that index -1 is no entity
    stored = component.articles, component.indices, component.name_indices, component.saliences, component.owners
    columns = zip(*stored, strict=True)
    return [
        (article, index, first_name + name_index, salience, component.descriptors.get(occurrence), ids[owner])
        for occurrence, (article, index, name_index, salience, owner) in enumerate(columns)
        if article not in changed
    ]


def _fields(name: Name) -> tuple[object, ...]:
    return name.form, name.type, name.forms, name.said, name.must_exist, name.chances
