"""Lists of words that are data: the families in `glossator/data/words/`, phrases in `phrases/`, and others.

Each file says where its words are from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path


@cache
def word_lists(family: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of a family by name."""
    return _read_lists("words", family)


@cache
def lines(family: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a family of phrases by name, each as the lines that it has."""
    return {name: tuple(text.strip("\n").split("\n")) for name, text in _read("phrases", family).items()}


def any_of(family: str, name: str) -> str:
    """Return a list of phrases as the regular expression that any of its lines matches."""
    return "|".join(lines(family)[name])


def _read_lists(folder: str, family: str) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in _read(folder, family).items()}


def _read(folder: str, family: str) -> Mapping[str, str]:
    file = resources.files("glossator") / "data" / folder / f"{family}.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def code_languages() -> frozenset[str]:
    """Return the names of languages of code, in small letters; docs/pages/dependencies.md says where they are from."""
    names = (resources.files("glossator") / "data" / "code" / "languages.txt").read_text("utf-8")
    return frozenset(names.split())


@cache
def lexer_names() -> frozenset[str]:
    """Return names of the lexers by which listings have colours."""
    return _read_lists("code", "lexers")["names"]


NORWEGIAN = ("no", "nn")
"""Codes of Norwegian, whose words spaCy lists by that of Bokmål."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the words that every text of a language has, by spaCy's list; none for a language that spaCy lacks."""
    language = "nb" if language in NORWEGIAN else language
    package = find_spec("spacy")
    if not language.isalpha() or package is None or package.origin is None:
        return frozenset()
    path = Path(package.origin).parent / "lang" / language / "stop_words.py"
    spec = spec_from_file_location(f"stop_words_{language}", path)
    if spec is None or spec.loader is None:
        return frozenset()
    listed = module_from_spec(spec)
    try:
        spec.loader.exec_module(listed)  # by itself: importing spaCy takes a second
    except (OSError, ImportError):
        return frozenset()
    return frozenset(map(str.casefold, listed.STOP_WORDS))
