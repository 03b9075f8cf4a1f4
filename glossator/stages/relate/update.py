"""Which articles are near and which related: the cosine of their strongest words, brought up to date after an edit.

The weight of a word depends on the number of articles that have it, in wide steps. So an edit moves the changed
articles, and those that have a word whose number came to another step. The cosines of these with all others are
computed anew; then the lists of the articles that they left or may enter. All sums are of whole numbers, so that their
order does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.inverse_frequency import scale
from glossator.model import ArticleId, RelatedArticle
from glossator.stages.relate.postings import PostingIndex, weight
from glossator.stages.relate.words import StrongWords, WordState

LIKE = 0.19
"""Cosine from which two articles are related: chosen by cross-validation on articles judged by reading."""
NEAR = 0.1
"""Cosine from which two articles are near, which is too little to offer one beside the other: topics are made of it."""
BESIDE = 0.7
"""Share of the strongest relation's cosine that the others of a list must have: weak ones look wrong beside it."""
ENOUGH = 4
"""Words that two articles must share: in short texts fewer are chance."""
MOST = 20
"""Near articles kept of one article."""
WORDS_SHOWN = 3
"""Words that are kept to say why two articles are related."""


class RelatedRows(NamedTuple):
    """Readers of the rows as the last build stored them; absent keys are left out."""

    postings: Callable[[Iterable[str]], Mapping[str, bytes]]
    words: Callable[[Iterable[ArticleId]], Mapping[ArticleId, StrongWords]]
    related: Callable[[], Mapping[ArticleId, tuple[RelatedArticle, ...]]]


class RelatedUpdate(msgspec.Struct, frozen=True):
    """Rows to be stored; None for a row that is gone."""

    states: dict[ArticleId, WordState]
    """Every article."""
    postings: Mapping[str, bytes | None]
    related: Mapping[ArticleId, tuple[RelatedArticle, ...] | None]


WordChanges = Mapping[ArticleId, tuple[StrongWords | None, StrongWords | None]]
"""Words of an article as they were and as they are; None for one that is new or gone."""


def relate(
    rows: RelatedRows, before: Mapping[ArticleId, WordState], languages: Mapping[ArticleId, str], changes: WordChanges
) -> RelatedUpdate:
    """Return the rows that differ after an edit.

    `before` are the articles as the last build knew them, `languages` all that there are now, each with its language;
    `changes` are those that are new, gone or have other words.
    """
    gone = before.keys() - languages.keys()
    leaving = {before[key].number: words for key, (words, _) in changes.items() if words}
    changed = {key: words for key, (_, words) in changes.items() if words}
    numbers = _numbers(before, languages)
    sizes, earlier = Counter(languages.values()), Counter(state.language for state in before.values())
    index = PostingIndex(rows.postings, sizes)
    work = _Work(rows, index, numbers, dict(changed))
    keys = {key for words in (*leaving.values(), *changed.values()) for key in words.index_keys()}
    index.load(keys)
    former = {key: weight(len(index[key]), earlier[key.partition(" ")[0]]) for key in keys}
    index.replace(leaving, {numbers[key]: words for key, words in changed.items()})
    moved = set(changed) | work.having(key for key in keys if former[key] != index.weight(key))
    rescaled = {code for code in earlier.keys() & sizes.keys() if scale(earlier[code]) != scale(sizes[code])}
    moved |= {key for key, language in languages.items() if language in rescaled}
    work.read(moved)
    norms = {key: state.norm for key, state in before.items() if key in languages}
    norms |= {key: work.norm(key) for key in moved}
    work.set_norms(norms)
    related = {key: work.related(key) for key in sorted(moved)}
    stored = rows.related()
    if len(related) < len(languages):
        affected = work.affected(moved | gone, stored) - related.keys() - gone
        work.read(affected)
        related |= {key: work.related(key) for key in sorted(affected)}
    differing: dict[ArticleId, tuple[RelatedArticle, ...] | None] = {
        key: nearest for key, nearest in related.items() if nearest != stored.get(key)
    }
    differing |= {key: None for key in gone if key in stored}
    states = {key: WordState(numbers[key], language, norms[key]) for key, language in languages.items()}
    return RelatedUpdate(states, index.rows(), differing)


def _numbers(before: Mapping[ArticleId, WordState], now: Iterable[ArticleId]) -> dict[ArticleId, int]:
    """Return a number for each article; one that is gone leaves its number to a new one."""
    numbers = {key: before[key].number for key in now if key in before}
    used = set(numbers.values())
    free = (number for number in count() if number not in used)
    return {key: numbers[key] if key in numbers else next(free) for key in now}


class _Work:
    """The articles of one update. State: the words that were read, the norms, and the cosines of moved articles."""

    def __init__(
        self,
        rows: RelatedRows,
        index: PostingIndex,
        numbers: Mapping[ArticleId, int],
        words: dict[ArticleId, StrongWords],
    ) -> None:
        self._rows, self._index, self._numbers, self._words = rows, index, numbers, words
        self._articles = {number: key for key, number in numbers.items()}
        self._norms: NDArray[np.float64] = np.ones(max(self._articles, default=0) + 1)
        self._near: dict[ArticleId, dict[ArticleId, float]] = defaultdict(dict)
        self._vectors: dict[ArticleId, dict[str, int]] = {}

    def having(self, keys: Iterable[str]) -> set[ArticleId]:
        """Return the articles that have any of the words."""
        return {self._articles[number] for key in keys for number in self._index[key][:, 0].tolist()}

    def read(self, articles: Iterable[ArticleId]) -> None:
        """Read the words of articles, and the posting lists of these words."""
        missing = sorted({article for article in articles if article not in self._words})
        self._words.update(self._rows.words(missing))
        self._index.load({key for article in articles for key in self._words[article].index_keys()})

    def vector(self, article: ArticleId) -> Mapping[str, int]:
        """Return the weight of each word of an article, without words that are too frequent."""
        if article not in self._vectors:
            words = self._words[article]
            keys = self._index.stored(words.index_keys())
            self._vectors[article] = {
                key: frequency * word_weight
                for key, frequency in zip(keys, words.frequencies, strict=True)
                if (word_weight := self._index.weight(key))
            }
        return self._vectors[article]

    def norm(self, article: ArticleId) -> int:
        return sum(value * value for value in self.vector(article).values())

    def set_norms(self, norms: Mapping[ArticleId, int]) -> None:
        """Keep the norm of every article; one without words gets any norm but nought."""
        for key, norm in norms.items():
            self._norms[self._numbers[key]] = norm or 1

    def related(self, article: ArticleId) -> tuple[RelatedArticle, ...]:
        """Return the articles near one that was opened, the nearest first; those that are related say why."""
        nearest = sorted((-cosine, other) for other, cosine in self._cosines(article))
        self._near[article] = {other: -cosine for cosine, other in nearest}
        least = max(LIKE, -nearest[0][0] * BESIDE) if nearest else LIKE
        return tuple(
            RelatedArticle(other, -cosine, self._shared_words(article, other) if -cosine >= least else ())
            for cosine, other in nearest[:MOST]
        )

    def affected(
        self, moved: Collection[ArticleId], lists: Mapping[ArticleId, tuple[RelatedArticle, ...]]
    ) -> set[ArticleId]:
        """Return the articles whose lists a moved article or one that is gone was in, or may enter now."""
        left = {key for key, listed in lists.items() if any(near.article in moved for near in listed)}
        entering: dict[ArticleId, float] = {}
        for article in moved:
            for other, cosine in self._near.get(article, {}).items():
                entering[other] = max(entering.get(other, 0.0), cosine)
        entered = {
            other
            for other, cosine in entering.items()
            if len(lists.get(other, ())) < MOST or cosine >= lists[other][-1].cosine
        }
        return left | entered

    def _cosines(self, article: ArticleId) -> Iterator[tuple[ArticleId, float]]:
        """Yield the articles with a cosine of NEAR or more that share enough words."""
        vector = self.vector(article)
        if not vector:
            return
        lists = [self._index[key] for key in vector]
        factors = [value * self._index.weight(key) for key, value in vector.items()]
        columns = np.concatenate(lists)
        products = columns[:, 1] * np.repeat(np.array(factors, np.float64), [len(postings) for postings in lists])
        dots = np.bincount(columns[:, 0], products, len(self._norms))
        number = self._numbers[article]
        cosines = np.round(dots / np.sqrt(self._norms[number] * self._norms), 6)
        shared = np.bincount(columns[:, 0], minlength=len(self._norms))
        for other in np.flatnonzero((cosines >= NEAR) & (shared >= ENOUGH)).tolist():
            if other != number:
                yield self._articles[other], float(cosines[other])

    def _shared_words(self, article: ArticleId, other: ArticleId) -> tuple[str, ...]:
        """Return the forms of the words that add most to the cosine of two articles."""
        self.read([other])
        first, second = self.vector(article), self.vector(other)
        shared = sorted((-first[key] * second[key], key) for key in first.keys() & second.keys())
        words = self._words[article]
        forms = dict(zip(words.index_keys(), words.forms, strict=True))
        return tuple(forms[key] for _, key in shared[:WORDS_SHOWN])
