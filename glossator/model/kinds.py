"""The basic types of the values: ids, paths, digests, types of entities, sanitised markup."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NewType

Digest = NewType("Digest", str)
"""A hexadecimal BLAKE2 digest of a result, never of the way it was reached."""

ArticleId = NewType("ArticleId", str)
"""The stem of the article's file below `content/articles/`, which is also its slug on the site."""

EntityId = NewType("EntityId", str)
"""The slug of an entity; once published it is kept in `entities.lock.json`."""

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


Origin = Literal["machine", "list", "person"]
"""Authority for an entity: the model, a person's list of names, or a person by a decision or a note."""

NOBODY = "none"
"""Entity in a mark or decision about a name that is no entity's."""

Rights = Literal["full", "excerpt", "metadata", "private"]
"""Part of an article that is published."""
