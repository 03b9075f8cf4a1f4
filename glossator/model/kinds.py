"""The basic types of the values: ids, paths, digests, types of entities, sanitised markup, words of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, NewType

Digest = NewType("Digest", str)
"""A hexadecimal BLAKE2 digest of a result, never of the way it was reached."""

ArticleId = NewType("ArticleId", str)
"""The stem of the article's file below `content/articles/`, which is also its slug on the site."""

EntityId = NewType("EntityId", str)
"""The slug of an entity; once published it is kept in `entities.lock.json`."""

TopicId = NewType("TopicId", str)
"""The words that name a topic when it is published first, as in addresses; kept in `topics.lock.json`."""

SitePath = NewType("SitePath", str)
"""A file's path below `site/`, with forward slashes and no leading one."""


class Html(str):
    """HTML that `markup` made and sanitised. Templates print it as it is; every other string they escape."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class EntityType(StrEnum):
    """The type of an entity. The order is the order in which readers meet the types."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    LAW = "law"
    WORK = "work"
    EVENT = "event"
    PRODUCT = "product"


UNTYPED: Final = "name"
"""Stands in place of a type that is not certain, wherever readers and other programs are told types."""

Origin = Literal["machine", "list", "person"]
"""Authority for an entity: the model, a person's list of names, or a person by a decision or a note."""

NOBODY = "none"
"""Entity in a mark or decision about a name that is no entity's."""

Rights = Literal["full", "excerpt", "metadata", "private"]
"""Part of an article that is published."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of the interface in a language. English has no entries: each text is found by the English one."""

    language: str = "en"
    """Language of the texts, a BCP 47 tag."""
    direction: str = "ltr"
    """Direction of the language: `ltr` or `rtl`."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Text by the English text, sorted; a text with a context has `in_context` as its key."""
    amounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Forms of a text with an amount by the English singular, sorted."""
    plural: str = "n != 1"
    """Number of the form for an amount `n`, in the notation of gettext."""

    def __hash__(self) -> int:
        """Return a hash, because environments are remembered by the words that they were made for."""
        return hash((self.language, *self.texts.items(), *self.amounts.items()))


def in_context(context: str, text: str) -> str:
    """Return the key of a text that means something only in a context, as gettext joins them."""
    return f"{context}\x04{text}" if context else text
