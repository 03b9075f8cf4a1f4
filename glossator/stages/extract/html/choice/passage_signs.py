"""Signs of whether a passage of a page belongs to its article: what can be seen without knowing the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import exp, log

import msgspec

from glossator.stages.extract.html.choice.box_signs import box_signs
from glossator.stages.extract.html.choice.page_outline import Hints, Outline, PageBlock, totals
from glossator.stages.extract.html.parse.elements import ABOUT, CAPTION, COMMENTS, FRAME, HEADINGS, OTHERS
from glossator.stages.extract.text_comparison import SENTENCE_ENDS, runs_of, shingles, wording, words

_BODY = re.compile(r"article|body|content|entry|main|post|story|text|prose")
_NAMES = (COMMENTS, OTHERS, ABOUT, FRAME, CAPTION, _BODY)
_FAR = 6.0
"""Levels above a passage from which the name of an element counts as absent."""
_AROUND = ("li", "table", "aside", "footer", "header", "nav", "form", "figure", "article", "main", "blockquote")
_LEVELS = 4
"""Elements around a passage whose contents count."""
_REACHES = (30.0, 200.0)
"""Words over which the choice of the passages beside one is averaged."""
_LONG = 8
"""Words of a passage long enough to show where an article begins or ends."""
_HEAD = 200
"""Characters of a passage whose capitals and digits are counted."""
_WITHOUT_CAPITALS, _WITHOUT_DIGITS = dict.fromkeys(range(65, 91)), dict.fromkeys(range(48, 58))
_OPENING = 2
"""Words with which a page begins passages alike, such as `Read more` and `Photo by`."""
# Numbers from which more make no difference.
_MOST_OPENINGS, _MOST_ALIKE = 8, 20
_OWN = ("p", "li", "td", "div", "span", "figcaption", "pre", "dd")


class Opinions(msgspec.Struct, frozen=True):
    """Which passages of a page were chosen by whom; the lists have one value for each passage."""

    scored: list[bool]
    extracted: list[bool]
    joined: list[bool]


def passage_signs(
    page: Outline, opinions: Opinions, hints: Hints, kinds: Sequence[float], wanted: range
) -> list[list[float]]:
    """Return the signs of the `wanted` passages in a fixed order; `kinds` are the chances of the page's kinds."""
    sizes = [len(passage.tokens) for passage in page.passages]
    both = [a and b for a, b in zip(opinions.scored, opinions.extracted, strict=True)]
    of_all = (
        _of_opinions(opinions),
        _of_surroundings(page, sizes, opinions.joined),
        _of_neighbours(sizes, opinions.joined),
        _of_position(sizes, both),
        _of_kind(page, sizes, opinions.joined),
        _of_page(sizes, opinions, kinds),
        _of_repetition(page),
    )
    columns = zip(
        _of_text(page, wanted),
        _of_blocks(page, wanted),
        _of_statements(page, hints, wanted),
        *(islice(rows, wanted.start, wanted.stop) for rows in of_all),
        box_signs(page, hints, opinions.joined, wanted),
        strict=True,
    )
    return [[value for part in parts for value in part] for parts in columns]


def _of_text(page: Outline, wanted: range) -> Iterator[list[float]]:
    keys = [tuple(passage.tokens) for passage in page.passages]
    copies, seen = Counter(keys), Counter(keys[: wanted.start])
    for passage, key in zip(page.passages[wanted.start : wanted.stop], keys[wanted.start :], strict=False):
        seen[key] += 1
        text, size = passage.text, len(passage.text)
        number, head = len(key) or 1, text[:_HEAD]
        yield [
            log(1 + number),
            passage.linked / size,
            float(text[-1] in SENTENCE_ENDS),
            float(text[-1] in "?:"),
            passage.commas / number,
            _number(head, str.isupper, _WITHOUT_CAPITALS) / len(head),
            _number(head, str.isdigit, _WITHOUT_DIGITS) / len(head),
            len(set(key)) / number,
            float("©" in text or "@" in text or "http" in text),
            float("|" in text or "·" in text or "•" in text),
            min(copies[key], 5),
            min(seen[key], 5),
        ]


def _number(text: str, is_one: Callable[[str], bool], without: dict[int, None]) -> int:
    """Return how many characters of a text are of a sort; of plain text in a tenth of the time."""
    return len(text) - len(text.translate(without)) if text.isascii() else sum(map(is_one, text))


def _of_opinions(opinions: Opinions) -> Iterator[list[float]]:
    for chosen in zip(opinions.scored, opinions.extracted, opinions.joined, strict=True):
        yield [float(value) for value in chosen]


def _of_blocks(page: Outline, wanted: range) -> Iterator[list[float]]:
    """Yield how far above a passage elements with certain names and tags are."""
    signs_of_names: dict[tuple[str, str, str, bool], list[int]] = {}
    near: dict[int, list[float]] = {-1: [_FAR] * (len(_NAMES) + len(_AROUND) + 1)}
    tags = {tag: [float(tag == own) for own in _OWN] for tag in {block.tag for block in page.blocks}}
    for passage in page.passages[wanted.start : wanted.stop]:
        number, chain = passage.block, []
        while number not in near:
            chain.append(number)
            number = page.blocks[number].parent
        for inner in reversed(chain):
            block = page.blocks[inner]
            key = (block.tag, block.classes, block.name, block.hidden)
            if key not in signs_of_names:
                signs_of_names[key] = _own_signs(block)
            row = [min(_FAR, far + 1) for far in near[block.parent]]
            for sign in signs_of_names[key]:
                row[sign] = 0.0
            near[inner] = row
        block = page.blocks[passage.block]
        heading = float(block.tag[1]) if block.tag in HEADINGS else 0.0
        yield [*near[passage.block], *tags[block.tag], heading, min(9.0, block.images)]


def _own_signs(block: PageBlock) -> list[int]:
    """Return the numbers of the signs that an element has itself, among names, tags, and whether it is hidden."""
    around = [block.tag == tag for tag in _AROUND]
    others = [len(_NAMES) + number for number, here in enumerate([*around, block.hidden]) if here]
    return [*_named(block.classes), *_named(block.name), *others]


@lru_cache(maxsize=4096)
def _named(name: str) -> tuple[int, ...]:
    return tuple(number for number, pattern in enumerate(_NAMES) if pattern.search(name)) if name else ()


def _of_surroundings(page: Outline, sizes: Sequence[int], joined: Sequence[bool]) -> Iterator[list[float]]:
    """Yield which share of the other words in the elements around a passage was chosen."""
    whole = totals(page, sizes)
    chosen = totals(page, (size * is_joined for size, is_joined in zip(sizes, joined, strict=True)))
    total = chosen[0] or 1
    for passage, size, is_joined in zip(page.passages, sizes, joined, strict=True):
        row: list[float] = []
        number, last = passage.block, -1
        for _ in range(_LEVELS):
            # An element with nothing besides is passed over.
            while whole[number] - size <= max(last, 0) and page.blocks[number].parent >= 0:
                number = page.blocks[number].parent
            others = whole[number] - size
            last = others
            inside = chosen[number] - size * is_joined
            row += [inside / others if others else -1.0, inside / total, log(1 + others)]
        yield row


def _of_neighbours(sizes: Sequence[int], joined: Sequence[bool]) -> Iterator[list[float]]:
    """Yield how much of the text before and behind a passage was chosen."""
    number = len(sizes)
    averages = []
    for reach in _REACHES:
        for order in (range(number), range(number - 1, -1, -1)):
            values, value = [0.0] * number, 0.0
            for index in order:
                values[index] = value
                fades = exp(-sizes[index] / reach)
                value = value * fades + joined[index] * (1 - fades)
            averages.append(values)
    for index in range(number):
        before, after = max(0, index - 1), min(number - 1, index + 1)
        yield [
            *(values[index] for values in averages),
            float(joined[before]),
            float(joined[after]),
            log(1 + sizes[before]),
            log(1 + sizes[after]),
        ]


def _of_position(sizes: Sequence[int], both: Sequence[bool]) -> Iterator[list[float]]:
    """Yield where a passage is on the page, and relative to the passages that both have chosen."""
    anchors = [index for index, (chosen, size) in enumerate(zip(both, sizes, strict=True)) if chosen and size >= _LONG]
    starts = [0]
    for size in sizes:
        starts.append(starts[-1] + size)
    first, last = (starts[anchors[0]], starts[anchors[-1] + 1]) if anchors else (0, starts[-1])
    whole, inside = starts[-1] or 1, max(1, last - first)
    for index in range(len(sizes)):
        start, end = starts[index], starts[index + 1]
        yield [
            start / whole,
            min(2.0, max(-1.0, (start - first) / inside)),
            log(1 + max(0, first - end)),
            log(1 + max(0, start - last)),
            log(1 + abs(start - first)),
            log(1 + abs(last - end)),
        ]


def _of_kind(page: Outline, sizes: Sequence[int], joined: Sequence[bool]) -> Iterator[list[float]]:
    """Yield how much was chosen of the other passages in elements of the same name."""
    kinds = [_kinds(page, page.blocks[passage.block]) for passage in page.passages]
    whole: Counter[tuple[str, ...]] = Counter()
    chosen: Counter[tuple[str, ...]] = Counter()
    for names, size, is_joined in zip(kinds, sizes, joined, strict=True):
        for kind in names:
            whole[kind] += size
            chosen[kind] += size * is_joined
    for names, size, is_joined in zip(kinds, sizes, joined, strict=True):
        row: list[float] = []
        for kind in names:
            others = whole[kind] - size
            row += [(chosen[kind] - size * is_joined) / others if others else -1.0, log(1 + others)]
        yield row


def _kinds(page: Outline, block: PageBlock) -> tuple[tuple[str, ...], tuple[str, ...]]:
    above = page.blocks[max(0, block.parent)]
    return (block.tag, block.classes, above.tag, above.classes), (block.tag, block.classes)


def _of_statements(page: Outline, hints: Hints, wanted: range) -> Iterator[list[float]]:
    """Yield how much a passage has in common with what the page says of its article."""
    title, described, stated = set(words(hints.title)), shingles(words(hints.description)), wording(hints.stated)
    for passage in page.passages[wanted.start : wanted.stop]:
        tokens, own = passage.tokens, set(passage.tokens)
        runs = list(runs_of(tokens)) if described else []
        yield [
            len(title & own) / len(title) if title else -1.0,
            len(title & own) / len(own) if own else 0.0,
            sum(map(described.__contains__, runs)) / max(1, len(runs)),
            float(stated.has(tokens)) if stated.tokens else -1.0,
        ]


def _of_page(sizes: Sequence[int], opinions: Opinions, kinds: Sequence[float]) -> Iterator[list[float]]:
    whole = sum(sizes) or 1
    scored = sum(size for size, chosen in zip(sizes, opinions.scored, strict=True) if chosen)
    extracted = sum(size for size, chosen in zip(sizes, opinions.extracted, strict=True) if chosen)
    joined = sum(size for size, chosen in zip(sizes, opinions.joined, strict=True) if chosen)
    shared = sum(s for s, a, b in zip(sizes, opinions.scored, opinions.extracted, strict=True) if a and b)
    row = [
        log(1 + whole),
        scored / whole,
        extracted / whole,
        joined / whole,
        2 * shared / (scored + extracted or 1),
        *kinds,
    ]
    for _ in sizes:
        yield row


def _of_repetition(page: Outline) -> Iterator[list[float]]:
    """Yield how many passages begin like one, and how many are in elements of the same names."""
    openings = [tuple(passage.tokens[:_OPENING]) for passage in page.passages]
    forms = [(page.blocks[p.block].tag, page.blocks[p.block].classes, p.classes) for p in page.passages]
    opened, formed = Counter(openings), Counter(forms)
    for opening, form in zip(openings, forms, strict=True):
        yield [min(_MOST_OPENINGS, opened[opening]), min(_MOST_ALIKE, formed[form])]
