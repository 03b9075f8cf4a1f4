"""Text -> spans of names: the model's, corrected, and those recognised by their form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from glossator.model import Block, EntityType, Text
from glossator.naming import countries
from glossator.stages.annotate import nationalities, well_known_places
from glossator.stages.annotate.boundaries import repair
from glossator.stages.annotate.classify import (
    ClassifiedSpan,
    ClassifierInput,
    Judgement,
    Recognised,
    Tables,
    context_of,
    judge,
)
from glossator.stages.annotate.enumerations import complete_enumerations
from glossator.stages.annotate.lexicon.titles_and_heads import LEGAL_FORM_PATTERN, TITLES
from glossator.stages.annotate.models import Pipeline
from glossator.stages.annotate.partnerships import join_partners
from glossator.stages.annotate.patterns import (
    apposed,
    capitals,
    nicknamed,
    patterned,
    repeated,
    results,
    shortened,
    speaking,
    titled,
)
from glossator.stages.annotate.propagate import propagate
from glossator.stages.annotate.spacy_labels import entity_type
from glossator.stages.annotate.spans import PROSE, Span, is_all_capitals, is_headline, without_overlap
from glossator.stages.annotate.widen_spans import widen

MOST_BLOCKS = 5_000
"""Blocks in which names are looked for: the longest book has fewer paragraphs, and each costs milliseconds."""
LONGEST_BLOCK = 50_000
"""Characters of a block; a chapter without a paragraph has fewer."""
_LONG_WORD = re.compile(r"[!-~]{1000}")
"""A word of ASCII too long for the patterns; scripts without spaces between words do not match."""

_OPENED = re.compile(r"(?:\A|[.!?:”\"“\n]\s?|[.!?]\s[“\"])$")
"""The beginning of a sentence."""
_SMALL = re.compile(r"(?<![\w@./'’-])[a-zà-ÿ]+(?![\w@/]|\.\w)")

_CODE = re.compile(r"[A-Z]{1,5}(?:\.[A-Z]{1,2})?")
_FIRM = re.compile(rf"\b(?:{LEGAL_FORM_PATTERN})\.?\s$")

_NOUN = re.compile(r"\s([A-Z][a-z]+)\b")
_DEPARTMENT = re.compile(r"\s(?=[\w\s]*\b(?:Department|Congress|Senate|Treasury|Navy|Army|Supreme|Federal)\b)")


class Recognition(NamedTuple):
    """Names found in a text."""

    spans: tuple[Span, ...]
    """Spans in the order of the text, none overlapping."""
    judged: bool
    """True if every capitalised word was judged: what is no name here does not become one because of other articles."""


def recognise(text: Text, model: Pipeline) -> Recognition:
    """Return the names that a model finds, as the second stage classifies them or else as rules correct them.

    The rules know English; in other languages the model's names stand as they are.
    """
    if model.tables is not None:
        return _classified(text, model, model.tables)
    if not model.english:
        # Imported here, and below, because most archives are English and do without a hundredth of a second.
        from glossator.stages.annotate.other_languages import names_by_model  # noqa: PLC0415

        return Recognition(names_by_model(text, _blocks(text, PROSE), model), judged=False)
    return Recognition(propagate(text, _ruled(text, model)), judged=False)


def recognise_by_form(text: Text, language: str) -> tuple[Span, ...]:
    """Return the names that need no model: told by their form, defined in the text, or of well-known places."""
    from glossator.stages.annotate.other_languages import names_by_form  # noqa: PLC0415

    return names_by_form(text, _blocks(text, PROSE), language)


def _classified(text: Text, model: Pipeline, tables: Tables) -> Recognition:
    """Return the names that the second stage accepts among the model's spans and all capitalised words."""
    blocks = _blocks(text, (*PROSE, "heading"))
    names = judge_names(text, model, tables).names()
    typed = (Span(one.start, one.end, EntityType(one.type)) for one in names)
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
        more = (one for one in propagate(text, spans) if any(b.start <= one.start < b.end for b in capitals_only))
        spans = without_overlap([*spans, *_untouched(spans, more)])
    return tuple(spans)


def _blocks(text: Text, kinds: Sequence[str]) -> list[Block]:
    readable = (block for block in text.blocks if block.kind in kinds and _is_readable(text.content, block))
    return list(islice(readable, MOST_BLOCKS))


def _ruled(text: Text, model: Pipeline) -> tuple[Span, ...]:
    """Return the model's names as the rules correct them, and those that are recognised by their form."""
    blocks = _blocks(text, PROSE)
    contents = (text.content[block.start : block.end] for block in blocks)
    found: list[Span] = []
    for block, reading in zip(blocks, model.names(contents), strict=True):
        spans = [
            Span(block.start + start, block.start + end, kind)
            for start, end, label in reading.names
            if (kind := entity_type(label))
        ]
        found += in_block(text.content, block, spans)
    found = _without_openers(text.content, found)
    found += repeated(text, found)
    return tuple(sorted(found, key=lambda span: span.start))


def _without_openers(content: str, spans: Sequence[Span]) -> list[Span]:
    """Drop single words whose only capital is at the beginning of a sentence, and that the text also writes small."""
    firm = {
        content[one.start : one.end] for one in spans if not _OPENED.search(content, max(0, one.start - 3), one.start)
    }
    forms = {form for one in spans if (form := content[one.start : one.end]).isalpha()} - firm
    small = frozenset(_SMALL.findall(content)) if forms else ()
    loose = {form for form in forms if form.lower() in small and not well_known_places.is_place(form)}
    return [one for one in spans if content[one.start : one.end] not in loose]


def _is_readable(content: str, block: Block) -> bool:
    """True if a block is short enough for the model and the patterns, whose time grows faster than a long word."""
    return block.end - block.start <= LONGEST_BLOCK and not _LONG_WORD.search(content, block.start, block.end)


def in_block(content: str, block: Block, spans: list[Span]) -> list[Span]:
    """Return a block's spans, from the model's."""
    spans = repair(content, (span for span in spans if not _is_label(content, block, span)))
    spans = [span for span in spans if not _is_sign(content, span)]
    told = (*results(content, block.start, block.end), *nicknamed(content, block.start, block.end))
    spans = without_overlap([*told, *spans])
    prose = content[block.start : block.end]
    if not is_all_capitals(prose) and not is_headline(prose):
        spans = without_overlap([*repair(content, patterned(content, block.start, block.end)), *spans])
        spans = _join_departments(content, [_extend_group(content, span) for span in spans])
        spans = widen(content, block, spans)
        more = capitals(content, block.start, block.end)
        spans += _untouched(spans, (span for span in more if not _is_sign(content, span)))
        for rule in (titled, apposed, speaking, shortened):
            spans += _untouched(spans, rule(content, block.start, block.end))
        spans += list(complete_enumerations(content, block, spans))
    return without_overlap(spans)


def _is_label(content: str, block: Block, span: Span) -> bool:
    """True if a span is the heading of a rubric before a headline: "CRICKET - "."""
    text = content[span.start : span.end]
    return (
        span.start == block.start
        and text.isupper()
        and not well_known_places.is_place(text)
        and content.startswith(" - ", span.end)
    )


def _is_sign(content: str, span: Span) -> bool:
    """True if a span is a hashtag, or the ticker symbol of the firm before it."""
    return content[span.start - 1 : span.start] == "#" or bool(
        _CODE.fullmatch(content, span.start, span.end) and _FIRM.search(content, max(0, span.start - 14), span.start)
    )


def _untouched(spans: Sequence[Span], more: Iterable[Span]) -> list[Span]:
    """Return the candidates that touch none of the spans."""
    return [one for one in more if not any(span.start < one.end and one.start < span.end for span in spans)]


def _extend_group(content: str, span: Span) -> Span:
    """Extend a group by the capitalised word that makes it an organisation: "Muslim Brotherhood"."""
    text = content[span.start : span.end]
    more = _NOUN.match(content, span.end)
    if span.type is not EntityType.GROUP or more is None or more.group(1) in TITLES:
        return span
    return (
        span
        if nationalities.is_demonym(text) or text.endswith("s")
        else Span(span.start, more.end(), EntityType.ORGANISATION)
    )


def _join_departments(content: str, spans: list[Span]) -> list[Span]:
    """Join a country and its department into one name: "US Commerce Department"."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last
            and span.type is EntityType.ORGANISATION
            and content[last.start : last.end] in countries.written_forms()
            and content[last.end : span.start] == " "
            and _DEPARTMENT.match(content, last.end, span.end)
        ):
            joined[-1] = Span(last.start, span.end, span.type)
        else:
            joined.append(span)
    return joined
