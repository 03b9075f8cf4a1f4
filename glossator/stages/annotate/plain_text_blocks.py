"""A plain-text file as blocks."""

from __future__ import annotations

import re

from glossator.model import Block, Text

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")


def plain_text(content: str) -> Text:
    """Return a text whose blocks are the paragraphs of `content`, separated by blank lines, white space trimmed."""
    blocks = (
        Block(found.start(), found.start() + len(found.group().rstrip()), "paragraph", "")
        for found in _BLOCK.finditer(content)
    )
    return Text(content, tuple(blocks))
