"""What annotate makes of an article: its plain text, and the names, mentions, descriptors and quotes found in it.

Offsets are code points in the text that `markup` makes of an article (or in a text file as it stands), end exclusive,
so that `text.content[m.start : m.end]` is the mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from glossator.model.kinds import ArticleId, Digest, EntityType

BlockKind = Literal["paragraph", "heading", "item", "quote", "cell", "caption", "code", "related"]
"""`related`: the headline of another article that stands alone in the text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text that no mention may leave."""

    start: int
    end: int
    kind: BlockKind
    anchor: str
    """The `id` of the block on the article's page; empty where it has none."""


@dataclass(frozen=True, slots=True)
class ManualMark:
    """What a person says of one stretch of a text, by a mark in its Markdown."""

    start: int
    end: int
    entity: str
    """Id or name; NOBODY for what is no name."""
    type: EntityType | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An article as plain text: blocks in order, with something that belongs to none of them between."""

    content: str
    blocks: tuple[Block, ...]
    said: tuple[ManualMark, ...] = ()
    """In the order of the text, none overlapping another."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as one article speaks of it."""

    form: str
    """The best of its forms: the fullest that the article uses."""
    type: EntityType
    forms: tuple[tuple[str, int], ...]
    """Every form with its number of mentions, most frequent first."""
    said: str = ""
    """The entity that a person says it is, by id or name; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    name: int
    """Index into the analysis' names."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The words with which the text itself introduces someone: "a research fellow at ..."."""

    start: int
    end: int
    text: str
    name: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that the article has someone say."""

    start: int
    end: int
    text: str
    name: int | None
    """The speaker; None where the article does not plainly say who it is."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the annotate stage finds in one article."""

    article: ArticleId
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    """In the order of the text, none overlapping another."""
    sentences: tuple[tuple[int, int], ...]
    """Start and end of each sentence, in order; none crosses a block."""
    descriptors: tuple[Descriptor, ...]
    quotes: tuple[Quote, ...]
    digest: Digest
    overlooked: tuple[str, ...] = ()
    """Capitalised words in no mention, each once, among which names of other articles may be."""
