"""Text -> spans of names: the model's, put right, and those that their form shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from glossator.model import Block, EntityType, Text
from glossator.stages.annotate import gazetteer
from glossator.stages.annotate.boundaries import repaired
from glossator.stages.annotate.patterns import capitals, patterned
from glossator.stages.annotate.pipelines import recogniser
from glossator.stages.annotate.spans import Span, is_headline, is_shouted, without_overlap
from glossator.stages.annotate.words import TITLES

PROSE = ("paragraph", "item", "quote", "cell", "caption")
"""Kinds of block that the model reads; names are found in headings where the prose knows them."""

BATCH = 16
"""Blocks at a time: memory grows with more, speed does not."""

TYPES = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "LAW": EntityType.LAW,
    "WORK_OF_ART": EntityType.WORK,
    "EVENT": EntityType.EVENT,
    "PRODUCT": EntityType.PRODUCT,
}
"""The labels of spaCy's pipelines, OntoNotes' and WikiNER's; dates and quantities are no entities."""

_NOUN = re.compile(r"\s([A-Z][a-z]+)\b")
_DEPARTMENT = re.compile(r"\s(?=[\w\s]*\b(?:Department|Congress|Senate|Treasury|Navy|Army|Supreme|Federal)\b)")


def recognise(text: Text, model: str, language: str) -> tuple[Span, ...]:
    """Spans of names in the order of the text, none overlapping. Raises MissingModel."""
    nlp = recogniser(model, language)
    blocks = [block for block in text.blocks if block.kind in PROSE]
    found: list[Span] = []
    with nlp.memory_zone():
        contents = (text.content[block.start : block.end] for block in blocks)
        # An article at a time: what the model finds must not hang on what else is in the batch.
        for block, doc in zip(blocks, nlp.pipe(contents, batch_size=BATCH), strict=True):
            spans = [
                Span(block.start + name.start_char, block.start + name.end_char, TYPES[name.label_])
                for name in doc.ents
                if name.label_ in TYPES
            ]
            found += in_block(text.content, block, spans)
    return tuple(found)


def in_block(content: str, block: Block, spans: list[Span]) -> list[Span]:
    """A block's spans, from the model's."""
    spans = repaired(content, (span for span in spans if not _is_label(content, block, span)))
    prose = content[block.start : block.end]
    if not is_shouted(prose) and not is_headline(prose):
        spans = without_overlap([*repaired(content, patterned(content, block.start, block.end)), *spans])
        spans = _joined(content, [_compound(content, span) for span in spans])
        spans += _besides(spans, capitals(content, block.start, block.end))
    return without_overlap(spans)


def _is_label(content: str, block: Block, span: Span) -> bool:
    """Whether a span is the heading of a rubric before a headline: "CRICKET - "."""
    text = content[span.start : span.end]
    return (
        span.start == block.start
        and text.isupper()
        and not gazetteer.is_place(text)
        and content.startswith(" - ", span.end)
    )


def _besides(spans: Sequence[Span], more: Iterable[Span]) -> list[Span]:
    """Those that touch none of the spans."""
    return [one for one in more if not any(span.start < one.end and one.start < span.end for span in spans)]


def _compound(content: str, span: Span) -> Span:
    """With the capitalised word that makes an organisation of a group: "Muslim Brotherhood"."""
    text = content[span.start : span.end]
    more = _NOUN.match(content, span.end)
    if span.type is not EntityType.GROUP or more is None or more.group(1) in TITLES:
        return span
    return (
        span
        if gazetteer.is_demonym(text) or text.endswith("s")
        else Span(span.start, more.end(), EntityType.ORGANISATION)
    )


def _joined(content: str, spans: list[Span]) -> list[Span]:
    """With a country and the department that is its own as one name: "US Commerce Department"."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last
            and span.type is EntityType.ORGANISATION
            and content[last.start : last.end] in gazetteer.countries()
            and content[last.end : span.start] == " "
            and _DEPARTMENT.match(content, last.end, span.end)
        ):
            joined[-1] = Span(last.start, span.end, span.type)
        else:
            joined.append(span)
    return joined
