"""Rows of bytes that an update stores for the next one, in tables that the caller keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

import msgspec

from glossator.model import ArticleId, Digest, EntityId, EntityType, Name, RowReader, Salience
from glossator.stages.resolve.blocking import DatedDescriptors
from glossator.stages.resolve.clustering.co_occurrence import WeightedBase
from glossator.stages.resolve.decisions.statements import StatementId

Resolved = tuple[EntityId | None, ...]
"""The entity of each name of an article; None for a name that a decision ignores."""

KeyEntries = dict[str, list[str]]
"""One bucket of the key index: blocking key -> the component that indexes the key, or "", and those that look it up."""

STATE_KEY = "state"
"""Key of the single row of ResolveState."""

CONTEXT_DEPENDENT = "+"
"""Beginning of the name of a component that depends on the contexts of articles."""

CONTEXT_INDEPENDENT = "-"
"""Beginning of the name of a component that does not depend on the contexts of articles."""

BUCKETS = 1 << 14
"""Rows over which blocking keys are spread, so that an update need read only a few."""


class StoredName(NamedTuple):
    name: Name
    base: WeightedBase

    @property
    def spelling(self) -> str:
        """Form by which the name can be meant; empty if a mark means by it what may not exist."""
        name = self.name
        return ("" if name.must_exist else name.said) if name.said else name.form


class StoredOccurrence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name in an article."""

    article: ArticleId
    index: int
    """Index of the name among the names of its article."""
    name: int
    """Number of the name in its component, or in a batch."""
    salience: Salience
    descriptors: DatedDescriptors | None
    owner: EntityId | None
    """Entity of the name; None for a name that a decision ignores."""


class StoredEntity(NamedTuple):
    id: EntityId
    digest: Digest


class StoredProblem(NamedTuple):
    """A problem, and if it is about a name that no article has, that name and the message if there is a similar one."""

    path: str
    message: str
    line: int | None
    unmatched: tuple[str, str] | None


StoredSuggestion = tuple[EntityId, EntityId, str]
"""Two entities that may be one, and why."""


class Component(msgspec.Struct, frozen=True, array_like=True):
    """A connected component: names that blocking keys connect, with their entities, published ids and statements."""

    names: list[StoredName]
    occurrences: list[StoredOccurrence]
    entities: list[StoredEntity]
    published: list[EntityId]
    statements: list[StatementId]
    indexed: list[str]
    """Blocking keys under which members are found."""
    looked_up: list[str]
    """Other blocking keys that members look up."""


class Findings(msgspec.Struct, frozen=True, array_like=True):
    """Suggestions, problems and redirects of one component."""

    suggestions: list[StoredSuggestion] = []
    problems: list[StoredProblem] = []
    redirects: dict[EntityId, EntityId] = {}
    unsettled: bool = False
    """True if the ids that the last update published change the component again."""


NOTHING_FOUND = Findings()


class ResolveState(msgspec.Struct, frozen=True, array_like=True):
    """State of the archive as a whole, and what people said and published when it was resolved."""

    languages: dict[str, int] = {}
    """Number of articles by primary subtag; an empty one for those that state no language."""
    lines: Digest = Digest("")
    """Digest of the lines of the decisions, which messages name."""
    statements: dict[StatementId, str] = {}
    """A blocking key of each statement, in the order of the file."""
    published: dict[EntityId, tuple[str, EntityType]] = {}
    """Name and type of each published id."""
    private: tuple[str, ...] = ()
    findings: dict[str, Findings] = {}
    """Findings by component, of those that have any."""
    spread: dict[EntityId, int] = {}
    """Number of articles in which each entity appears."""


class KeyIndex:
    """Components by blocking key. State: the rows that were read, and those that were changed since.

    An entry lists the component that indexes the key, or an empty string, and then those that only look it up.
    """

    def __init__(self, read: RowReader) -> None:
        self._read = read
        self._rows: dict[str, dict[str, list[str]]] = {}
        self._changed: set[str] = set()

    def load(self, keys: Iterable[str]) -> None:
        """Read the entries of keys, which must precede any question about them."""
        missing = {bucket(key) for key in keys} - self._rows.keys()
        if missing:
            stored = self._read(KeyEntries, sorted(missing))
            self._rows |= {name: stored.get(name, {}) for name in missing}

    def indexing(self, key: str) -> str:
        """Return the component that indexes a key, or an empty string."""
        return self._rows[bucket(key)].get(key, [""])[0]

    def components(self, key: str) -> list[str]:
        """Return the components that index or look up a key."""
        return [name for name in self._rows[bucket(key)].get(key, ()) if name]

    def replace(self, old: Mapping[str, Component], new: Mapping[str, Component]) -> None:
        """Enter new components in place of old ones."""
        before, after = _entries(old), _entries(new)
        self.load(key for key, _, _ in before ^ after)
        for key, name, indexed in before - after:
            components = self._change(key)
            if indexed:
                components[0] = ""
            else:
                components.remove(name)
        for key, name, indexed in sorted(after - before):
            components = self._change(key)
            if indexed:
                components[0] = name
            else:
                components.append(name)

    def writes(self) -> dict[str, KeyEntries | None]:
        """Return the changed rows; None for a row that is empty now."""
        rows = {
            name: {key: components for key, components in self._rows[name].items() if any(components)}
            for name in self._changed
        }
        return {name: row or None for name, row in rows.items()}

    def _change(self, key: str) -> list[str]:
        self._changed.add(bucket(key))
        return self._rows[bucket(key)].setdefault(key, [""])


def bucket(key: str) -> str:
    """Return the name of the row that holds a blocking key."""
    return f"{crc32(key.encode('utf-8', 'surrogatepass')) % BUCKETS:x}"


def _entries(components: Mapping[str, Component]) -> set[tuple[str, str, bool]]:
    """Return key and component of each entry, and True if the component indexes the key."""
    entries: set[tuple[str, str, bool]] = set()
    for name, component in components.items():
        entries.update((key, name, True) for key in component.indexed)
        entries.update((key, name, False) for key in component.looked_up)
    return entries
