"""The sentence of a text that tells most about a name: one whose subject it is, which has a verb of its own.

A sentence that merely holds the name tells of something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from glossator.model import Descriptor, Mention, Name, Text
from glossator.stages.annotate.lexicon import PAST, PRESENT

SHORTEST = 30
"""Characters of a sentence to be quoted, at least."""

LONGEST = 240
"""Characters of a sentence to be quoted, at most."""

READ = 12
"""Mentions of a name, from its first on, whose sentences are compared."""

BLOCKS = frozenset({"paragraph", "item", "quote"})
"""Kinds of block that have sentences."""

_LEAD = re.compile(
    r"(?:[“\"'‘(\[•·*-]|\d+[.)]|\s)*"
    r"(?:(?:After|At|Before|By|During|For|From|In|Last|On|Since|This|Under|With)\s[^,.;:!?]{1,60},\s)?(?:[Tt]he\s)?"
)
"""Words that may stand before the subject of a sentence: marks, an adverbial, an article."""
_VERB = re.compile(
    r"(?:\s\([^()]{1,60}\))?(?:,[^,.;:]{1,80},)?\s(?:also\s|now\s|then\s|\w+ly\s)?(?P<verb>[a-z-]{2,})\s"
)
_ASSERTING = PRESENT | PAST | frozenset("is are was were has had does did can will says said".split())
_PERSONAL = re.compile(r"\b(?:I|you|your|we|our|us|my|me|[Cc]lick|[Ss]ubscribe|[Rr]ead\smore)\b|I’|I'")
_DEPENDENT = re.compile(r"(?:But|And|Or|So|It|He|She|They|This|That|These|Those|Then|However|Also|Here|There|If)\b")
_COMPLETE = re.compile(r"[.!?…][”\"’')]*$")


def find_sentences(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> Iterator[Descriptor]:
    """Yield for each name that is the subject of any sentence the one that tells most, the first of equals.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    starts = [start for start, _ in sentences]
    blocks = [block.start for block in text.blocks]
    best: dict[int, tuple[int, int]] = {}
    seen: dict[int, int] = {}
    for position, mention in enumerate(named[1]):
        seen[mention.name] = seen.get(mention.name, 0) + 1
        at, inside = bisect_right(starts, mention.start) - 1, bisect_right(blocks, mention.start) - 1
        if seen[mention.name] > READ or at < 0 or inside < 0:
            continue
        if text.blocks[inside].kind not in BLOCKS or mention.end > sentences[at][1]:
            continue
        following = named[1][position + 1 : position + 2]
        accompanied = bool(following) and following[0].start < sentences[at][1]
        score = _score(text.content, sentences[at], mention)
        if score and score + accompanied > best.get(mention.name, (0, 0))[0]:
            best[mention.name] = score + accompanied, at
    for name, (_, at) in sorted(best.items()):
        start, end = sentences[at]
        yield Descriptor(start, end, " ".join(text.content[start:end].split()), name, "sentence")


def _score(content: str, sentence: tuple[int, int], mention: Mention) -> int:
    """Return how much a sentence tells of a name that is its subject; 0 for another one, or one not to be quoted."""
    start, end = sentence
    words = content[start:end]
    if not SHORTEST <= end - start <= LONGEST or "\n" in words.strip() or not _COMPLETE.search(words):
        return 0
    verb = _VERB.match(content, mention.end, end) if _LEAD.fullmatch(content, start, mention.start) else None
    if not verb or verb.group("verb") not in _ASSERTING or words.rstrip("”\"’')").endswith("?"):
        return 0
    score = 4 - 2 * bool(_PERSONAL.search(words)) - bool(_DEPENDENT.match(words))
    return max(score, 1)
