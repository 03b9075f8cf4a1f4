"""Names that a person keeps private: nothing that the site says by itself may hold one of them.

An article's own text and title are its author's words and stay. Descriptors, quotations on other pages and descriptions
are chosen by the program, which then chooses others; authors and tags with such a name are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

import msgspec
from anyascii import anyascii

from glossator.model import ArticleHead, Entity, EntityId
from glossator.slugs import slug


def names_private(text: str, names: tuple[str, ...]) -> bool:
    """True if a text holds one of the private names, in whatever case."""
    return bool(names) and bool(_pattern(names).search(text))


def public(text: str, names: tuple[str, ...]) -> str:
    """Return the text; empty if it holds a private name."""
    return "" if names_private(text, names) else text


def public_head(head: ArticleHead, names: tuple[str, ...]) -> ArticleHead:
    """Return the head of an article without the authors and tags that hold a private name."""
    if not names:
        return head
    authors, tags = (
        tuple(entry for entry in entries if not names_private(entry, names)) for entries in (head.authors, head.tags)
    )
    return msgspec.structs.replace(head, authors=authors, tags=tags)


def descriptor_of(entity: Entity, names: tuple[str, ...]) -> str:
    """Return the descriptor of an entity; empty if there is none, or if it holds a private name."""
    return public(entity.introduction.text, names) if entity.introduction else ""


def public_redirects(
    redirects: Iterable[tuple[EntityId, EntityId]], names: tuple[str, ...]
) -> dict[EntityId, EntityId]:
    """Return the redirects whose old address is not made of a private name."""
    slugs = tuple(f"{slug(name)}-" for name in names)
    return {old: new for old, new in redirects if not f"{old}-".startswith(slugs)}


def address_names_private(address: str, names: tuple[str, ...]) -> bool:
    """True if an address or path holds one of the private names, as slugs write names."""
    if not names:
        return False
    flat = f"-{re.sub('[^a-z0-9]+', '-', anyascii(unquote(address)).lower())}-"
    return any(f"-{slug(name)}-" in flat for name in names)


def is_part_of(form: str, names: tuple[str, ...]) -> bool:
    """True if each word of a form is a word of one private name."""
    words = set(_words(form))
    return any(words <= set(_words(name)) for name in names)


def resembled_by(form: str, names: tuple[str, ...]) -> str:
    """Return the private name whose last word, a surname, a form has beside words of others; empty if there is none."""
    words = set(_words(form))
    return next((name for name in names if (own := _words(name)) and own[-1] in words and not words <= set(own)), "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names if name.strip())
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
