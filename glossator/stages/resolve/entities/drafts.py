"""Groups of clusters -> entities, and distinctions of those that share a name: the Foreign Ministry of Turkey."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from glossator.model import EntityType, Name, Note, Origin, PrivateNames
from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.private_names import is_surname_of
from glossator.naming.regions import AMBIGUOUS
from glossator.stages.resolve.blocking import Occurrence, OccurrenceTable
from glossator.stages.resolve.clustering.ambiguous_names import ShortNames
from glossator.stages.resolve.clustering.canonical_name import canonical_name
from glossator.stages.resolve.clustering.equal_names import Assignment, ExactClusters
from glossator.stages.resolve.decisions.state import DecisionOutcome, tells_of_private
from glossator.stages.resolve.entities.published_ids_and_redirects import Identity
from glossator.stages.resolve.type_evidence import TypeEvidence

Value = TypeVar("Value")


class EntityDraft(msgspec.Struct, frozen=True):
    """An entity before it has an id."""

    root: int
    """Root of the entity's clusters."""
    identity: Identity
    occurrences: tuple[Occurrence, ...]
    """Occurrences in the order of the articles."""
    origin: Origin
    note: Note | None
    has_clear_type: bool
    has_certain_type: bool
    bearers: tuple[int, ...] = ()
    """Roots of the people whose the name may be, if it is a surname and the articles leave open whose."""
    is_namesake: bool = False
    """True if a larger entity has its name and its type."""
    country: str = ""
    """ISO code of the country that it is, if it is called by its name in another language than English."""


def draft_entities(
    exact: ExactClusters,
    sets: DisjointSets,
    short: ShortNames,
    assignments: Sequence[Assignment],
    decided: DecisionOutcome,
) -> tuple[EntityDraft, ...]:
    """Return the entities of all names but those that a person ignores or keeps private.

    `short` and `assignments` move single occurrences to other clusters than those of their keys.
    """
    cluster_of = exact.cluster_of.copy()
    for occurrence, cluster in (*assignments, *short.assignments):
        cluster_of[occurrence] = cluster
    occurrences: dict[int, list[Occurrence]] = defaultdict(list)
    for occurrence, cluster in enumerate(cluster_of):
        occurrences[sets.find(cluster)].append(occurrence)
    decided_clusters: dict[int, list[int]] = defaultdict(list)
    for cluster in sorted(decided.settled | decided.listed.keys()):
        decided_clusters[sets.find(cluster)].append(cluster)
    drafts = []
    for root in sorted(occurrences):
        clusters = decided_clusters.get(root, [])
        if not decided.private.isdisjoint(clusters):
            continue  # there is no such entity, and nothing shows its name
        draft = _draft(exact.table, root, occurrences[root], clusters, decided)
        draft = msgspec.structs.replace(draft, bearers=short.bearers.get(root, ()))
        if _is_held_back(draft, decided.private_names):
            continue
        ignored = decided.ignored.intersection(clusters)
        if ignored:
            forms = {form for cluster in ignored for form in exact.clusters[cluster].forms}
            left = [occurrence for occurrence in draft.occurrences if cluster_of[occurrence] not in ignored]
            if left and draft.identity.name not in forms:
                drafts.append(_draft(exact.table, root, left, clusters, decided))
        else:
            drafts.append(draft)
    return tuple(drafts)


def _is_held_back(draft: EntityDraft, private: PrivateNames) -> bool:
    """True if an entity may be somebody private: a person with a part of the name, or anything called by the surname.

    What a list has by the name of a place, a firm or a team keeps it unless it may be a person.
    """
    if not tells_of_private(draft.identity.name, draft.origin, private):
        return False
    may_be_person = draft.identity.type is EntityType.PERSON or not draft.has_clear_type
    return may_be_person or (draft.origin == "machine" and is_surname_of(draft.identity.name, private))


def _draft(
    table: OccurrenceTable,
    root: int,
    occurrences: Sequence[Occurrence],
    clusters: Sequence[int],
    decided: DecisionOutcome,
) -> EntityDraft:
    counts = Counter(table.name_indices[occurrence] for occurrence in occurrences)
    named = [(table.names[index], articles) for index, articles in counts.items()]
    mentions: dict[str, int] = defaultdict(int)  # not a counter, which is slow with keys that it has not met before
    types = TypeEvidence()
    for mentioned, articles in named:
        for form, count in mentioned.forms:
            mentions[form] += articles * count
        types.add(mentioned, articles)
    note = _first(decided.notes, clusters)
    given = _first(decided.names, clusters)
    listed = _first(decided.listed, clusters)
    note_type = (note.type if note else None) or (listed.type if listed else None)
    kind = _first(decided.types, clusters) or note_type or types.likeliest()
    stated_name = (note.name if note else None) or given or (listed.name if listed else None)
    name, country = (stated_name, "") if stated_name else _derived_name(table, named, kind)
    origin: Origin = "list" if clusters else "machine"
    origin = origin if decided.settled.isdisjoint(clusters) else "person"
    aliases = [
        (form, count)
        for form, count in mentions.items()
        if form != name and not tells_of_private(form, origin, decided.private_names)
    ]
    identity = Identity(
        name=name,
        type=kind,
        aliases=tuple(sorted(aliases, key=lambda alias: (-alias[1], alias[0]))),
        renamed=note is not None or given is not None or listed is not None,
        mentions=sum(mentions.values()),
        first_article=table.articles[occurrences[0]],
    )
    is_country = kind is EntityType.PLACE and (bool(country) or countries.code(name) is not None)
    return EntityDraft(
        root,
        identity,
        tuple(occurrences),
        origin,
        note or listed,
        has_clear_type=is_country or types.is_clear(kind),
        has_certain_type=is_country or types.is_certain(kind),
        country=country,
    )


def _derived_name(table: OccurrenceTable, named: Sequence[tuple[Name, int]], kind: EntityType) -> tuple[str, str]:
    """Return the name that articles give, of a country that of the site's language, and its code if that is no English.

    A place that only articles in other languages name is called as they do, unless it is a country.
    """
    own = _in_language(named, table.language)
    english = canonical_name(*_shown_forms(own, in_english=True), kind)
    country = countries.code(english) if kind is EntityType.PLACE and english.casefold() not in AMBIGUOUS else None
    if country:
        name = countries.name(country, table.site_language)
        return name, country if name != countries.name(country) else ""
    if not all(name.is_renamed for name, _ in own):
        return english, ""
    return canonical_name(*_shown_forms(own, in_english=False), kind), ""


def _in_language(named: Sequence[tuple[Name, int]], language: str) -> Sequence[tuple[Name, int]]:
    """Return the names that articles in a language have, unless only articles in others have the full name."""
    own = [pair for pair in named if pair[0].language in ("", language)]
    full = any(" " in name.form for name, _ in own) or not any(" " in name.form for name, _ in named)
    return own if own and full else named


def _shown_forms(named: Sequence[tuple[Name, int]], *, in_english: bool) -> tuple[dict[str, int], dict[str, int]]:
    """Return the forms that may be shown: articles by best form, and mentions by form.

    `named` has each name of an entity with its number of articles. `in_english` is true if mentions in another language
    count for the English name of a place: Deutschland for Germany.
    """
    votes: dict[str, int] = defaultdict(int)
    mentions: dict[str, int] = defaultdict(int)
    for name, articles in named:
        renamed = name.is_renamed and in_english
        votes[name.form if renamed or not name.is_renamed else name.forms[0][0]] += articles
        for form, count in name.forms:
            mentions[name.form if renamed else form] += articles * count
    return votes, mentions


def _first(by_cluster: Mapping[int, Value], clusters: Sequence[int]) -> Value | None:
    return next((by_cluster[cluster] for cluster in clusters if cluster in by_cluster), None)


def disambiguate(drafts: Sequence[EntityDraft], regions: Mapping[int, str]) -> tuple[EntityDraft, ...]:
    """Return the drafts, each that shares name and type with others with the country or state that tells it from them.

    Of these only the largest is no namesake. `regions` are countries and states by root.
    """
    sharing: dict[tuple[str, EntityType], list[EntityDraft]] = defaultdict(list)
    for draft in drafts:
        sharing[draft.identity.name, draft.identity.type].append(draft)
    largest = {max(same, key=_size).root for same in sharing.values()}
    return tuple(
        msgspec.structs.replace(
            draft,
            identity=msgspec.structs.replace(draft.identity, distinction=regions.get(draft.root, "")),
            is_namesake=draft.root not in largest,
        )
        if len(sharing[draft.identity.name, draft.identity.type]) > 1
        else draft
        for draft in drafts
    )


def _size(draft: EntityDraft) -> tuple[int, int, int]:
    return len(draft.occurrences), draft.identity.mentions, -draft.root
