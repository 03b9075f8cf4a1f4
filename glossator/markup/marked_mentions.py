"""All mentions of an article -> those that are marked: one for each entity and section, the first in running prose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from glossator.markup.layout_events import ArticleLayout, Chars, LinkEnd
from glossator.markup.notations import HEADINGS
from glossator.model import Block

PROSE = frozenset({"paragraph", "quote"})
"""Kinds of block that are read from beginning to end."""
LISTED = frozenset({"item", "cell"})
LONG_LIST = 50
"""Items or cells in a row, beyond which nobody reads them one by one: in a longer list nothing is marked."""
SIGNS = 3
"""Links to elsewhere in one block that have a sign."""


class Mark(msgspec.Struct, frozen=True):
    """A mention that is to be woven in."""

    start: int
    end: int
    entity: str
    type: str
    href: str
    bare: bool = False
    """True if nothing is known of the entity: its mark opens no card."""


class ChosenMarks(msgspec.Struct, frozen=True):
    """The marks that are woven in, and those that the signs behind links tell of, by the numbers of the links."""

    marks: tuple[Mark, ...] = ()
    signs: Mapping[int, tuple[Mark, ...]] = {}


NO_MARKS = ChosenMarks()


def sparse(marks: Sequence[Mark], layout: ArticleLayout) -> ChosenMarks:
    """Return the marks that a reader needs: for each entity the first of a section, and rather in prose than in a list.

    A section ends at a heading. Marks in code and headings, which are not shown, do not count. One in a link, which the
    sign of the link tells of, is taken if there is no other. An entity of which nothing is known is marked once in the
    article, and its mark leads to the next block that mentions it.
    """
    if not marks:
        return NO_MARKS
    permitted = _Stretches(layout)
    chosen: dict[tuple[int, str], tuple[int, int, Mark, int]] = {}
    blocks = _Blocks(layout.text.blocks)
    places = defaultdict[str, list[int]](list)
    for mark in marks:
        index = blocks.index_at(mark.start)
        places[mark.entity].append(index)
        stretch = permitted.stretch_of(mark)
        if index < 0 or blocks.too_long[index] or stretch is None:
            continue
        key = (-1 if mark.bare else blocks.sections[index], mark.entity)
        rank = 0 if stretch.link else 1 + (layout.text.blocks[index].kind in PROSE)
        if key not in chosen or rank > chosen[key][0]:
            chosen[key] = rank, index, mark, stretch.link
    plain: list[Mark] = []
    linked: dict[int, list[tuple[int, Mark]]] = {}
    for _, index, mark, link in sorted(chosen.values(), key=lambda choice: choice[2].start):
        leading = mark
        if mark.bare:
            leading = msgspec.structs.replace(mark, href=_next_mention(places[mark.entity], index, blocks))
        if link:
            linked.setdefault(link, []).append((index, leading))
        else:
            plain.append(leading)
    return ChosenMarks(tuple(plain), _signs(linked, layout))


def _next_mention(places: Sequence[int], index: int, blocks: _Blocks) -> str:
    """Return the address of the first of some blocks that comes after block `index`; empty if none does."""
    anchor = blocks.anchor(index)
    later = (blocks.anchor(place) for place in places if place > index)
    return next((f"#{other}" for other in later if other and other != anchor), "")


def _signs(linked: Mapping[int, Sequence[tuple[int, Mark]]], layout: ArticleLayout) -> dict[int, tuple[Mark, ...]]:
    """Return the marks by links; of the links in one block that lead out of the archive the first few have a sign."""
    signs: dict[int, tuple[Mark, ...]] = {}
    outward = Counter[int]()
    ends = (event for event in layout.events if isinstance(event, LinkEnd) and event.number in linked)
    for end in ends if linked else ():
        index = linked[end.number][0][0]
        outward[index] += not end.archived
        if end.archived or outward[index] <= SIGNS:
            signs[end.number] = tuple(mark for _, mark in linked[end.number])
    return signs


class _Stretches:
    """The stretches of a text in which marks are allowed. State: all, and their starts, for binary search."""

    def __init__(self, layout: ArticleLayout) -> None:
        self._found = [event for event in layout.events if isinstance(event, Chars) and (event.markable or event.link)]
        self._starts = [event.start for event in self._found]

    def stretch_of(self, mark: Mark) -> Chars | None:
        """Return the last stretch that any part of a mark is in, rather one in a link; None if it is in none."""
        last = bisect_left(self._starts, mark.end)
        first = max(0, bisect_right(self._starts, mark.start) - 1)
        touched = [stretch for stretch in self._found[first:last] if mark.start < stretch.start + len(stretch.content)]
        return max(touched, key=lambda stretch: (stretch.link, stretch.start), default=None)


class _Blocks:
    """The blocks of a text with their sections. State: all by index, and the starts, for binary search."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = [block.start for block in blocks]
        self.sections: list[int] = []
        self.too_long = [False] * len(blocks)
        """True for each block of a list that is too long."""
        section, first = 0, 0
        for index, block in enumerate(blocks):
            section += block.kind == "heading"
            self.sections.append(section)
            if block.kind not in LISTED:
                first = index + 1
            elif index - first == LONG_LIST:
                self.too_long[first : index + 1] = [True] * (index + 1 - first)
            elif index - first > LONG_LIST:
                self.too_long[index] = True

    def index_at(self, offset: int) -> int:
        """Return the index of the block that contains an offset; -1 if none does."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self._blocks[index].end else -1

    def anchor(self, index: int) -> str:
        """Return the anchor of a block; empty if it has none, or is a heading."""
        return "" if index < 0 or self._blocks[index].kind == "heading" else self._blocks[index].anchor


UNMARKED = HEADINGS.union(("code", "pre", "aside"))
