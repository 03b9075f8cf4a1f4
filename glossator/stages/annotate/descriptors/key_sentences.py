"""The sentence of a text that tells most about a name: one that says what it is, else one whose subject it is.

What a name is may be said in words too vague to stand alone, and the whole sentence still tells a reader. A sentence
that merely holds the name tells of something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from glossator.model import Descriptor, DescriptorKind, Mention, Name, Text
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
_DEFINITION = re.compile(r"(?:is|was|are|were)\s(?:an?|the)\s")
"""A verb and an article behind the subject of a sentence that says what the subject is."""
DEFINING = 10
"""Weight of saying what a name is: more than all else."""
_ASSERTING = PRESENT | PAST | frozenset("is are was were has had does did can will says said".split())
_PERSONAL = re.compile(r"\b(?:I|you|your|we|our|us|my|me|[Cc]lick|[Ss]ubscribe|[Rr]ead\smore)\b|I’|I'")
_DEPENDENT = re.compile(r"(?:But|And|Or|So|It|He|She|They|This|That|These|Those|Then|However|Also|Here|There|If)\b")
_COMPLETE = re.compile(r"[.!?…][”\"’')]*$")


def find_sentences(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    glosses: Iterable[tuple[bool, Descriptor]] = (),
) -> Iterator[Descriptor]:
    """Yield for each name that has any the sentence that tells most, the first of equals.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences, `glosses` the words that
    may say what a name is, each with True if they probably do.
    """
    starts = [start for start, _ in sentences]
    blocks = [block.start for block in text.blocks]
    best: dict[int, tuple[int, int]] = {}
    for is_likely, gloss in glosses:
        at = bisect_right(starts, gloss.start) - 1
        if at >= 0 and gloss.end <= sentences[at][1] and _is_quotable(text.content[slice(*sentences[at])]):
            best[gloss.name] = (2 if is_likely else 1) * DEFINING, at
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
    for name, (score, at) in sorted(best.items()):
        start, end = sentences[at]
        kind: DescriptorKind = "definition" if score >= DEFINING else "sentence"
        yield Descriptor(start, end, " ".join(text.content[start:end].split()), name, kind)


def _is_quotable(words: str) -> bool:
    """True if words are one whole sentence that asserts something, neither too short nor too long."""
    is_whole = "\n" not in words.strip() and bool(_COMPLETE.search(words))
    return SHORTEST <= len(words) <= LONGEST and is_whole and not words.rstrip("”\"’')").endswith("?")


def _score(content: str, sentence: tuple[int, int], mention: Mention) -> int:
    """Return how much a sentence tells of a name that is its subject; 0 for another one, or one not to be quoted."""
    start, end = sentence
    words = content[start:end]
    if not _is_quotable(words):
        return 0
    verb = _VERB.match(content, mention.end, end) if _LEAD.fullmatch(content, start, mention.start) else None
    if not verb or verb.group("verb") not in _ASSERTING:
        return 0
    score = max(1, 4 - 2 * bool(_PERSONAL.search(words)) - bool(_DEPENDENT.match(words)))
    return score + DEFINING * bool(_DEFINITION.match(content, verb.start("verb"), end))
