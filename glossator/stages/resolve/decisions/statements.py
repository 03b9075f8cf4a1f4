"""Statements of people: decisions and notes as single statements, and names that they assigned one by one.

Each statement can be stored with the names that it is about. A name that a person assigned gets the name of the entity
that was meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec

from glossator.model import Decisions, Digest, EntityType, Name, Note, PublishedId
from glossator.naming import countries
from glossator.naming.languages import ENGLISH
from glossator.stages.resolve.blocking import OccurrenceTable, untyped_key
from glossator.stages.resolve.type_evidence import vote
from glossator.text import digest

NOTES = "notes"
"""Stands for the notes where a statement has a field of the decisions."""

SINGLE_NAME_FIELDS = ("ignore", "private", "confirm")
"""Fields of the decisions whose entries are one name each."""


ORDERED_FIELDS = {"types": "type", "rename": "rename", "merge": "merge"}
"""Fields of the decisions of which an earlier entry goes before a later one, with the kind of decision."""

StatementId = Digest
"""Digest of what a statement says, wherever it stands."""


class Statement(NamedTuple):
    """A field of the decisions, or NOTES, and the index of an entry in it."""

    field: str
    entry: int


def statements(decisions: Decisions, notes: Sequence[Note]) -> Iterator[tuple[Statement, tuple[str, ...]]]:
    """Yield every statement with the names and ids in it."""
    for field in SINGLE_NAME_FIELDS:
        yield from ((Statement(field, index), (entry,)) for index, entry in enumerate(getattr(decisions, field)))
    yield from ((Statement("types", index), (entry,)) for index, (entry, _) in enumerate(decisions.types))
    yield from ((Statement("rename", index), names) for index, names in enumerate(decisions.rename))
    for index, (survivor, names) in enumerate(decisions.merge):
        yield Statement("merge", index), (survivor, *names)
    yield from ((Statement("not_the_same", index), names) for index, names in enumerate(decisions.not_the_same))
    for index, note in enumerate(notes):
        yield Statement(NOTES, index), (note.name, note.slug, *note.aliases)


class DecidedNames:
    """Decisions and notes as statements, each with an id that an equal statement of other decisions has, too."""

    def __init__(self, decisions: Decisions, notes: Sequence[Note], language: str = ENGLISH) -> None:
        """Take what people decided; `language` is that in which the site names countries."""
        self.language = language
        self.decisions, self.notes = decisions, tuple(notes)
        self.names: dict[StatementId, tuple[str, ...]] = {}
        """Names and ids in each statement, in the order of the file, and English names of countries among them."""
        self.lines = digest(msgspec.msgpack.encode(sorted(decisions.lines.items())))
        """Digest of the lines of the decisions, which messages name."""
        self._statements: dict[StatementId, list[Statement]] = defaultdict(list)
        given = [*statements(decisions, notes)]
        for statement, names in sorted(given, key=lambda pair: self._line(*pair)):
            identity = _identity(statement, decisions, notes)
            in_english = (countries.in_english(name, language) for name in names)
            self.names[identity] = tuple(dict.fromkeys((*names, *in_english)))
            self._statements[identity].append(statement)

    def select(self, chosen: Iterable[StatementId]) -> tuple[Decisions, tuple[Note, ...]]:
        """Return decisions and notes with the chosen statements only, in their order."""
        indices: dict[str, list[int]] = defaultdict(list)
        for statement in sorted(statement for identity in chosen for statement in self._statements[identity]):
            indices[statement.field].append(statement.entry)
        fields = (*SINGLE_NAME_FIELDS, *ORDERED_FIELDS, "not_the_same")
        selected: dict[str, Any] = {
            field: tuple(getattr(self.decisions, field)[index] for index in indices[field]) for field in fields
        }
        return replace(self.decisions, **selected), tuple(self.notes[index] for index in indices[NOTES])

    def _line(self, statement: Statement, names: tuple[str, ...]) -> int:
        """Return the line of a statement whose effect depends on those that precede it in the file; else zero."""
        kind = ORDERED_FIELDS.get(statement.field)
        return self.decisions.lines.get((kind, names[0]), 0) if kind else 0


def _identity(statement: Statement, decisions: Decisions, notes: Sequence[Note]) -> StatementId:
    entries = notes if statement.field == NOTES else getattr(decisions, statement.field)
    return digest(statement.field, msgspec.msgpack.encode(entries[statement.entry]))


class OverrideTargets(msgspec.Struct, frozen=True):
    """The entities to which single names are assigned."""

    names: tuple[str, ...] = ()
    """Names under which the clusters of the targets are found, sorted."""
    split_from: tuple[tuple[str, str], ...] = ()
    """Targets that no article names, each with a name of the entity from which it is split off; sorted."""
    unknown: tuple[str, ...] = ()
    """Targets of marks without a type that nothing else names, sorted."""


NO_TARGETS = OverrideTargets()


def apply_overrides(
    table: OccurrenceTable, decisions: Decisions, notes: Sequence[Note], published: Sequence[PublishedId]
) -> tuple[OccurrenceTable, OverrideTargets]:
    """Return the table in which each name that a person assigned has the name of its target as best form.

    From then on the name is like any other, and belongs to the cluster of its key.
    """
    if not any(name.said for name in table.names):
        return table, NO_TARGETS
    types: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for index, articles in Counter(table.name_indices).items():
        name = table.names[index]
        if not name.said:
            types[untyped_key(name.form)][name.type] += articles * sum(count for _, count in name.forms)
    ids = {str(published_id.id): published_id for published_id in published}
    decided = {name.casefold(): kind for name, kind in decisions.types}
    targets: dict[str, bool] = {}
    split_from: set[tuple[str, str]] = set()

    def override(name: Name) -> Name:
        if not name.said:
            return name
        published_id = ids.get(name.said)
        target = target_of(name, ids)
        targets[target] = (name.must_exist and published_id is None) and targets.get(target, True)
        votes = types.get(untyped_key(target))
        if votes is None and untyped_key(target) != untyped_key(name.form):
            split_from.add((target, name.form))
        kind = decided.get(target.casefold()) or (published_id.type if published_id else None)
        kind = kind or (vote(votes) if votes else name.type)
        return msgspec.structs.replace(name, form=target, type=kind, chances=())

    names = tuple(map(override, table.names))
    doubtful = {target for target, must_exist in targets.items() if must_exist}
    unknown = doubtful - _known(doubtful, table.names, (decisions, notes)) if doubtful else ()
    overridden = OverrideTargets(tuple(sorted(targets)), tuple(sorted(split_from)), tuple(sorted(unknown)))
    return msgspec.structs.replace(table, names=names), overridden


def _known(targets: Collection[str], names: Iterable[Name], decided: tuple[Decisions, Sequence[Note]]) -> set[str]:
    """Return the targets that an article, a decision, a note or a list names."""
    keys = {untyped_key(form) for name in names if not name.said for form in (name.form, *dict(name.forms))}
    for _, entries in statements(*decided):
        keys.update(map(untyped_key, entries))
    types = set(EntityType)
    stems = {target: target.rpartition("-")[0] for target in targets if target.rpartition("-")[2] in types}
    return {
        target
        for target in targets
        if untyped_key(target) in keys or (target in stems and untyped_key(stems[target]) in keys)
    }


def confirmed_names(decisions: Decisions, notes: Sequence[Note]) -> tuple[tuple[str, EntityType], ...]:
    """Return the names whose type a person has stated, by a decision or a note, each with that type; sorted."""
    types = dict(decisions.types)
    for note in notes:
        if note.type is not None:
            types |= {form: note.type for form in (note.name, *note.aliases) if form}
    for survivor, merged in decisions.merge:
        if survivor in types:
            types |= {form: types[survivor] for form in merged if form not in types}
    refused = {form.casefold() for form in (*decisions.ignore, *decisions.private)}
    return tuple(sorted((form, kind) for form, kind in types.items() if form.casefold() not in refused))


def target_of(name: Name, ids: Mapping[str, PublishedId]) -> str:
    """Return the name of the entity to which a person assigned a name; the name's own form if nobody did."""
    published_id = ids.get(name.said)
    return published_id.name if published_id else name.said or name.form
