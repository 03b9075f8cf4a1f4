"""Names -> stable slugs, and the ids and anchors that are made of them."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from glossator.model import ArticleId

LONGEST_SLUG = 80
"""Code points of a slug: suffixes still fit into the 255 bytes of a file name, and addresses stay readable."""
RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul", "once", *(f"com{i}" for i in range(1, 10)), "date", "source"}
)
"""Names with a meaning of their own: an index page of ours, a device of Windows."""
NO_SOURCE = "unknown-source"
"""Anchor of the articles whose publication is not known."""


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters, digits and single hyphens; a digest if nothing else is left of it."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name.replace("'", "").replace("’", "")).lower()).strip("-")
    if len(words) > LONGEST_SLUG:
        words = words[:LONGEST_SLUG].rsplit("-", 1)[0]
    if not words:
        return "x-" + short_digest(name)
    return words + "-" + short_digest(name) if words in RESERVED else words


def source_anchor(publication: str) -> str:
    """Return the anchor of a publication in the list of sources; those of `A & B` and `A / B` differ, unlike slugs."""
    if not publication:
        return NO_SOURCE
    plain = slug(publication)
    return (
        plain
        if plain != NO_SOURCE and plain.replace("-", " ") == publication.casefold()
        else f"{plain}-{short_digest(publication)}"
    )


def short_digest(text: str) -> str:
    """Return eight hexadecimal digits, the beginning of the text's digest."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def article_id(stem: str) -> ArticleId:
    """Return the id of the article in a file of this name, without `.md`."""
    return ArticleId(slug(stem))
