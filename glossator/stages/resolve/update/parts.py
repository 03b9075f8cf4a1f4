"""What names came to be, neighbourhood by neighbourhood, with all that is to be remembered of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from glossator.model import EntityId, Name
from glossator.stages.resolve.update.components import partition
from glossator.stages.resolve.update.results import Results
from glossator.stages.resolve.update.rows import DEPENDENT, INDEPENDENT, Neighbourhood, Sign


@dataclass(slots=True)
class Part:
    """The members of a neighbourhood, by their numbers. Filled by `parts` and read-only from then on."""

    clusters: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    holds: set[str] = field(default_factory=set)
    asks: set[str] = field(default_factory=set)


def parts(found: Results) -> list[Part]:
    """The neighbourhoods of all who took part."""
    ties = list(found.ties())
    roots = partition(ties, _joined(found))
    made: dict[int, Part] = defaultdict(Part)
    for one, root in zip(ties, roots, strict=True):
        made[root].holds |= one.holds
        made[root].asks |= one.asks
    start = 0
    for kind in ("clusters", "words", "drafts", "ids"):
        of = found.setting.members if kind in {"clusters", "words"} else found
        size = len(getattr(of, kind))
        for number in range(size):
            getattr(made[roots[start + number]], kind).append(number)
        start += size
    return list(made.values())


def _joined(found: Results) -> Iterator[tuple[int, int]]:
    """Each entity with the clusters of its names."""
    start = len(found.setting.members.clusters) + len(found.setting.members.words)
    homes = found.setting.ground.gathered.homes
    for number, draft in enumerate(found.outcome.drafts, start):
        yield from ((home, number) for home in {homes[place] for place in draft.places})


def name_of(part: Part, found: Results) -> str:
    """No other neighbourhood holds one of its keys."""
    dependent = not found.outcome.asked.isdisjoint(part.clusters)
    return (DEPENDENT if dependent else INDEPENDENT) + min(part.holds)


def remembered(part: Part, found: Results, owners: list[EntityId | None]) -> Neighbourhood:
    """A neighbourhood as it is to be remembered; `owners` is the entity of each place."""
    names, clusters = found.setting.batch.names, found.setting.ground.gathered.clusters
    places = sorted(place for number in part.clusters for place in clusters[number].places)
    numbers: dict[int, int] = {}
    columns = [numbers.setdefault(names.numbers[place], len(numbers)) for place in places]
    homes = dict(zip(columns, (found.setting.ground.gathered.homes[place] for place in places), strict=True))
    signs = ((names.known[number], homes[at]) for number, at in numbers.items())
    entities = [found.entities[number] for number in part.drafts]
    position: dict[EntityId | None, int] = {one.id: at for at, one in enumerate(entities)} | {None: -1}
    statements = found.setting.members.statements
    return Neighbourhood(
        [_sign(name, found.setting.base(home)) for name, home in signs],
        [names.articles[place] for place in places],
        [names.indices[place] for place in places],
        columns,
        {at: names.described[place] for at, place in enumerate(places) if place in names.described},
        [position[owners[place]] for place in places],
        [(one.id, one.digest) for one in entities],
        [(found.published[at].id, found.published[at].name, found.published[at].type) for at in part.ids],
        [statements[at] for at in part.words if at < len(statements)],
        sorted(part.holds),
        sorted(part.asks - part.holds),
    )


def _sign(name: Name, base: tuple[str, float]) -> Sign:
    return name.form, name.type, name.forms, name.said, *base
