"""What decisions came to: which cluster was spoken of in which, and what is to be told about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from glossator.model import Note, Problem

PATH = "entities.toml"

Value = TypeVar("Value")
Where = tuple[str, ...]
"""A kind of decision and the names that tell it from others of its kind."""
Said = tuple[str, Problem]
"""What is to be told, with a name of the decision or note that it is about."""


@dataclass(frozen=True, slots=True)
class Record:
    """State: what was said so far."""

    lines: Mapping[Where, int]
    spoken: dict[tuple[str, int], Where] = field(default_factory=dict)
    """Kind of decision and cluster -> the first decision of that kind on it."""
    problems: list[Said] = field(default_factory=list)

    def speak(self, numbers: Iterable[int], where: Where) -> None:
        for number in numbers:
            self.spoken.setdefault((where[0], number), where)

    def of(self, kind: str, numbers: Iterable[int]) -> Where | None:
        """The decision of a kind that one of the clusters was spoken of in."""
        return next((self.spoken[kind, number] for number in numbers if (kind, number) in self.spoken), None)

    def in_order(self, kind: str, entries: Sequence[tuple[str, Value]]) -> list[tuple[str, Value]]:
        """As they stand in the file."""
        return sorted(entries, key=lambda one: (self.lines.get((kind, one[0]), 0), one[0], str(one[1])))

    def say(self, message: str, where: Where) -> None:
        line = self.lines.get(where) or self.lines.get(where[:2])
        self.problems.append((where[-1], Problem("resolve", PATH, f"{where[0]}: {message}", line, fatal=False)))

    def tell(self, message: str, path: str, note: Note) -> None:
        """Something about another file than that of the decisions."""
        self.problems.append((note.name, Problem("resolve", path, message, note.line, fatal=False)))

    def clash(self, where: Where, other: Where, stands: Where) -> None:
        """Two decisions contradict each other; one of them stands."""
        said = f"“{where[-1]}” contradicts {self.place(other)}; {self.place(stands)} stands. Remove one of the two."
        self.say(said, where)

    def place(self, where: Where) -> str:
        """`rename "SDU" in line 18`."""
        line = self.lines.get(where) or self.lines.get(where[:2])
        return f"{where[0]} “{where[-1]}”{f' in line {line}' if line else ''}"
