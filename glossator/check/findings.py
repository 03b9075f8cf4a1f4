"""Findings of a check."""

from __future__ import annotations

import msgspec


class Finding(msgspec.Struct, frozen=True, order=True):
    """Something that is wrong, or that could be better."""

    kind: str
    """Subject of the check, in a word: links, limits, doubt, metadata, originals."""
    path: str
    """File of the site or of `content/`."""
    message: str
    wrong: bool = True
    """False for advice."""
