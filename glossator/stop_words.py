"""The words that every text of a language has, by spaCy's lists."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the words that every text of a language has, by spaCy's list; none for a language that spaCy lacks."""
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
