"""What the rules make of names, with the ids that are given out, and the ties of all who took part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from glossator.model import Decisions, Entity, EntityId, Note, PublishedId
from glossator.stages.resolve.clustering.context import Surroundings
from glossator.stages.resolve.decisions.overrides import target_of
from glossator.stages.resolve.decisions.statements import Statement, statements
from glossator.stages.resolve.entities.build import finish
from glossator.stages.resolve.entities.ids import assign
from glossator.stages.resolve.rules import Ground, Outcome, judge
from glossator.stages.resolve.update import components
from glossator.stages.resolve.update.article_context import Patches, Within
from glossator.stages.resolve.update.batch import Batch
from glossator.stages.resolve.update.components import Ties


@dataclass(frozen=True, slots=True)
class Members:
    """All who may be neighbours before the rules are applied."""

    clusters: tuple[Ties, ...]
    statements: tuple[Statement, ...]
    entries: tuple[tuple[str, ...], ...]
    """The names and ids that belong together because a person said so: those of the statements, then those of marks."""
    words: tuple[Ties, ...]
    """Of the entries."""
    published: tuple[Ties, ...]

    def __iter__(self) -> Iterator[Ties]:
        return chain(self.clusters, self.words, self.published)


@dataclass(frozen=True, slots=True)
class Setting:
    """Names before they are judged."""

    batch: Batch
    ground: Ground
    members: Members
    weights: tuple[float, ...]
    """For each cluster the rarity of its base."""
    within: Within
    patches: Patches

    def base(self, number: int) -> tuple[str, float]:
        """Base of a cluster, and the base's rarity."""
        return self.ground.bases[number], self.weights[number]


@dataclass(frozen=True, slots=True)
class Results:
    setting: Setting
    outcome: Outcome
    entities: tuple[Entity, ...]
    """In the order of the outcome's drafts."""
    redirects: tuple[tuple[EntityId, EntityId], ...]
    published: tuple[PublishedId, ...]
    """The ids that are given out, those of the entities included; sorted."""
    unsettled: frozenset[str]
    """Ids, and names that people wrote, that may come to something else now that other ids are published."""
    drafts: tuple[Ties, ...]
    ids: tuple[Ties, ...]
    """Of those published."""

    def ties(self) -> Iterator[Ties]:
        """Of all who took part: in the order of clusters, entries, drafts and ids."""
        return chain(self.setting.members.clusters, self.setting.members.words, self.drafts, self.ids)


def meet(batch: Batch, ground: Ground, decided: tuple[Decisions, Sequence[Note]]) -> Members:
    """The ties of names, statements and published ids."""
    chosen = set(batch.statements)
    spoken = [(one, names) for one, names in statements(*decided) if one in chosen] if chosen else []
    ids = {str(one.id): one for one in batch.published}
    said = [(target_of(name, ids), name.said, name.form) for name in batch.names.known if name.said]
    entries = [*(names for _, names in spoken), *sorted(set(said))]
    return Members(
        tuple(map(components.of_cluster, ground.gathered.clusters)),
        tuple(one for one, _ in spoken),
        tuple(entries),
        tuple(map(components.of_words, entries)),
        tuple(map(components.of_published, batch.published)),
    )


def conclude(setting: Setting, surroundings: Surroundings) -> Results:
    """Apply the rules, and give ids. Changes the ground's union."""
    outcome = judge(setting.ground, surroundings)
    earlier = setting.batch.published
    ids, redirects = assign([one.bearer for one in outcome.drafts], earlier)
    entities = finish(setting.ground.gathered.names, outcome.drafts, ids)
    known = {one.id: one for one in earlier}
    now = known | {one.id: PublishedId(one.id, one.name, one.type) for one in entities}
    published = tuple(now[one] for one in sorted(now))
    unsettled: set[str] = set()
    if published != earlier:
        later, leading = assign([one.bearer for one in outcome.drafts], published)
        unsettled.update(one for one, other in zip(ids, later, strict=True) if one != other)
        unsettled.update(one for one, _ in set(redirects) ^ set(leading))
        # What people wrote is read anew where it is an id now that was none.
        new = {str(one) for one in now if now[one] != known.get(one)}
        unsettled.update(entry for entries in setting.members.entries for entry in entries if entry in new)
    return Results(
        setting,
        outcome,
        entities,
        redirects,
        published,
        frozenset(unsettled),
        tuple(map(components.of_draft, outcome.drafts)),
        tuple(map(components.of_published, published)),
    )
