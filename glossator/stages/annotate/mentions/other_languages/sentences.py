"""Sentences that tell of a name in a language without a pipeline: those that begin with the name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from glossator.model import Descriptor, Mention, Text
from glossator.stages.annotate.descriptors.key_sentences import LONGEST, SHORTEST
from glossator.stages.annotate.prose import PROSE

_ARTICLE = re.compile(r"(?:\w{1,4}[ '’])?")
"""A short word, such as an article, that a sentence may have before the name with which it begins."""
_COMPLETE = re.compile(r"[\w)][.!…][”\"’')»]*$")


def opening_sentences(
    text: Text, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> tuple[Descriptor, ...]:
    """Return for each name that has any the first sentence that begins with the name, which is then its subject.

    `sentences` are the bounds of the sentences.
    """
    first = {one.name: one for one in _found(text, mentions, sentences)}
    return tuple(first[name] for name in sorted(first))


def _found(text: Text, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]) -> Iterator[Descriptor]:
    """Yield the sentences that begin with a name, the last first."""
    starts = [start for start, _ in sentences]
    prose = [block for block in text.blocks if block.kind in PROSE]
    begins = [block.start for block in prose]
    for mention in reversed(mentions):
        at, inside = bisect_right(starts, mention.start) - 1, bisect_right(begins, mention.start) - 1
        if at < 0 or inside < 0 or mention.end > prose[inside].end:
            continue
        start, end = sentences[at]
        if not _ARTICLE.fullmatch(text.content, start, mention.start):
            continue
        words = " ".join(text.content[start:end].split())
        if _is_quotable(words):
            yield Descriptor(start, end, words, mention.name, "sentence")


def _is_quotable(words: str) -> bool:
    return SHORTEST <= len(words) <= LONGEST and _COMPLETE.search(words) is not None
