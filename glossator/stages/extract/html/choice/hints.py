"""Statements of a page about its article, by which readings and passages are judged."""

from __future__ import annotations

import msgspec


class Hints(msgspec.Struct, frozen=True):
    """Title, description and text that a page states; empty if it states none."""

    title: str = ""
    description: str = ""
    stated: str = ""
    """Text of the article in the page's structured data."""
    chosen: str = ""
    """Reading that a person chose; empty if the program is to choose."""


NO_HINTS = Hints()
