"""Names that can be told by their form, for those that the model overlooks or cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import EntityType
from glossator.stages.annotate.spans import Span
from glossator.stages.annotate.words import HEADS, LEGAL_FORMS, NEVER

_WORD = r"(?:[A-Z][\w'’]*(?:[-&][A-Z]?\w+)*|[A-Z]\.(?:[A-Z]\.)+)"
_MORE = rf"(?:\s+(?:of|for|on)(?:\s+the)?(?:\s+{_WORD}|\s+and(?=\s+[A-Z]))+)"

_PATTERNS = (
    (
        EntityType.LAW,
        re.compile(
            rf"(?:{_WORD}\s)+(?:Act|Directive|Treaty|Convention|Accords?|Protocol)\b(?:\s+(?:of|on)(?:\s+the)?(?:\s+{_WORD})+)?"
        ),
    ),
    (
        EntityType.LAW,
        re.compile(
            rf"\b(?:Treaty|Convention|Directive|Law)\s(?:of|on)\s(?:the\s)?{_WORD}(?:\s(?:{_WORD}|of(?=\s[A-Z])))*"
        ),
    ),
    (EntityType.ORGANISATION, re.compile(rf"(?:{_WORD}\s)+(?:{HEADS})\b(?!\s+[A-Z]\w+\s+[A-Z]){_MORE}?")),
    (EntityType.ORGANISATION, re.compile(rf"\b(?:{HEADS}){_MORE}")),
    (
        EntityType.ORGANISATION,
        re.compile(rf"{_WORD}(?:\s(?:{_WORD}|&|and(?=\s[A-Z]))|,(?=\s[A-Z]\w+\s(?:and|&)))*\s(?:{LEGAL_FORMS})\b"),
    ),
)

_OPENING = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|Of|To|With|And|But|Or|If|As|When|While|After|Before|Since|Because|That|This|His|Her|"
    r"Its|Their|Our|Both|Each|Every|Some|Many|Most|No|All|Former|Also|Then|Now|However|Under|Over|According|Meanwhile|"
    r"Although|Though|Last|Next)\s+"
)
"""Words whose capital comes from the beginning of the sentence."""


def patterned(content: str, start: int, end: int) -> Iterator[Span]:
    """The laws and organisations of a block of prose that show by their form what they are."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(content, start, end):
            begin = match.start()
            while opening := _OPENING.match(content, begin, match.end()):
                begin = opening.end()
            if " " in content[begin : match.end()] and content[begin : match.end()].split(maxsplit=1)[0] not in NEVER:
                yield Span(begin, match.end(), kind)


_CAPITALS = re.compile(r"(?<![\w.&/-])(?!(?:[IVX]+|[A-Z]-\d)\b)[A-Z]{3,6}(?=[\s.,;)’'])(?!\s[A-Z\d])")
_INTRODUCED = re.compile(r"(?<=[\w”\"’'])\s\([“\"]?([A-Z][\w&.-]{0,8}[A-Z])[”\"]?\)")


def capitals(content: str, start: int, end: int) -> Iterator[Span]:
    """Words in capitals within a sentence, and those that follow a name in brackets: organisations nearly always."""
    for match in _CAPITALS.finditer(content, start, end):
        if match.group() not in NEVER:
            yield Span(match.start(), match.end(), EntityType.ORGANISATION)
    for match in _INTRODUCED.finditer(content, start, end):
        if match.group(1) not in NEVER and re.search(
            r"[A-Z][\w'’-]*[”\"’']?$", content[max(start, match.start() - 30) : match.start()]
        ):
            yield Span(match.start(1), match.end(1), EntityType.ORGANISATION)
