"""Signs of how good a reading of a page is: what can be seen without knowing the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import log

import msgspec

from glossator.stages.extract.html.choice.page_outline import PROSE, Outline, totals
from glossator.stages.extract.text_comparison import (
    SENTENCE_ENDS,
    SIZE,
    Shingles,
    Wording,
    run_of,
    runs_of,
    shingles,
    words,
)

_SHARE = 0.6
"""Share of a passage's shingles that must be in a reading for the passage to be in it."""
_OFTEN = 3
"""Letters of a word of the title that says something."""
_MOST = 5.0
"""Greatest ratio of two lengths that matters."""

READINGS = ("joined", "scored", "extracted", "extended", "judged", "precise", "compared", "stated")
"""Readings of a page: both opinions joined; our scorer's; the extractor's; both joined, with passages that are likely
to be missing; the passages that are likely alone; that of a stricter extractor; that of one which compares several
methods; the text in the page's structured data."""
_COMPARED = ("joined", "scored", "extracted", "extended", "judged", "stated")
"""Readings that the program makes unasked."""
NO_CHANCES: Sequence[float] = ()


class PageText(msgspec.Struct, frozen=True):
    """A page as signs see it: its passages in words, and what the page says of its article."""

    runs: list[list[int]]
    """Shingles of each passage; a short passage is one run, which is looked up among a reading's lines."""
    sizes: list[int]
    """Words of each passage."""
    linked: list[float]
    """Share of links in each passage."""
    prose: list[bool]
    holder: int
    """Words in the longest `article` or `main` of the page; 0 if there is none."""
    title: frozenset[str]
    description: list[str]
    stated: int
    """Words of the text in the structured data; 0 if there is none."""


def page_text(page: Outline, title: str, description: str, stated: int) -> PageText:
    """Return a page as signs see it.

    `title` and `description` are the page's own; `stated` is the number of words of the text in its structured data.
    """
    tokens = [passage.tokens for passage in page.passages]
    prose = [passage.is_prose for passage in page.passages]
    linked = [passage.linked / len(passage.text) for passage in page.passages]
    title_words = frozenset(word for word in words(title) if len(word) > _OFTEN)
    runs = [_runs(own) for own in tokens]
    return PageText(
        runs, list(map(len, tokens)), linked, prose, _holder(page, tokens), title_words, words(description), stated
    )


def _runs(tokens: list[str]) -> list[int]:
    return [run_of(tokens)] if len(tokens) < SIZE else list(runs_of(tokens))


def _holder(page: Outline, tokens: list[list[str]]) -> int:
    """Return the words of the longest article or main element."""
    sizes = zip(page.blocks[1:], totals(page, map(len, tokens))[1:], strict=True)
    return max((size for block, size in sizes if block.tag in ("article", "main")), default=0)


def agreement(first: Shingles, second: Shingles) -> float:
    """Return the F1 of two texts' shingles: 1 for equal texts, 0 if they have none in common."""
    whole = first.total() + second.total()
    repeated = (min(number, second[run]) - 1 for run, number in first.items() if number > 1 and run in second)
    shared = sum(map(second.__contains__, first)) + sum(repeated)
    return 2 * shared / whole if whole else 0.0


def signs(
    page: PageText,
    readings: Mapping[str, Wording],
    chances: Sequence[float] = NO_CHANCES,
    only: Collection[str] = READINGS,
) -> dict[str, list[float]]:
    """Return the signs of each reading that is not empty, in a fixed order, by name.

    `readings` are the texts by name; `chances` are those of each passage to belong to the article, if they are known;
    `only` are the names of the readings whose signs are wanted.
    """
    texts = {name: reading for name, reading in readings.items() if reading.tokens}
    agreements = {
        (first, second): agreement(texts[first].runs, texts[second].runs)
        for first, second in combinations(texts, 2)
        if first in only or second in only
    }
    has = {name: _has(page, reading) for name, reading in texts.items() if chances or name in only}
    expected = {name: _expected(page, chances, flags) for name, flags in has.items()}
    best = max((own[0] for own in expected.values()), default=0.0)
    return {
        name: [
            log(1 + len(reading.tokens)),
            *_agreements(agreements, name),
            *_coverage(page, reading, has[name]),
            *_contents(page, reading),
            *(float(name == other) for other in _COMPARED),
            *expected[name],
            expected[name][0] - best,
        ]
        for name, reading in texts.items()
        if name in only
    }


def _has(page: PageText, reading: Wording) -> list[bool]:
    """Return which of the page's passages a reading has."""
    return [
        sum(map((reading.runs if size >= SIZE else reading.lines).__contains__, runs)) >= _SHARE * len(runs)
        for runs, size in zip(page.runs, page.sizes, strict=True)
    ]


def _expected(page: PageText, chances: Sequence[float], has: Sequence[bool]) -> list[float]:
    """Return F1, precision and recall to be expected of a reading by its passages' chances; -1 if these are unknown."""
    if not chances:
        return [-1.0, -1.0, -1.0]
    whole = sum(size * chance for size, chance in zip(page.sizes, chances, strict=True))
    inside = sum(size for size, is_in in zip(page.sizes, has, strict=True) if is_in)
    right = sum(size * chance for size, chance, is_in in zip(page.sizes, chances, has, strict=True) if is_in)
    return [2 * right / max(1.0, inside + whole), right / max(1, inside), right / max(1.0, whole)]


def _agreements(agreements: Mapping[tuple[str, str], float], name: str) -> list[float]:
    """Return the agreement with each other reading, -1 for one that was not made; the least, the greatest, the mean."""
    with_others = [agreements.get((name, other), agreements.get((other, name), -1.0)) for other in _COMPARED]
    others = [value for value in with_others if value >= 0] or [0.0]
    return [*with_others, min(others), max(others), sum(others) / len(others)]


def _coverage(page: PageText, reading: Wording, has: Sequence[bool]) -> list[float]:
    """Return which of the page's passages a reading has: of all, of prose, of links; and how far apart they are."""
    sizes, length = page.sizes, len(reading.tokens)
    whole = sum(sizes) or 1
    kept = sum(size for size, inside in zip(sizes, has, strict=True) if inside)
    prose = sum(size for size, is_prose in zip(sizes, page.prose, strict=True) if is_prose)
    kept_prose = sum(size for size, inside, is_prose in zip(sizes, has, page.prose, strict=True) if inside and is_prose)
    links = sum(size * share for size, inside, share in zip(sizes, has, page.linked, strict=True) if inside)
    linked = sum(size * share for size, share in zip(sizes, page.linked, strict=True))
    numbers = [number for number, inside in enumerate(has) if inside and sizes[number] >= PROSE]
    span = sum(sizes[numbers[0] : numbers[-1] + 1]) if numbers else 0
    between = (
        sum(sizes[number] for number in range(numbers[0], numbers[-1]) if page.prose[number] and not has[number])
        if numbers
        else 0
    )
    return [
        length / whole,
        kept / max(1, length),
        kept_prose / max(1, prose),
        kept_prose / max(1, kept),
        links / max(1, kept),
        linked / whole,
        kept / max(1, span),
        between / max(1, kept),
        min(_MOST, page.holder / max(1, length)),
        min(_MOST, prose / max(1, length)),
        log(1 + whole),
    ]


def _contents(page: PageText, reading: Wording) -> list[float]:
    """Return what a reading has of title and description, how its lines end, how many repeat, and how long it is."""
    tokens, own = reading.tokens, reading.runs
    lines = [line.strip() for line in reading.text.splitlines() if line.strip()]
    seen = Counter(lines)
    described = shingles(page.description)
    ends = sum(len(line) for line in lines if line[-1] in SENTENCE_ENDS) / max(1, sum(map(len, lines)))
    unique = set(tokens)
    return [
        len(page.title & unique) / len(page.title) if page.title else -1.0,
        (described & own).total() / described.total() if described else -1.0,
        len(set(page.description) & unique) / len(set(page.description)) if page.description else -1.0,
        ends,
        sum(number - 1 for number in seen.values()) / max(1, len(lines)),
        len(tokens) / max(1, len(lines)),
        len(unique) / max(1, len(tokens)),
        min(_MOST, page.stated / max(1, len(tokens))) if page.stated else -1.0,
    ]
