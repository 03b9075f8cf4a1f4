"""Whether articles speak of the same one: by the company that is kept, and by the words of introduction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from glossator.model import Analysis
from glossator.stages.resolve import keys
from glossator.stages.resolve.gather import Gathered, Place
from glossator.stages.resolve.union import Union

ENOUGH = 1.0
"""Weight of shared company that counts as support: one rare companion, or two that a tenth of the archive shares."""

SMALL = 100
"""Articles added to their number, so that in a small archive a companion of all has some weight."""

COMMON = 0.2
"""Weight below which a companion is everybody's."""

AGREEING = 2
"""Telling words that two descriptors must share: "foreign minister", not "minister" alone."""

EMPTY = frozenset("and for from her his its our the their this that who with was were has had not".split())
"""Words of more than two letters that tell nothing of a person."""


class Company:
    """Who appears with whom. State: the archive's names as they are joined now, and what was looked up of them."""

    def __init__(self, gathered: Gathered, union: Union) -> None:
        self._gathered = gathered
        self._roots = [union.find(number) for number in range(len(gathered.clusters))]
        self._members: dict[int, list[int]] = {}
        for number, root in enumerate(self._roots):
            self._members.setdefault(root, []).append(number)
        articles: Counter[int] = Counter()
        for home in gathered.homes:
            articles.update({self._roots[number] for number in home})
        total = len(gathered.homes) + SMALL
        self._weights = {root: log(total / count) / log(total) for root, count in articles.items()}
        self._known: dict[int, frozenset[int]] = {}

    def of_article(self, article: int) -> set[int]:
        return {self._roots[number] for number in self._gathered.homes[article]}

    def of(self, number: int) -> frozenset[int]:
        """Everyone in the articles of a cluster and of those that are joined to it."""
        root = self._roots[number]
        if root not in self._known:
            found: set[int] = set()
            for member in self._members[root]:
                for article, _ in self._gathered.clusters[member].places:
                    found |= self.of_article(article)
            self._known[root] = frozenset(found - {root})
        return self._known[root]

    def weight(self, article: int, number: int, besides: int) -> float:
        """How much of an article's company is that of a cluster, one name of the article set aside."""
        shared = (self.of_article(article) & self.of(number)) - {self._roots[besides], self._roots[number]}
        return sum(self._weights[root] for root in sorted(shared))

    def weights(self, article: int, besides: int) -> dict[int, float]:
        """An article's company that is not everybody's, each with its weight; one name of the article set aside."""
        found = self.of_article(article) - {self._roots[besides]}
        return {root: self._weights[root] for root in sorted(found) if self._weights[root] >= COMMON}

    def kept(self, first: int, second: int) -> bool:
        """Whether some article of the first cluster keeps the company of the second."""
        places = self._gathered.clusters[first].places
        return any(self.weight(article, second, first) >= ENOUGH for article, _ in places)


class Descriptions:
    """How the articles introduce their people. State: the words, by name and by person, once they were asked for."""

    def __init__(self, analyses: Sequence[Analysis], gathered: Gathered, union: Union) -> None:
        self._by_place: dict[Place, set[str]] = defaultdict(set)
        self._by_root: dict[int, set[str]] = defaultdict(set)
        for article, analysis in enumerate(analyses):
            for descriptor in analysis.descriptors:
                telling = {word for word in keys.words(descriptor.text) if len(word) > 2 and word not in EMPTY}
                self._by_place[article, descriptor.name] |= telling
                self._by_root[union.find(gathered.homes[article][descriptor.name])] |= telling

    def agree(self, place: Place, root: int) -> bool:
        """Whether an article introduces a name with words that introduce a person elsewhere."""
        return len(self._by_place.get(place, set()) & self._by_root.get(root, set())) >= AGREEING
