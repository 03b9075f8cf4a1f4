"""Words that tell boxes, calls and credits from an article's own passages, by weights that were learned.

They are those of the passage, of the headings that it is below, and of the names of the elements around it. By folds
over sites, of 1,041 boxes that a reader found 401 stay with those of headings and names, and 406 without; of 1,982
passages of articles 1,775 and 1,763.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from glossator.stages.extract.html.choice.page_outline import Outline, PagePassage, totals
from glossator.stages.extract.html.parse.elements import HEADINGS

_FIRST = 14
"""Words at the beginning of a passage that count."""
_LAST = 3
"""Words at its end that count."""
_LONGEST = 90
"""Words of a passage that may be a box; a longer one is told by its form alone."""
_OPENING = "^"
"""Before the first word, and the first two, of a passage: they say more where a passage begins."""
_NAMED = "^* "
"""Before the words that come after a name at the beginning of a passage, as in a life of an author."""
_BEGINNING = 100
"""Characters of a passage that may hold a name and what comes after it."""
_NAME = range(2, 5)
"""Words of a name, which begin with capitals."""
_HEADING = "#"
"""Before the words of a heading that a passage is below."""
_ELEMENT = "."
"""Before the words of names of elements."""
_HEAD = 8
"""Words of a heading that count."""
_LEVELS = 6
"""Elements around a passage whose names count."""
_LARGE = 0.6
"""Share of a page's words: an element with more says nothing about a passage by its name."""
_PART = re.compile(r"[a-z]{3,}")

Words = tuple[list[str], list[str], list[str]]
"""Words of a passage, of the headings above it, and of the names of the elements around it, each once."""
SORTS = 3


def passage_words(page: Outline, wanted: range) -> Iterator[Words]:
    """Yield the words that may tell what each of the `wanted` passages is."""
    headings, sizes = _headings(page), totals(page, (len(passage.tokens) for passage in page.passages))
    around: dict[int, list[str]] = {}
    for number in wanted:
        passage = page.passages[number]
        if passage.block not in around:
            around[passage.block] = list(dict.fromkeys(_names_around(page, sizes, passage.block)))
        names = around[passage.block]
        if passage.classes:
            names = list(dict.fromkeys((*names, *_parts(passage.classes))))
        yield _own(passage), headings[number], names


def _own(passage: PagePassage) -> list[str]:
    tokens = passage.tokens
    if not tokens or len(tokens) > _LONGEST:
        return []
    openings = [_OPENING + tokens[0], _OPENING + " ".join(tokens[:2])]
    return list(dict.fromkeys((*tokens[:_FIRST], *tokens[-_LAST:], *openings, *_after_name(passage.text))))


def _after_name(text: str) -> list[str]:
    """Return the openings of a passage that begins with several words in capitals, such as a name."""
    beginning = text[:_BEGINNING].split()
    number = next((number for number, word in enumerate(beginning) if not word[0].isupper()), 0)
    if number not in _NAME:
        return []
    after = [word.casefold() for word in beginning[number : number + 2]]
    return [_NAMED + after[0], _NAMED + " ".join(after)]


def _headings(page: Outline) -> list[list[str]]:
    """Return for each passage the words of the heading that it is below, and of the one above this."""
    opened: list[tuple[int, list[str]]] = []
    headings: list[list[str]] = []
    above: list[str] = []
    for passage in page.passages:
        tag = page.blocks[passage.block].tag
        if tag not in HEADINGS:
            headings.append(above)
            continue
        level = int(tag[1])
        while opened and opened[-1][0] >= level:
            opened.pop()
        headings.append(_last_two(opened))
        opened.append((level, [_HEADING + word for word in passage.tokens[:_HEAD]] if level > 1 else []))
        above = _last_two(opened)
    return headings


def _last_two(opened: Sequence[tuple[int, list[str]]]) -> list[str]:
    return list(dict.fromkeys(word for _, words in opened[-2:] for word in words))


def _names_around(page: Outline, sizes: Sequence[int], number: int) -> Iterator[str]:
    """Yield the words of the names of a block and of those around it that hold no great part of the page."""
    for _ in range(_LEVELS):
        if number < 0 or sizes[number] > _LARGE * sizes[0]:
            return
        block = page.blocks[number]
        yield from _parts(block.classes)
        yield from _parts(block.name)
        number = block.parent


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(_ELEMENT + part for part in _PART.findall(name)) if name else ()


def weights_of(passages: Iterable[Words], weights: Mapping[str, float]) -> Iterator[list[float]]:
    """Yield for each sort of a passage's words the sum of their `weights`: below 0 if boxes have them more often."""
    last, below = list[str](), 0.0
    for own, above, names in passages:
        if above is not last:  # one list is that of all passages below a heading
            last, below = above, _sum(above, weights)
        yield [_sum(own, weights), below, _sum(names, weights)]


def _sum(words: Sequence[str], weights: Mapping[str, float]) -> float:
    return sum([weights[word] for word in words if word in weights])
