"""The words for which an abbreviation stands that the text puts in brackets behind them: "table of tides (TOT)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import Descriptor, Mention, Name, Text
from glossator.naming.acronyms import is_acronym
from glossator.naming.lexicon import UNINITIALLED

FARTHEST = 120
"""Characters before an abbreviation in which its full form stands."""

_WORD = re.compile(r"[^\W\d_][\w’']*")
_IN_BRACKETS = re.compile(r"[^\W\d_][\w’' -]+(?=\s\($)")


def find_full_forms(text: Text, named: tuple[Sequence[Name], Sequence[Mention]]) -> Iterator[Descriptor]:
    """Yield the full form of each abbreviation that the text explains, at its first explanation."""
    found = set[int]()
    for mention in named[1]:
        form = text.content[mention.start : mention.end]
        if mention.name in found or not is_acronym(form):
            continue
        before = _IN_BRACKETS.search(text.content, max(0, mention.start - FARTHEST), mention.start)
        start = _beginning(before, form.removesuffix("s").lower()) if before else None
        if before and start is not None:
            found.add(mention.name)
            yield Descriptor(start, before.end(), text.content[start : before.end()], mention.name, "phrase")


def _beginning(before: re.Match[str], letters: str) -> int | None:
    """Return where the last words begin whose initials are the letters of an abbreviation; None if they are not.

    Words such as "of" may give no letter.
    """
    rest = letters
    for word in reversed(list(_WORD.finditer(before.group()))):
        form = word.group().lower()
        if form[0] == rest[-1]:
            rest = rest[:-1]
        elif form not in UNINITIALLED:
            return None
        if not rest:
            return None if form in UNINITIALLED else before.start() + word.start()
    return None
