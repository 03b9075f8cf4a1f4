"""The passages that the owner of an archive marked, here or in other programs, and as the site shows them."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from glossator.model.kinds import ArticleId
from glossator.model.questions import AnswerRow

Colour = Literal["", "yellow", "green", "blue", "pink", "red", "orange", "purple", "grey"]
"""Colour of a highlight in the program in which it was made; empty if it has none."""
COLOURS: tuple[Colour, ...] = get_args(Colour)
SAVED_PAGE = "saved page"
"""Source of a highlight that a saved page brings with it, which anybody may have put there."""
IN_TEXT = "text"
"""Source of a highlight that is a part of the article's text, as `==words==`."""


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
    colour: Colour = ""
    source: str = ""
    """Program from which the highlight came, such as `kindle`; or `SAVED_PAGE`; empty if it was made in the preview."""
    accepted: bool = True
    """False if a saved page brought it, and the owner did not accept it yet: only the preview lists it."""


class ImportedHighlight(msgspec.Struct, frozen=True):
    """A passage that a person marked in another program, as its opener reads it; the article is found later."""

    exact: str
    """Words of the passage."""
    source: str
    """Name of the program, such as `kindle`; or `SAVED_PAGE`."""
    address: str = ""
    """Address of the article; empty if it is not stated."""
    title: str = ""
    """Title of the article; empty if it is not stated."""
    page: str | None = None
    """Name of the page within this file to which it belongs, as `Part.entry` has it; None if it may be of any file."""
    note: str = ""
    colour: Colour = ""
    made: str = ""
    """ISO moment, or day."""
    prefix: str = ""
    """Words before the passage, if they are stated."""
    suffix: str = ""
    accepted: bool = True
    """False if a page of the web could have made it up: it waits until the owner accepts it."""


class UnplacedHighlight(msgspec.Struct, frozen=True):
    """A highlight of which the archive has no article, or of whose place in the article nobody is certain."""

    highlight: Highlight
    title: str = ""
    """Title of the article, as the program stated it; empty if it is not stated."""
    address: str = ""
    """Address of the article; empty if it is not stated."""
    article: ArticleId | None = None
    """The article, if it is known."""


class PlacedHighlight(msgspec.Struct, frozen=True):
    """A highlight whose passage stands in the published text of its article."""

    start: int
    end: int
    text: str
    """The passage as the article has it."""
    anchor: str
    """Anchor of the block in which it begins; empty if it has none."""
    note: str
    id: str = ""
    """Id of the highlight, which stays when its place changes; empty for a mark of the text."""
    colour: Colour = ""
    source: str = ""
    """Source of the highlight, as `Highlight` has it, or `IN_TEXT`; empty if it was made in the preview."""
    made: str = ""
    """ISO moment; empty if nobody knows it."""

    def touches(self, row: AnswerRow) -> bool:
        """True if the passage and that of a row of an answer, in the same article, have words in common."""
        return self.start < row.end and row.start < self.end
