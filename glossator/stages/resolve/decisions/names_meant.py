"""Lookup: the names and ids in a decision -> the clusters that are meant."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from glossator.model import EntityType, PublishedId
from glossator.naming.normalise import person_words
from glossator.stages.resolve.blocking.keys import Family, family_of, umlautless_key, untyped_key
from glossator.stages.resolve.clustering.equal_names import Cluster

PREFIX_LENGTH = 2
"""Letters that an entry has in common with a name for which it may be a misspelling."""

MOST_HINTS = 50
"""Entries for which a similar name is sought: that is slow in a large archive, and nobody reads more hints."""


class ClusterLookup:
    """Finds clusters by name, id or alias. State: the indexes, the names that a person gave, the hints sought."""

    def __init__(self, clusters: Sequence[Cluster], published: Sequence[PublishedId]) -> None:
        self._clusters = clusters
        self._published = {str(published_id.id): published_id for published_id in published}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._aliases: dict[str, set[int]] = defaultdict(set)
        self._by_prefix: dict[str, list[str]] = defaultdict(list)
        self.unmatched_prefixes: list[str] = []
        """Prefixes of the entries for which a similar name was sought."""
        for index, cluster in enumerate(clusters):
            self._names[cluster.key].add(index)
            for form in cluster.forms:
                self._exact[form.casefold()].add(index)
                self._names[untyped_key(form)].add(index)
                self._names[umlautless_key(form, cluster.family)].add(index)
            for form in cluster.other_forms:
                self._aliases[untyped_key(form)].add(index)

    def add_name(self, name: str, clusters: Iterable[int]) -> None:
        """Let clusters be found by a name that a person gave them."""
        for cluster in clusters:
            self._exact[name.casefold()].add(cluster)
            self._names[untyped_key(name)].add(cluster)

    def by_name(self, entry: str) -> list[int]:
        """Return the clusters whose id or name an entry is, sorted."""
        published = self._published.get(entry)
        if published is not None:
            found = self._of_family(self._by_name(published.name), family_of(published.type))
            if found:
                return found
        found = sorted(self._by_name(entry))
        stem, _, suffix = entry.rpartition("-")
        if not found and stem and suffix in set(EntityType):
            found = self._of_family(self._by_name(stem), family_of(EntityType(suffix)))
        return found

    def find(self, entry: str) -> list[int]:
        """Return the clusters whose id, name or else alias an entry is, sorted."""
        return self.by_name(entry) or self.by_alias(entry)

    def by_alias(self, entry: str) -> list[int]:
        """Return the clusters of which an entry is a form, but in no article the best one, sorted."""
        return sorted(self._aliases.get(untyped_key(entry), ()))

    def families(self, clusters: Iterable[int]) -> set[Family]:
        return {self._clusters[cluster].family for cluster in clusters}

    def similar_name(self, entry: str) -> str | None:
        """Return the name of which an entry may be a misspelling: one of the same prefix."""
        prefix = entry.casefold()[:PREFIX_LENGTH]
        self.unmatched_prefixes.append(prefix)
        if len(self.unmatched_prefixes) > MOST_HINTS:
            return None
        if not self._by_prefix:
            for form in sorted(self._exact):
                self._by_prefix[form[:PREFIX_LENGTH]].append(form)
        close = difflib.get_close_matches(entry.casefold(), self._by_prefix.get(prefix, ()), 1)
        if not close:
            return None
        forms = self._clusters[min(self._exact[close[0]])].forms
        return next((form for form in sorted(forms) if form.casefold() == close[0]), close[0])

    def _by_name(self, name: str) -> set[int]:
        exact = self._exact.get(name.casefold(), set())
        return exact or self._names.get(untyped_key(name)) or self._names.get(" ".join(person_words(name)), set())

    def _of_family(self, clusters: Iterable[int], family: Family) -> list[int]:
        return sorted(cluster for cluster in clusters if self._clusters[cluster].family is family)
