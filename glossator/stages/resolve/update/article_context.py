"""Contexts of articles, derived from their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from glossator import inverse_frequency
from glossator.model import ArticleId, RowReader
from glossator.naming import countries
from glossator.stages.resolve.blocking import OccurrenceTable
from glossator.stages.resolve.clustering.co_occurrence import ArticleContext, ContextLookup, WeightedBase
from glossator.stages.resolve.rules import BaseClusters


def rarities(base: BaseClusters, articles: int) -> tuple[float, ...]:
    """Return for each cluster the rarity of its base in an archive with this number of articles."""
    articles_by_base: dict[str, set[ArticleId]] = defaultdict(set)
    column = base.exact.table.articles
    for name, cluster in zip(base.bases, base.exact.clusters, strict=True):
        articles_by_base[name].update([column[occurrence] for occurrence in cluster.occurrences])
    weights = {name: inverse_frequency.rarity(len(having), articles) for name, having in articles_by_base.items()}
    return tuple(weights[name] for name in base.bases)


class DerivedContexts:
    """Derives the contexts of articles of which all names are in a table. State: the range of each one's names."""

    def __init__(self, base: BaseClusters, weights: Sequence[float]) -> None:
        table = base.exact.table
        self._table, self._cluster_of = table, base.exact.cluster_of
        self._weighted = list(zip(base.bases, weights, strict=True))
        self._codes = [countries.code(name.form) for name in table.names]
        self._ranges = _ranges(table)

    def __call__(self, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleContext]:
        return {article: self._context(self._ranges.get(article, range(0))) for article in articles}

    def _context(self, occurrences: range) -> ArticleContext:
        counts: Counter[str] = Counter()
        for index in (self._table.name_indices[occurrence] for occurrence in occurrences):
            if code := self._codes[index]:
                counts[code] += sum(count for _, count in self._table.names[index].forms)
        country = min(counts, key=lambda code: (-counts[code], code), default="")
        return ArticleContext(country, tuple(self._weighted[self._cluster_of[index]] for index in occurrences))


def _ranges(table: OccurrenceTable) -> dict[ArticleId, range]:
    """Return the occurrences of each article."""
    ranges: dict[ArticleId, range] = {}
    start = 0
    for article, count in Counter(table.articles).items():
        ranges[article] = range(start, start := start + count)
    return ranges


BasePatches = Mapping[ArticleId, Mapping[int, WeightedBase]]
"""Base and rarity as they are now, by article and by the index of a name in it, if they changed."""


def patched_contexts(
    derived: DerivedContexts, read: RowReader, changed: Collection[ArticleId], patches: BasePatches
) -> ContextLookup:
    """Return a function that looks up contexts: derived for changed articles, else stored ones with their patches."""

    def look_up(articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleContext]:
        wanted = list(articles)
        unchanged = [article for article in wanted if article not in changed]
        contexts = dict(read(ArticleContext, unchanged)) if unchanged else {}
        for article in patches.keys() & contexts.keys():
            country, bases = contexts[article].country, enumerate(contexts[article].bases)
            now = (patches[article].get(index, base) for index, base in bases)
            contexts[article] = ArticleContext(country, tuple(now))
        return contexts | derived(article for article in wanted if article in changed)

    return look_up
