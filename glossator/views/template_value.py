"""Base class of the values that templates see."""

from __future__ import annotations

import msgspec


class TemplateValue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A frozen value of plain values. It is stored as an array, without the names of its fields.

    No view leads back to itself, so that Python's search for cycles need not look at the millions of them.
    """
