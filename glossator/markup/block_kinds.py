"""Kinds of block that a text has, by the element: paragraph, heading, item, quotation, cell, code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from glossator.model import BlockKind

BLOCKS: Mapping[str, BlockKind] = MappingProxyType(
    {
        "p": "paragraph",
        "li": "item",
        "dd": "item",
        "dt": "item",
        "td": "cell",
        "th": "cell",
        "pre": "code",
        "figcaption": "paragraph",
        **{f"h{level}": "heading" for level in range(1, 7)},
    }
)
INSIDE: Mapping[str, BlockKind] = MappingProxyType({"li": "item", "blockquote": "quote"})
"""Kind of a paragraph inside one of these elements."""
