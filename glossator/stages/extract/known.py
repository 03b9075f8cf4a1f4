"""An article with what the program that kept it says about it."""

from __future__ import annotations

from dataclasses import replace

from glossator.listed import filled
from glossator.model import Extracted
from glossator.stages.extract.likeness import likeness
from glossator.stages.extract.part import Part


def completed(article: Extracted, part: Part) -> Extracted:
    """The article as its part of the saved file is known: by which name, in which format, with which metadata."""
    conversion = replace(
        article.conversion,
        entry=part.entry,
        format=part.recognised or article.conversion.format,
        likeness=likeness(article.markdown),
    )
    return filled(filled(replace(article, conversion=conversion), part.known, over=True), part.hints)
