"""The language of a text, guessed."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from glossator.word_lists import word_lists

_SAMPLE = 4000
"""Characters to classify: more do not change the answer."""
_LIKELY = 0.5
"""Probability from which the guess is returned; a wrong language sends a text to the wrong model."""
_CERTAIN = 0.99
"""Probability from which a text is in another language than its page states. Of 926 pages this overrules eight, all of
them rightly: Zulu, Xhosa, Swahili, German, and Latin of no meaning."""
_LONG = 500
"""Characters of a text that may contradict its page, at least."""
_ENGLISH = re.compile(r"\b(?:and|for|of|that|the|to|was|with)\b")
_MOSTLY_ENGLISH = 1 / 120
"""Least number of these words for each character of a text that is certainly English; other languages have a third."""
_DIFFERENT = 4
"""Different ones among them: Dutch and Danish have two in sentences of their own."""
_ALIKE = {"nb": "no", "nn": "no"}
"""Codes of languages that the method does not tell apart."""
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?![a-z])", re.ASCII | re.IGNORECASE)
_CODES = word_lists("extract")["languages"]
"""Languages of ISO 639-1, and those of ISO 639-3 without a code of two letters that pages are written in."""
_OF_COUNTRIES = {"cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk", "vn": "vi"}
"""Codes of countries -> the codes of languages that are meant."""


def language_tag(stated: str) -> str:
    """Return the BCP 47 tag in what a page states, in its usual case; empty if there is none."""
    tag = _TAG.match(stated.strip().replace("_", "-"))
    if tag is None:
        return ""
    language = _current(tag[1].lower())
    region = (tag[3] or "").upper().replace("UK", "GB")
    return "-".join(part for part in (language, (tag[2] or "").title(), region) if part) if language in _CODES else ""


def _current(code: str) -> str:
    """Return the code of a language for one of three letters, one that was withdrawn, or that of a country."""
    if code in _CODES:
        return code
    from babel.core import get_global  # noqa: PLC0415 -- nearly all pages state a current code

    return str(_OF_COUNTRIES.get(code) or get_global("language_aliases").get(code, code))


def guess_language(text: str, languages: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 639-1 code of the likeliest language; None if no language is likely enough.

    The choice is among `languages` if any are given.

    Method: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012.
    """
    if _is_english(text[:_SAMPLE]) and "en" in (languages or ("en",)):
        return "en"
    identifier = _identifier(languages)
    language, probability = identifier.classify(text[:_SAMPLE])
    return str(language) if probability >= _LIKELY else None


def contradicted(stated: str, text: str) -> str | None:
    """Return the language of a text if it is certainly another one than a tag states; None if it is not.

    Both halves of the text have to say so. Templates of sites state "en", whatever is written in them.
    """
    main = stated.partition("-")[0]
    if len(text) < _LONG or (main == "en" and _is_english(text[:_SAMPLE])):
        return None
    identifier = _identifier(())
    language, probability = identifier.classify(text[:_SAMPLE])
    if probability < _CERTAIN or _ALIKE.get(language, language) == _ALIKE.get(main, main):
        return None
    half = len(text) // 2
    return str(language) if identifier.classify(text[half : half + _SAMPLE])[0] == language else None


def _is_english(text: str) -> bool:
    """True if a text has so many common words of English that it needs no model, which takes a second to load."""
    common = _ENGLISH.findall(text)
    return len(text) >= _LONG and len(common) >= _MOSTLY_ENGLISH * len(text) and len({*common}) >= _DIFFERENT


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    supported = [language for language in languages if language in identifier.labels]
    if supported:
        identifier.set_languages(supported)
    return identifier
