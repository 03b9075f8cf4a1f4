"""Findings about a draft, as values."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from glossator.model import ArticleId

FindingKind = Literal[
    "verbatim", "altered", "speaker", "source", "number", "spelling", "unknown-name", "absent", "disputed"
]
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
CONTRADICTED = frozenset({"altered", "speaker", "source", "number"})
"""Kinds of findings that say that the draft is wrong."""
DOUBTED = frozenset({"absent", "unknown-name", "spelling"})
"""Kinds of findings that count as wrong only if a strict reading is asked for."""
What = Literal["word", "negation", "number", "name", "ellipsis", "splice"]


class WordChange(msgspec.Struct, frozen=True):
    """Words of a draft that are other in the archive."""

    what: What
    draft: str
    archive: str
    start: int
    end: int
    """Bounds of the words of the draft; empty where the draft has none."""
    article: str = ""
    """Path of the other article that the words are from, of two passages that were spliced."""


class QuotedPassage(msgspec.Struct, frozen=True):
    """A stretch of an article, in offsets of the article's text."""

    start: int
    end: int
    text: str
    paragraph: int = 0
    """Number of its paragraph, from 1; 0 if nothing is known."""


class Place(msgspec.Struct, frozen=True):
    """An article as a finding names it, and the passage in it."""

    id: ArticleId
    path: str
    title: str
    date: str | None
    publication: str
    address: str | None
    passage: QuotedPassage
    kept_back: bool
    """True if the site does not publish the passage."""
    page: bool = True
    """True if the site has a page of the article."""
    anchor: str = ""

    @property
    def named(self) -> str:
        """The article by title, publication and day, as a message names it."""
        return ", ".join(filter(None, (f"“{self.title}”", self.publication, self.date)))


class DraftFinding(msgspec.Struct, frozen=True):
    """A statement about one stretch of a draft; offsets in the draft as it was given."""

    start: int
    end: int
    text: str
    kind: FindingKind
    message: str
    """One sentence for a person."""
    place: Place | None = None
    speaker: str | None = None
    """The speaker by the article; None if it does not say."""
    attributed: str = ""
    """The speaker by the draft."""
    source: str = ""
    """Source that the draft names."""
    difference: tuple[WordChange, ...] = ()
    confidence: float = 1.0
    nearest: tuple[str, ...] = ()
    """Names of the archive that are most like a name of the draft."""

    @property
    def kept_back(self) -> bool:
        return self.place is not None and self.place.kept_back


class DraftNumber(msgspec.Struct, frozen=True):
    """A number, amount or date in a sentence of the draft's own; offsets in the draft as it was given."""

    start: int
    end: int
    text: str
    compared: bool
    """True if the archive says the number, or another one in its place."""


class Proof(msgspec.Struct, frozen=True):
    """A draft with the findings about it, in the order of the draft."""

    text: str
    findings: tuple[DraftFinding, ...]
    numbers: tuple[DraftNumber, ...] = ()
    """The numbers in the draft's own sentences, in order."""

    def line(self, offset: int) -> int:
        """Return the line of a place in the text, from 1."""
        return self.text.count("\n", 0, offset) + 1

    def is_contradicted(self, strict: bool = False) -> bool:
        """True if the archive contradicts the draft; `strict` counts what it does not know, too."""
        wrong = CONTRADICTED | DOUBTED if strict else CONTRADICTED
        return any(finding.kind in wrong for finding in self.findings)
