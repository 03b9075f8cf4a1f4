"""All mentions of an article -> those that are marked: one for each entity and section, the first in running prose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from glossator.markup.layout_events import ArticleLayout, Chars
from glossator.markup.notations import HEADINGS
from glossator.model import Block

PROSE = frozenset({"paragraph", "quote"})
"""Kinds of block that are read from beginning to end."""
LISTED = frozenset({"item", "cell"})
LONG_LIST = 50
"""Items or cells in a row, beyond which nobody reads them one by one: in a longer list nothing is marked."""


def sparse(marks: Sequence[Mark], layout: ArticleLayout) -> tuple[Mark, ...]:
    """Return the marks that a reader needs: for each entity the first of a section, and rather in prose than in a list.

    A section ends at a heading. Marks in code and headings, which are not shown, do not count. One in a link, which is
    no link itself, is taken if there is no other.
    """
    if not marks:
        return ()
    permitted = _Stretches(layout)
    chosen: dict[tuple[int, str], tuple[int, Mark]] = {}
    blocks = _Blocks(layout.text.blocks)
    for mark in marks:
        index = blocks.index_at(mark.start)
        stretch = permitted.stretch_of(mark)
        if index < 0 or blocks.too_long[index] or stretch is None:
            continue
        key, prose = (blocks.sections[index], mark.entity), layout.text.blocks[index].kind in PROSE
        rank = 0 if stretch.linked else 1 + prose
        if key not in chosen or rank > chosen[key][0]:
            chosen[key] = rank, mark
    return tuple(sorted((mark for _, mark in chosen.values()), key=lambda mark: mark.start))


class _Stretches:
    """The stretches of a text in which marks are allowed. State: all, and their starts, for binary search."""

    def __init__(self, layout: ArticleLayout) -> None:
        self._found = [
            event for event in layout.events if isinstance(event, Chars) and (event.markable or event.linked)
        ]
        self._starts = [event.start for event in self._found]

    def stretch_of(self, mark: Mark) -> Chars | None:
        """Return the last of the stretches that any part of a mark is in; None if it is in none."""
        index = bisect_left(self._starts, mark.end) - 1
        stretch = self._found[index] if index >= 0 else None
        return stretch if stretch and mark.start < stretch.start + len(stretch.content) else None


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


UNMARKED = HEADINGS.union(("code", "pre", "aside"))


class Mark(msgspec.Struct, frozen=True):
    """A mention that is to be woven in."""

    start: int
    end: int
    entity: str
    type: str
    href: str
