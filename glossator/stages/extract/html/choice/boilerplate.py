"""Boilerplate within the scorer's choice: elements with too little text for what else they hold."""

from __future__ import annotations

import re

import msgspec

from glossator.stages.extract.html.choice.boilerplate_names import ArticleElements, boilerplate_by_name, name_weight
from glossator.stages.extract.html.choice.page_outline import PageBlock, inherited
from glossator.stages.extract.html.parse.elements import COMMENTS, HEADINGS

_APART = re.compile(r"foot|header|masthead|side-?bar|banner")
"""Parts of a page that may hold prose and are none of its article."""
_DOUBTFUL = frozenset("table ul div form fieldset".split())
_PROSE = 10
"""Commas of a text that is prose whatever surrounds it."""
_LONG = 500
"""Characters of a text that is prose whatever its name."""
_FEW_LINKS = 0.1
"""Share of links up to which a text is prose whatever its name."""
_ITEMS = 100
"""Items that a text may have beyond its paragraphs."""


class _Contents(msgspec.Struct):
    """Contents of an element that stay. State: added up from the innermost elements outwards."""

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


def without_boilerplate(elements: ArticleElements, title: list[str], *, clean: bool) -> tuple[list[bool], list[bool]]:
    """Return for each block whether it stays, and whether it is in an element that only its prose spares.

    `title` is the page's title in words; `clean` also removes elements with too little text for their other contents.
    """
    page, gone = elements.page, boilerplate_by_name(elements, title)
    figures = inherited(page, (block.tag == "figure" for block in page.blocks))
    code = inherited(page, (block.tag == "pre" for block in page.blocks))
    contents = [_Contents() for _ in page.blocks]
    spared = [False] * len(page.blocks)
    for number in range(len(page.blocks) - 1, -1, -1):
        if not elements.inside[number] or gone[number]:
            continue
        block, own = page.blocks[number], contents[number]
        _add_own(elements, number, own)
        doubtful = clean and block.tag in _DOUBTFUL and not code[number]
        plain = elements.paragraphs[number] and not own.images
        named = name_weight(block) if doubtful and elements.weighed else 0
        if named < 0 and _is_text(block, own):
            named, spared[number] = 0, True
        if doubtful and _is_boilerplate(block, own, named, plain=plain, figure=figures[number]):
            gone[number] = True
        elif block.parent >= 0 and elements.inside[block.parent]:
            _pass_on(elements, number, own, contents[block.parent])
    stays = [within and not out for within, out in zip(elements.inside, inherited(page, gone), strict=True)]
    return stays, inherited(page, spared)


def _add_own(elements: ArticleElements, number: int, contents: _Contents) -> None:
    block = elements.page.blocks[number]
    own = [elements.page.passages[index] for index in block.passages]
    contents.characters += sum(len(passage.text) for passage in own)
    contents.linked += sum(passage.linked for passage in own)
    contents.commas += sum(passage.commas for passage in own)
    contents.images += block.images
    contents.inputs += block.inputs
    contents.embedded += block.embedded
    if block.tag == "div" and not elements.paragraphs[number]:
        contents.paragraphs += len(own)


def _pass_on(elements: ArticleElements, number: int, own: _Contents, holder: _Contents) -> None:
    block = elements.page.blocks[number]
    holder.characters += own.characters
    holder.linked += own.linked
    holder.commas += own.commas
    holder.images += own.images
    holder.inputs += own.inputs
    holder.embedded += own.embedded
    holder.paragraphs += own.paragraphs + elements.paragraphs[number]
    holder.items += own.items + (block.tag == "li")
    holder.headings += own.headings
    holder.listed += own.characters if block.tag in ("ul", "ol") else own.listed
    if block.tag in HEADINGS:
        holder.headings += sum(len(elements.page.passages[index].text) for index in block.passages)


def _is_boilerplate(block: PageBlock, contents: _Contents, named: int, *, plain: bool, figure: bool) -> bool:
    """True if an element has too little text for its links, pictures, fields and headings."""
    if named < 0:
        return True
    if contents.commas >= _PROSE or plain:
        return False
    size, pictures = contents.characters, contents.images
    links = contents.linked / size if size else 0.0
    is_list = block.tag in ("ul", "ol") or contents.listed > 0.9 * size
    signs = (
        pictures > 1 and contents.paragraphs / pictures < 0.5 and not figure,
        not is_list and contents.items - _ITEMS > contents.paragraphs,
        contents.inputs > contents.paragraphs // 3,
        not (is_list or figure)
        and links > 0
        and size < 25
        and pictures not in (1, 2)
        and contents.headings < 0.9 * size,
        not is_list and named <= 0 and links > 0.2,
        named > 0 and links > 0.5,
        contents.embedded > 1 or (contents.embedded == 1 and size < 75),
        pictures == 0 and size == 0,
    )
    return any(signs) and not (is_list and pictures == contents.items > 0)


def _is_text(block: PageBlock, contents: _Contents) -> bool:
    """True if an element has so much prose that it is text, though its name is one of boilerplate."""
    prose = contents.commas >= _PROSE and contents.characters >= _LONG and contents.inputs == 0
    few_links = contents.linked <= _FEW_LINKS * contents.characters
    names = f"{block.classes} {block.name}"
    return prose and few_links and not (COMMENTS.search(names) or _APART.search(names))
