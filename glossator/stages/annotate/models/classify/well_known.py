"""Bodies, brands and products that the packaged lists have."""

from __future__ import annotations

from glossator.naming.name_lists import bits, kinds_of

_BODIES = bits("organisation", "chain", "institution", "firm", "press")
_PRODUCTS = bits("brand", "software", "title")


def is_body_or_brand(name: str) -> bool:
    """True if a list has a name as that of a body, a firm, a brand or a program."""
    return bool(kinds_of(name) & (_BODIES | bits("brand", "software")))


def is_product(name: str) -> bool:
    """True if a list has a name as that of a brand, a program or a work, and none as that of a body."""
    kinds = kinds_of(name)
    return bool(kinds & _PRODUCTS) and not kinds & _BODIES
