"""Descriptions of articles by their own pages, as the site shows them."""

from __future__ import annotations

import re

_ENDED = re.compile(r"[.!?…。！？؟।][”\"’'»)\]]*$")
_UP_TO_AN_END = re.compile(r".*\w{2}[.!?。！？؟।][”\"’'»)]*(?=\s)", re.DOTALL)
_PICTURE_CREDIT = re.compile(
    r"(?:Photo|Image|Picture)s?(?: credit)?(?::| via| by| from| courtesy of)[^.]{0,40}?"
    r"\b(?:Pexels|Unsplash|Pixabay|Getty Images|Shutterstock|Reuters)\s+(?=\w)"
)
SHORTEST_SENTENCE = 40
"""Characters that are left, at least, if an unfinished sentence is dropped."""


def whole_sentences(text: str) -> str:
    """Return what a page says of itself without the credit of a picture before it, and a sentence that breaks off.

    A text of which little would be left stays as it is: a title has no full stop.
    """
    text = text[credit.end() :] if (credit := _PICTURE_CREDIT.match(text)) else text
    finished = None if _ENDED.search(text) else _UP_TO_AN_END.match(text)
    return finished.group() if finished and finished.end() >= SHORTEST_SENTENCE else text
