"""Text -> spans of names: those that the second stage accepts, and those recognised by their form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from glossator.model import Block, EntityType, Text
from glossator.stages.annotate.mentions.english_forms import join_partners, results
from glossator.stages.annotate.mentions.propagate import propagate
from glossator.stages.annotate.mentions.repair import repair
from glossator.stages.annotate.mentions.spans import Span, without_overlap
from glossator.stages.annotate.models.classify import (
    ClassifiedSpan,
    ClassifierInput,
    Judgement,
    Recognised,
    Tables,
    context_of,
    judge,
)
from glossator.stages.annotate.models.pipelines import Pipeline
from glossator.stages.annotate.prose import PROSE, is_all_capitals

MOST_BLOCKS = 5_000
"""Blocks in which names are looked for: the longest book has fewer paragraphs, and each costs milliseconds."""
LONGEST_BLOCK = 50_000
"""Characters of a block; a chapter without a paragraph has fewer."""
_LONG_WORD = re.compile(r"[!-~]{1000}")
"""A word of ASCII too long for the patterns; scripts without spaces between words do not match."""


class Recognition(NamedTuple):
    """Names found in a text."""

    spans: tuple[Span, ...]
    """Spans in the order of the text, none overlapping."""
    judged: bool
    """True if every capitalised word was judged: what is no name here does not become one because of other articles."""


def recognise(text: Text, model: Pipeline) -> Recognition:
    """Return the names that a model finds: in English as the second stage classifies them, else as they stand."""
    if model.tables is not None:
        return _classified(text, model, model.tables)
    # Imported here, and below, because most archives are English and do without a hundredth of a second.
    from glossator.stages.annotate.mentions.other_languages import names_by_model  # noqa: PLC0415

    return Recognition(names_by_model(text, _blocks(text, PROSE), model), judged=False)


def recognise_by_form(text: Text, language: str, tagger: Pipeline | None = None) -> tuple[Span, ...]:
    """Return the names in a language without a pipeline: by form, definitions, lists, and a tagger if it is given."""
    from glossator.stages.annotate.mentions.other_languages import names_by_form  # noqa: PLC0415

    return names_by_form(text, _blocks(text, PROSE), language, tagger)


def _classified(text: Text, model: Pipeline, tables: Tables) -> Recognition:
    """Return the names that the second stage accepts among the model's spans and all capitalised words."""
    blocks = _blocks(text, (*PROSE, "heading"))
    names = judge_names(text, model, tables).names()
    typed = (Span(name.start, name.end, EntityType(name.type)) for name in names)
    spans = _complete(text, blocks, without_overlap(repair(text.content, typed)))
    return Recognition(join_partners(text.content, _weighed(spans, names)), judged=True)


def judge_names(text: Text, model: Pipeline, tables: Tables) -> Judgement:
    """Judge the model's spans and all capitalised words of a text by the second stage."""
    blocks = _blocks(text, (*PROSE, "heading"))
    readings = list(model.names(text.content[block.start : block.end] for block in blocks))
    recognised = [
        Recognised(block.start + start, block.start + end, label)
        for block, reading in zip(blocks, readings, strict=True)
        for start, end, label in reading.names
    ]
    context = context_of([block.start for block in blocks], readings)
    source = ClassifierInput(text.content, [(block.start, block.end) for block in blocks], recognised, context)
    return judge(source, tables)


def _weighed(spans: Sequence[Span], names: Sequence[ClassifiedSpan]) -> tuple[Span, ...]:
    """Return the spans with certainty and types of the likeliest name that each overlaps; both are in text order.

    Tenths are enough to decide by, and do not differ with the last digit of a product on another processor.
    """
    weighed, index = [], 0
    for span in spans:
        while index < len(names) and names[index].end <= span.start:
            index += 1
        inside = names[index : bisect_left(names, span.end, lo=index, key=lambda name: name.start)]
        if inside:
            best = max(inside, key=lambda name: name.probability)
            certainty = round(10 * best.probability)
            span = msgspec.structs.replace(span, certainty=certainty, chances=best.chances)  # noqa: PLW2901
        weighed.append(span)
    return tuple(weighed)


def _complete(text: Text, blocks: Sequence[Block], spans: list[Span]) -> tuple[Span, ...]:
    """Add the clubs of tables of results, and in lines of capitals the names that the text has elsewhere.

    Both are rare on the pages that the models were trained on, and frequent in agency news.
    """
    for block in blocks:
        spans += _untouched(spans, results(text.content, block.start, block.end))
    spans = without_overlap(spans)
    capitals_only = [block for block in blocks if is_all_capitals(text.content[block.start : block.end])]
    if capitals_only:
        more = (span for span in propagate(text, spans) if any(b.start <= span.start < b.end for b in capitals_only))
        spans = without_overlap([*spans, *_untouched(spans, more)])
    return tuple(spans)


def _blocks(text: Text, kinds: Sequence[str]) -> list[Block]:
    readable = (block for block in text.blocks if block.kind in kinds and _is_readable(text.content, block))
    return list(islice(readable, MOST_BLOCKS))


def _is_readable(content: str, block: Block) -> bool:
    """True if a block is short enough for the model and the patterns, whose time grows faster than a long word."""
    return block.end - block.start <= LONGEST_BLOCK and not _LONG_WORD.search(content, block.start, block.end)


def _untouched(spans: Sequence[Span], more: Iterable[Span]) -> list[Span]:
    """Return the candidates that touch none of the spans."""
    return [other for other in more if not any(span.start < other.end and other.start < span.end for span in spans)]
