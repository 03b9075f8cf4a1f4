"""Languages that a highlighter of code knows. Behind a fence, any other word may make a program of the code."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def code_languages() -> frozenset[str]:
    """Return the names of languages of code, in small letters; docs/pages/dependencies.md says where they are from."""
    names = (resources.files("glossator") / "data" / "code" / "languages.txt").read_text("utf-8")
    return frozenset(names.split())
