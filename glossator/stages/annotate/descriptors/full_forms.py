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
    """Yield the full form of each abbreviation that the text explains, unless it is one of the forms of the name."""
    defined = set[int]()
    for mention in named[1]:
        form = text.content[mention.start : mention.end]
        if mention.name in defined or not is_acronym(form):
            continue
        full_form = _IN_BRACKETS.search(text.content, max(0, mention.start - FARTHEST), mention.start)
        start = _beginning(full_form, form.removesuffix("s").lower()) if full_form else None
        if full_form and start is not None:
            defined.add(mention.name)
            words = text.content[start : full_form.end()]
            if not any(words in other or other in words for other, _ in named[0][mention.name].forms):
                yield Descriptor(start, full_form.end(), words, mention.name, "phrase")


def _beginning(full_form: re.Match[str], letters: str) -> int | None:
    """Return where the last words begin whose initials are the letters of an abbreviation; None if they are not.

    Words such as "of" may give no letter.
    """
    rest = letters
    for word in reversed(list(_WORD.finditer(full_form.group()))):
        form = word.group().lower()
        if form[0] == rest[-1]:
            rest = rest[:-1]
        elif form not in UNINITIALLED:
            return None
        if not rest:
            return None if form in UNINITIALLED else full_form.start() + word.start()
    return None
