"""Boilerplate within the scorer's choice: elements whose name betrays it, or that are mostly links."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossator.stages.extract.html.choice.page_outline import Outline, PageBlock, inherited
from glossator.stages.extract.html.parse.elements import COMMENTS
from glossator.stages.extract.text_comparison import words

_FOR = re.compile(r"article|blog|body|content|entry|main|page|post|story|text")
_AGAINST = re.compile(
    r"-ad-|banner|com-|comment|contact|footer|gdpr|\bhid\b|hidden|masthead|media|meta|outbrain|promo|related|scroll|share|"
    r"shopping|shoutbox|sidebar|skyscraper|sponsor|tags|widget"
)
_WEIGHT = 25
NAMES = 2_000
"""Names of elements whose meaning is remembered, because a page repeats a few of them."""
_REPEATED = 0.75
"""Share of a heading's letters that are in the title."""
_APART = re.compile(r"foot|header|masthead|side-?bar|banner")
"""Parts of a page that may hold prose and are none of its article."""
_DOUBTFUL = frozenset("table ul div form fieldset".split())
_PROSE = 10
"""Commas of a text that is prose whatever surrounds it."""
_LONG = 500
"""Characters of a text that is prose whatever its name."""
_FEW_LINKS = 0.1
"""Share of links up to which a text is prose whatever its name."""


class ArticleElements(msgspec.Struct, frozen=True):
    """Elements of the article before anything is removed; the lists have one value for each block of the page."""

    page: Outline
    inside: list[bool]
    paragraphs: list[bool]
    weighed: bool
    """True if names of elements count."""


class _Contents(msgspec.Struct):
    """Contents of an element that stay. State: added up from the innermost elements outwards."""

    characters: int = 0
    linked: float = 0.0
    commas: int = 0
    listed: int = 0


def without_boilerplate(elements: ArticleElements, title: list[str], *, clean: bool) -> tuple[list[bool], list[bool]]:
    """Return for each block whether it stays, and whether it is in an element that only its prose spares.

    `title` is the page's title in words; `clean` also removes elements by their weighed names and by their links.
    """
    page = elements.page
    gone = inherited(
        page, (block.tag in ("footer", "aside") or _is_idle(elements, block, title) for block in page.blocks)
    )
    code = inherited(page, (block.tag == "pre" for block in page.blocks))
    contents = [_Contents() for _ in page.blocks]
    spared = [False] * len(page.blocks)
    for number in range(len(page.blocks) - 1, -1, -1):
        if not elements.inside[number] or gone[number]:
            continue
        block, own = page.blocks[number], contents[number]
        for passage in (page.passages[index] for index in block.passages):
            own.characters += len(passage.text)
            own.linked += passage.linked
            own.commas += passage.commas
        doubtful = clean and block.tag in _DOUBTFUL and not code[number]
        named = name_weight(block) if doubtful and elements.weighed else 0
        if named < 0 and _is_text(block, own):
            named, spared[number] = 0, True
        if doubtful and _is_boilerplate(block, own, named, plain=elements.paragraphs[number]):
            gone[number] = True
        elif block.parent >= 0 and elements.inside[block.parent]:
            holder = contents[block.parent]
            holder.characters += own.characters
            holder.linked += own.linked
            holder.commas += own.commas
            holder.listed += own.characters if block.tag in ("ul", "ol") else own.listed
    stays = [within and not out for within, out in zip(elements.inside, inherited(page, gone), strict=True)]
    return stays, inherited(page, spared)


def _is_idle(elements: ArticleElements, heading: PageBlock, title: list[str]) -> bool:
    """True if a main heading repeats the page's title, or has the name of something other than an article's heading."""
    if heading.tag not in ("h1", "h2"):
        return False
    if elements.weighed and name_weight(heading) < 0:
        return True
    own = [word for index in heading.passages for word in words(elements.page.passages[index].text)]
    other = set(title)
    return bool(own) and len(" ".join(word for word in own if word not in other)) < (1 - _REPEATED) * len(" ".join(own))


def _is_boilerplate(block: PageBlock, contents: _Contents, named: int, *, plain: bool) -> bool:
    """True if an element's name is one of boilerplate, or it has too little text for its links."""
    if named < 0:
        return True
    if contents.commas >= _PROSE or plain:
        return False
    size = contents.characters
    is_list = block.tag in ("ul", "ol") or contents.listed > 0.9 * size
    if named > 0:
        return contents.linked > 0.5 * size
    return not is_list and contents.linked > 0.2 * size


def _is_text(block: PageBlock, contents: _Contents) -> bool:
    """True if an element has so much prose that it is text, though its name is one of boilerplate."""
    prose = contents.commas >= _PROSE and contents.characters >= _LONG
    few_links = contents.linked <= _FEW_LINKS * contents.characters
    names = f"{block.classes} {block.name}"
    return prose and few_links and not (COMMENTS.search(names) or _APART.search(names))


def name_weight(block: PageBlock) -> int:
    """Weigh how much an element's class and id speak for its being the article (positive), or against it."""
    return (_weight(block.classes) if block.classes else 0) + (_weight(block.name) if block.name else 0)


@lru_cache(maxsize=NAMES)
def _weight(name: str) -> int:
    return _WEIGHT * (bool(_FOR.search(name)) - bool(_AGAINST.search(name)))
