"""Every analysis, and what people said about entities -> the archive, in which each name is an entity's or nobody's.

The order of work: names of equal key are clusters (`gather`); decisions and notes join and part them (`decide`); what
articles show joins more (`links`, `people`); each group of clusters is an entity with a name (`describe`), an
introduction (`introduce`) and an id (`ids`). Nothing compares all with all: the work grows with the number of names.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import Analysis, Archive, Decisions, EntityId, EntityType, Head, Note, Problem, PublishedId
from glossator.stages.resolve.bodies import split_bodies
from glossator.stages.resolve.borrowed import Told, borrowed, lend, told
from glossator.stages.resolve.decide import decide, shared_keys
from glossator.stages.resolve.entities import Draft, draft, finish
from glossator.stages.resolve.gather import gather
from glossator.stages.resolve.ids import assign
from glossator.stages.resolve.links import join_acronyms, join_numbers, join_short_forms, join_spellings
from glossator.stages.resolve.people import join_middle_names, join_soundalikes, place_short_names
from glossator.stages.resolve.said import retarget, unknown_articles
from glossator.stages.resolve.suggest import suggestions
from glossator.stages.resolve.support import Company
from glossator.stages.resolve.telling import tell_apart
from glossator.stages.resolve.union import Union
from glossator.stages.resolve.update import update
from glossator.stages.resolve.verdicts import Words

__all__ = ["Told", "borrowed", "confirmed", "lend", "lock", "resolve", "told", "update"]


def resolve(
    heads: Sequence[Head],
    analyses: Sequence[Analysis],
    decisions: Decisions,
    notes: Sequence[Note],
    published: Sequence[PublishedId],
) -> tuple[Archive, tuple[Problem, ...]]:
    """Say which entity each name of each article is. The same for any order of what comes in.

    An analysis without a head is left out; a head without an analysis has no entities. The problems are decisions and
    notes that fit nothing, fit several or contradict each other; none stops anything.
    """
    by_id = {head.id: head for head in heads}
    known = sorted((one for one in analyses if one.article in by_id), key=lambda one: one.article)
    known, targets = retarget(known, decisions, published)
    gathered = gather(known, shared_keys(decisions))
    union = Union(len(gathered.clusters))
    verdicts = decide(gathered.clusters, union, Words(decisions, tuple(notes), tuple(published), targets))
    join_spellings(gathered.clusters, union)
    join_numbers(gathered.clusters, union)
    company = Company(gathered, union)
    namesakes = join_short_forms(gathered, union, company)
    join_acronyms(gathered, union, company)
    join_soundalikes(gathered, union, company)
    join_middle_names(gathered, union, company)
    settled = frozenset(verdicts.settled | verdicts.listed.keys())
    moves = place_short_names(known, gathered, union, settled)
    bodies = split_bodies(known, gathered, union, settled)
    drafts = draft(known, gathered, union, (*bodies.homes, *moves.homes), verdicts)
    drafts = tell_apart(drafts, known, bodies.countries)
    ids, redirects = assign([one.bearer for one in drafts], published)
    entities, resolved = finish(by_id, known, drafts, ids)
    archive = Archive(
        heads=_newest_first(heads),
        entities=entities,
        resolved={head: resolved.get(head, ()) for head in sorted(by_id)},
        suggestions=suggestions(gathered.clusters, union, (*namesakes, *moves.doubts), _ids_of_clusters(drafts, ids)),
        redirects=redirects,
    )
    problems = {*verdicts.problems, *unknown_articles(decisions, by_id)}
    return archive, tuple(sorted(problems, key=lambda one: (one.path, one.line or 0, one.message)))


def confirmed(decisions: Decisions, notes: Sequence[Note]) -> tuple[tuple[str, EntityType], ...]:
    """The names whose type a person has stated, by a decision or a note, each with that type; sorted."""
    known = dict(decisions.types)
    for note in notes:
        if note.type is not None:
            known |= {form: note.type for form in (note.name, *note.aliases) if form}
    for survivor, merged in decisions.merge:
        if survivor in known:
            known |= {form: known[survivor] for form in merged if form not in known}
    refused = {form.casefold() for form in (*decisions.ignore, *decisions.private)}
    return tuple(sorted((form, kind) for form, kind in known.items() if form.casefold() not in refused))


def lock(archive: Archive, published: Sequence[PublishedId]) -> tuple[PublishedId, ...]:
    """The ids that are given out after this build: all earlier ones and the new ones, sorted by id.

    An id that is in use stands with the name and type that its entity has now.
    """
    ids = {one.id: one for one in published}
    ids.update({one.id: PublishedId(one.id, one.name, one.type) for one in archive.entities})
    return tuple(ids[one] for one in sorted(ids))


def _newest_first(heads: Sequence[Head]) -> tuple[Head, ...]:
    by_id = sorted(heads, key=lambda head: head.id)
    return tuple(sorted(by_id, key=lambda head: head.date or "", reverse=True))


def _ids_of_clusters(drafts: Sequence[Draft], ids: Sequence[EntityId]) -> dict[int, EntityId]:
    return {draft.root: one for draft, one in zip(drafts, ids, strict=True)}
