"""Decisions and notes as single statements, so that each can be stored with the names that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from glossator.model import Decisions, Note

NOTES = "notes"
"""Stands for the notes where a statement has a field of the decisions."""

SINGLE_NAME_FIELDS = ("ignore", "private", "confirm")
"""Fields of the decisions whose entries are one name each."""


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


def select(
    decisions: Decisions, notes: Sequence[Note], chosen: Iterable[Statement]
) -> tuple[Decisions, tuple[Note, ...]]:
    """Return decisions and notes with the chosen statements only, in their order."""
    indices: dict[str, list[int]] = defaultdict(list)
    for statement in sorted(chosen):
        indices[statement.field].append(statement.entry)
    fields = (*SINGLE_NAME_FIELDS, "types", "rename", "merge", "not_the_same")
    selected: dict[str, Any] = {
        field: tuple(getattr(decisions, field)[index] for index in indices[field]) for field in fields
    }
    return replace(decisions, **selected), tuple(notes[index] for index in indices[NOTES])
