"""Titles and names as one line of characters that a reader can see, whatever a file or a saved page says."""

from __future__ import annotations

import re

# Unicode Standard Annex 9: embeddings, overrides and isolates reach beyond a title, for instance in the title of a
# window, and an override shows a text backwards. The marks U+200E, U+200F and U+061C reach no further and stay.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return a text with single spaces between its words, without control characters and halves of characters."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, which ends with an ellipsis if it was longer."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
