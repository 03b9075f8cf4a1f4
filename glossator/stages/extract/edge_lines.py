"""Lines at the edges of an article, where what sites add to every article stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

FIRST = 3
"""Blocks at the beginning of a text that are its edge."""
LAST = 6
"""Blocks at the end of a text that are its edge."""
_WORD = re.compile(r"\w+")

Block = TypeVar("Block")


def edges(blocks: Sequence[Block]) -> list[Block]:
    """Return the first and the last blocks of a text, all if it has few."""
    return [*blocks] if len(blocks) <= FIRST + LAST else [*blocks[:FIRST], *blocks[-LAST:]]


def line_key(text: str) -> str:
    """Return the words of a line, by which it is recognised whatever its case, spaces and signs."""
    return " ".join(_WORD.findall(text.casefold()))
