"""Words in small letters that a text uses as software: names perhaps, which other articles or the known list may have.

A program is called git, npm or curl where people type it. That a word is one tells a listing of the text, in which a
line begins with it, or a word beside it: "install pandas", "the curl command", "node 20.1".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import Text
from glossator.naming.known_names import is_software
from glossator.stages.annotate.prose import PROSE, small_words

ORDINARY = frozenset({"gimp", "gnome", "postscript", "solidity"})
"""Names of software that are words of everyday English: a text has to show that it means the software."""

OFTEN = 3
"""Times that a text writes what everybody knows as software, at least, if nothing else shows that it means it."""

TYPED = re.compile(r"^[ \t]*(?:[$>%#][ \t]+)?(?:sudo[ \t]+)?(?P<word>[a-z][a-z0-9]+)(?=[ \t]+[\w./-])", re.MULTILINE)
"""The word with which a line of a listing begins."""

USED = re.compile(
    r"\b(?:[Ii]nstall(?:ed|ing|s)?|[Uu]pgrad(?:e|ed|ing)|import)\s(?P<installed>[a-z][a-z0-9]+)\b(?![./@-]\w)"
    r"|(?<![./@-])\b(?P<called>[a-z][a-z0-9]+)\s(?:v?\d+\.\d+|(?:CLI|command|library|package|repositor(?:y|ies))\b)"
)
"""A word and what shows that it is software."""


def small_names(text: Text) -> tuple[str, ...]:
    """Return the words in small letters that a text uses as software, sorted."""
    small = small_words(text.content)
    often = (word for word, times in small.items() if times >= OFTEN and word not in ORDINARY and is_software(word))
    return tuple(sorted({*often, *_used(text)} & small.keys()))


def _used(text: Text) -> Iterator[str]:
    for block in text.blocks:
        if block.kind == "code":
            yield from (match["word"] for match in TYPED.finditer(text.content, block.start, block.end))
        elif block.kind in PROSE:
            for match in USED.finditer(text.content, block.start, block.end):
                yield match["installed"] or match["called"]
