"""Lists of words that are data: `glossator/data/words/` has a file for each family, which says where they are from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def words(family: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of a family by name."""
    file = resources.files("glossator") / "data" / "words" / f"{family}.toml"
    return {name: frozenset(text.split()) for name, text in tomllib.loads(file.read_text("utf-8")).items()}
