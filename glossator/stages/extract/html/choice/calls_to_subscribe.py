"""Lines that sites add to every article: labels above links, and calls to subscribe, follow, or pay.

By folds they bring .0004 of F1 on articles, and .0025 on the set of news: the judge learns them no better.
"""

from __future__ import annotations

import re

from glossator.stages.extract.html.choice.page_outline import Outline, PagePassage
from glossator.word_lists import any_of

LABEL = re.compile(rf"\W*(?:{any_of('boilerplate', 'label')})\W*", re.IGNORECASE)
"""Line that a site puts into any article."""
_CALL = re.compile(rf"\W*(?:{any_of('boilerplate', 'call')})", re.IGNORECASE)
_LETTERS = frozenset(("newsletter", "newsletters", "inbox"))
"""Words without which no line calls to subscribe in a later sentence."""
_LATER_CALL = re.compile(any_of("boilerplate", "later_call"), re.IGNORECASE)
"""Sentence that asks to subscribe; a sentence that only speaks of letters goes on otherwise."""
_LONGEST = 400
"""Characters of a call at most."""
_LONGEST_LATER = 250
"""Characters of a passage at most that leads to a form, and asks to subscribe in any of its sentences."""
_LINKED = 0.5
"""Share of links in a passage's text above which it leads elsewhere."""


def without_calls(page: Outline, chosen: list[int]) -> list[int]:
    """Remove such lines, and the links below a label, from the indices of passages."""
    remaining: list[int] = []
    below = False
    for index in chosen:
        passage = page.passages[index]
        if LABEL.fullmatch(passage.text):
            below = True
            continue
        below = below and passage.linked > _LINKED * len(passage.text)
        if not below and not _is_call(passage):
            remaining.append(index)
    return remaining


def _is_call(passage: PagePassage) -> bool:
    """True if a short passage begins with a call, or asks in one of its sentences to subscribe to letters."""
    if len(passage.text) > _LONGEST:
        return False
    if _CALL.match(passage.text):
        return True
    asks = not _LETTERS.isdisjoint(passage.tokens) and _LATER_CALL.search(passage.text) is not None
    return asks and len(passage.text) <= _LONGEST_LATER and passage.linked > 0
