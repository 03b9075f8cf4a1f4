"""Values that say what a build makes public, and what it keeps back."""

from __future__ import annotations

import msgspec

from glossator.model.kinds import Rights


class KeptBack(msgspec.Struct, frozen=True):
    """An article, page or note of which not all is published."""

    file: str
    """Path below `content/`."""
    rights: Rights
    """Part that is published."""
    reason: str
    """Statement that keeps the rest back, such as `draft: true`."""


class Disclosure(msgspec.Struct, frozen=True):
    """Everything that the site makes public or keeps back, and what a public repository would show besides."""

    whole: int = 0
    """Number of articles that are published whole."""
    sourced: int = 0
    """Number of these that are from elsewhere: they have a source."""
    publications: int = 0
    """Number of publications that these are from."""
    people: int = 0
    """Number of people who have a page."""
    pictures: int = 0
    """Number of pictures on the site."""
    kept_back: tuple[KeptBack, ...] = ()
    """Texts of which a part or all is kept back, sorted by file."""
    private_names: tuple[str, ...] = ()
    """Names of entities that the site says nothing of."""
    repository: tuple[str, ...] = ()
    """Files below `content/` that hold what the site does not show: kept-back texts, the saved files that they were
    made of, private names, and pictures with the metadata that the site removes. Sorted."""
