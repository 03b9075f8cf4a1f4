"""What the pages of entities show of an article's text: taken out once, so that they need not open the article."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from glossator.stages.plan.catalogue import OpenedArticle


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    anchor: str
    """Of its block on the article's page; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Of one article. Names are indices into its analysis' names; places are code points in a sentence's text."""

    sentences: tuple[Sentence, ...]
    """Those that hold a mention, in order."""
    mentions: tuple[tuple[int, int, int, int], ...]
    """Name, sentence, start and end of each mention, in the order of the text."""
    quotes: tuple[tuple[int, Sentence], ...]
    """Who says it, and what."""
    introductions: tuple[tuple[int, str], ...]
    """The start of each descriptor in the article's text, and the sentence around it."""


def excerpt(reading: OpenedArticle) -> Excerpt:
    content, analysis = reading.text.content, reading.analysis
    bounds = _Bounds(reading)
    places: dict[tuple[int, int], int] = {}
    mentions = []
    for one in analysis.mentions:
        span = bounds.sentence(one.start, one.end)
        number = places.setdefault(span, len(places))
        mentions.append((one.name, number, one.start - span[0], one.end - span[0]))
    introductions = []
    for descriptor in analysis.descriptors:
        first, last = bounds.sentence(descriptor.start, descriptor.end)
        introductions.append((descriptor.start, folded(content[first:last]).strip()))
    return Excerpt(
        tuple(Sentence(content[first:last], bounds.anchor(first)) for first, last in places),
        tuple(mentions),
        tuple(
            (one.name, Sentence(folded(one.text).strip(), bounds.anchor(one.start)))
            for one in analysis.quotes
            if one.name is not None
        ),
        tuple(introductions),
    )


def folded(text: str) -> str:
    """White space folded to single spaces; those at the ends count, for the pieces are set side by side."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


class _Bounds:
    """Where the sentences and blocks of an article begin. State: the starts of both, to look them up in."""

    def __init__(self, reading: OpenedArticle) -> None:
        self._sentences, self._blocks = reading.analysis.sentences, reading.text.blocks
        self._starts = [start for start, _ in self._sentences]
        self._tops = [block.start for block in self._blocks]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence that holds a stretch; the stretch itself where none holds it whole."""
        place = bisect_right(self._starts, start) - 1
        if place >= 0 and end <= self._sentences[place][1]:
            return self._sentences[place]
        return start, end

    def anchor(self, start: int) -> str:
        place = bisect_right(self._tops, start) - 1
        return self._blocks[place].anchor if place >= 0 and start < self._blocks[place].end else ""
