"""The language of a text, guessed."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 4000
"""Characters to classify: more do not change the answer."""
_LIKELY = 0.5
"""Probability from which the guess is returned; a wrong language sends a text to the wrong model."""
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?![a-z])", re.ASCII | re.IGNORECASE)
_UNKNOWN = ("und", "mul", "zxx")


def language_tag(stated: str) -> str:
    """Return the BCP 47 tag in what a page states, in its usual case; empty if there is none."""
    tag = _TAG.match(stated.strip().replace("_", "-"))
    if tag is None or tag[1].lower() in _UNKNOWN:
        return ""
    return "-".join(part for part in (tag[1].lower(), (tag[2] or "").title(), (tag[3] or "").upper()) if part)


def guess_language(text: str, languages: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 639-1 code of the likeliest language; None if no language is likely enough.

    The choice is among `languages` if any are given.

    Method: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012.
    """
    identifier = _identifier(languages)
    language, probability = identifier.classify(text[:_SAMPLE])
    return str(language) if probability >= _LIKELY else None


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = [language for language in languages if language in identifier.labels]
    if known:
        identifier.set_languages(known)
    return identifier
