"""What a list of links says of an article's address, filled in where the article itself says nothing."""

from __future__ import annotations

from dataclasses import replace

from glossator.model import Extracted, LinkListEntry

FIELDS = (
    "source",
    "title",
    "site",
    "authors",
    "published",
    "saved",
    "language",
    "description",
    "image",
    "tags",
)


def filled(article: Extracted, listed: LinkListEntry | None, *, over: bool = False) -> Extracted:
    """The article with what is listed, where it says nothing itself or (`over`) wherever the list says something.

    A title or a language that was only guessed counts as nothing.
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
    return replace(article, conversion=replace(article.conversion, origins=tuple(sorted(origins.items()))), **values)
