"""Passages that articles share: the same words, perhaps with some that differ."""

from __future__ import annotations

import msgspec

from glossator.model.kinds import ArticleId


class DifferingWords(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place of a passage at which the other article has other words; either side may have none."""

    start: int
    end: int
    there: str
    """Words of the other article."""


class SharedPassage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A passage in one block of an article that another article has, too."""

    start: int
    end: int
    anchor: str
    """The `id` of the block on the article's page; empty if it has none."""
    other: ArticleId
    there: str
    """The `id` of the block in which the passage begins in the other article; empty if it has none."""
    equal: int
    """Words that both have."""
    words: int
    """Words of the longer of both passages."""
    differences: tuple[DifferingWords, ...] = ()


class SharedPassages(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The passages of one article that others have, too."""

    length: int
    """Characters of the whole text."""
    passages: tuple[SharedPassage, ...]
    """Passages in the order of the text, then by the other article."""
    agency: str = ""
    """News agency that the text itself credits; empty if it credits none."""
