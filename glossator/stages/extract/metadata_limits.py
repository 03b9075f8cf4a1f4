"""Limits of an article's metadata, which its front matter has to hold: letters of a title, tags and authors."""

from __future__ import annotations

import msgspec

from glossator.model import Extracted

LONGEST_TITLE = 500
"""Characters: front matter is read at every build."""
LONGEST_DESCRIPTION = 2_000
"""Characters."""
MOST_NAMES = 100
"""Authors or tags of one article."""


def with_limits(article: Extracted) -> Extracted:
    """Return the article with a title, a description, authors and tags that its front matter can hold."""
    return msgspec.structs.replace(
        article,
        title=shortened(article.title, LONGEST_TITLE),
        description=article.description and shortened(article.description, LONGEST_DESCRIPTION),
        authors=tuple(shortened(name, LONGEST_TITLE) for name in article.authors[:MOST_NAMES]),
        tags=tuple(shortened(tag, LONGEST_TITLE) for tag in article.tags[:MOST_NAMES]),
    )


def shortened(text: str, longest: int) -> str:
    """Cut a text between words, to at most `longest` characters and an ellipsis."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"
