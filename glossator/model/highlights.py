"""The passages that the owner of an archive marked, as their files have them and as the site shows them."""

from __future__ import annotations

import msgspec

from glossator.model.questions import AnswerRow


class Highlight(msgspec.Struct, frozen=True):
    """A passage of an article that a reader marked."""

    id: str
    exact: str
    """Words of the passage."""
    prefix: str = ""
    """Words before it, by which it is found again."""
    suffix: str = ""
    rival: int = 0
    """Words that have to touch the passage for it to be told from other places; 0 if it stood only once."""
    note: str = ""
    made: str = ""
    """ISO moment."""


class PlacedHighlight(msgspec.Struct, frozen=True):
    """A highlight whose passage stands in the published text of its article."""

    start: int
    end: int
    text: str
    """The passage as the article has it."""
    anchor: str
    """Anchor of the block in which it begins; empty if it has none."""
    note: str

    def touches(self, row: AnswerRow) -> bool:
        """True if the passage and that of a row of an answer, in the same article, have words in common."""
        return self.start < row.end and row.start < self.end
