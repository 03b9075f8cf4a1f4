"""Quotations of an article, with their speaker if the text makes it plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import Block, Mention, Name, Quote, Text
from glossator.stages.annotate.lexicon import VERBS
from glossator.stages.annotate.quotes.quoted_text import QuotedText
from glossator.stages.annotate.quotes.speakers import Attribution, attribution, is_named_after

SHORTEST = 5
"""Words of a quotation; fewer are a term of art or of scorn, unless a speaker is named."""


_QUOTED = re.compile(r"“([^“”]+)”|(?<![\w.,!?;\"])\"(?=\S)([^\"]+)(?<=\S)\"(?!\w)")
_RESUMED = re.compile(
    rf"^,?\s*+(?:(?:[\w\s,’'-]|\b(?:Mr|Mrs|Ms|Dr|St)\.){{0,100}}?\b(?:{'|'.join(VERBS)})\b[^.!?“”\"]{{0,80}})[.,:]\s*$"
)


def quotes(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> tuple[Quote, ...]:
    """Return the quotations in the order of the text; their name is None if no speaker is plainly named.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    if not any(map(text.content.__contains__, '“"')):
        return ()
    blocks = [block for block in text.blocks if block.kind != "code"]
    quoted = [match.span() for block in blocks for match in _QUOTED.finditer(text.content, block.start, block.end)]
    source = QuotedText(text, *named, sentences, quoted)
    return tuple(quote for block in blocks for quote in _in_block(source, block))


def _in_block(source: QuotedText, block: Block) -> Iterator[Quote]:
    content = source.text.content
    last: tuple[int, Attribution] | None = None
    """End of the quotation before, and its attribution."""
    for match in _QUOTED.finditer(content, block.start, block.end):
        start, end = match.start() + 1, match.end() - 1
        words = content[start:end].split()
        attribution = _attributed(source, block, match.span(), last)
        last = (end, attribution) if attribution else None
        # A word alone is set in quotation marks for other reasons.
        if len(words) > 1 and (attribution or (len(words) >= SHORTEST and not _is_title(words))):
            spoken = content[start:end].rstrip(",")
            speaker, verb = attribution or (None, "")
            yield Quote(start, start + len(spoken), spoken, speaker, verb)


def _attributed(
    source: QuotedText, block: Block, quoted: tuple[int, int], last: tuple[int, Attribution] | None
) -> Attribution | None:
    """Return the attribution of a quotation, or that of the one before if this one continues it."""
    between = source.text.content[last[0] + 1 : quoted[0]] if last else ""
    resumed = last and _RESUMED.match(between)
    if last and resumed and not is_named_after(source, block, quoted):
        return last[1]
    return attribution(source, block, quoted, (last[0], last[1].name) if last else None)


def _is_title(words: Sequence[str]) -> bool:
    """True if most longer words have a capital, as in the title of a work."""
    longer = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in longer) * 2 > len(longer)
