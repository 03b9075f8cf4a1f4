"""Sentences that tell of a name in a language without a pipeline: those that introduce it, or begin with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import Descriptor, DescriptorKind, Mention, Text
from glossator.stages.annotate.descriptors.key_sentences import LONGEST, SHORTEST
from glossator.stages.annotate.prose import PROSE

_ARTICLE = re.compile(
    r"(?:(?:aber|auch|doch|ma|mais|men|pero|und) )?"
    r"(?:(?:d(?:er|ie|as|en?|et)|l[aeo]s?|el|i|il|gli|het|os?|the) |l['’])?",
    re.IGNORECASE,
)
"""A conjunction and an article that a sentence may have before its subject, in one of many languages."""
_QUOTATION = re.compile(r"[„“\"«»][^„“”\"«»]{60,}")
"""Words of a speaker, beside which a sentence only names the speaker."""
_DEFINES = re.compile(r"\s(?:ist|war|est|était|es|era|è|é|is|was|är|var)\s(?:eine?|une?|una|uma?|een|ett?)\s")
"""A verb and an indefinite article behind the subject of a sentence that says what the subject is."""
_COMPLETE = re.compile(r"[\w)][.!…][”\"’')»]*$")


def key_sentences(
    text: Text, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]], introduced: Mapping[int, int]
) -> Iterator[Descriptor]:
    """Yield for each name that has any the sentence that introduces the name, or the first that begins with it.

    `sentences` are the bounds of the sentences, `introduced` has the offsets at which names are introduced.
    """
    by_name = {descriptor.name: descriptor for descriptor in _found(text, mentions, sentences)}
    starts = [start for start, _ in sentences]
    for name, offset in introduced.items():
        start, end = sentences[max(0, bisect_right(starts, offset) - 1)]
        words = " ".join(text.content[start:end].split())
        if start <= offset < end and _is_quotable(words) and not _QUOTATION.search(words):
            by_name[name] = Descriptor(start, end, words, name, "definition")
    yield from (by_name[name] for name in sorted(by_name))


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
            kind: DescriptorKind = "definition" if _DEFINES.match(text.content, mention.end) else "sentence"
            yield Descriptor(start, end, words, mention.name, kind)


def _is_quotable(words: str) -> bool:
    return SHORTEST <= len(words) <= LONGEST and _COMPLETE.search(words) is not None
