"""Remembered neighbourhoods and articles as they are now -> the names to be resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossator.model import ArticleId, ArticleNames, EntityId, EntityType, Name, PublishedId
from glossator.stages.resolve.blocking.columns import Described, Names, spread
from glossator.stages.resolve.decisions.statements import Statement
from glossator.stages.resolve.update.rows import Neighbourhood


@dataclass(frozen=True, slots=True)
class Batch:
    """Names that are resolved together, and what was known of them."""

    names: Names
    bases: Sequence[tuple[str, float] | None]
    """For each known name base and rarity as they were; None for one that is new."""
    owners: Sequence[EntityId | None]
    """For each place the entity it was; None too where it is of an article that changed."""
    published: tuple[PublishedId, ...]
    statements: tuple[Statement, ...]


def assemble(found: Iterable[Neighbourhood], changed: Mapping[ArticleId, ArticleNames | None]) -> Batch:
    """The names of neighbourhoods, those of articles that changed as they are now."""
    known: list[Name] = []
    bases: list[tuple[str, float] | None] = []
    rows: list[tuple[ArticleId, int, int, Described | None, EntityId | None]] = []
    published: list[PublishedId] = []
    statements: list[Statement] = []
    for one in found:
        first = len(known)
        for form, kind, forms, said, base, rarity in one.signs:
            known.append(Name(form, kind, forms, said))
            bases.append((base, rarity))
        ids = [*(identity for identity, _ in one.entities), None]  # so that -1 is nobody
        columns = zip(one.articles, one.indices, one.numbers, one.owners, strict=True)
        rows += [
            (article, index, first + number, one.described.get(place), ids[owner])
            for place, (article, index, number, owner) in enumerate(columns)
            if article not in changed
        ]
        published += [PublishedId(identity, name, kind) for identity, name, kind in one.published]
        statements += one.statements
    new = spread(gist for _, gist in sorted(changed.items()) if gist)
    signs = {sign(name): number for number, name in enumerate(known)}
    numbers = [signs.get(sign(name), len(known) + number) for number, name in enumerate(new.known)]
    known += new.known
    bases += [None] * len(new.known)
    rows += [
        (article, index, numbers[number], new.described.get(place), None)
        for place, (article, index, number) in enumerate(zip(new.articles, new.indices, new.numbers, strict=True))
    ]
    rows.sort()  # by article and place in it, which no two share
    used = {number: at for at, number in enumerate(dict.fromkeys(row[2] for row in rows))}
    return Batch(
        Names(
            [row[0] for row in rows],
            [row[1] for row in rows],
            [used[row[2]] for row in rows],
            [known[number] for number in used],
            {place: row[3] for place, row in enumerate(rows) if row[3]},
        ),
        [bases[number] for number in used],
        [row[4] for row in rows],
        tuple(sorted(published, key=lambda one: one.id)),
        tuple(sorted(statements)),
    )


def sign(name: Name) -> tuple[str, EntityType, tuple[tuple[str, int], ...], str]:
    return name.form, name.type, name.forms, name.said
