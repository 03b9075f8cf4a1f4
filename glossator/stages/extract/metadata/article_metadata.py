"""Metadata of an article from outside its text: the saving program's, the file's name, the strictest rights; limits."""

from __future__ import annotations

import msgspec

from glossator.link_list_metadata import filled
from glossator.model import Extracted
from glossator.rights import strictest_of
from glossator.stages.extract.opened_file import Part
from glossator.stages.extract.text_comparison import likeness
from glossator.text import one_line

LONGEST_TITLE = 500
"""Characters: front matter is read at every build."""
LONGEST_DESCRIPTION = 2_000
"""Characters."""
MOST_NAMES = 100
"""Authors or tags of one article."""


def complete(article: Extracted, part: Part) -> Extracted:
    """Add what is known of the article's part of the saved file: its name, format, likeness and metadata."""
    origins = dict(article.conversion.origins) | ({} if part.rights == "full" else {"rights": part.recognised})
    conversion = msgspec.structs.replace(
        article.conversion,
        origins=tuple(sorted(origins.items())),
        entry=part.entry,
        format=part.recognised or article.conversion.format,
        likeness=likeness(article.markdown),
    )
    article = filled(filled(msgspec.structs.replace(article, conversion=conversion), part.known, over=True), part.hints)
    return with_limits(msgspec.structs.replace(article, rights=strictest_of((article.rights, part.rights))))


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


def title_of_file(stem: str) -> str:
    """Return a title from the stem of a file's name, whose words hyphens and underscores part; empty if it has none."""
    return one_line(stem.replace("-", " ").replace("_", " "))
