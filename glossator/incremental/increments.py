"""Changes since the last build, and the rows that follow from them: one way for all steps that keep rows.

A step gives a digest of all that it makes of each article, or of another input, and says which parts a changed one
contributes to rows of which keys, and how a row follows from its parts. The book says what every input contributed to:
so the rows are found that an input leaves, and no row is read in which nothing changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic, TypeVar

import msgspec

from glossator.incremental.cache.rows import Table
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import BookEntry, book_of
from glossator.model import Digest
from glossator.text import digest

Key = TypeVar("Key", bound=str)
Part = TypeVar("Part")
Row = TypeVar("Row")

Book = Mapping[Key, BookEntry]
Parts = Sequence[tuple[Key, Part]]
"""Parts of one row, each with the input that contributes it."""
Combine = Callable[[Row | None, AbstractSet[Key], Parts[Key, Part]], Row | None]
"""(row as it is stored, inputs that leave it, new parts) -> the row; None if there is nothing in it any more."""


class Contribution(msgspec.Struct, Generic[Part], frozen=True):
    """Contribution of one input to rows."""

    parts: Sequence[tuple[str, Part]] = ()
    """Key of a row, and what it contributes to this row."""
    problem: str = ""
    """Sentence about the input for people, which is told as long as the input is the same."""
    again: bool = False
    """True if the next build is to ask again, because this one could not find out."""


class Increment(msgspec.Struct, Generic[Key, Row], frozen=True):
    """The difference between the inputs of the last build and those of now."""

    before: Book[Key]
    now: Book[Key]
    """The inputs of now, but for those that contributed nothing because they could not be read."""
    changed: frozenset[Key]
    """Inputs of now that are new, or of which the digest differs."""
    rows: Mapping[Any, tuple[Row | None, Row | None]]
    """Every row to which a part came, or which an input left: as it was and as it is."""

    @property
    def gone(self) -> frozenset[Key]:
        return frozenset(self.before.keys() - self.now.keys())

    def sources(self) -> dict[str, tuple[Digest, int]]:
        """Return for each row a digest of the inputs that it follows from, and the number of its parts."""
        inputs: dict[str, list[str]] = defaultdict(list)
        for key, entry in self.now.items():
            for row in entry.rows:
                inputs[row].append(f"{key} {entry.input}")
        return {row: (digest(*sorted(given)), len(given)) for row, given in inputs.items()}


def latest(_row: object, _leaving: object, parts: Parts[Any, Part]) -> Part | None:
    """Return the row of a single input: what it contributes now."""
    return parts[-1][1] if parts else None


class Derivation(msgspec.Struct, Generic[Key, Row], frozen=True):
    """Rule by which rows follow from inputs."""

    contribute: Callable[[Sequence[Key]], Iterable[tuple[Key, Contribution[Any]]]]
    """Inputs that changed -> what each contributes. It is asked once, for all together. An input that it leaves out is
    as if it were not there, and asked for again by the next build."""
    table: Table[Any, Row] | None = None
    """Table of the rows; None if only the book is kept."""
    combine: Combine[Row, Key, Any] = latest
    book: str = ""
    """Name of the book, if the namespace has several."""


def changes(namespace: Namespace, inputs: Mapping[Key, Digest], book: str = "") -> tuple[Book[Key], Book[Key]]:
    """Return the book of the last build, and the entries of it that hold for the inputs of now."""
    before: dict[Any, BookEntry] = namespace.value(book_of(namespace.schema, book), {})
    kept = {}
    for key, given in inputs.items():
        entry = before.get(key)
        if entry and given and entry.input == given:
            kept[key] = entry
    return before, kept


def record(namespace: Namespace, now: Book[Key], book: str = "") -> None:
    """Write the book of this build."""
    namespace.set_value(book_of(namespace.schema, book), dict(now))


def follow(namespace: Namespace, derivation: Derivation[Key, Row], inputs: Mapping[Key, Digest]) -> Increment[Key, Row]:
    """Bring a table and its book up to date with the inputs, given by their digests; an empty one proves nothing."""
    before, kept = changes(namespace, inputs, derivation.book)
    now = dict(kept)
    parts: dict[str, list[tuple[Key, Any]]] = defaultdict(list)
    for key, contribution in derivation.contribute([key for key in inputs if key not in kept]):
        given = Digest("") if contribution.again else inputs[key]
        now[key] = BookEntry(given, tuple(row for row, _ in contribution.parts), contribution.problem)
        for row, part in contribution.parts:
            parts[row].append((key, part))
    leaving: dict[str, set[Key]] = defaultdict(set)
    for key in before.keys() - kept.keys():
        for row in before[key].rows:
            leaving[row].add(key)
    rows: dict[str, tuple[Row | None, Row | None]] = {}
    touched = sorted(parts.keys() | leaving.keys())
    if derivation.table and touched:
        stored = namespace.read(derivation.table, touched)
        for row in touched:
            was = stored.get(row)
            rows[row] = was, derivation.combine(was, leaving.get(row, frozenset()), parts.get(row, ()))
        namespace.write(derivation.table, {row: is_now for row, (_, is_now) in rows.items()})
    if now != before:
        record(namespace, now, derivation.book)
    return Increment(before, now, frozenset(now.keys() - kept.keys()), rows)
