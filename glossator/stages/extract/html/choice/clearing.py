"""Clearing away from an article's elements what looks like furniture: the second half of Readability's method."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossator.stages.extract.html.choice.outline import Block, Outline, inherited
from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.choice.signs import weight

_SHARE = re.compile(r"(?:\b|_)share(?:daddy)?(?:\b|_)", re.IGNORECASE)
_BYLINE = re.compile(r"byline|author|dateline|writtenby", re.IGNORECASE)
_SMALL, _LINE = 500, 100
"""Characters of what may be a row of buttons, and of what may be a byline."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_DOUBTFUL = frozenset("table ul div form fieldset".split())
_TABLE_PARTS = frozenset("caption th thead tfoot colgroup col".split())
_PROSE = 10
"""Commas of a text that is prose whatever is around it."""
_REPEATED = 0.75
"""Of a heading's letters that stand in the title."""
_ITEMS = 100
"""Items that a text may have more than paragraphs."""


@dataclass(frozen=True, slots=True)
class Found:
    """The elements that are the article before anything is cleared away; one value for each block of the page."""

    page: Outline
    inside: list[bool]
    roots: frozenset[int]
    """The outermost of them."""
    paragraphs: list[bool]
    weighed: bool
    """Whether names of elements count."""


@dataclass(slots=True)
class _Held:
    """What an element holds that stays. State: summed up from the innermost elements outwards."""

    characters: int = 0
    linked: float = 0.0
    commas: int = 0
    images: int = 0
    inputs: int = 0
    embedded: int = 0
    paragraphs: int = 0
    items: int = 0
    headings: int = 0
    listed: int = 0


def cleared(found: Found, title: list[str], *, clean: bool) -> list[bool]:
    """For each block whether it stays.

    Args:
        found: the article's elements.
        title: the page's title in words.
        clean: whether elements go that hold too little text for what else is in them.
    """
    page, gone = found.page, _furniture_by_name(found, title)
    tables = inherited(page, (_is_data(page, number) for number in range(len(page.blocks))))
    figures = inherited(page, (block.tag == "figure" for block in page.blocks))
    code = inherited(page, (block.tag == "pre" for block in page.blocks))
    held = [_Held() for _ in page.blocks]
    for number in range(len(page.blocks) - 1, -1, -1):
        if not found.inside[number] or gone[number]:
            continue
        block, own = page.blocks[number], held[number]
        _add_own(found, number, own)
        doubtful = clean and block.tag in _DOUBTFUL and not (tables[number] or code[number])
        plain = found.paragraphs[number] and not own.images
        named = weight(block) if doubtful and found.weighed else 0
        if doubtful and _is_furniture(block, own, named, plain=plain, figure=figures[number]):
            gone[number] = True
        elif block.parent >= 0 and found.inside[block.parent]:
            _pass_on(found, number, own, held[block.parent])
    return [within and not out for within, out in zip(found.inside, inherited(page, gone), strict=True)]


def _furniture_by_name(found: Found, title: list[str]) -> list[bool]:
    page = found.page
    sizes = [0] * len(page.blocks)
    for number in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[number]
        sizes[number] += sum(len(page.passages[place].text) for place in block.passages)
        if block.parent >= 0 and found.inside[number]:
            sizes[block.parent] += sizes[number]
    gone = []
    for number, (block, size) in enumerate(zip(page.blocks, sizes, strict=True)):
        names = f"{block.classes} {block.name}"
        gone.append(
            found.inside[number]
            and (
                block.tag in ("footer", "aside")
                or (block.tag in ("h1", "h2") and _is_idle(found, block, title))
                or (size < _SMALL and number not in found.roots and _SHARE.search(names) is not None)
                or (0 < size < _LINE and _BYLINE.search(names) is not None)
            )
        )
    return inherited(page, gone)


def _is_idle(found: Found, heading: Block, title: list[str]) -> bool:
    """Whether a heading is the page's title once more, or is named as no heading of an article."""
    if found.weighed and weight(heading) < 0:
        return True
    own = [word for place in heading.passages for word in words(found.page.passages[place].text)]
    other = set(title)
    return bool(own) and len(" ".join(word for word in own if word not in other)) < (1 - _REPEATED) * len(" ".join(own))


def _add_own(found: Found, number: int, held: _Held) -> None:
    block = found.page.blocks[number]
    own = [found.page.passages[place] for place in block.passages]
    held.characters += sum(len(passage.text) for passage in own)
    held.linked += sum(passage.linked for passage in own)
    held.commas += sum(passage.commas for passage in own)
    held.images += block.images
    held.inputs += block.inputs
    held.embedded += block.embedded
    if block.tag == "div" and not found.paragraphs[number]:
        held.paragraphs += len(own)


def _pass_on(found: Found, number: int, own: _Held, holder: _Held) -> None:
    block = found.page.blocks[number]
    holder.characters += own.characters
    holder.linked += own.linked
    holder.commas += own.commas
    holder.images += own.images
    holder.inputs += own.inputs
    holder.embedded += own.embedded
    holder.paragraphs += own.paragraphs + found.paragraphs[number]
    holder.items += own.items + (block.tag == "li")
    holder.headings += own.headings
    holder.listed += own.characters if block.tag in ("ul", "ol") else own.listed
    if block.tag in _HEADINGS:
        holder.headings += sum(len(found.page.passages[place].text) for place in block.passages)


def _is_furniture(block: Block, held: _Held, named: int, *, plain: bool, figure: bool) -> bool:
    """Whether an element holds too little text for its links, pictures, fields and headings."""
    if named < 0:
        return True
    if held.commas >= _PROSE or plain:
        return False
    size, pictures = held.characters, held.images
    links = held.linked / size if size else 0.0
    is_list = block.tag in ("ul", "ol") or held.listed > 0.9 * size
    signs = (
        pictures > 1 and held.paragraphs / pictures < 0.5 and not figure,
        not is_list and held.items - _ITEMS > held.paragraphs,
        held.inputs > held.paragraphs // 3,
        not (is_list or figure) and links > 0 and size < 25 and pictures not in (1, 2) and held.headings < 0.9 * size,
        not is_list and named <= 0 and links > 0.2,
        named > 0 and links > 0.5,
        held.embedded > 1 or (held.embedded == 1 and size < 75),
        pictures == 0 and size == 0,
    )
    return any(signs) and not (is_list and pictures == held.items > 0)


def _is_data(page: Outline, number: int) -> bool:
    """Whether a table holds data, so that it is no frame that the page is laid out with."""
    table = page.blocks[number]
    if table.tag != "table" or table.role == "presentation":
        return False
    rows = columns = 0
    for below in (page.blocks[place] for place in range(number + 1, table.end)):
        if below.tag in _TABLE_PARTS:
            return True
        if below.tag == "table":
            return False
        if below.tag == "tr":
            rows += 1
            columns = max(columns, sum(page.blocks[cell].tag == "td" for cell in below.children))
    return min(rows, columns) > 1 and (rows >= 10 or columns > 4 or rows * columns > 10)
