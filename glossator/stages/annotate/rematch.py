"""A second search for names that are known from elsewhere, which the model missed or found only in part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from glossator.config import AnnotateSettings
from glossator.model import Analysis, Block, EntityType, Mention, Text
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.mentions.propagate import propagate
from glossator.stages.annotate.mentions.spans import Span, overlapping

TypedName = tuple[str, EntityType]
"""Surface form and type of a name."""

TypedNames = tuple[TypedName, ...]
"""A list of known names."""

SILENT = frozenset({"heading", "code", "related"})
"""Blocks in which names are not looked for."""

_WORD = re.compile(r"\w+")
_IN_ADDRESS = tuple("./@-_#")
_GOES_ON = re.compile(r"[./@_#-]\w|[/_(=]")
"""Signs beside a word in small letters that is part of an address, of code or of a longer name."""


class _KnownOccurrence(msgspec.Struct, frozen=True):
    start: int
    end: int
    type: EntityType


def find_known_names(
    analysis: Analysis, text: Text, shared: Sequence[TypedNames], settings: AnnotateSettings
) -> Analysis:
    """Return the analysis with every occurrence of the known names in the text; its digest is still the old one.

    An occurrence replaces the mentions within it; it never cuts one that extends beyond it.
    """
    by_word = [_by_first_word(names) for names in shared if names]
    occurrences = [occurrence for occurrence in _occurrences(text, by_word) if _fits(occurrence, analysis)]
    return _merge(analysis, text, occurrences, settings) if occurrences else analysis


@lru_cache(maxsize=4)
def _by_first_word(names_of_one: TypedNames) -> Mapping[str, list[TypedName]]:
    """Return the names by their first word, the longest first; in writings without spaces by their first letter."""
    table: dict[str, list[TypedName]] = defaultdict(list)
    for form, kind in names_of_one:
        if first := _WORD.search(form):
            word = first.group()
            table[word[0] if _is_unspaced(word[0]) else word].append((form, kind))
    return {word: sorted(set(names), key=lambda name: (-len(name[0]), name)) for word, names in table.items()}


def _occurrences(text: Text, tables: Sequence[Mapping[str, list[TypedName]]]) -> Iterable[_KnownOccurrence]:
    for block in text.blocks:
        position = block.start
        for at, word in _starts(text.content, block) if block.kind not in SILENT else ():
            if at < position:
                continue
            for form, kind in chain.from_iterable(table.get(word, ()) for table in tables):
                start = at - form.index(word)
                end = start + len(form)
                if start >= position and end <= block.end and _matches(text.content, (start, end), form, kind):
                    yield _KnownOccurrence(start, end, kind)
                    position = end
                    break


def _starts(content: str, block: Block) -> Iterator[tuple[int, str]]:
    """Yield each word with its offset; in writings without spaces each letter, because a word may begin anywhere."""
    for word in _WORD.finditer(content, block.start, block.end):
        if _is_unspaced(word.group()[0]):
            yield from enumerate(word.group(), word.start())
        else:
            yield word.start(), word.group()


def _is_unspaced(letter: str) -> bool:
    """True if a letter is of Chinese or Japanese."""
    return "\u3040" <= letter <= "\u9fff"


def _matches(content: str, span: tuple[int, int], form: str, kind: EntityType) -> bool:
    """True if the form is at the offsets as words of its own. Typographic and plain apostrophes are equal.

    The full name of a person may have the ending of a genitive, as in German: "Petra Hansens".
    """
    start, end = span
    if content[start:end].replace("’", "'") != form.replace("’", "'"):
        return False
    before, after = content[start - 1 : start], content[end : end + 1]
    if form.islower() and (before in _IN_ADDRESS or _GOES_ON.match(content, end)):
        return False
    genitive = after == "s" and kind is EntityType.PERSON and " " in form and not content[end + 1 : end + 2].isalnum()
    joined_before = before.isalnum() and not _is_unspaced(form[0])
    return not joined_before and (not after.isalnum() or genitive or _is_unspaced(form[-1]))


def _fits(occurrence: _KnownOccurrence, analysis: Analysis) -> bool:
    """True if an occurrence is new, of another type than was guessed, or larger than all that it touches."""
    start, end = occurrence.start, occurrence.end
    touched = overlapping(analysis.mentions, occurrence)
    inside = all(start <= mention.start and mention.end <= end for mention in touched)
    return inside and not any(_agrees(mention, occurrence, analysis) for mention in touched)


def _agrees(mention: Mention, occurrence: _KnownOccurrence, analysis: Analysis) -> bool:
    same_bounds = (mention.start, mention.end) == (occurrence.start, occurrence.end)
    return same_bounds and analysis.names[mention.name].type == occurrence.type


def _merge(
    analysis: Analysis, text: Text, occurrences: Sequence[_KnownOccurrence], settings: AnnotateSettings
) -> Analysis:
    """Join the old mentions and the occurrences into names again; descriptors and quotes follow the mentions."""
    old = [
        Span(mention.start, mention.end, name.type, name.certainty, name.chances)
        for mention, name in ((mention, analysis.names[mention.name]) for mention in analysis.mentions)
        if not any(new.start <= mention.start and mention.end <= new.end for new in overlapping(occurrences, mention))
    ]
    spans = sorted([*old, *(Span(new.start, new.end, new.type) for new in occurrences)], key=lambda span: span.start)
    names, mentions = link(text, propagate(text, spans, places=False), settings)
    heirs: dict[int, int] = {}
    for former in analysis.mentions:
        for mention in overlapping(mentions, former):
            heirs.setdefault(former.name, mention.name)
    renamed = {heir: analysis.names[old].form for old, heir in heirs.items() if analysis.names[old].is_renamed}
    names = tuple(msgspec.structs.replace(name, form=renamed.get(index, name.form)) for index, name in enumerate(names))
    return msgspec.structs.replace(
        analysis,
        names=names,
        mentions=mentions,
        descriptors=tuple(
            msgspec.structs.replace(descriptor, name=heirs[descriptor.name])
            for descriptor in analysis.descriptors
            if descriptor.name in heirs
        ),
        quotes=tuple(
            msgspec.structs.replace(quote, name=None if quote.name is None else heirs.get(quote.name))
            for quote in analysis.quotes
        ),
    )
