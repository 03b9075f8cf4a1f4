"""Runs of capitalised words that no mention touches: names perhaps, which other articles may know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import Mention, Text
from glossator.stages.annotate import demonyms
from glossator.stages.annotate.lexicon import GENERIC, NEVER, TITLES
from glossator.stages.annotate.prose import PROSE, capitals_tell, small_words

_WORD = r"[^\W\d_a-zà-ÿ][\w&’'-]*"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?: (?:(?:of|for|and|the|de|von|der|la|del) ){{0,2}}(?:{_WORD}|\d+))*")
_OWNED = re.compile(r"['’]s?$")


def overlooked_runs(text: Text, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the runs of capitalised words that no mention touches, each once, in the order of the text.

    Single words are left out if the text also writes them small, or if they are titles, nationalities or never a name.
    """
    small = small_words(text.content)
    return tuple(dict.fromkeys(run for run in _runs(text, mentions) if " " in run or _is_unusual(run, small)))


def _runs(text: Text, mentions: Sequence[Mention]) -> Iterator[str]:
    for block in text.blocks:
        if block.kind not in PROSE or not capitals_tell(text.content[block.start : block.end]):
            continue
        for run in _RUN.finditer(text.content, block.start, block.end):
            at = bisect_left(mentions, run.end(), key=lambda mention: mention.start) - 1
            if at < 0 or mentions[at].end <= run.start():
                yield _OWNED.sub("", run.group())


def _is_unusual(word: str, small: Mapping[str, int]) -> bool:
    listed = word in NEVER or word in TITLES or word in GENERIC
    return len(word) > 1 and not listed and word.lower() not in small and not demonyms.is_demonym(word)
