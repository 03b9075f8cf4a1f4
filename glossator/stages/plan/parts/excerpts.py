"""The sentences that the pages of entities quote, extracted once from each article."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import msgspec

from glossator.model import ArticleId, PrivateNames
from glossator.naming.private_names import has_whole_name
from glossator.stages.plan.catalogue import Catalogue
from glossator.stages.plan.catalogue.site_content import OpenedArticle


class Sentence(msgspec.Struct, frozen=True):
    text: str
    anchor: str
    """Anchor of the sentence's block on the article's page; empty if it has none."""


class SentenceMention(NamedTuple):
    """A mention of an entity in a sentence of an excerpt."""

    name: int
    """Index into the analysis' names."""
    sentence: int
    """Index into the excerpt's sentences."""
    start: int
    """Offset in the sentence's text, in code points."""
    end: int
    """Offset in the sentence's text, in code points."""


class QuotedWords(NamedTuple):
    """A quotation whose speaker the article names."""

    name: int
    """Index of the speaker into the analysis' names."""
    text: str
    attribution: str
    """Words of the article that attribute the quotation."""
    anchor: str
    """Anchor of the quotation's block on the article's page; empty if it has none."""
    start: int = 0
    end: int = 0
    """Bounds in the text of the article."""


class Excerpt(msgspec.Struct, frozen=True):
    """Sentences of one article that mention entities, its quotations, and the sentences that introduce entities."""

    sentences: tuple[Sentence, ...]
    """Sentences that contain a mention, in order."""
    mentions: tuple[SentenceMention, ...]
    """Mentions in the order of the text."""
    quotes: tuple[QuotedWords, ...]
    introductions: tuple[tuple[int, str], ...]
    """Start of each descriptor in the article's text, and the sentence around it."""
    digest: str = ""
    """Digest of the text and of the analysis that the excerpt was taken from."""


def excerpt(reading: OpenedArticle, digest: str = "") -> Excerpt:
    """Return the excerpt of an opened article, whose text and analysis have the digest."""
    content, analysis = reading.text.content, reading.analysis
    bounds = _Bounds(reading)
    indices: dict[tuple[int, int], int] = {}
    mentions = []
    for mention in analysis.mentions:
        first, last = bounds.sentence(mention.start, mention.end)
        index = indices.setdefault((first, last), len(indices))
        mentions.append(SentenceMention(mention.name, index, mention.start - first, mention.end - first))
    introductions = []
    for descriptor in (described for described in analysis.descriptors if described.kind not in ("region", "setting")):
        first, last = bounds.sentence(descriptor.start, descriptor.end)
        introductions.append((descriptor.start, fold_space(content[first:last]).strip()))
    return Excerpt(
        tuple(Sentence(content[first:last], bounds.anchor(first)) for first, last in indices),
        tuple(mentions),
        tuple(
            QuotedWords(
                quote.name,
                fold_space(quote.text).strip(),
                quote.attribution,
                bounds.anchor(quote.start),
                quote.start,
                quote.end,
            )
            for quote in analysis.quotes
            if quote.name is not None
        ),
        tuple(introductions),
        digest,
    )


def sentence_at(reading: OpenedArticle, place: int) -> tuple[str, str]:
    """Return the sentence at an offset of an opened article, and its anchor; both are empty outside of sentences."""
    bounds = _Bounds(reading)
    first, last = bounds.sentence(place, place)
    return reading.text.content[first:last], bounds.anchor(first)


def fold_space(text: str) -> str:
    """Fold white space to single spaces; spaces at the ends stay, because the pieces are joined again."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def private_names_of(catalogue: Catalogue, article: ArticleId, excerpt: Excerpt) -> PrivateNames:
    """Return the private names; given names count in an article whose sentences hold a whole name."""
    names = catalogue.settings.private_names
    if not names or article in names.articles:
        return names
    texts = (
        *(sentence.text for sentence in excerpt.sentences),
        *(f"{quote.text} {quote.attribution}" for quote in excerpt.quotes),
    )
    if not any(has_whole_name(text, names) for text in texts):
        return names
    return msgspec.structs.replace(names, articles=(*names.articles, article))


class _Bounds:
    """The beginnings of an article's sentences and blocks. State: the starts of both, for binary search."""

    def __init__(self, reading: OpenedArticle) -> None:
        self._sentences, self._blocks = reading.analysis.sentences, reading.text.blocks
        self._starts = [start for start, _ in self._sentences]
        self._block_starts = [block.start for block in self._blocks]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence that contains a stretch, else those of the stretch."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < self._sentences[index][1] >= end:
            return self._sentences[index]
        return start, end

    def anchor(self, start: int) -> str:
        index = bisect_right(self._block_starts, start) - 1
        return self._blocks[index].anchor if index >= 0 and start < self._blocks[index].end else ""
