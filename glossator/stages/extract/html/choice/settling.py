"""What two opinions on a page's article disagree about, settled passage by passage.

What both have is the article. What only one has is judged by where it stands and how the elements around it are named:
scorers keep too much at the edges, extractors lose parts of an article that stand in elements of their own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from glossator.stages.extract.html.choice.outline import Block, Outline, Passage, totals
from glossator.stages.extract.html.choice.shingles import wording, words
from glossator.stages.extract.html.choice.signs import ABOUT, CAPTION, COMMENTS, FRAME, OTHERS

_TELLING = 8
"""Words of a passage that shows where an article begins, ends, or goes on."""
_PROSE, _CELL = 12, 12
"""Words of a paragraph at least; of a table's cell that is read as part of its row."""
_LINKED = 0.5
_RUN = 200
"""Words of prose in an element that is a part of the article whatever it is called."""
_WHOLE = 0.6
"""Of a page's words: an element with more says nothing about a passage by its name."""
_NEAR = 4
"""Elements around a passage that say something about it."""
_ENDS = frozenset('.!?…:;"”’»)。！？')
_WITHIN_TEXT = frozenset("p li ul ol h1 h2 h3 h4 h5 h6 blockquote pre td th tr tbody dd dt dl table".split())
_EDGES = frozenset("aside header footer nav form".split())
_FIGURES = frozenset(("figure", "figcaption"))
_ITEMS = frozenset(("li", "dd", "dt"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands."""

    outside: bool
    """Whether it is before or behind everything that the extractor has."""
    prose: bool
    names: str
    tags: frozenset[str]
    captioned: bool
    akin: bool
    """Whether an element named like the one around it holds text that both have."""
    run: int
    """Words of prose in the element around it."""


def settled(page: Outline, scored: list[int], extracted: str) -> list[int]:
    """The numbers of the passages that are the article.

    Args:
        page: the page's outline.
        scored: the passages that the scorer has chosen.
        extracted: the text that the extractor has found.
    """
    tokens = [words(passage.text) for passage in page.passages]
    found = _found(page, tokens, extracted)
    own = set(scored)
    telling = [number for number, there in enumerate(found) if there and len(tokens[number]) >= _TELLING]
    if not telling or own.isdisjoint(telling):
        return scored
    places = _Places(page, tokens, own, telling)
    kept = []
    for number, passage in enumerate(page.passages):
        there, chosen = found[number], number in own
        if there and chosen:
            kept.append(number)
        elif tokens[number] and (there or chosen):
            place = places.of(number)
            if _extends(passage, place) if there else _remains(passage, place):
                kept.append(number)
    return kept


def _remains(passage: Passage, place: _Place) -> bool:
    """Whether a passage that only the scorer has is the article's."""
    leads = passage.linked > _LINKED * len(passage.text)
    if place.captioned or COMMENTS.search(place.names):
        return False
    if leads and not (place.akin and not place.outside and not _ITEMS.isdisjoint(place.tags)):
        return False
    apart = ABOUT.search(place.names) or FRAME.search(place.names)
    if not place.prose:
        return not (place.outside or apart or OTHERS.search(place.names))
    if not place.outside:
        return True
    return place.akin and (place.run >= _RUN or not (apart or not _EDGES.isdisjoint(place.tags)))


def _extends(passage: Passage, place: _Place) -> bool:
    """Whether a passage that only the extractor has is the article's: a part in an element like the others."""
    apart = COMMENTS.search(place.names) or ABOUT.search(place.names) or FRAME.search(place.names)
    return place.akin and not place.outside and not apart and passage.linked < _LINKED * len(passage.text)


def _found(page: Outline, tokens: list[list[str]], text: str) -> list[bool]:
    """For each passage whether a text has it; the cells of a row are one line of a text."""
    known = wording(text)
    found: list[bool] = []
    for row in _rows(page, tokens):
        found += [known.has([word for number in row for word in tokens[number]])] * len(row)
    return found


def _rows(page: Outline, tokens: list[list[str]]) -> list[list[int]]:
    rows: list[list[int]] = []
    last = None
    for number, passage in enumerate(page.passages):
        row = _row(page, passage.block)
        if row is not None and row == last and len(tokens[number]) < _CELL:
            rows[-1].append(number)
        else:
            rows.append([number])
        last = row
    return rows


def _row(page: Outline, number: int) -> int | None:
    for _ in range(3):
        if number <= 0:
            return None
        block = page.blocks[number]
        if block.tag in ("td", "th"):
            return block.parent
        number = block.parent
    return None


class _Places:
    """Answers where a passage stands, from what is known of the whole page."""

    def __init__(self, page: Outline, tokens: list[list[str]], own: set[int], telling: list[int]) -> None:
        self._page = page
        self._first, self._last = telling[0], telling[-1]
        self._sizes = totals(page, lambda passage: len(passage.text))
        self._prose = [_is_prose(passage, own) for passage, own in zip(page.passages, tokens, strict=True)]
        self._homes = _homes(page)
        self._runs: Counter[int] = Counter()
        for passage, own_tokens, prose in zip(page.passages, tokens, self._prose, strict=True):
            self._runs[self._homes[passage.block]] += len(own_tokens) * prose
        self._shared = {self._kind(number) for number in telling if number in own}

    def of(self, number: int) -> _Place:
        passage = self._page.passages[number]
        chain: list[Block] = []
        block = passage.block
        while block >= 0 and len(chain) <= _NEAR and self._sizes[block] <= _WHOLE * self._sizes[0]:
            chain.append(self._page.blocks[block])
            block = chain[-1].parent
        tags = frozenset(one.tag for one in chain)
        near = [self._page.blocks[passage.block]]
        near.append(self._page.blocks[max(0, near[0].parent)])
        captioned = CAPTION.search(" ".join((passage.classes, *(one.classes for one in near))))
        kind = self._kind(number)
        return _Place(
            outside=not self._first <= number <= self._last,
            prose=self._prose[number],
            names=" ".join((passage.classes, *(f"{one.classes} {one.name}" for one in chain[:_NEAR]))),
            tags=tags,
            captioned=captioned is not None or not _FIGURES.isdisjoint(tags),
            akin=bool(kind[1]) and kind in self._shared,
            run=self._runs[self._homes[passage.block]],
        )

    def _kind(self, number: int) -> tuple[str, str]:
        home = self._page.blocks[self._homes[self._page.passages[number].block]]
        return home.tag, home.classes


def _homes(page: Outline) -> list[int]:
    """For each block the one that holds the paragraph, the list or the table it belongs to."""
    homes: list[int] = []
    for number, block in enumerate(page.blocks):
        homes.append(homes[block.parent] if number > 0 and block.tag in _WITHIN_TEXT else number)
    return homes


def _is_prose(passage: Passage, tokens: list[str]) -> bool:
    return len(tokens) >= _PROSE and passage.linked < 0.3 * len(passage.text) and passage.text[-1] in _ENDS
