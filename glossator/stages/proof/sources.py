"""The archive as a draft is held against it: articles that are opened one by one, and the index that says which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np

from glossator.model import Analysis, ArticleHead, ArticleId, Name, Quote, Text
from glossator.passages.postings import PassageIndex
from glossator.passages.words import FoldedWords, base, words_of
from glossator.stages.proof.align import SearchedArticle
from glossator.stages.proof.findings import Place, QuotedPassage
from glossator.stages.proof.statements import NumberSentences, statements

Analyse = Callable[[ArticleId], Analysis | None]
"""Article -> the names and quotations in it; None if they cannot be found."""

_STOP = re.compile(
    r"(?<=[.!?…])(?<![A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|No)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Inc|Col|Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.)(?<!\bSept\.)[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-ZÀ-Þ0-9])|\n"
)

LEFT_OUT = frozenset({"related", "code"})
"""Kinds of blocks that are none of the article's own words."""


class KnownArticle(msgspec.Struct, frozen=True):
    """An article that was not opened yet."""

    head: ArticleHead
    path: str
    publication: str
    """Name of the publication; else the host of its address, or nothing."""
    host: str
    """Host of the address, and the address without what does not count; empty if there is none."""
    key: str


class ArticleText(msgspec.Struct, frozen=True):
    """An article that was opened."""

    known: KnownArticle
    text: Text
    published: int
    """Offset up to which the site publishes the text."""


class SearchableArticle:
    """An article with its words. State: what is known of them once it was asked for."""

    def __init__(self, article: ArticleText, analyse: Analyse) -> None:
        self.article, self._analyse = article, analyse
        self.head = article.known.head
        self.searched = SearchedArticle(_own_words(article.text))
        self.vocabulary = frozenset(map(base, self.searched.words.folded))

    @property
    def words(self) -> FoldedWords:
        return self.searched.words

    @cached_property
    def quotes(self) -> Sequence[tuple[Quote, Name]]:
        """The quotations whose speaker the article names, each with the speaker."""
        analysis = self._analyse(self.head.id)
        if analysis is None:
            return ()
        return [(quote, analysis.names[quote.name]) for quote in analysis.quotes if quote.name is not None]

    @cached_property
    def names(self) -> Sequence[Name]:
        analysis = self._analyse(self.head.id)
        return analysis.names if analysis else ()

    @cached_property
    def sentences(self) -> Sequence[tuple[int, int, frozenset[str]]]:
        """The bounds of each sentence, and its words as names are compared."""
        words, found = self.words, []
        for start, end in sentences_of(self.article.text):
            first, last = words.between(start, end)
            if first < last:
                found.append((start, end, frozenset(map(base, words.folded[first:last]))))
        return found

    @cached_property
    def head_words(self) -> frozenset[str]:
        """The words of its title, publication and authors."""
        head = self.head
        return frozenset(map(base, words_of(" ".join((head.title, head.site or "", *head.authors))).folded))

    @cached_property
    def statements(self) -> NumberSentences:
        """The sentences of the article that state numbers."""
        return statements(self.article.text, list(sentences_of(self.article.text)))

    def place(self, start: int, end: int) -> Place:
        """Return a stretch of the text as a finding names it."""
        known, text = self.article.known, self.article.text
        paragraphs = [block for block in text.blocks if block.kind not in LEFT_OUT]
        number = sum(block.start <= start for block in paragraphs)
        anchor = next((block.anchor for block in paragraphs if block.start <= start < block.end), "")
        return Place(
            known.head.id,
            known.path,
            known.head.title,
            known.head.date,
            known.publication,
            known.head.source,
            QuotedPassage(start, end, text.content[start:end], number),
            end > self.article.published,
            known.head.rights != "private",
            anchor,
        )


def _own_words(text: Text) -> FoldedWords:
    """Return the words of a text without headlines of other articles and code."""
    blocks = [block for block in text.blocks if block.kind not in LEFT_OUT]
    parts = [words_of(text.content, block.start, block.end) for block in blocks]
    return FoldedWords(
        tuple(word for part in parts for word in part.folded),
        tuple(start for part in parts for start in part.starts),
        tuple(end for part in parts for end in part.ends),
        text.content,
    )


def sentences_of(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences of an article's own words, by their final stops."""
    for block in text.blocks:
        if block.kind in LEFT_OUT:
            continue
        start = block.start
        for stop in _STOP.finditer(text.content, block.start, block.end):
            yield start, stop.start()
            start = stop.end()
        yield start, block.end


class LikelyArticle(NamedTuple):
    """An article that may hold a passage."""

    article: ArticleId
    weight: float
    """Sum of what the shared shingles say."""


class SearchedArchive:
    """The articles that a draft is held against. State: the articles that were opened."""

    def __init__(
        self,
        index: PassageIndex,
        known: Mapping[ArticleId, KnownArticle],
        open_article: Callable[[ArticleId], ArticleText | None],
        analyse: Analyse,
    ) -> None:
        """Search some articles: `known` are those that may be searched, all of them in the index."""
        self.index, self.known = index, known
        self._open, self._analyse = open_article, analyse
        self._opened: dict[ArticleId, SearchableArticle | None] = {}
        self._ids = {article.number: key for key, article in index.state.articles.items() if key in known}
        self._most = max(self._ids, default=0) + 1
        self._allowed = np.zeros(self._most, bool)
        self._allowed[list(self._ids)] = True

    def candidates(self, hashes: Iterable[int], most: int) -> list[LikelyArticle]:
        """Return the articles that share most of some hashes, the likeliest first."""
        keys = list(hashes)
        self.index.load(keys)
        sums = np.zeros(self._most)
        for key in keys:
            numbers = self.index.articles(key)
            numbers = numbers[numbers < self._most]
            sums[numbers] += self.index.weight(key) if len(numbers) else 0
        sums[~self._allowed] = 0
        top = np.argsort(-sums, kind="stable")[: most * 4]
        candidates = sorted(
            (LikelyArticle(self._ids[int(number)], float(sums[number])) for number in top if sums[number] > 0),
            key=lambda candidate: (-candidate.weight, candidate.article),
        )
        return candidates[:most]

    def holders(self, hashes: Iterable[int]) -> list[ArticleId]:
        """Return the articles that have every one of some hashes."""
        keys = list(hashes)
        self.index.load(keys)
        common: np.ndarray[tuple[int], np.dtype[np.uint32]] | None = None
        for key in keys:
            numbers = self.index.articles(key)
            common = numbers if common is None else np.intersect1d(common, numbers)
        return [] if common is None else [self._ids[int(number)] for number in common if int(number) in self._ids]

    def article(self, article: ArticleId) -> SearchableArticle | None:
        """Return an article; None if it cannot be read."""
        if article not in self._opened:
            opened = self._open(article) if article in self.known else None
            self._opened[article] = SearchableArticle(opened, self._analyse) if opened else None
        return self._opened[article]
