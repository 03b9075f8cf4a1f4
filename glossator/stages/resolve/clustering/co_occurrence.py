"""Context: whether articles mean one entity, by the names that co-occur and by the descriptors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum

import msgspec

from glossator.model import ArticleId
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.lexicon import STOP_WORDS
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking import Occurrence
from glossator.stages.resolve.clustering.equal_names import ExactClusters

SUPPORT = 1.05
"""Weight of shared co-occurring names from which they support a link: more than one name, be it the rarest."""

SUPPORT_SHARE = 0.05
"""Share that these names must have in the weight of all names of the article.

An encyclopedia's article has hundreds of names, and so by chance two in common with any other article.
"""

COMMON = 0.2
"""Weight below which a co-occurring name is too common to tell anything."""

SHARED_DESCRIPTOR_WORDS = 2
"""Content words that two descriptors must share: "foreign minister", not "minister" alone."""


WeightedBase = tuple[str, float]
"""A base and its rarity. A base is a group of clusters that people or spellings join, before context is considered."""


class ArticleContext(msgspec.Struct, frozen=True):
    """Subject of an article, for the rules that consider the context of a name."""

    country: str
    """ISO code of the country that the article names most; empty if it names none."""
    bases: tuple[WeightedBase, ...]
    """Base and rarity of each of the article's names."""


ContextLookup = Callable[[Iterable[ArticleId]], Mapping[ArticleId, ArticleContext]]
"""Function that returns the contexts of articles."""


class CoOccurrence:
    """Which names co-occur. State: the groups as they are joined now, the contexts that were read, and for which."""

    def __init__(self, exact: ExactClusters, sets: DisjointSets, bases: Sequence[str], look_up: ContextLookup) -> None:
        self.context_dependent: set[int] = set()
        """Clusters whose articles' contexts were read."""
        self._exact = exact
        self._bases = bases
        self._look_up = look_up
        self._contexts: dict[ArticleId, dict[str, float]] = {}
        self.regroup(sets)

    def regroup(self, sets: DisjointSets) -> None:
        """Count from now on for a cluster what co-occurs with any cluster that is joined to it now."""
        self._roots = [sets.find(index) for index in range(len(self._exact.clusters))]
        self._members: dict[int, list[int]] = defaultdict(list)
        for index, root in enumerate(self._roots):
            self._members[root].append(index)
        self._co_occurring: dict[int, frozenset[str]] = {}

    def load(self, cluster: int) -> None:
        """Read the contexts of a cluster's articles, all at once."""
        self.context_dependent.add(cluster)
        self._load(self._articles(cluster))

    def with_cluster(self, cluster: int) -> frozenset[str]:
        """Return the bases in the articles of a cluster and of those that are joined to it."""
        root = self._roots[cluster]
        if root not in self._co_occurring:
            bases: set[str] = set()
            self.context_dependent.add(root)
            articles = set().union(*map(self._articles, self._members[root]))
            self._load(articles)
            for article in articles:
                bases.update(self._contexts[article])
            self._co_occurring[root] = frozenset(bases - self._own_bases(cluster))
        return self._co_occurring[root]

    def is_supported(self, occurrence: Occurrence, cluster: int, besides: int) -> bool:
        """True if enough names in an occurrence's article co-occur with a cluster elsewhere.

        `besides` is the cluster of the occurrence, whose own names are left out.
        """
        co_occurring, own = self.with_cluster(cluster), self._own_bases(besides)
        context = self._contexts[self._exact.table.articles[occurrence]]
        besides_own = {base: weight for base, weight in context.items() if base not in own}
        shared = fsum(weight for base, weight in besides_own.items() if base in co_occurring)
        return is_support(shared, fsum(besides_own.values()))

    def weights(self, occurrence: Occurrence, besides: int) -> dict[str, float]:
        """Return the weights of the names in an occurrence's article that are not too common.

        `besides` is the cluster of the occurrence, whose own names are left out.
        """
        own = self._own_bases(besides)
        context = self._contexts[self._exact.table.articles[occurrence]]
        return {base: weight for base, weight in context.items() if weight >= COMMON and base not in own}

    def can_tell(self, occurrence: Occurrence, besides: int) -> bool:
        """True if an occurrence's article has names, besides those of its cluster, that could support a link."""
        return fsum(self.weights(occurrence, besides).values()) >= SUPPORT

    def supports(self, first: int, second: int) -> bool:
        """True if in some article of the first cluster enough names co-occur with the second one elsewhere."""
        self.load(first)
        return any(
            self.is_supported(occurrence, second, first) for occurrence in self._exact.clusters[first].occurrences
        )

    def _articles(self, cluster: int) -> set[ArticleId]:
        articles = self._exact.table.articles
        return {articles[occurrence] for occurrence in self._exact.clusters[cluster].occurrences}

    def _own_bases(self, cluster: int) -> set[str]:
        return {self._bases[member] for member in self._members[self._roots[cluster]]}

    def _load(self, articles: set[ArticleId]) -> None:
        missing = sorted(article for article in articles if article not in self._contexts)
        if missing:
            contexts = self._look_up(missing)
            self._contexts.update((article, dict(contexts[article].bases)) for article in missing)


def is_support(shared: float, total: float) -> bool:
    """True if shared names of this weight support a link of an article whose names weigh `total`."""
    return shared >= SUPPORT and shared >= SUPPORT_SHARE * total


class DescriptorIndex:
    """Descriptors by person. State: content words of the descriptors of each person, once they are needed."""

    def __init__(self, exact: ExactClusters, sets: DisjointSets) -> None:
        self._descriptors = exact.table.descriptors
        self._occurrences: dict[int, list[Occurrence]] = defaultdict(list)
        for occurrence in self._descriptors:
            self._occurrences[sets.find(exact.cluster_of[occurrence])].append(occurrence)
        self._words: dict[int, set[str]] = {}

    def shared(self, occurrence: Occurrence, root: int) -> int:
        """Return how many words that introduce an occurrence introduce the person of a root elsewhere."""
        if occurrence not in self._descriptors or root not in self._occurrences:
            return 0
        if root not in self._words:
            self._words[root] = set().union(*map(self._content_words, self._occurrences[root]))
        return len(self._content_words(occurrence) & self._words[root])

    def _content_words(self, occurrence: Occurrence) -> set[str]:
        phrases = (span.text for span in self._descriptors[occurrence].spans if span.kind == "phrase")
        phrase_words = (word for phrase in phrases for word in words(phrase))
        return {word for word in phrase_words if len(word) > 2 and word not in STOP_WORDS}
