"""Which passages of a page are its article, by the scores of the elements that hold them.

The method is that of Readability, which Arc90 made in 2009 and Mozilla carries on: paragraphs lend their elements a
score, the best element and its likes beside it are the article, and what looks like furniture in it is cleared away. It
is worked out anew here over a page's outline, so that no try needs another tree. The weights are the method's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossator.stages.extract.html.choice.clearing import Found, cleared
from glossator.stages.extract.html.choice.outline import Block, Outline, inherited, totals, unseen
from glossator.stages.extract.html.choice.signs import weight

_ENOUGH = 500
"""Characters of an article; less, and another try overlooks fewer signs of furniture."""
_UNLIKELY = re.compile(
    r"-ad-|ad-?break|banner|breadcrumb|comment|community|cookie|disqus|extra|footer|gdpr|header|legends|menu|modal|"
    r"pager|pagination|popup|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplement",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"and|article|body|column|content|main|mathjax|shadow", re.IGNORECASE)
_ROLES = frozenset("menu menubar complementary navigation alert alertdialog dialog".split())
_HOLDERS = frozenset("blockquote dl div ol p pre table ul".split())
_SCORED = frozenset("section h2 h3 h4 h5 h6 p td pre".split())
_AT_FIRST = {
    "div": 5,
    **dict.fromkeys(("pre", "td", "blockquote"), 3),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5),
}
_SHORTEST = 25
_LEVELS = (1, 2, 6, 9, 12)
"""By what a paragraph's score is divided for each element around it."""
_CANDIDATES, _CLOSE, _SHARED = 5, 0.75, 3
"""Candidates compared; the share of the best score that is close to it; how many close ones are an article in parts."""
_FALL = 1 / 3
"""Of the best score below which an element around the best is not better."""
_SENTENCE = re.compile(r"[.。](?: |$)")


@dataclass(frozen=True, slots=True)
class Sizes:
    """For each block what the passages in it hold, those left out not counted."""

    characters: list[int]
    linked: list[float]
    commas: list[int]

    def links(self, number: int) -> float:
        return self.linked[number] / self.characters[number] if self.characters[number] else 0.0


@dataclass(frozen=True, slots=True)
class Try:
    """What one try looks at."""

    page: Outline
    sizes: Sizes
    alive: list[bool]
    paragraphs: list[bool]
    """Which blocks are paragraphs: also an element of no kind with nothing but text in it."""
    weighed: bool
    """Whether names of elements count."""


def article(page: Outline, title: list[str]) -> list[int]:
    """The numbers of the passages that are the article, all that are seen where no element has a score.

    `title` is the page's title in words; a heading that repeats it is none of the article.
    """
    hidden = unseen(page)
    longest: list[int] = []
    most = -1
    for strict, weighed, clean in (
        (True, True, True),
        (False, True, True),
        (False, False, True),
        (False, False, False),
    ):
        found = _tried(page, _look(page, hidden, strict=strict, weighed=weighed), title, clean=clean)
        size = sum(len(page.passages[number].text) for number in found)
        if size >= _ENOUGH:
            return found
        if size > most and found:
            longest, most = found, size
    return longest or [number for number, passage in enumerate(page.passages) if not hidden[passage.block]]


def _look(page: Outline, hidden: list[bool], *, strict: bool, weighed: bool) -> Try:
    tables = inherited(page, (block.tag == "table" for block in page.blocks))
    dead = inherited(
        page,
        (
            out or (strict and number > 0 and _is_unlikely(block, in_table=tables[max(0, block.parent)]))
            for number, (block, out) in enumerate(zip(page.blocks, hidden, strict=True))
        ),
    )
    alive = [not out for out in dead]
    left = Outline(page.blocks, [passage for passage in page.passages if alive[passage.block]])
    sizes = Sizes(
        totals(left, lambda passage: len(passage.text)),
        totals(left, lambda passage: passage.linked),
        totals(left, lambda passage: passage.commas),
    )
    paragraphs = [_is_paragraph(page, alive, block) for block in page.blocks]
    return Try(page, sizes, alive, paragraphs, weighed)


def _is_unlikely(block: Block, *, in_table: bool) -> bool:
    names = f"{block.classes} {block.name}"
    return block.role in _ROLES or bool(not in_table and _UNLIKELY.search(names) and not _LIKELY.search(names))


def _is_paragraph(page: Outline, alive: list[bool], block: Block) -> bool:
    if block.tag != "div":
        return block.tag == "p"
    return bool(block.passages) and not any(
        alive[child] and page.blocks[child].tag in _HOLDERS for child in block.children
    )


def _tried(page: Outline, seen: Try, title: list[str], *, clean: bool) -> list[int]:
    scores = _scores(seen)
    if not scores:
        return []
    best = _best(seen, scores)
    roots, loose = _joined(seen, scores, best)
    inside = [False] * len(page.blocks)
    for root in roots:
        for number in range(root, page.blocks[root].end):
            inside[number] = seen.alive[number]
    found = Found(page, inside, frozenset(roots), seen.paragraphs, seen.weighed)
    kept = cleared(found, title, clean=clean)
    stays = [number for number, passage in enumerate(page.passages) if kept[passage.block]]
    return sorted({*stays, *loose})


def _scores(seen: Try) -> dict[int, float]:
    """What the paragraphs lend to the elements around them, less where these are links."""
    scores: dict[int, float] = {}
    for number, block in enumerate(seen.page.blocks):
        if not seen.alive[number]:
            continue
        if block.tag in _SCORED or seen.paragraphs[number]:
            _lend(seen, scores, block.parent, seen.sizes.characters[number], seen.sizes.commas[number])
        elif block.tag == "div":
            for passage in (seen.page.passages[place] for place in block.passages):
                _lend(seen, scores, number, len(passage.text), passage.commas)
    return {number: score * (1 - seen.sizes.links(number)) for number, score in scores.items()}


def _lend(seen: Try, scores: dict[int, float], holder: int, size: int, commas: int) -> None:
    if size < _SHORTEST:
        return
    for divisor in _LEVELS:
        if holder < 0:
            return
        block = seen.page.blocks[holder]
        if holder not in scores:
            scores[holder] = _AT_FIRST.get(block.tag, 0) + (weight(block) if seen.weighed else 0)
        scores[holder] += (2 + commas + min(size // 100, 3)) / divisor
        holder = block.parent


def _best(seen: Try, scores: dict[int, float]) -> int:
    """The element with the best score, or one around it that has more of the text; the body where none has any."""
    blocks = seen.page.blocks
    candidates = sorted(scores, key=lambda number: -scores[number])[:_CANDIDATES]
    best = candidates[0]
    if scores[best] <= 0:
        return 0
    best = _shared(seen, scores, candidates)
    last = lowest = scores.get(best, 0.0)
    around = blocks[best].parent
    while around > 0:
        if around in scores:
            if scores[around] < lowest * _FALL:
                break
            if scores[around] > last:
                best = around
                break
            last = scores[around]
        around = blocks[around].parent
    while (around := blocks[best].parent) > 0 and not blocks[around].passages:
        if sum(seen.alive[child] for child in blocks[around].children) != 1:
            break
        best = around
    return best


def _shared(seen: Try, scores: dict[int, float], candidates: list[int]) -> int:
    """The best candidate, or what it shares with several that are nearly as good: an article in parts."""
    best = candidates[0]
    close = [number for number in candidates[1:] if scores[number] >= _CLOSE * scores[best]]
    if len(close) < _SHARED:
        return best
    above = [_above(seen.page, number) for number in close]
    common = (number for number in _above(seen.page, best) if sum(number in others for others in above) >= _SHARED)
    return next(common, best)


def _above(page: Outline, number: int) -> dict[int, None]:
    """The blocks around one, innermost first, without the body."""
    found: dict[int, None] = {}
    while (number := page.blocks[number].parent) > 0:
        found[number] = None
    return found


def _joined(seen: Try, scores: dict[int, float], best: int) -> tuple[list[int], list[int]]:
    """The best element with those beside it that go on with its text, and the passages between them."""
    blocks, passages = seen.page.blocks, seen.page.passages
    parent = blocks[best].parent
    if parent < 0:
        return [best], []
    top = scores.get(best, 0.0)
    roots = []
    for number in blocks[parent].children:
        alike = top * 0.2 if blocks[best].classes and blocks[number].classes == blocks[best].classes else 0.0
        text = " ".join(passages[place].text for place in blocks[number].passages) if seen.paragraphs[number] else ""
        if seen.alive[number] and (
            number == best
            or scores.get(number, float("-inf")) + alike >= max(10, top * 0.2)
            or _is_prose(text, seen.sizes.characters[number], seen.sizes.links(number))
        ):
            roots.append(number)
    loose = blocks[parent].passages if blocks[parent].tag == "div" else []
    texts = [(place, passages[place]) for place in loose]
    return roots, [place for place, one in texts if _is_prose(one.text, len(one.text), one.linked / len(one.text))]


def _is_prose(text: str, size: int, links: float) -> bool:
    """Whether a paragraph beside the article belongs to it: it is long, or a sentence, and leads nowhere."""
    if size > 80:
        return bool(text) and links < 0.25
    return bool(text) and links == 0 and _SENTENCE.search(text) is not None
