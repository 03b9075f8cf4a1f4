"""The language of an article that states none, if its letters show that it is not written in Latin ones."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 2000
"""Characters that are looked at: more do not change the answer."""
SHARE = 0.5
"""Share of the letters beyond which a text is written in their script; names and quotations are often in another."""
LANGUAGES = {
    "ARABIC": ("ar", "fa", "ps", "ug", "ur"),
    "BENGALI": ("as", "bn"),
    "CJK": ("ja", "zh"),
    "CYRILLIC": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "uk"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "GEORGIAN": ("ka",),
    "GREEK": ("el",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "THAI": ("th",),
}
"""Languages written in a script, which the names of its letters begin with."""


def unstated_language(text: str) -> str:
    """Return the likeliest language of a text that is not in Latin letters; empty for any other text.

    A site's language would be no better guess for such a text, and would be wrong about its direction. Method: Lui and
    Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012, among the languages of the script.
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return ""
    letters = [letter for letter in sample if letter.isalpha()]
    others = Counter(letter for letter in letters if letter > "ʯ")  # beyond Latin letters with marks
    if others.total() <= SHARE * len(letters):
        return ""
    scripts = Counter[str]()
    for letter, count in others.items():
        scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    script, _ = max(scripts.items(), key=lambda found: (found[1], found[0]))
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    languages = LANGUAGES.get(script, ())
    return languages[0] if len(languages) == 1 else str(_identifier(languages).classify(sample)[0]) if languages else ""


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    # Imported here because its model takes long to load, and few articles need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in languages if language in identifier.labels])
    return identifier
