"""What people said, statement by statement, so that each can be kept with the names that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from glossator.model import Decisions, Note

Statement = tuple[str, int]
"""A field of the decisions, or NOTES, and a place in it."""

NOTES = "notes"
SINGLE = ("ignore", "private", "confirm")
"""Fields whose entries are one name each."""


def statements(decisions: Decisions, notes: Sequence[Note]) -> Iterator[tuple[Statement, tuple[str, ...]]]:
    """Every statement with the names and ids in it."""
    for field in SINGLE:
        yield from (((field, at), (entry,)) for at, entry in enumerate(getattr(decisions, field)))
    yield from ((("types", at), (entry,)) for at, (entry, _) in enumerate(decisions.types))
    yield from ((("rename", at), pair) for at, pair in enumerate(decisions.rename))
    yield from ((("merge", at), (one, *names)) for at, (one, names) in enumerate(decisions.merge))
    yield from ((("not_the_same", at), group) for at, group in enumerate(decisions.not_the_same))
    yield from (((NOTES, at), (one.name, one.slug, *one.aliases)) for at, one in enumerate(notes))


def select(
    decisions: Decisions, notes: Sequence[Note], chosen: Iterable[Statement]
) -> tuple[Decisions, tuple[Note, ...]]:
    """Some of the statements, in their order."""
    places: dict[str, list[int]] = defaultdict(list)
    for field, at in sorted(chosen):
        places[field].append(at)
    fields = (*SINGLE, "types", "rename", "merge", "not_the_same")
    kept: dict[str, Any] = {field: tuple(getattr(decisions, field)[at] for at in places[field]) for field in fields}
    return replace(decisions, **kept), tuple(notes[at] for at in places[NOTES])
