"""Two opinions on a page's article, reconciled passage by passage.

Passages in both are the article. A passage in only one of them is judged by its position and by the names of the
elements around it: scorers choose too much at the edges, extractors lose parts of an article that are in separate
elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from glossator.stages.extract.html.choice.page_outline import Outline, PageBlock, PagePassage, totals, unseen
from glossator.stages.extract.html.parse.elements import ABOUT, CAPTION, COMMENTS, FRAME, OTHERS
from glossator.stages.extract.text_comparison import Wording

_LONG = 8
"""Words of a passage long enough to show where an article begins, ends, or continues."""
_CELL = 12
"""Words from which a table's cell is not read as part of its row."""
_LINKED = 0.5
_RUN = 200
"""Words of prose in an element that is part of the article whatever its name."""
_LITTLE = 0.15
"""Share of the scorer's words below which the extractor has read a small part alone, and says nothing about others."""
_WHOLE = 0.6
"""Share of a page's words: an element with more says nothing about a passage by its name."""
_NEAR = 4
"""Elements around a passage whose names count."""
_WITHIN_TEXT = frozenset("p li ul ol h1 h2 h3 h4 h5 h6 blockquote pre td th tr tbody dd dt dl table".split())
_EDGES = frozenset("aside header footer nav form".split())
_FIGURES = frozenset(("figure", "figcaption"))
_ITEMS = frozenset(("li", "dd", "dt"))


class _PassageContext(msgspec.Struct, frozen=True):
    """Position and surroundings of a passage."""

    outside: bool
    """True if it is before or after everything that the extractor chose."""
    prose: bool
    names: str
    tags: frozenset[str]
    captioned: bool
    akin: bool
    """True if an element named like the one around it contains text that both chose."""
    run: int
    """Words of prose in the element around it."""


def reconcile(page: Outline, scored: list[int], extracted: Sequence[bool]) -> list[int]:
    """Return the indices of the passages that are the article.

    `scored` are the indices that the scorer chose; `extracted` says of each passage whether the extractor found it.
    """
    tokens = [passage.tokens for passage in page.passages]
    own = set(scored)
    anchors = [number for number, in_extracted in enumerate(extracted) if in_extracted and len(tokens[number]) >= _LONG]
    whole = sum(len(tokens[number]) for number in scored)
    shared = sum(len(tokens[number]) for number in scored if extracted[number])
    if not anchors or own.isdisjoint(anchors) or shared < _LITTLE * whole:
        return scored
    surroundings = _PassageContexts(page, tokens, own, anchors)
    # Some pages hold their article once for each width of the window; the scorer chooses one of the copies.
    both = {tuple(tokens[number]) for number in anchors if number in own}
    copies = {surroundings.container(number) for number in set(anchors) - own if tuple(tokens[number]) in both}
    copies -= {surroundings.container(number) for number in anchors if number in own}  # which repeat a line themselves
    chosen_numbers = []
    for number, passage in enumerate(page.passages):
        in_extracted, chosen = extracted[number], number in own
        if in_extracted and chosen:
            chosen_numbers.append(number)
        elif surroundings.container(number) in copies:
            continue
        elif tokens[number] and (in_extracted or chosen):
            around = surroundings.of(number)
            if _extends(passage, around) if in_extracted else _remains(passage, around):
                chosen_numbers.append(number)
    return sorted({*_introduction(page, chosen_numbers, extracted), *chosen_numbers})


def _introduction(page: Outline, chosen: list[int], extracted: Sequence[bool]) -> Iterator[int]:
    """Yield the indices of the prose that only the extractor chose between the main heading and the article."""
    first = min(chosen, default=0)
    heading = max((n for n in range(first) if page.blocks[page.passages[n].block].tag == "h1"), default=-1)
    hidden = unseen(page) if any(extracted[heading + 1 : first]) else []
    wordings = {tuple(page.passages[number].tokens) for number in chosen}
    for number in range(heading + 1, first):
        passage = page.passages[number]
        if (
            extracted[number]
            and passage.is_prose
            and not hidden[passage.block]
            and tuple(passage.tokens) not in wordings
        ):
            yield number


def _remains(passage: PagePassage, around: _PassageContext) -> bool:
    """True if a passage that only the scorer chose is the article's."""
    leads = passage.linked > _LINKED * len(passage.text)
    if around.captioned or COMMENTS.search(around.names):
        return False
    if leads and not (around.akin and not around.outside and not _ITEMS.isdisjoint(around.tags)):
        return False
    apart = ABOUT.search(around.names) or FRAME.search(around.names)
    if not around.prose:
        return not (around.outside or apart or OTHERS.search(around.names))
    if not around.outside:
        return True
    return around.akin and (around.run >= _RUN or not (apart or not _EDGES.isdisjoint(around.tags)))


def _extends(passage: PagePassage, around: _PassageContext) -> bool:
    """True if a passage that only the extractor chose is the article's: a part in an element like the others."""
    apart = COMMENTS.search(around.names) or ABOUT.search(around.names) or FRAME.search(around.names)
    return around.akin and not around.outside and not apart and passage.linked < _LINKED * len(passage.text)


def contained(page: Outline, text: Wording) -> list[bool]:
    """Return for each passage whether it is in a text; the cells of a row are one line of a text."""
    tokens = [passage.tokens for passage in page.passages]
    result: list[bool] = []
    for row in _rows(page, tokens):
        result += [text.has([word for number in row for word in tokens[number]])] * len(row)
    return result


def _rows(page: Outline, tokens: list[list[str]]) -> list[list[int]]:
    rows: list[list[int]] = []
    last = None
    for number, passage in enumerate(page.passages):
        row = _row(page, passage.block)
        if row is not None and row == last and len(tokens[number]) < _CELL:
            rows[-1].append(number)
        else:
            rows.append([number])
        last = row
    return rows


def _row(page: Outline, number: int) -> int | None:
    for _ in range(3):
        if number <= 0:
            return None
        block = page.blocks[number]
        if block.tag in ("td", "th"):
            return block.parent
        number = block.parent
    return None


class _PassageContexts:
    """Positions of passages, from facts about the whole page."""

    def __init__(self, page: Outline, tokens: list[list[str]], own: set[int], anchors: list[int]) -> None:
        self._page = page
        self._first, self._last = anchors[0], anchors[-1]
        self._sizes = totals(page, (len(passage.text) for passage in page.passages))
        self._prose = [passage.is_prose for passage in page.passages]
        self._containers = _containers(page)
        self._runs: Counter[int] = Counter()
        for passage, own_tokens, prose in zip(page.passages, tokens, self._prose, strict=True):
            self._runs[self._containers[passage.block]] += len(own_tokens) * prose
        self._shared = {self._kind(number) for number in anchors if number in own}

    def of(self, number: int) -> _PassageContext:
        passage = self._page.passages[number]
        chain: list[PageBlock] = []
        index = passage.block
        while index >= 0 and len(chain) <= _NEAR and self._sizes[index] <= _WHOLE * self._sizes[0]:
            chain.append(self._page.blocks[index])
            index = chain[-1].parent
        tags = frozenset(block.tag for block in chain)
        near = [self._page.blocks[passage.block]]
        near.append(self._page.blocks[max(0, near[0].parent)])
        captioned = CAPTION.search(" ".join((passage.classes, *(block.classes for block in near))))
        kind = self._kind(number)
        return _PassageContext(
            outside=not self._first <= number <= self._last,
            prose=self._prose[number],
            names=" ".join((passage.classes, *(f"{block.classes} {block.name}" for block in chain[:_NEAR]))),
            tags=tags,
            captioned=captioned is not None or not _FIGURES.isdisjoint(tags),
            akin=bool(kind[1]) and kind in self._shared,
            run=self._runs[self._containers[passage.block]],
        )

    def container(self, number: int) -> int:
        """Return the index of the block that contains a passage's paragraph, list or table."""
        return self._containers[self._page.passages[number].block]

    def _kind(self, number: int) -> tuple[str, str]:
        container = self._page.blocks[self.container(number)]
        return container.tag, container.classes


def _containers(page: Outline) -> list[int]:
    """Return for each block the one that contains its paragraph, list or table."""
    containers: list[int] = []
    for number, block in enumerate(page.blocks):
        containers.append(containers[block.parent] if number > 0 and block.tag in _WITHIN_TEXT else number)
    return containers
