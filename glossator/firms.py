"""Names of firms that everybody knows -> their kind, by the name-suggestion-index; `training.firms` compiled it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple


class KnownFirm(NamedTuple):
    """A firm that everybody knows by its name."""

    kind: str
    number: str
    """Number in Wikidata, such as Q37158."""


def known_firm(name: str) -> KnownFirm | None:
    """Return the firm that writes its name so; None if there is none."""
    return _firms().get(name)


@cache
def _firms() -> dict[str, KnownFirm]:
    text = (resources.files("glossator") / "data" / "firms" / "firms.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {name: KnownFirm(kind, number) for kind, number, name in rows}
