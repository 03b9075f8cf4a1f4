"""The setting of a text: blocks of plain text, lines in capitals and headlines."""

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
FEWEST_CAPITALS = 4
"""Capitals of a line that is set in them: fewer are an abbreviation, and a table whose cells are codes of countries
would be searched for all names, cell by cell."""
LONGEST_HEADLINE = 200
"""Characters of a headline: a longer line in which every word has a capital is a list of names, as of a film's cast."""

USUAL = 20_000
"""Different words of a text that are counted; a book has fewer."""
LONGEST_WORD = 30
"""Letters of a word."""

_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()

_HYPHENS = frozenset("-‑")

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
    return capitals >= FEWEST_CAPITALS and capitals > 4 * small


@lru_cache(maxsize=64)
def is_headline(text: str) -> bool:
    """True if nearly every longer word of a short line has a capital, as headlines have in English."""
    if len(text) >= LONGEST_HEADLINE or text.rstrip().endswith("."):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def is_in_compound(content: str, start: int, end: int) -> bool:
    """True if a hyphen joins a stretch of a text to more, so that the word is none of its own: Velm-Kenner."""
    before, after = content[max(0, start - 2) : start], content[end : end + 2]
    return (after[:1] in _HYPHENS and after[1:].isalnum()) or (before[1:] in _HYPHENS and before[:1].isalnum())


def capitals_tell(line: str) -> bool:
    """True if the capitals of a line may tell names from other words."""
    return not is_all_capitals(line) and not is_headline(line)


_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")


def plain_text(content: str) -> Text:
    """Return a text whose blocks are the paragraphs of `content`, separated by blank lines, white space trimmed."""
    blocks = (
        Block(match.start(), match.start() + len(match.group().rstrip()), "paragraph", "")
        for match in _BLOCK.finditer(content)
    )
    return Text(content, tuple(blocks))
