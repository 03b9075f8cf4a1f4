"""Statements of a page about itself, by which its kind, its readings and its passages are judged."""

from __future__ import annotations

import msgspec


class Hints(msgspec.Struct, frozen=True):
    """Statements of a page; a field is empty if the page makes no such statement."""

    title: str = ""
    description: str = ""
    stated: str = ""
    """Text of the article in the page's structured data."""
    chosen: str = ""
    """Reading that a person chose; empty if the program is to choose."""
    address: str = ""
    types: str = ""
    """Types of its structured data and of its preview, in small letters."""
    generator: str = ""
    """Program that made the page, in small letters."""
    dated: bool = False
    signed: bool = False
    """True if it states authors."""


NO_HINTS = Hints()
