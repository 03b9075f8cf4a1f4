"""The targets of links in own pages and notes, as they are stored."""

from __future__ import annotations

import msgspec

PAGES = "pages"
ENTITIES = "entities"
"""Folders of the content with texts that people write themselves."""


class OwnLink(msgspec.Struct, frozen=True):
    """A link, or a picture, of an own page or a note."""

    written: str
    """Address as it is written."""
    target: str
    """Path of the page or picture on the site, with its anchor; empty if the link leads nowhere."""
    kept_back: bool = False
    """True if what the link names is kept back."""
    picture: bool = False
    """True if the picture is shown."""
    size: tuple[int, int] = (0, 0)
    """Width and height of the picture in pixels."""
