"""The words of a decision -> the clusters that they speak of."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from glossator.model import EntityType, PublishedId
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.exact import Cluster

START = 2
"""Letters that a name has in common with one that may be meant by it."""

HINTS = 50
"""Names for which a near one is looked for: that takes long in a large archive, and who misspelt more reads no more."""


class Lookup:
    """Finds clusters by name, id or alias. State: the indexes, the names that a person gave, the hints asked for."""

    def __init__(self, clusters: Sequence[Cluster], published: Sequence[PublishedId]) -> None:
        self._clusters = clusters
        self._ids = {one.id: one for one in published}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._aliases: dict[str, set[int]] = defaultdict(set)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self.guessed: list[str] = []
        """How the entries begin for which a near name was looked for."""
        for number, cluster in enumerate(clusters):
            self._names[cluster.key].add(number)
            for form in cluster.forms:
                self._exact[form.casefold()].add(number)
                self._names[keys.general(form)].add(number)
                self._names[keys.plain_key(form, cluster.family)].add(number)
            for form in cluster.others:
                self._aliases[keys.general(form)].add(number)

    def give(self, name: str, clusters: Iterable[int]) -> None:
        """Let clusters be found by a name that a person gave them."""
        for cluster in clusters:
            self._exact[name.casefold()].add(cluster)
            self._names[keys.general(name)].add(cluster)

    def named(self, entry: str) -> list[int]:
        """The clusters whose id or name is meant, in their order."""
        published = self._ids.get(entry)  # type: ignore[call-overload]  # an entry may or may not be an id
        if published is not None:
            found = self._of_family(self._by_name(published.name), keys.family(published.type))
            if found:
                return found
        found = sorted(self._by_name(entry))
        stem, _, suffix = entry.rpartition("-")
        if not found and stem and suffix in set(EntityType):
            found = self._of_family(self._by_name(stem), keys.family(EntityType(suffix)))
        return found

    def find(self, entry: str) -> list[int]:
        """The clusters whose id, name or else alias is meant, in their order."""
        return self.named(entry) or self.called(entry)

    def called(self, entry: str) -> list[int]:
        """The clusters of which it is a form, but not the best in any article, in their order."""
        return sorted(self._aliases.get(keys.general(entry), ()))

    def families(self, numbers: Iterable[int]) -> set[Family]:
        return {self._clusters[number].family for number in numbers}

    def near(self, entry: str) -> str | None:
        """The name that a misspelt one may stand for: one that begins with the same letters."""
        self.guessed.append(entry.casefold()[:START])
        if len(self.guessed) > HINTS:
            return None
        if not self._by_start:
            for form in sorted(self._exact):
                self._by_start[form[:START]].append(form)
        close = difflib.get_close_matches(entry.casefold(), self._by_start.get(entry.casefold()[:START], ()), 1)
        if not close:
            return None
        forms = self._clusters[min(self._exact[close[0]])].forms
        return next((form for form in sorted(forms) if form.casefold() == close[0]), close[0])

    def _by_name(self, name: str) -> set[int]:
        exact = self._exact.get(name.casefold(), set())
        return exact or self._names.get(keys.general(name)) or self._names.get(" ".join(keys.person(name)), set())

    def _of_family(self, numbers: Iterable[int], family: Family) -> list[int]:
        return sorted(number for number in numbers if self._clusters[number].family is family)
