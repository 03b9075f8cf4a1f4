"""Lists of words that are data: languages of code, and the families of lists in `glossator/data/words/`.

Each file says where its words are from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def word_lists(family: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of a family by name."""
    return _read_lists("words", family)


def _read_lists(folder: str, family: str) -> Mapping[str, frozenset[str]]:
    file = resources.files("glossator") / "data" / folder / f"{family}.toml"
    return {name: frozenset(text.split()) for name, text in tomllib.loads(file.read_text("utf-8")).items()}


@cache
def code_languages() -> frozenset[str]:
    """Return the names of languages of code, in small letters; docs/pages/dependencies.md says where they are from."""
    names = (resources.files("glossator") / "data" / "code" / "languages.txt").read_text("utf-8")
    return frozenset(names.split())


@cache
def lexer_names() -> frozenset[str]:
    """Return names of the lexers by which listings have colours."""
    return _read_lists("code", "lexers")["names"]
