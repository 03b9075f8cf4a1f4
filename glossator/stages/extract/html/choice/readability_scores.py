"""Passages of a page that are its article, by the scores of the elements around them.

The method is Readability's, which Arc90 published in 2009 and Mozilla maintains: paragraphs add to the scores of their
elements, the best element and similar siblings are the article, and likely boilerplate is removed. This implementation
works on a page's outline, so that no attempt needs another tree. The weights are Readability's.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossator.stages.extract.html.choice.boilerplate import without_boilerplate
from glossator.stages.extract.html.choice.boilerplate_names import NAMES, ArticleElements, name_weight
from glossator.stages.extract.html.choice.page_outline import Outline, PageBlock, inherited, totals, unseen

_ENOUGH = 500
"""Characters of an article; after a shorter one, the next attempt ignores more signs of boilerplate."""
_UNLIKELY = re.compile(
    r"-ad-|ad-?break|banner|breadcrumb|comment|community|cookie|disqus|extra|footer|gdpr|header|legends|menu|modal|"
    r"pager|pagination|popup|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplement"
)
_LIKELY = re.compile(r"and|article|body|column|content|main|mathjax|shadow")
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
"""Divisors of a paragraph's score, for each element around it."""
_CANDIDATES = 5
"""Elements that are compared."""
_CLOSE = 0.75
"""Share of the best score from which a candidate is close to the best."""
_SHARED = 3
"""Close candidates that make an article in parts."""
_FALL = 1 / 3
"""Share of the best score below which an element around the best is not better."""
_SENTENCE = re.compile(r"[.。](?: |$)")


class Sizes(msgspec.Struct, frozen=True):
    """Contents of each block, including its descendants, without what the attempt ignores."""

    characters: list[int]
    linked: list[float]
    commas: list[int]

    def links(self, number: int) -> float:
        return self.linked[number] / self.characters[number] if self.characters[number] else 0.0


class Attempt(msgspec.Struct, frozen=True):
    """Input of one attempt."""

    page: Outline
    sizes: Sizes
    alive: list[bool]
    paragraphs: list[bool]
    """True for each block that is a paragraph: also an element of no kind that contains only text."""
    weighed: bool
    """True if names of elements count."""


def article(page: Outline, title: list[str]) -> list[int]:
    """Return the indices of the article's passages; of all visible ones if no element has a score.

    `title` is the page's title in words; a heading that repeats it is not part of the article.
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
        indices, size = _passages(page, _attempt(page, hidden, strict=strict, weighed=weighed), title, clean=clean)
        if size >= _ENOUGH:
            return indices
        if size > most and indices:
            longest, most = indices, size
    return longest or [number for number, passage in enumerate(page.passages) if not hidden[passage.block]]


def _attempt(page: Outline, hidden: list[bool], *, strict: bool, weighed: bool) -> Attempt:
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
        totals(left, (len(passage.text) for passage in left.passages)),
        totals(left, (passage.linked for passage in left.passages)),
        totals(left, (passage.commas for passage in left.passages)),
    )
    paragraphs = [_is_paragraph(page, alive, block) for block in page.blocks]
    return Attempt(page, sizes, alive, paragraphs, weighed)


def _is_unlikely(block: PageBlock, *, in_table: bool) -> bool:
    return block.role in _ROLES or (not in_table and _has_unlikely_name(f"{block.classes} {block.name}"))


@lru_cache(maxsize=NAMES)
def _has_unlikely_name(names: str) -> bool:
    return bool(_UNLIKELY.search(names) and not _LIKELY.search(names))


def _is_paragraph(page: Outline, alive: list[bool], block: PageBlock) -> bool:
    if block.tag != "div":
        return block.tag == "p"
    return bool(block.passages) and not any(
        alive[child] and page.blocks[child].tag in _HOLDERS for child in block.children
    )


def _passages(page: Outline, attempt: Attempt, title: list[str], *, clean: bool) -> tuple[list[int], int]:
    """Return the indices of the passages, and their characters without those that only their prose spares."""
    scores = _scores(attempt)
    if not scores:
        return [], 0
    best = _best(attempt, scores)
    roots, loose = _joined(attempt, scores, best)
    inside = [False] * len(page.blocks)
    for root in roots:
        for number in range(root, page.blocks[root].end):
            inside[number] = attempt.alive[number]
    elements = ArticleElements(page, inside, frozenset(roots), attempt.paragraphs, attempt.weighed)
    block_stays, spared = without_boilerplate(elements, title, clean=clean)
    stays = [number for number, passage in enumerate(page.passages) if block_stays[passage.block]]
    indices = sorted({*stays, *loose})
    passages = [page.passages[number] for number in indices]
    return indices, sum(len(passage.text) for passage in passages if not spared[passage.block])


def _scores(attempt: Attempt) -> dict[int, float]:
    """Score the elements around paragraphs, with less for elements that are mostly links."""
    scores: dict[int, float] = {}
    for number, block in enumerate(attempt.page.blocks):
        if not attempt.alive[number]:
            continue
        if block.tag in _SCORED or attempt.paragraphs[number]:
            _add_score(attempt, scores, block.parent, attempt.sizes.characters[number], attempt.sizes.commas[number])
        elif block.tag == "div":
            for passage in (attempt.page.passages[index] for index in block.passages):
                _add_score(attempt, scores, number, len(passage.text), passage.commas)
    return {number: score * (1 - attempt.sizes.links(number)) for number, score in scores.items()}


def _add_score(attempt: Attempt, scores: dict[int, float], holder: int, size: int, commas: int) -> None:
    if size < _SHORTEST:
        return
    for divisor in _LEVELS:
        if holder < 0:
            return
        block = attempt.page.blocks[holder]
        if holder not in scores:
            scores[holder] = _AT_FIRST.get(block.tag, 0) + (name_weight(block) if attempt.weighed else 0)
        scores[holder] += (2 + commas + min(size // 100, 3)) / divisor
        holder = block.parent


def _best(attempt: Attempt, scores: dict[int, float]) -> int:
    """Return the element with the best score, or one around it with more of the text; the body if none scores."""
    blocks = attempt.page.blocks
    candidates = sorted(scores, key=lambda number: -scores[number])[:_CANDIDATES]
    best = candidates[0]
    if scores[best] <= 0:
        return 0
    best = _shared(attempt, scores, candidates)
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
        if sum(attempt.alive[child] for child in blocks[around].children) != 1:
            break
        best = around
    return best


def _shared(attempt: Attempt, scores: dict[int, float], candidates: list[int]) -> int:
    """Return the best candidate, or its common ancestor with several that are nearly as good: an article in parts."""
    best = candidates[0]
    close = [number for number in candidates[1:] if scores[number] >= _CLOSE * scores[best]]
    if len(close) < _SHARED:
        return best
    above = [_above(attempt.page, number) for number in close]
    common = (number for number in _above(attempt.page, best) if sum(number in others for others in above) >= _SHARED)
    return next(common, best)


def _above(page: Outline, number: int) -> dict[int, None]:
    """Return the blocks around a block, innermost first, without the body."""
    ancestors: dict[int, None] = {}
    while (number := page.blocks[number].parent) > 0:
        ancestors[number] = None
    return ancestors


def _joined(attempt: Attempt, scores: dict[int, float], best: int) -> tuple[list[int], list[int]]:
    """Return the best element with siblings that continue its text, and the indices of passages between them."""
    blocks, passages = attempt.page.blocks, attempt.page.passages
    parent = blocks[best].parent
    if parent < 0:
        return [best], []
    top = scores.get(best, 0.0)
    roots = []
    for number in blocks[parent].children:
        alike = top * 0.2 if blocks[best].classes and blocks[number].classes == blocks[best].classes else 0.0
        text = " ".join(passages[index].text for index in blocks[number].passages) if attempt.paragraphs[number] else ""
        if attempt.alive[number] and (
            number == best
            or scores.get(number, float("-inf")) + alike >= max(10, top * 0.2)
            or _is_prose(text, attempt.sizes.characters[number], attempt.sizes.links(number))
        ):
            roots.append(number)
    loose = blocks[parent].passages if blocks[parent].tag == "div" else []
    texts = [(index, passages[index]) for index in loose]
    return roots, [
        index
        for index, passage in texts
        if _is_prose(passage.text, len(passage.text), passage.linked / len(passage.text))
    ]


def _is_prose(text: str, size: int, links: float) -> bool:
    """True if a paragraph beside the article belongs to it: long, or a sentence, and without links."""
    if size > 80:
        return bool(text) and links < 0.25
    return bool(text) and links == 0 and _SENTENCE.search(text) is not None
