"""The annotations of an article: its plain text, and the names, mentions, descriptors and quotations in it.

Offsets are code points in the text that `markup` makes of an article (or in the text of a text file), end exclusive,
so that `text.content[m.start : m.end]` is the mention.

An archive has millions of some of these values. Garbage collections pass over them (`gc=False`), because none can be
part of a cycle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from glossator.model.kinds import ArticleId, Digest, EntityType

BlockKind = Literal["paragraph", "heading", "item", "quote", "cell", "caption", "code", "related"]
"""Kind of a block; `related` is the headline of another article that stands alone in the text."""


DescriptorKind = Literal["phrase", "gloss", "sentence", "definition", "region", "setting", "age"]
"""Kind of a descriptor, the most telling first.

Words that tell who or what it is; words that probably do, and are no more than evidence of its type; a sentence whose
subject it is; one that says what it is; the country or state that stands behind a place; one that the text names
elsewhere; the age of a child.
"""

LEAST_CHANCE = 0.2
"""Tenths that are added to each probability of a type, because one below half a tenth is not zero."""

UNKNOWN_CERTAINTY = 8
"""Certainty of a name that no trained model judged, in tenths: enough for a page, so that other evidence decides."""


class Block(msgspec.Struct, frozen=True):
    """A stretch of an article's text that no mention may leave."""

    start: int
    end: int
    kind: BlockKind
    anchor: str
    """The `id` of the block on the article's page; empty if it has none."""


class ManualMark(msgspec.Struct, frozen=True):
    """A person's statement about one stretch of a text, by a mark in its Markdown."""

    start: int
    end: int
    entity: str
    """Id or name of the entity; NOBODY if the stretch is no name."""
    type: EntityType | None = None


class Text(msgspec.Struct, frozen=True):
    """An article as plain text: blocks in order, with separators that belong to none of them."""

    content: str
    blocks: tuple[Block, ...]
    said: tuple[ManualMark, ...] = ()
    """Marks of people in the order of the text, none overlapping another."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """An entity within one article."""

    form: str
    """Canonical form: the fullest that the article uses; of places in another language, or by code, the English one."""
    type: EntityType
    forms: tuple[tuple[str, int], ...]
    """Every form with its number of mentions, most frequent first."""
    said: str = ""
    """Id or name of the entity by a person's decision; empty if there is none."""
    certainty: int = UNKNOWN_CERTAINTY
    """Probability that the likeliest of its mentions is a name, in tenths."""
    must_exist: bool = False
    """True if a mark assigns the name without a type: it then means an entity that is known from elsewhere, or none."""
    chances: tuple[int, ...] = ()
    """Probability of each type, in tenths and in the order of the types; empty if something else decided the type."""
    language: str = ""
    """Primary subtag of the article's language; empty if the article does not say, or before names are resolved."""

    @property
    def is_renamed(self) -> bool:
        """True if the article does not use the canonical form: Deutschland, Germany; TX, Texas."""
        return all(form != self.form for form, _ in self.forms)


class Mention(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    name: int
    """Index into the analysis' names."""


class Descriptor(msgspec.Struct, frozen=True, gc=False):
    """The words with which the text itself introduces an entity: "a research fellow at ..."."""

    start: int
    end: int
    text: str
    name: int
    kind: DescriptorKind = "phrase"


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A quotation in the article."""

    start: int
    end: int
    text: str
    name: int | None
    """Index of the speaker's name; None if the article does not plainly name the speaker."""
    attribution: str = ""
    """Words of the article that attribute the quotation, such as "said Ada Brandt on Monday"; empty without speaker."""


class TimedSentence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence with a word or a figure of time in it, or the first of its article; it may have a date."""

    start: int
    end: int
    text: str
    """The sentence as one line."""
    anchor: str
    """The `id` of its block on the article's page; empty if it has none."""
    year: str = ""
    """The year that the text gives it: of what was told just before, or the one that the heading says; else empty."""
    subject: int = -1
    """Index of the name that is its subject, or that its subject holds; -1 if that is not plain."""
    is_lead: bool = False
    """True if it is the first sentence of its article."""


class Analysis(msgspec.Struct, frozen=True):
    """The result of the annotate stage for one article."""

    article: ArticleId
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    """Mentions in the order of the text, none overlapping another."""
    sentences: tuple[tuple[int, int], ...]
    """Start and end of each sentence, in order; none crosses a block."""
    descriptors: tuple[Descriptor, ...]
    quotes: tuple[Quote, ...]
    digest: Digest
    overlooked: tuple[str, ...] = ()
    """Capitalised words in no mention, each once, among which names of other articles may be."""
    timed: tuple[TimedSentence, ...] = ()
    """Sentences that may have a date; none in a language whose words of time are unknown."""
    small: Mapping[str, int] = {}
    """Times that the text writes a word in small letters throughout, by word."""
