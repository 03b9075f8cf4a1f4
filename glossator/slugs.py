"""Slugs: names as parts of addresses and of file names."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from glossator.addresses import host
from glossator.model import ArticleId

LONGEST_SLUG = 80
"""Code points of a slug: suffixes still fit into the 255 bytes of a file name, and addresses stay readable."""
_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_NATIVE = re.compile(r"[\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+")
"""Japanese words that are no loan words: hiragana, and characters with several readings."""
_FEWEST_LETTERS = 6
"""Letters of loan words and Latin words that tell one Japanese title from others, at least."""
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


def title_slug(title: str, language: str | None, source: str | None, day: str | None) -> str:
    """Return the slug of an article's title, as `slug` does; for a Japanese one, of what can be read without a lexicon.

    Chinese readings of its characters would be wrong. Loan words, Latin letters and numbers stay; if these are few, the
    host of the `source` and the `day` come first.
    """
    if not (_KANA.search(title) or (language or "").partition("-")[0].lower() == "ja"):
        return slug(title)
    words = _NATIVE.sub(" ", title)
    if len("".join(re.findall(r"[^\W\d]", words))) < _FEWEST_LETTERS:
        words = " ".join(filter(None, (host(source or "").replace(".", " "), (day or "")[:10], words)))
    return slug(words) if re.search(r"\w", words) else slug(title)


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
