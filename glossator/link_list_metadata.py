"""Metadata that a list of links has for an article's address, added where the article itself has none."""

from __future__ import annotations

import msgspec

from glossator.model import Extracted, LinkListEntry

FIELDS = LinkListEntry.__struct_fields__[1:]
"""All fields of an entry but its origin."""


def filled(article: Extracted, listed: LinkListEntry | None, *, over: bool = False) -> Extracted:
    """Fill the fields that the article leaves empty from the list, or (`over`) overwrite those that the list has.

    A title or a language that was only guessed counts as empty.
    """
    if listed is None:
        return article
    origins = dict(article.conversion.origins)
    values = {
        name: value
        for name in FIELDS
        if (value := getattr(listed, name))
        and (over or not getattr(article, name) or origins.get(name) in ("guess", "file name"))
    }
    origins |= dict.fromkeys(values, listed.origin)
    return msgspec.structs.replace(
        article,
        conversion=msgspec.structs.replace(article.conversion, origins=tuple(sorted(origins.items()))),
        **values,
    )
