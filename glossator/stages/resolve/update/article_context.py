"""What each article is about, worked out of its own names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from glossator import inverse_frequency
from glossator.model import ArticleId, ReadTable
from glossator.naming import countries
from glossator.stages.resolve.blocking.columns import Names
from glossator.stages.resolve.clustering.context import Around, Surroundings
from glossator.stages.resolve.rules import Ground
from glossator.stages.resolve.update import rows


def rarities(ground: Ground, articles: int) -> tuple[float, ...]:
    """For each cluster the rarity of its base, in an archive of so many articles."""
    where: dict[str, set[ArticleId]] = defaultdict(set)
    known = ground.gathered.names.articles
    for base, cluster in zip(ground.bases, ground.gathered.clusters, strict=True):
        where[base].update([known[place] for place in cluster.places])
    weights = {base: inverse_frequency.rarity(len(found), articles) for base, found in where.items()}
    return tuple(weights[base] for base in ground.bases)


class Within:
    """Looks up what articles are about whose names are all there. State: where each one's names begin and end."""

    def __init__(self, ground: Ground, weights: Sequence[float]) -> None:
        names = ground.gathered.names
        self._names, self._homes = names, ground.gathered.homes
        self._pairs = list(zip(ground.bases, weights, strict=True))
        self._codes = [countries.code(name.form) for name in names.known]
        self._spans = spans(names)

    def __call__(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Around]:
        return {article: self._around(self._spans.get(article, range(0))) for article in articles}

    def _around(self, span: range) -> Around:
        counts: Counter[str] = Counter()
        for number in (self._names.numbers[place] for place in span):
            if code := self._codes[number]:
                counts[code] += sum(count for _, count in self._names.known[number].forms)
        country = min(counts, key=lambda code: (-counts[code], code), default="")
        return Around(country, tuple(self._pairs[self._homes[place]] for place in span))


def spans(names: Names) -> dict[ArticleId, range]:
    """For each article the places of its names."""
    found: dict[ArticleId, range] = {}
    start = 0
    for article, count in Counter(names.articles).items():
        found[article] = range(start, start := start + count)
    return found


Patches = Mapping[ArticleId, Mapping[int, tuple[str, float]]]
"""For some of the names of articles, by their places, base and rarity as they are now."""


def patched(within: Within, read: ReadTable, changed: Collection[ArticleId], patches: Patches) -> Surroundings:
    """Looks up what articles are about: those that changed in their names, others as it is remembered, with patches."""

    def look(articles: Iterable[ArticleId]) -> dict[ArticleId, Around]:
        wanted = list(articles)
        remembered = [article for article in wanted if article not in changed]
        found = rows.read_around(read, remembered) if remembered else {}
        found |= {article: patch(found[article], patches[article]) for article in remembered if article in patches}
        return found | within(article for article in wanted if article in changed)

    return look


def patch(around: Around, names: Mapping[int, tuple[str, float]]) -> Around:
    """What an article is about, where some of its names have another base or rarity."""
    pairs = enumerate(around.companions)
    return Around(around.country, tuple(names.get(index, pair) for index, pair in pairs))
