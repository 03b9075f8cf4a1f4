"""Notes that a page has twice, in the text and among the notes: each is written once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from glossator.stages.extract.html.text_blocks import TextBlock


def without_repeated_notes(blocks: Iterable[TextBlock], notes: Collection[str]) -> list[TextBlock]:
    """Return the blocks that are none of the footnotes, given by their texts: some pages have a note twice."""
    return [block for block in blocks if block.text not in notes]
