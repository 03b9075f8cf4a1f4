"""A second search for names that are known from elsewhere, which the model missed or found only in part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from glossator.config import AnnotateSettings
from glossator.model import Analysis, EntityType, Mention, Text
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.propagate import marked
from glossator.stages.annotate.spans import Span

Known = tuple[str, EntityType]
"""Surface form and type of a name."""

Names = tuple[Known, ...]
"""A list of known names."""

SILENT = frozenset({"heading", "code", "related"})
"""Blocks in which names are not looked for."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _KnownOccurrence:
    start: int
    end: int
    known: Known


def look_again(analysis: Analysis, text: Text, known: Sequence[Names], settings: AnnotateSettings) -> Analysis:
    """Return the analysis with every occurrence of the known names in the text; its digest is still the old one.

    An occurrence replaces the mentions within it; it never cuts one that extends beyond it.
    """
    by_word = [_by_first_word(names) for names in known if names]
    found = [one for one in _occurrences(text, by_word) if _fits(one, analysis)]
    return _merged(analysis, text, found, settings) if found else analysis


@lru_cache(maxsize=4)
def _by_first_word(known: Names) -> Mapping[str, list[Known]]:
    """Return the names by their first word, the longest first."""
    table: dict[str, list[Known]] = defaultdict(list)
    for form, kind in known:
        if first := _WORD.search(form):
            table[first.group()].append((form, kind))
    return {word: sorted(set(names), key=lambda one: (-len(one[0]), one)) for word, names in table.items()}


def _occurrences(text: Text, tables: Sequence[Mapping[str, list[Known]]]) -> Iterable[_KnownOccurrence]:
    for block in text.blocks:
        position = block.start
        for word in _WORD.finditer(text.content, block.start, block.end) if block.kind not in SILENT else ():
            if word.start() < position:
                continue
            for form, kind in chain.from_iterable(table.get(word.group(), ()) for table in tables):
                start = word.start() - form.index(word.group())
                end = start + len(form)
                if start >= position and end <= block.end and _stands(text.content, start, end, form):
                    yield _KnownOccurrence(start, end, (form, kind))
                    position = end
                    break


def _stands(content: str, start: int, end: int, form: str) -> bool:
    """True if the form is at the offsets as words of its own. Typographic and plain apostrophes are equal."""
    if content[start:end].replace("’", "'") != form.replace("’", "'"):
        return False
    return not (content[start - 1 : start].isalnum() or content[end : end + 1].isalnum())


def _fits(one: _KnownOccurrence, analysis: Analysis) -> bool:
    """True if an occurrence is new, of another type than was guessed, or larger than all that it touches."""
    touched = [mention for mention in analysis.mentions if mention.start < one.end and one.start < mention.end]
    inside = all(one.start <= mention.start and mention.end <= one.end for mention in touched)
    return inside and not any(_says_so(mention, one, analysis) for mention in touched)


def _says_so(mention: Mention, one: _KnownOccurrence, analysis: Analysis) -> bool:
    same_place = (mention.start, mention.end) == (one.start, one.end)
    return same_place and analysis.names[mention.name].type == one.known[1]


def _merged(analysis: Analysis, text: Text, found: Sequence[_KnownOccurrence], settings: AnnotateSettings) -> Analysis:
    """Join the old mentions and the occurrences into names again; descriptors and quotes follow the mentions."""
    old = [
        Span(one.start, one.end, analysis.names[one.name].type)
        for one in analysis.mentions
        if not any(new.start <= one.start and one.end <= new.end for new in found)
    ]
    spans = sorted([*old, *(Span(new.start, new.end, new.known[1]) for new in found)], key=lambda span: span.start)
    names, mentions = link(text, marked(text, spans, places=False), settings)
    heir: dict[int, int] = {}
    for one in analysis.mentions:
        for mention in mentions:
            if mention.start < one.end and one.start < mention.end:
                heir.setdefault(one.name, mention.name)
    return replace(
        analysis,
        names=names,
        mentions=mentions,
        descriptors=tuple(replace(one, name=heir[one.name]) for one in analysis.descriptors if one.name in heir),
        quotes=tuple(replace(one, name=None if one.name is None else heir.get(one.name)) for one in analysis.quotes),
    )
