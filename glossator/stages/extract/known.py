"""An article with what the program that kept it says about it."""

from __future__ import annotations

from dataclasses import replace

from glossator.link_lists import filled
from glossator.model import Extracted
from glossator.stages.extract.likeness import likeness
from glossator.stages.extract.part import Part

LONGEST_TITLE, LONGEST_DESCRIPTION, MOST = 500, 2_000, 100
"""Characters of a title and a description, and names in a list: front matter is read at every build."""


def completed(article: Extracted, part: Part) -> Extracted:
    """The article as its part of the saved file is known: by which name, in which format, with which metadata."""
    conversion = replace(
        article.conversion,
        entry=part.entry,
        format=part.recognised or article.conversion.format,
        likeness=likeness(article.markdown),
    )
    made = filled(filled(replace(article, conversion=conversion), part.known, over=True), part.hints)
    return replace(
        made,
        title=shortened(made.title, LONGEST_TITLE),
        description=made.description and shortened(made.description, LONGEST_DESCRIPTION),
        authors=tuple(shortened(name, LONGEST_TITLE) for name in made.authors[:MOST]),
        tags=tuple(shortened(tag, LONGEST_TITLE) for tag in made.tags[:MOST]),
    )


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, cut between words."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"
