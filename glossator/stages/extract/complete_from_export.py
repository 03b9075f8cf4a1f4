"""Completion of an article with the metadata of the program that saved it."""

from __future__ import annotations

import msgspec

from glossator.link_list_metadata import filled
from glossator.model import Extracted
from glossator.rights import strictest_of
from glossator.stages.extract.metadata_limits import with_limits
from glossator.stages.extract.opened_file import Part
from glossator.stages.extract.simhash import likeness


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
