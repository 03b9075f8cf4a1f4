"""Revisions: what an article says of itself if it was corrected, updated or withdrawn."""

from __future__ import annotations

import re

_WORDS = (
    r"corrections?|corrected|clarifications?|updated?|amended|revised|korrektur|korrigiert|berichtigung|aktualisiert"
    r"|mise? à jour|rectificatif|actualizad[oa]|corrección|aggiornat[oa]|atualizad[oa]|opdateret|uppdaterad|bijgewerkt"
)
_TITLE = re.compile(rf"^\W*(?:{_WORDS})\b\s*+(\d{{0,2}})\s*+[-–—:(]|\((?:{_WORDS})\)\s*$", re.IGNORECASE)
"""The title of a wire report ("UPDATE 2-...", "CORRECTED-..."), or one with the word in brackets at its end."""
_LINE = re.compile(rf"\W*(?:last )?(?:{_WORDS})\b.{{0,40}}?(?:[:：]|\d)")
"""A line that begins with such a word, in small letters."""
_SENTENCE = re.compile(
    r"this (?:article|story|post|page|report|piece)\b"
    r"[^.\n]{0,60}\b(?:updated|corrected|amended|revised|misstated|misidentified|incorrectly)\b"
)
"""A sentence that says so, in small letters: of this article, or of an earlier version of it."""
_CORRECTED = (
    r"corrections?|corrected|clarifications?|korrektur|korrigiert|berichtig(?:ung|t)|rectificatif|corrig(?:é|ida?o?)e?"
    r"|correcc(?:ión|iones)|rettifica|corre[çc]ão|rättelse|rectificatie"
)
_WITHDRAWN = (
    r"withdrawn|retract(?:ed|ion)|zurückgezogen|widerruf(?:en)?|rétracté?e?|rétractation|retirad[oa]|ritirat[oa]"
)
_STATED = {
    kind: re.compile(
        rf"^\W*(?:{words})\b[^\n]{{0,40}}?[:：–—-]"
        rf"|\bth(?:is|e) (?:article|story|post|page|report|piece|paper)\b[^.\n]{{0,60}}\b(?:{words}){further}\b",
        re.IGNORECASE | re.MULTILINE,
    )
    for kind, words, further in (
        ("withdrawn", _WITHDRAWN, ""),
        ("corrected", _CORRECTED, r"|\b(?:amended|misstated|misidentified|incorrectly)"),
    )
}
"""A line or a title that begins with such a word, or a sentence that says so of the article."""


def correction_of(title: str, text: str) -> str:
    """Return what an article says became of it: `withdrawn`, `corrected`, or nothing."""
    return next((kind for kind, stated in _STATED.items() if stated.search(title) or stated.search(text)), "")


def revision_of(title: str, text: str) -> int:
    """Return the number of the revision that an article says it is: 0 if it says nothing, 1 if it gives no number."""
    in_title = _TITLE.search(title)
    if in_title:
        return max(1, int(in_title.group(1) or 0))
    small = text.lower()
    return 1 if _SENTENCE.search(small) or any(map(_LINE.match, small.split("\n"))) else 0
