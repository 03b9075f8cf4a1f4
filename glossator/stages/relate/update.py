"""Which articles are near and which related: the cosine of their strongest words, brought up to date after an edit.

The weight of a word depends on the number of articles that have it, in wide steps. So an edit moves the changed
articles, and those that have a word whose number came to another step. The cosines of these with all others are
computed anew; then the lists of the articles that they left or may enter. All sums are of whole numbers, so that their
order does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.inverse_frequency import scale
from glossator.model import ArticleId, RelatedArticle
from glossator.stages.relate.postings import PostingIndex, weight
from glossator.stages.relate.words import NOUNS_OF, StrongWords, WordState
from glossator.word_lists import stop_words, word_lists

LIKE = 0.19
"""Cosine from which two articles are related: chosen by cross-validation on articles judged by reading."""
NEAR = 0.1
"""Cosine from which two articles are near, which is too little to call them related: topics are made of it."""
FAINT = 0.07
"""Cosine from which an article is kept of one that has few near ones."""
BESIDE = 0.7
"""Share of the strongest relation's cosine that the others of a list must have: weak ones look wrong beside it."""
ENOUGH = 4
"""Words that two articles must share: in short texts fewer are chance."""
MOST = 20
"""Near articles kept of one article."""
FEW = 6
"""Articles that are kept of one article although they are not near, and of which it is kept what they share."""
LEAST_SHARED = 0.02
"""Part of a cosine that the shared nouns must add if they are to say why an article is offered that is not related."""
VAGUE = word_lists("relate")["vague"]
"""Nouns that say nothing about a subject."""
SAME_STEM = 4
"""Letters at the beginning by which two words are the same for a reader: book, books."""
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
    is_partial = len(moved) < len(languages)
    related = {key: work.related(key, remember=is_partial) for key in sorted(moved)}
    stored = rows.related()
    if is_partial:
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
        self._near: dict[ArticleId, tuple[NDArray[np.intp], NDArray[np.float64]]] = {}
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

    def related(self, article: ArticleId, remember: bool = False) -> tuple[RelatedArticle, ...]:
        """Return the articles near one that was opened, the nearest first, and a few that are not; some say why.

        `remember` is true if `affected` will be asked for the articles whose lists this one may enter.
        """
        numbers, cosines = self._cosines(article)
        if remember:
            self._near[article] = numbers, cosines
        if len(cosines) > MOST:
            high = cosines >= np.partition(cosines, -MOST)[-MOST]
            numbers, cosines = numbers[high], cosines[high]
        pairs = zip(cosines.tolist(), numbers.tolist(), strict=True)
        nearest = sorted((-cosine, self._articles[number]) for cosine, number in pairs)[:MOST]
        least = max(LIKE, -nearest[0][0] * BESIDE) if nearest else LIKE
        listed = []
        for place, (negative, other) in enumerate(nearest):
            if -negative >= least:
                listed.append(RelatedArticle(other, -negative, self._shared_words(article, other), True))
            elif place < FEW:
                listed.append(RelatedArticle(other, -negative, self._shared_nouns(article, other), False))
            elif -negative >= NEAR:
                listed.append(RelatedArticle(other, -negative, (), False))
        return tuple(listed)

    def affected(
        self, moved: Collection[ArticleId], lists: Mapping[ArticleId, tuple[RelatedArticle, ...]]
    ) -> set[ArticleId]:
        """Return the articles whose lists a moved article or one that is gone was in, or may enter now."""
        left = {key for key, listed in lists.items() if any(near.article in moved for near in listed)}
        entering: dict[ArticleId, float] = {}
        for article in moved:
            for number, cosine in zip(*self._near.get(article, ((), ())), strict=True):
                other = self._articles[int(number)]
                entering[other] = max(entering.get(other, 0.0), float(cosine))
        return left | {other for other, cosine in entering.items() if _enters(cosine, lists.get(other, ()))}

    def _cosines(self, article: ArticleId) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the numbers of the articles that share enough words, and their cosines, which are FAINT or more."""
        vector = self.vector(article)
        if not vector:
            return np.empty(0, np.intp), np.empty(0)
        lists = [self._index[key] for key in vector]
        factors = [value * self._index.weight(key) for key, value in vector.items()]
        columns = np.concatenate(lists)
        products = columns[:, 1] * np.repeat(np.array(factors, np.float64), [len(postings) for postings in lists])
        dots = np.bincount(columns[:, 0], products, len(self._norms))
        number = self._numbers[article]
        cosines = np.round(dots / np.sqrt(self._norms[number] * self._norms), 6)
        shared = np.bincount(columns[:, 0], minlength=len(self._norms))
        shared[number] = 0
        others = np.flatnonzero((cosines >= FAINT) & (shared >= ENOUGH))
        return others, cosines[others]

    def _shared_words(self, article: ArticleId, other: ArticleId) -> tuple[str, ...]:
        """Return the forms of the words that add most to the cosine of two articles."""
        forms = self._forms(article)
        return tuple(forms[key] for _, key in self._shared(article, other)[:WORDS_SHOWN])

    def _shared_nouns(self, article: ArticleId, other: ArticleId) -> tuple[str, ...]:
        """Return the forms of the nouns that add most to the cosine of two articles; none if they add too little.

        In languages of which nouns are not known, all words count; without a list of what every text has, none do.
        """
        if not stop_words(self._words[article].language):
            return ()
        shared = self._shared(article, other)
        forms, (first, second) = self._forms(article), (self._words[article], self._words[other])
        nouns, names = {*first.nouns, *second.nouns}, {*first.names, *second.names}
        shown: dict[str, str] = {}
        added = 0
        for product, key in shared:
            word = forms[key].casefold()
            if first.language != NOUNS_OF or (word in nouns and word not in names and word not in VAGUE):
                added += product
                shown.setdefault(word[:SAME_STEM], forms[key])
        norms = self._norms[[self._numbers[article], self._numbers[other]]]
        return tuple(shown.values())[:WORDS_SHOWN] if added >= LEAST_SHARED * float(np.sqrt(norms.prod())) else ()

    def _shared(self, article: ArticleId, other: ArticleId) -> list[tuple[int, str]]:
        """Return the keys of the words that two articles share, with what each adds to the cosine, the most first."""
        self.read([other])
        first, second = self.vector(article), self.vector(other)
        shared = ((first[key] * second[key], key) for key in first.keys() & second.keys())
        return sorted(shared, key=lambda pair: (-pair[0], pair[1]))

    def _forms(self, article: ArticleId) -> dict[str, str]:
        words = self._words[article]
        return dict(zip(words.index_keys(), words.forms, strict=True))


def _enters(cosine: float, listed: Sequence[RelatedArticle]) -> bool:
    """True if an article with a cosine may enter a list, or move in it."""
    if len(listed) < FEW or cosine >= listed[FEW - 1].cosine:
        return True
    return cosine >= NEAR and (len(listed) < MOST or cosine >= listed[-1].cosine)
