"""Conflicts: the first decision on each cluster, and problems of decisions that fit nothing or contradict others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from glossator.model import Note, Problem

PATH = "entities.toml"
"""File of the decisions, below `content/`."""

Value = TypeVar("Value")


class DecisionRef(NamedTuple):
    """A decision: its kind, and the names that tell it from others of its kind."""

    kind: str
    names: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The name that the decision is about."""
        return self.names[-1]


class EntryProblem(NamedTuple):
    """A problem, and a name of the decision or note that it is about."""

    entry: str
    problem: Problem


def decision_ref(kind: str, *names: str) -> DecisionRef:
    return DecisionRef(kind, names)


class ConflictLog(msgspec.Struct, frozen=True):
    """State: the first decision of each kind on each cluster, and the problems so far."""

    lines: Mapping[tuple[str, ...], int]
    """Line of the file by kind and names of the decision."""
    first: dict[tuple[str, int], DecisionRef] = msgspec.field(default_factory=dict)
    """First decision by its kind and by cluster."""
    problems: list[EntryProblem] = msgspec.field(default_factory=list)

    def record(self, clusters: Iterable[int], decision: DecisionRef) -> None:
        for cluster in clusters:
            self.first.setdefault((decision.kind, cluster), decision)

    def earlier(self, kind: str, clusters: Iterable[int]) -> DecisionRef | None:
        """Return the decision of a kind that was recorded for the first cluster that has one."""
        return next((self.first[kind, cluster] for cluster in clusters if (kind, cluster) in self.first), None)

    def in_file_order(self, kind: str, entries: Sequence[tuple[str, Value]]) -> list[tuple[str, Value]]:
        """Return the entries of a kind of decision in the order of their lines."""
        return sorted(entries, key=lambda entry: (self.lines.get((kind, entry[0]), 0), entry[0], str(entry[1])))

    def report(self, message: str, decision: DecisionRef) -> None:
        problem = Problem("resolve", PATH, f"{decision.kind}: {message}", self.line(decision), fatal=False)
        self.problems.append(EntryProblem(decision.subject, problem))

    def report_note(self, message: str, path: str, note: Note) -> None:
        """Report a problem of a note or an entry of a list in the file at `path`."""
        self.problems.append(EntryProblem(note.name, Problem("resolve", path, message, note.line, fatal=False)))

    def report_conflict(self, decision: DecisionRef, other: DecisionRef, applied: DecisionRef) -> None:
        """Report that a decision contradicts another one; `applied` is the one of the two that is carried out."""
        conflict = f"“{decision.subject}” contradicts {self.describe(other)}; {self.describe(applied)} stands."
        self.report(f"{conflict} Remove one of the two.", decision)

    def describe(self, decision: DecisionRef) -> str:
        """Return a decision as a message names it: `rename “SDU” in line 18`."""
        line = self.line(decision)
        return f"{decision.kind} “{decision.subject}”{f' in line {line}' if line else ''}"

    def line(self, decision: DecisionRef) -> int | None:
        """Return the line of a decision, or of the entry of several names of which it is a part."""
        key = (decision.kind, *decision.names)
        return self.lines.get(key) or self.lines.get(key[:2])
