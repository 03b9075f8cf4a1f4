"""A text with its names and its quotation marks, and the words around a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from glossator.model import Block, Mention, Name, Text

LONGEST_ATTRIBUTION = 160
"""Characters of the attributing words that are kept."""

QUOTED = re.compile(r"“([^“”]+)”|(?<![\w.,!?;\"])\"(?=\S)([^\"]+)(?<=\S)\"(?!\w)")
"""Words in quotation marks."""


class QuotedText(msgspec.Struct, frozen=True, eq=False):
    """A text with its names, and the bounds of all that stands in quotation marks."""

    text: Text
    names: Sequence[Name]
    mentions: Sequence[Mention]
    sentences: Sequence[tuple[int, int]]
    quoted: Sequence[tuple[int, int]]

    def is_quoted(self, mention: Mention) -> bool:
        at = bisect_left(self.quoted, mention.start, key=lambda bounds: bounds[1])
        return at < len(self.quoted) and self.quoted[at][0] < mention.start

    def sentence_start(self, at: int) -> int:
        """Return where the sentence begins that an offset is in, or that ends before the offset."""
        index = bisect_left(self.sentences, at, key=lambda sentence: sentence[0]) - 1
        return self.sentences[index][0] if index >= 0 else 0

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin between two offsets."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        return self.mentions[first : bisect_left(self.mentions, end, lo=first, key=lambda mention: mention.start)]


def quoted_text(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> QuotedText:
    """Return a text with its quotation marks; `named` are its names and mentions, `sentences` their bounds."""
    blocks = (block for block in text.blocks if block.kind != "code")
    quoted = [match.span() for block in blocks for match in QUOTED.finditer(text.content, block.start, block.end)]
    return QuotedText(text, *named, sentences, quoted)


def window(source: QuotedText, start: int, end: int) -> str:
    """Return a stretch of text in which a number stands for each name."""
    content, parts, at = source.text.content, [], start
    for mention in source.mentions_in(start, end):
        if mention.end > end:
            break
        parts.append(f"{content[at : mention.start]}\x02{mention.name}\x03")
        at = mention.end
    return "".join(parts) + content[at:end]


def words_after(source: QuotedText, block: Block, start: int) -> str:
    """Return what follows a quotation in the sentence, up to the next quotation."""
    content = source.text.content
    first = next((at for at in range(start, block.end) if content[at] not in " ,\n"), block.end)
    end = next((right for left, right in _from(source.sentences, first) if left <= first), block.end)
    opened = next((left for left, _ in _from(source.quoted, first) if left >= first), end)
    return _cut(content[first : min(end, opened, block.end)])


def words_before(source: QuotedText, block: Block, end: int) -> str:
    """Return what precedes a quotation in the sentence, from the last quotation on."""
    sentences = source.sentences[: bisect_left(source.sentences, end, key=lambda sentence: sentence[0])]
    closed = source.quoted[: bisect_left(source.quoted, end, key=lambda bounds: bounds[0])]
    starts = [block.start, *(left for left, _ in sentences[-1:]), *(right for _, right in closed[-1:])]
    return _cut(source.text.content[max(starts) : end])


def _from(bounds: Sequence[tuple[int, int]], start: int) -> Sequence[tuple[int, int]]:
    """Return the bounds that end after an offset."""
    return bounds[bisect_left(bounds, start + 1, key=lambda bound: bound[1]) :]


def _cut(words: str) -> str:
    words = " ".join(words.split()).strip(' ,:;–—-“”"')
    return words if len(words) <= LONGEST_ATTRIBUTION else words[:LONGEST_ATTRIBUTION].rsplit(" ", 1)[0] + " …"
