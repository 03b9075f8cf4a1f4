"""Kind of a saved page, told from its structure: an article, a thread of a forum, documentation, or a listing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

import msgspec

from glossator.stages.extract.html.choice.page_outline import Hints, Outline, PageBlock, totals
from glossator.word_lists import lines

ARTICLE = "article"
THREAD = "thread"
LISTING = "listing"
KINDS = (ARTICLE, THREAD, "documentation", LISTING)
_THREADS = ("discussionforumposting", "qapage")
"""Types of what a page is about that make it a thread; a question or an answer alone says nothing."""
_LEAST = {ARTICLE: 0.5, THREAD: 0.5, "documentation": 0.65, LISTING: 0.5}
"""Chance from which a page is of a kind: documentation is written like an article, which loses by being read as it."""
_NAMES = tuple(map(re.compile, lines("page_kinds")["names"]))
"""Words of site builders in the names of elements."""
_STATED = tuple(map(re.compile, lines("page_kinds")["stated"]))
"""Types that a page states of itself."""
_ADDRESS = tuple(map(re.compile, lines("page_kinds")["addresses"]))
_MADE_BY = tuple(map(re.compile, lines("page_kinds")["programs"]))
_UNIT = 3
"""Words of an element that may be one of several alike."""
_OFTEN = 3
"""Elements alike that make a series."""
_LEVELS = 6
"""Elements around a passage that may be one of a series."""


class Series(msgspec.Struct, frozen=True):
    """Elements alike, of one name and at one level, such as the posts of a thread or the entries of a listing."""

    members: list[int]
    """Index of the member that each block is in; -1 for none. The first block of a member is the member."""
    number: int = 0
    words: int = 0
    """Words in all members."""
    prose: int = 0
    """Words of prose in all members."""
    linked: int = 0
    """Words of links in all members."""


def kind_of(chances: Sequence[float], types: str) -> str:
    """Return the kind of a page: a thread if it states that it is about one, else the likeliest by the chance of each.

    `types` is what it states, as `Hints` has it. A list of threads states the type of each.
    """
    stated = types.split()
    if any(stated.count(kind) == 1 for kind in _THREADS):
        return THREAD
    return next((kind for kind, chance in zip(KINDS, chances, strict=True) if chance >= _LEAST[kind]), ARTICLE)


def series(page: Outline) -> Series:
    """Return the series that has most prose, or, if none has any, most words."""
    sizes = [len(passage.tokens) for passage in page.passages]
    words = totals(page, sizes)
    prose = totals(page, (passage.is_prose * size for passage, size in zip(page.passages, sizes, strict=True)))
    shares = (passage.linked / len(passage.text) for passage in page.passages)
    linked = totals(page, (round(size * share) for size, share in zip(sizes, shares, strict=True)))
    alike: dict[tuple[str, str, str], list[int]] = {}
    for number, block in enumerate(page.blocks):
        if words[number] >= _UNIT and number:
            alike.setdefault(_alike(page, block), []).append(number)
    best: list[int] = []
    most = (0.0, 0.0)
    for numbers in alike.values():
        if len(numbers) < _OFTEN:
            continue
        # A series of paragraphs has nothing besides, so that a member must hold more than one block.
        full = sum(len(page.blocks[number].children) > 0 for number in numbers)
        if full * 2 < len(numbers) or any(number < page.blocks[before].end for before, number in pairwise(numbers)):
            continue
        own = [words[number] for number in numbers]
        even = sum(own) - max(own)  # what is beyond the largest, so that one large element makes no series
        score = (sum(prose[number] for number in numbers) and even + 0.0, float(even))
        if score > most:
            best, most = numbers, score
    members = [-1] * len(page.blocks)
    for number in best:
        end = page.blocks[number].end
        members[number:end] = [number] * (end - number)
    return Series(
        members,
        len(best),
        sum(words[number] for number in best),
        sum(prose[number] for number in best),
        sum(linked[number] for number in best),
    )


def _alike(page: Outline, block: PageBlock) -> tuple[str, str, str]:
    above = page.blocks[max(0, block.parent)]
    # The last class often numbers the member.
    names = block.classes.split()
    return block.tag, names[0] if names else "", f"{above.tag} {above.classes.partition(' ')[0]}"


def kind_signs(page: Outline, units: Series, hints: Hints) -> list[float]:
    """Return the signs of a page's kind in a fixed order."""
    address, title = hints.address.lower(), hints.title.lower()
    sizes = [len(passage.tokens) for passage in page.passages]
    whole = sum(sizes) or 1
    linked = sum(size * passage.linked / len(passage.text) for size, passage in zip(sizes, page.passages, strict=True))
    prose = [size for size, p in zip(sizes, page.passages, strict=True) if p.is_prose]
    tags = Counter(block.tag for block in page.blocks)
    held: Counter[str] = Counter()
    for passage, size in zip(page.passages, sizes, strict=True):
        held[page.blocks[passage.block].tag] += size
    short = sum(size <= _UNIT for size in sizes)
    return [
        log(1 + whole),
        log(1 + len(sizes)),
        linked / whole,
        sum(prose) / whole,
        log(1 + len(prose)),
        sum(prose) / max(1, len(prose)),
        max(prose, default=0) / whole,
        short / max(1, len(sizes)),
        *(log(1 + tags[tag]) for tag in ("article", "pre", "table", "tr", "li", "dl", "h1", "h2", "h3", "form", "p")),
        *(held[tag] / whole for tag in ("pre", "td", "li", "p", "div", "dd")),
        log(1 + sum(block.images for block in page.blocks)),
        log(1 + sum(block.inputs for block in page.blocks)),
        sum("?" in passage.text for passage in page.passages) / max(1, len(sizes)),
        *_of_names(page, whole),
        log(1 + units.number),
        units.words / whole,
        units.prose / whole,
        units.prose / max(1, units.words),
        units.linked / max(1, units.words),
        units.words / max(1, units.number),
        *(float(pattern.search(hints.types) is not None) for pattern in _STATED),
        *(float(pattern.search(address) is not None) for pattern in _ADDRESS),
        *(float(pattern.search(hints.generator) is not None) for pattern in _MADE_BY),
        float(len([part for part in address.split("/")[3:] if part])),
        float(max(map(len, re.split(r"[/?]", address)), default=0)),
        float(len(title.split())),
        float(any(word in title for word in ("forum", "thread", "community", "discussion"))),
        float(any(word in title for word in ("doc", "reference", "guide", "api", "manual", "tutorial"))),
        float(hints.dated),
        float(bool(hints.authors)),
    ]


def _of_names(page: Outline, whole: int) -> Iterator[float]:
    """Yield for each family of names how many elements have one of its names, and the words directly in them."""
    number, held = [0] * len(_NAMES), [0] * len(_NAMES)
    for block in page.blocks:
        names = f"{block.classes} {block.name}"
        if names == " ":
            continue
        own = sum(len(page.passages[index].tokens) for index in block.passages)
        for index in _families(names):
            number[index] += 1
            held[index] += own
    for count, size in zip(number, held, strict=True):
        yield log(1 + count)
        yield size / whole


@lru_cache(maxsize=4096)
def _families(names: str) -> tuple[int, ...]:
    return tuple(index for index, pattern in enumerate(_NAMES) if pattern.search(names))
