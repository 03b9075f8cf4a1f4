"""The setting of a text: blocks of plain text, lines in capitals, headlines, and the ends of sentences."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from glossator.model import Block, Text

PROSE = ("paragraph", "item", "quote", "cell", "caption")
"""Kinds of block that the model reads; names are found in headings if the prose contains them."""

SHORT_LINE = 45
"""Characters of a line; a longer line that ends within a sentence was broken to fit a page."""


SAMPLE = 400
"""Characters of a block by which its capitals are judged."""

LONGEST_HEADLINE = 200
"""Characters of a headline."""

USUAL = 20_000
"""Different words of a text that are counted; a book has fewer."""
LONGEST_WORD = 30
"""Letters of a word."""

_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()

_SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ÿ]+")


@lru_cache(maxsize=2)
def small_words(content: str) -> Counter[str]:
    """Return how often a text writes each word in small letters; several rules ask for those of one text."""
    return Counter(_SMALL_WORD.findall(content))


def usual_small_words(content: str) -> dict[str, int]:
    """Return how often a text writes its usual words in small letters, sorted by word; made-up ones fill no cache."""
    usual = small_words(content).most_common(USUAL)
    return dict(sorted((word, times) for word, times in usual if len(word) <= LONGEST_WORD))


def ends_a_line_of_its_own(content: str, at: int) -> bool:
    """True if the line break at an offset is meant: no sentence continues after a short line."""
    return at - content.rfind("\n", 0, at) <= SHORT_LINE


@lru_cache(maxsize=64)
def is_all_capitals(text: str) -> bool:
    """True if a line is set in capitals throughout, so that capitals tell nothing."""
    sample = text[:SAMPLE].encode("ascii", "replace")
    capitals, small = (len(sample) - len(sample.translate(None, letters)) for letters in (_CAPITALS, _SMALL))
    return capitals > 3 and capitals > 4 * small


@lru_cache(maxsize=64)
def is_headline(text: str) -> bool:
    """True if nearly every longer word of a short line has a capital, as headlines have in English."""
    if len(text) >= LONGEST_HEADLINE or text.rstrip().endswith("."):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")


def plain_text(content: str) -> Text:
    """Return a text whose blocks are the paragraphs of `content`, separated by blank lines, white space trimmed."""
    blocks = (
        Block(match.start(), match.start() + len(match.group().rstrip()), "paragraph", "")
        for match in _BLOCK.finditer(content)
    )
    return Text(content, tuple(blocks))


DATELINE = re.compile(r"[A-Z][A-Z .,'-]{2,30}(?:,[^-–—]{1,30})?(?:\([^)]*\))?\s*[-–—]+\s+")
"""The place, perhaps with a date, before the first sentence of a report: "RAVNSBORG, May 2 —"."""

_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s+["'“‘«(\[]*[^\s\W_a-z])|\n""")
"""A final stop, closing quotes, white space, and then no lower-case letter; or the end of a line."""

_ABBREVIATION = re.compile(
    r"""(?:^|[\s("'“‘\[])(?:
        [A-Z] | (?:[A-Za-z]\.)+[A-Za-z]
        | Mrs? | Ms | Mx | Drs? | Prof | Rev | Fr | Sr | Jr | St | Sts | Mt | Ft | Hon | Gov | Sens? | Reps? | Pres
        | Gen | Lt | Col | Capt | Cmdr | Maj | Sgt | Cpl | Adm | Brig | Supt | Insp | Messrs | Mme | Mlle
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
