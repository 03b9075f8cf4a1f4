"""Blocks of Markdown, read with less work.

A reader is asked only where its sign occurs, because each of them searches the whole block. A table's row without code
is split at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.tables import TableProcessor

_SIGNS: Mapping[str, tuple[int, tuple[str, ...]]] = MappingProxyType(
    {
        "hashheader": (70, ("#",)),
        "hr": (50, ("-", "*", "_")),
        "quote": (20, (">",)),
        "footnote": (17, ("[^",)),
        "reference": (15, ("]:",)),
    }
)
"""Priority of each of Python-Markdown's readers, which stays, and texts of which a block for it has at least one."""


class _SignedReader(BlockProcessor):
    """One of Python-Markdown's readers, for blocks with its sign."""

    def __init__(self, reader: BlockProcessor, signs: tuple[str, ...]) -> None:
        super().__init__(reader.parser)
        self._reader, self._signs = reader, signs

    def test(self, parent: Element, block: str) -> bool:
        return any(map(block.__contains__, self._signs)) and self._reader.test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self._reader.run(parent, blocks)


class _TableReader(TableProcessor):
    """Python-Markdown's reader of tables. It looks for code in every row, also where there is none."""

    def _split(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            cells: list[str] = super()._split(row)  # type: ignore[misc]  # the stubs lack it
            return cells
        return row.split("|")


def register(parser: Markdown) -> None:
    """Make a parser ask its readers of blocks in this way."""
    readers = parser.parser.blockprocessors
    for name, (priority, signs) in _SIGNS.items():
        readers.register(_SignedReader(readers[name], signs), name, priority)
    readers.register(_TableReader(parser.parser, {"use_align_attribute": False}), "table", 75)
