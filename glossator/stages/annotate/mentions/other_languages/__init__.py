"""Names in languages that have no rules of their own: a pipeline's as they are, and what form and lists tell.

Without a pipeline four things tell a name: a given name or an office before it, an acronym that the text defines, a
list of places by their names in the language, and capitals for which the language has no other reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from glossator.model import Block, EntityType, Text
from glossator.stages.annotate.mentions.other_languages.capitalised import capitalised_names
from glossator.stages.annotate.mentions.other_languages.definitions import defined_names
from glossator.stages.annotate.mentions.other_languages.german_nouns import named_by_nouns
from glossator.stages.annotate.mentions.other_languages.persons import is_given, persons
from glossator.stages.annotate.mentions.other_languages.places import is_place_in, places
from glossator.stages.annotate.mentions.other_languages.tagged import joined, read
from glossator.stages.annotate.mentions.propagate import propagate
from glossator.stages.annotate.mentions.spans import Span, without_overlap
from glossator.stages.annotate.models.pipelines import Pipeline, entity_type
from glossator.stages.annotate.prose import is_all_capitals
from glossator.word_lists import stop_words

__all__ = ["names_by_form", "names_by_model"]

_EDGES = ' \t\n\u00a0,;:!?()[]{}«»“”„‟"‘‚…–—·*|'
"""Characters that no name begins or ends with; models take them along."""
_WORD = re.compile(r"([^\W\d_]+)(['’]| +)")
"""A word before others, and what parts it from the next."""
_MAYBE_PLACES = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION)


def names_by_model(text: Text, blocks: Sequence[Block], model: Pipeline) -> tuple[Span, ...]:
    """Return the names that a pipeline finds in the blocks, and those that form or lists tell.

    What form tells is right more often: its persons and defined names replace what they touch, and its places what is
    not longer.
    """
    named, places_named = _certain(text, blocks, model.language)
    spans, certain = _of_model(text, blocks, model), [*named, *places_named]
    longer = _longer(spans, places_named)
    kept = _outside(certain, longer)
    spans = [*kept, *_outside(spans, kept)]
    spans = [_without_opening(text.content, span, model.language) for span in spans]
    return propagate(text, sorted(spans, key=lambda span: span.start), places=False, english=False)


def names_by_form(
    text: Text, blocks: Sequence[Block], language: str, tagger: Pipeline | None = None
) -> tuple[Span, ...]:
    """Return the names that form, lists or a tagger tell in a language; a name within a longer one is left out."""
    named, places_named = _certain(text, blocks, language)
    if language == "de":
        named = without_overlap([*named, *named_by_nouns(text.content, blocks)])
        places_named = _outside(places_named, named)
    capitalised = without_overlap(capitalised_names(text.content, blocks, language))
    longer = _longer(capitalised, [*named, *places_named])
    surnames = set(_surnames(text.content, named))
    named = _outside([*named, *places_named], longer)
    named += [
        Span(span.start, span.end, EntityType.PERSON) if text.content[span.start : span.end] in surnames else span
        for span in _outside(capitalised, named)
    ]
    named = [_without_opening(text.content, span, language) for span in named]
    if tagger:
        readable = [block for block in blocks if not is_all_capitals(text.content[block.start : block.end])]
        named = joined(text.content, language, named, read(tagger, (text.content, language), readable, named))
    return propagate(text, sorted(named, key=lambda span: span.start), places=False, english=False)


def _without_opening(content: str, span: Span, language: str) -> Span:
    """Return a place without the small word before it that has a capital because a sentence begins: À Velm."""
    first, _, rest = content[span.start : span.end].partition(" ")
    is_small = first.lower() in stop_words(language) | stop_words("en") and not is_given(first)
    if not is_small or span.type not in _MAYBE_PLACES or not is_place_in(rest, language):
        return span
    whole = is_place_in(f"{first} {rest}", language)
    return span if whole else Span(span.end - len(rest), span.end, EntityType.PLACE)


def _surnames(content: str, spans: Iterable[Span]) -> Iterator[str]:
    """Yield the words of each person's name after the first, and after the first two."""
    for span in spans:
        if span.type is EntityType.PERSON:
            words = content[span.start : span.end].split()
            yield from (" ".join(words[first:]) for first in (1, 2) if len(words) > first)


def _certain(text: Text, blocks: Sequence[Block], language: str) -> tuple[list[Span], list[Span]]:
    """Return the persons and defined names of the blocks, and the places outside them."""
    named: list[Span] = []
    named_places: list[Span] = []
    for block in blocks:
        if not is_all_capitals(text.content[block.start : block.end]):
            stretch = text.content, block.start, block.end
            named += without_overlap([*persons(*stretch, language), *defined_names(*stretch)])
            named_places += places(*stretch, language)
    named = list(propagate(text, named, places=False, english=False))
    return named, _outside(named_places, named)


def _of_model(text: Text, blocks: Sequence[Block], model: Pipeline) -> list[Span]:
    """Return the names that a pipeline finds in the blocks, without what does not belong to them at their ends."""
    contents = (text.content[block.start : block.end] for block in blocks)
    names = []
    for block, reading in zip(blocks, model.names(contents), strict=True):
        for start, end, label in reading.names:
            kind = entity_type(label)
            span = kind and _trimmed(text.content, Span(block.start + start, block.start + end, kind))
            if span:
                names.append(span)
    return without_overlap(names)


def _longer(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the spans that contain one of others and more; the others do not overlap."""
    ordered = sorted(others, key=lambda span: span.start)
    return [span for span in spans if any(_contains(span, other) for other in _touched(span, ordered))]


def _outside(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the spans that touch none of others, which do not overlap."""
    ordered = sorted(others, key=lambda span: span.start)
    return [span for span in spans if not _touched(span, ordered)]


def _touched(span: Span, ordered: Sequence[Span]) -> Sequence[Span]:
    first = bisect_right(ordered, span.start, key=lambda other: other.end)
    return ordered[first : bisect_left(ordered, span.end, key=lambda other: other.start)]


def _contains(longer: Span, span: Span) -> bool:
    return longer.start <= span.start and span.end <= longer.end and longer.end - longer.start > span.end - span.start


def _trimmed(content: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and content[start] in _EDGES:
        start += 1
    while end > start and content[end - 1] in _EDGES:
        end -= 1
    # Models take along what stands before a place: "le musée de Castelmaure", "L'Italie".
    while span.type is EntityType.PLACE and (word := _WORD.match(content, start, end)) and _is_small(*word.groups()):
        start = word.end()
    name = content[start:end]
    fits = len(name) > 1 and "\n" not in name and any(letter.isalpha() for letter in name) and not name.islower()
    return Span(start, end, span.type) if fits else None


def _is_small(word: str, gap: str) -> bool:
    """True if a word is in small letters, or an article that an apostrophe joins to the next word."""
    return word.islower() or (gap in "'’" and word in ("L", "D"))
