"""Texts that the site leaves out because they hold a private name: nothing that the site says by itself may.

An article's own text and title are its author's words and stay. Descriptors, quotations on other pages and descriptions
are chosen by the program, which then chooses others; authors and tags with such a name are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec
from anyascii import anyascii

from glossator.model import ArticleHead, DatedSentence, Entity, EntityId, EntityType, PrivateNames
from glossator.naming.private_names import is_part_of, is_private_name, names_private
from glossator.slugs import slug
from glossator.stages.plan.catalogue.profiles import Profile


def public(text: str, names: PrivateNames) -> str:
    """Return the text; empty if it holds a private name."""
    return "" if names_private(text, names) else text


def public_head(head: ArticleHead, names: PrivateNames) -> ArticleHead:
    """Return the head of an article without the authors and tags that hold a private name."""
    if not names:
        return head
    authors, tags = (
        tuple(entry for entry in entries if not is_private_name(entry, names)) for entries in (head.authors, head.tags)
    )
    return msgspec.structs.replace(head, authors=authors, tags=tags)


def public_dated(sentences: Iterable[DatedSentence], names: PrivateNames) -> Iterator[DatedSentence]:
    """Yield the dated sentences that neither say a private name nor stand in an article whose title says one.

    The names in each are those that are not private.
    """
    for sentence in sentences:
        if not any(names_private(text, names, sentence.article) for text in (sentence.text, sentence.title)):
            shown = tuple(name for name in sentence.names if not names_private(name, names, sentence.article))
            yield msgspec.structs.replace(sentence, names=shown)


def descriptor_of(entity: Entity | Profile, names: PrivateNames) -> str:
    """Return the descriptor of an entity; empty if there is none, or if it holds a private name."""
    introduction = entity.introduction
    return (
        introduction.text if introduction and not names_private(introduction.text, names, introduction.article) else ""
    )


def public_redirects(redirects: Iterable[tuple[EntityId, EntityId]], names: PrivateNames) -> dict[EntityId, EntityId]:
    """Return the redirects whose old address is not made of a private name."""
    return {old: new for old, new in redirects if not id_names_private(old, names)}


def id_names_private(entity: EntityId, names: PrivateNames) -> bool:
    """True if the id of an entity is made of a private name, or of a part of one."""
    slugs = tuple(f"{slug(name)}-" for name in names.whole)
    stem, _, kind = entity.rpartition("-")
    named = stem if kind in set(EntityType) else entity
    return f"{entity}-".startswith(slugs) or is_part_of(named.replace("-", " "), names)


def address_names_private(address: str, names: PrivateNames) -> bool:
    """True if an address or path holds one of the private names, as slugs write names."""
    if not names:
        return False
    flat = f"-{re.sub('[^a-z0-9]+', '-', anyascii(unquote(address)).lower())}-"
    return any(f"-{slug(name)}-" in flat for name in names.whole)
