"""Bounds of the sentences of a text."""

from __future__ import annotations

import re

from glossator.model import Block, Text
from glossator.stages.annotate.prose import ends_a_line_of_its_own

_END = re.compile(
    r"""(?<![.!?…])[.!?…]++(?:["'”“’‘»)\]]|[\u00a0\u202f]»)*+(?=\s+(?:["'“„‘‚(\[]|[«‹]\s?)*[^\s\W_a-z])|\n"""
)
"""A final stop, closing quotes, white space, and then no lower-case letter; or the end of a line."""
_ABBREVIATION = re.compile(
    r"""(?:^|[\s("'“‘\[])(?:
        [A-Z] | (?:[A-Za-z]\.)+[A-Za-z]
        | Mrs? | Ms | Mx | Drs? | Prof | Rev | Fr | Sr | Jr | St | Sts | Mt | Ft | Hon | Gov | Sens? | Reps? | Pres
        | Gen | Lt | Col | Capt | Cmdr | Maj | Sgt | Cpl | Adm | Brig | Supt | Insp | Messrs | Mme | Mlle | Sra | Dott
        | Jan | Feb | Mar | Apr | Jun | Jul | Aug | Sept? | Oct | Nov | Dec
        | No | Nos | Vol | Art | Fig | pp? | vs?  | cf | ca | approx | est | Ave | Blvd | Rd
    )$""",
    re.VERBOSE,
)
"""Words before a full stop that ends no sentence."""
_COMPANY = re.compile(r"(?:^|\s)(?:Co|Corp|Inc|Ltd|Cos|Bros|Univ|Dept|etc|(?:[A-Za-z]\.)+[A-Za-z])$")
"""Abbreviations that may also end a sentence: the next word decides."""
_OPENER = re.compile(
    r"""\s+["'“‘]?(?:The|A|An|It|He|She|They|We|But|And|In|On|At|This|That|These|Those|There|For|As|If|When|After
    |Its|His|Her|Their|By|With|However|Meanwhile|Some|Many|Most|One|Since|While|Although)\b""",
    re.VERBOSE,
)
"""Words that begin a sentence wherever they have a capital."""


def sentences(text: Text) -> tuple[tuple[int, int], ...]:
    """Return the bounds of each sentence of the text, in order, white space trimmed; together they hold every word."""
    return tuple(sentence for block in text.blocks for sentence in _in_block(text.content, block))


def _in_block(content: str, block: Block) -> list[tuple[int, int]]:
    sentences = []
    start = block.start
    for end in (m.end() for m in _END.finditer(content, block.start, block.end) if _ends(content, block.start, m)):
        sentences.append(_trimmed(content, start, end))
        start = end
    sentences.append(_trimmed(content, start, block.end))
    return [(start, end) for start, end in sentences if start < end]


def _ends(content: str, start: int, stop: re.Match[str]) -> bool:
    if stop.group() == "\n":
        return ends_a_line_of_its_own(content, stop.start())
    if stop.group() != ".":
        return True
    before = content[max(start, stop.start() - 14) : stop.start()]
    if _COMPANY.search(before):
        return _OPENER.match(content, stop.end()) is not None
    return _ABBREVIATION.search(before) is None


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    part = content[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
