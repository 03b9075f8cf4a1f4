"""Quotations of an article, with their speaker if the text makes it plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import Block, Mention, Name, Quote, Text
from glossator.stages.annotate.descriptors.wording import FINITE
from glossator.stages.annotate.lexicon import VERBS
from glossator.stages.annotate.quotes.quoted_text import QUOTED, QuotedText, quoted_text, window
from glossator.stages.annotate.quotes.speakers import Attribution, attribution, is_named_after

SHORTEST = 5
"""Words of a quotation; fewer are a term of art or of scorn, unless they are a clause and a speaker is named."""

LONGER = 3
"""Letters of a word that has a capital in titles only, or as a name."""

_RESUMED = re.compile(
    rf"^,?\s*+(?:(?:[\w\s,’'-]|\b(?:Mr|Mrs|Ms|Dr|St)\.){{0,100}}?\b(?:{'|'.join(VERBS)})\b[^.!?“”\"]{{0,80}})[.,:]\s*$"
)
_SUBJECT = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\s[a-z]|[a-z][’'](?:s|re|m|ve|ll|d)\b")
"""A pronoun with a verb."""
_BESIDE_BEFORE = re.compile(rf"(?:[,:]|\b(?:{'|'.join(VERBS)})(?:\sthat)?:?)\s$")
_BESIDE_AFTER = re.compile(rf"\s?,|\s(?:(?:he|she|they|\x02\d+\x03)\s)?(?:{'|'.join(VERBS)})\b")
"""A comma or a verb of saying beside a quotation."""
_NEAR = 40
"""Characters beside a quotation in which a verb of saying stands."""


def quotes(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> tuple[Quote, ...]:
    """Return the quotations in the order of the text; their name is None if no speaker is plainly named.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    if not any(map(text.content.__contains__, '“"')):
        return ()
    source = quoted_text(text, named, sentences)
    return tuple(quote for block in text.blocks if block.kind != "code" for quote in _in_block(source, block))


def _in_block(source: QuotedText, block: Block) -> Iterator[Quote]:
    content = source.text.content
    last: tuple[int, Attribution] | None = None
    """End of the quotation before, and its attribution."""
    for match in QUOTED.finditer(content, block.start, block.end):
        start, end = match.start() + 1, match.end() - 1
        attribution = _attributed(source, block, match.span(), last)
        last = (end, attribution) if attribution else None
        if _is_speech(source, match.span(), attributed=attribution is not None):
            spoken = content[start:end].rstrip(",")
            speaker, verb = attribution or (None, "")
            yield Quote(start, start + len(spoken), spoken, speaker, verb)


def _is_speech(source: QuotedText, quoted: tuple[int, int], *, attributed: bool) -> bool:
    """True if what stands in quotation marks, whose bounds are given, is no title, word of scorn or term of art.

    Few words have to be a clause, with a comma or a verb of saying beside them, and to have a speaker.
    """
    start, end = quoted
    content = source.text.content
    spoken = content[start + 1 : end - 1]
    words = spoken.split()
    if _is_title(source, (start + 1, end - 1)):
        return False
    if len(words) >= SHORTEST:
        return True
    is_clause = _SUBJECT.search(spoken) or not FINITE.isdisjoint(word.strip(",.!?").lower() for word in words)
    is_said = (
        spoken.endswith(",")
        or _BESIDE_BEFORE.search(content, max(0, start - _NEAR), start)
        or _BESIDE_AFTER.match(window(source, end, min(len(content), end + _NEAR)))
    )
    return len(words) > 1 and attributed and bool(is_clause and is_said)


def _attributed(
    source: QuotedText, block: Block, quoted: tuple[int, int], last: tuple[int, Attribution] | None
) -> Attribution | None:
    """Return the attribution of a quotation, or that of the one before if this one continues it."""
    between = source.text.content[last[0] + 1 : quoted[0]] if last else ""
    resumed = last and _RESUMED.match(between)
    if last and resumed and not is_named_after(source, block, quoted):
        return last[1]
    return attribution(source, block, quoted, (last[0], last[1].name) if last else None)


def _is_title(source: QuotedText, bounds: tuple[int, int]) -> bool:
    """True if most longer words have a capital, as in the title of a work; names are left out if there is more."""
    start, end = bounds
    named = source.mentions_in(start, end)
    edges = [start, *(edge for mention in named for edge in (mention.start, mention.end)), end]
    rest = " ".join(source.text.content[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True))
    longer = [word for word in re.findall(r"\w+", rest) if len(word) > LONGER]
    return sum(word[0].isupper() for word in longer) * 2 > len(longer) or (bool(named) and not longer)
