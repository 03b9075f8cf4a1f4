"""The bearer whom a surname or an initial means: by its article, by those on the subject, by all articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from glossator.model import ArticleId, PrivateNames
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.private_names import is_part_of
from glossator.stages.resolve.blocking import Occurrence
from glossator.stages.resolve.clustering.co_occurrence import SHARED_DESCRIPTOR_WORDS, CoOccurrence, DescriptorIndex
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters

FEWEST_ARTICLES = 3
"""Articles of a bearer whom the surname means without further sign, at least."""
MAJORITY = 3
"""Ratio of articles of the bearer who is meant to those of all other bearers together, at least."""
INITIALS = 2
"""Letters of the initials in the middle of a name, at most."""


class LikelyBearers:
    """Finds who is meant by a short name. State: the descriptors that were read, and the articles of each person."""

    def __init__(self, exact: ExactClusters, sets: DisjointSets, context: CoOccurrence, private: PrivateNames) -> None:
        self._exact, self._context, self._private = exact, context, private
        self._descriptors = DescriptorIndex(exact, sets)
        self._members: dict[int, list[Cluster]] = defaultdict(list)
        for index, cluster in enumerate(exact.clusters):
            self._members[sets.find(index)].append(cluster)
        self._articles: dict[int, frozenset[ArticleId]] = {}

    def meant(self, occurrence: Occurrence, short: int, candidates: Sequence[int]) -> int | None:
        """Return the root of the person whom the short name of a cluster means; None if that stays open.

        An office or other words of introduction count first, then the company of the name, then the number of articles.
        `candidates` are the roots of all whose name it may be short for.
        """
        article = self._exact.table.articles[occurrence]
        if is_part_of(self._exact.clusters[short].usual_form, self._private):
            return None  # it may be the private person's
        if in_article := [root for root in candidates if article in self._articles_of(root)]:
            return in_article[0] if len(in_article) == 1 else None
        shared = {root: self._descriptors.shared(occurrence, root) for root in candidates}
        introduced = [root for root in candidates if shared[root] >= SHARED_DESCRIPTOR_WORDS]
        if (main := self._clear(introduced)) is not None:
            return main
        likely = introduced or [root for root in candidates if shared[root]] or list(candidates)
        if supported := [root for root in likely if self._context.is_supported(occurrence, root, short)]:
            return self._clear(supported)
        main = self._clear(self.namesakes(short, likely))
        return main if main is not None and len(self._articles_of(main)) >= FEWEST_ARTICLES else None

    def of_full_name(self, full: int, candidates: Sequence[int]) -> int | None:
        """Return the person who has a full name in all articles; None if it stays apart from the fuller names.

        That is the only candidate whom it means in any article, or the only one at all if initials in the middle are
        all that it lacks.
        """
        cluster = self._exact.clusters[full]
        meant = {self.meant(occurrence, full, candidates) for occurrence in cluster.occurrences} - {None}
        if not meant and len(candidates) == 1:
            members = self._members[candidates[0]]
            meant = {candidates[0] for member in members if _has_initials(member.key, cluster.key)}
        return meant.pop() if len(meant) == 1 else None

    def namesakes(self, short: int, candidates: Collection[int]) -> tuple[int, ...]:
        """Return the candidates if all have the short name for surname, those in most articles first; else nobody.

        If an article calls somebody by it who has another surname, it is a given name.
        """
        surname = self._exact.clusters[short].key.rpartition(" ")[2]
        for root in candidates:
            if all(member.key.rpartition(" ")[2] != surname for member in self._members[root]):
                return ()
        return tuple(sorted(candidates, key=lambda root: (-len(self._articles_of(root)), root)))

    def _clear(self, roots: Collection[int]) -> int | None:
        """Return the only person, or the one in nearly all articles: a junk name blocks nobody."""
        counts = {root: len(self._articles_of(root)) for root in roots}
        main = min(counts, key=lambda root: (-counts[root], root), default=None)
        if main is None or counts[main] < MAJORITY * (sum(counts.values()) - counts[main]):
            return None
        return main

    def _articles_of(self, root: int) -> frozenset[ArticleId]:
        if root not in self._articles:
            column = self._exact.table.articles
            articles = (column[occurrence] for member in self._members[root] for occurrence in member.occurrences)
            self._articles[root] = frozenset(articles)
        return self._articles[root]


def is_full_name(key: str) -> bool:
    """True if the key of a person has a given name in full, and so is one person's wherever it stands."""
    given, _, rest = key.partition(" ")
    return len(given) > 1 and bool(rest)


def _has_initials(key: str, short: str) -> bool:
    """True if the key of a person has one word more than a short one, initials in the middle: Donald J. Trump."""
    words = key.split()
    return len(words) > 2 and len(words[-2]) <= INITIALS and [*words[:-2], words[-1]] == short.split()
