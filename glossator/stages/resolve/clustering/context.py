"""Whether articles speak of the same one: by the company that is kept, and by the words of introduction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from glossator.model import ArticleId
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.columns import Place
from glossator.stages.resolve.clustering.exact import Gathered

ENOUGH = 1.05
"""Weight of shared company that counts as support: more than one companion, be it the rarest."""

COMMON = 0.2
"""Weight below which a companion is everybody's."""

AGREEING = 2
"""Telling words that two descriptors must share: "foreign minister", not "minister" alone."""

EMPTY = frozenset("and for from her his its our the their this that who with was were has had not".split())
"""Words of more than two letters that tell nothing of a person."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an article is about, for the rules that ask in what company a name stands."""

    country: str
    """The code of the country that it names most; empty where it names none."""
    companions: tuple[tuple[str, float], ...]
    """For each of its names the base that it belongs to, and that base's rarity.

    A base is what is one before company is asked for: clusters that people or spellings join.
    """


Surroundings = Callable[[Iterable[ArticleId]], Mapping[ArticleId, Around]]
"""Looks up what several articles are about."""


class Company:
    """Who appears with whom. State: the groups as they are joined now, what was looked up, and of which clusters."""

    def __init__(self, gathered: Gathered, union: Union, bases: Sequence[str], surroundings: Surroundings) -> None:
        self.asked: set[int] = set()
        """Clusters whose articles were looked into."""
        self._gathered = gathered
        self._bases = bases
        self._surroundings = surroundings
        self._companions: dict[ArticleId, dict[str, float]] = {}
        self.regroup(union)

    def regroup(self, union: Union) -> None:
        """From now on the company of a cluster is that of all that are joined to it now."""
        self._roots = [union.find(number) for number in range(len(self._gathered.clusters))]
        self._members: dict[int, list[int]] = defaultdict(list)
        for number, root in enumerate(self._roots):
            self._members[root].append(number)
        self._known: dict[int, frozenset[str]] = {}

    def look(self, number: int) -> None:
        """Look up the articles of a cluster, all at once."""
        self.asked.add(number)
        articles = self._gathered.names.articles
        self._look({articles[place] for place in self._gathered.clusters[number].places})

    def of(self, number: int) -> frozenset[str]:
        """Everyone in the articles of a cluster and of those that are joined to it."""
        root = self._roots[number]
        if root not in self._known:
            found: set[str] = set()
            self.asked.add(root)
            articles = self._gathered.names.articles
            everywhere = {
                articles[place] for one in self._members[root] for place in self._gathered.clusters[one].places
            }
            self._look(everywhere)
            for article in everywhere:
                found.update(self._companions[article])
            self._known[root] = frozenset(found - self._own(number))
        return self._known[root]

    def weight(self, place: Place, number: int, besides: int) -> float:
        """How much of an article's company is that of a cluster, one name of the article set aside."""
        known, aside = self.of(number), self._own(besides)
        around = self._companions[self._gathered.names.articles[place]]
        return fsum(weight for base, weight in around.items() if base in known and base not in aside)

    def weights(self, place: Place, besides: int) -> dict[str, float]:
        """An article's company that is not everybody's, each with its weight; one name of the article set aside."""
        aside = self._own(besides)
        around = self._companions[self._gathered.names.articles[place]]
        return {base: weight for base, weight in around.items() if weight >= COMMON and base not in aside}

    def kept(self, first: int, second: int) -> bool:
        """Whether some article of the first cluster keeps the company of the second."""
        self.look(first)
        return any(self.weight(place, second, first) >= ENOUGH for place in self._gathered.clusters[first].places)

    def _own(self, number: int) -> set[str]:
        return {self._bases[one] for one in self._members[self._roots[number]]}

    def _look(self, articles: set[ArticleId]) -> None:
        missing = sorted(article for article in articles if article not in self._companions)
        if missing:
            found = self._surroundings(missing)
            self._companions.update((article, dict(found[article].companions)) for article in missing)


class Descriptions:
    """How the articles introduce their people. State: the telling words, of a name and of a person, once asked for."""

    def __init__(self, gathered: Gathered, union: Union) -> None:
        self._described = gathered.names.described
        self._places: dict[int, list[Place]] = defaultdict(list)
        for place in self._described:
            self._places[union.find(gathered.homes[place])].append(place)
        self._known: dict[int, set[str]] = {}

    def agree(self, place: Place, root: int) -> bool:
        """Whether an article introduces a name with words that introduce a person elsewhere."""
        if place not in self._described or root not in self._places:
            return False
        if root not in self._known:
            self._known[root] = set().union(*map(self._telling, self._places[root]))
        return len(self._telling(place) & self._known[root]) >= AGREEING

    def _telling(self, place: Place) -> set[str]:
        words = (word for _, _, text in self._described[place][1] for word in keys.words(text))
        return {word for word in words if len(word) > 2 and word not in EMPTY}
