"""Page's tree, flattened to an outline of two lists, blocks and passages of text, so that scoring needs no tree.

Beside it, what a page states of itself, by which its kind, its readings and its passages are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec
from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.hidden_elements import MOST_HIDDEN, is_hidden
from glossator.stages.extract.text_comparison import SENTENCE_ENDS, words

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr picture source math mi mn mo mrow msup msub mfrac".split()
)
_SILENT = frozenset(
    "head script style template svg canvas audio select textarea dialog link meta base title noscript "
    "single-file-infobar button".split()
)
_EMBEDDED = frozenset("iframe object embed video".split())
_EMPHASISED = frozenset("b em i strong".split())
_NO_BLOCKS = _INLINE | _SILENT | _EMBEDDED | {"br", "img", "input"}
_COMMA = re.compile("[,،，、;]")
_WITHIN = 0.3
"""Weight of a link within the page, relative to other links."""
PROSE = 12
"""Words of a passage of prose, at least."""
_FEW_LINKS = 0.3
"""Share of links below which a passage is prose."""
_LONGEST = 300
"""Characters of an element's class, id or address that are examined."""


class PageBlock(msgspec.Struct):
    """Element that begins a new line; integers are indices in the list of blocks or of passages."""

    tag: str
    classes: str
    """Value of its `class`, in small letters, as is its `id`."""
    name: str
    role: str
    hidden: bool
    parent: int
    end: int = 0
    """Index of the block after its last descendant."""
    children: list[int] = msgspec.field(default_factory=list)
    passages: list[int] = msgspec.field(default_factory=list)
    """Passages directly in the block, not in its children."""
    images: int = 0
    inputs: int = 0
    embedded: int = 0


class PagePassage(msgspec.Struct, frozen=True):
    """Stretch of text without a line break."""

    text: str
    tokens: list[str]
    """Words of the text."""
    block: int
    linked: float
    """Characters within links; links within the page count less."""
    commas: int
    classes: str
    """Classes of the inline element that the passage begins with, in small letters."""
    target: str = ""
    """Address that its first link leads to."""
    emphasised: int = 0
    """Characters that are bold or italic."""

    @property
    def is_prose(self) -> bool:
        """True if it is a sentence or more, and hardly links."""
        few_links = self.linked < _FEW_LINKS * len(self.text)
        return len(self.tokens) >= PROSE and few_links and self.text[-1] in SENTENCE_ENDS


class Outline(msgspec.Struct, frozen=True):
    blocks: list[PageBlock]
    passages: list[PagePassage]


class _OutlineBuilder:
    """Handler of a tree's events in order, so that no nesting is too deep.

    State: open elements, and the outline so far.
    """

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self.passages: list[PagePassage] = []
        self._open: list[int] = []
        self._pieces: list[str] = []
        self._links: list[str | None] = []
        """Addresses of the open links."""
        self._linked = 0.0
        self._target = ""
        self._emphases = 0
        """Number of open elements that are bold or italic."""
        self._emphasised = 0
        self._block = 0
        self._classes = ""
        self._broken = False
        """True if a line break came last."""

    def start(self, tag: HtmlElement) -> bool:
        """True if the contents of the element are to be visited."""
        name = tag.tag
        if name in _SILENT:
            return False
        if name == "br":
            self._break()
        elif name == "img":
            self.blocks[self._open[-1]].images += 1
        elif name == "input":
            self.blocks[self._open[-1]].inputs += 1
        elif name in _EMBEDDED:
            self.blocks[self._open[-1]].embedded += 1
            return False
        elif name in _INLINE:
            return self._start_inline(tag)
        else:
            self._start_block(tag)
        return True

    def end(self, tag: HtmlElement) -> None:
        name = tag.tag
        if name == "a":
            self._links.pop()
        elif name in _EMPHASISED:
            self._emphases -= 1
        elif name not in _NO_BLOCKS:
            self._flush()
            self.blocks[self._open.pop()].end = len(self.blocks)

    def text(self, text: str) -> None:
        if not self._pieces:
            if text.isspace() or not self._open:
                return
            self._block = self._open[-1]
        self._pieces.append(text)
        if self._links:
            self._linked += _weight(self._links[-1]) * len(text)
            self._target = self._target or (self._links[-1] or "")[:_LONGEST]
        if self._emphases:
            self._emphasised += len(text)
        self._broken = self._broken and text.isspace()

    def _start_inline(self, tag: HtmlElement) -> bool:
        classes = tag.get("class", "")[:_LONGEST].lower()
        if tag.tag == "a":
            self._links.append(tag.get("href"))
        elif tag.tag in _EMPHASISED:
            self._emphases += 1
        if tag.attrib and _is_hidden(tag, classes):
            return False
        if classes and not self._pieces:
            self._classes = classes
        return True

    def _start_block(self, tag: HtmlElement) -> None:
        self._flush()
        number, parent = len(self.blocks), self._open[-1] if self._open else -1
        classes = tag.get("class", "")[:_LONGEST].lower() if self._open else ""
        name = tag.get("id", "")[:_LONGEST].lower() if self._open else ""
        hidden = bool(tag.attrib) and _is_hidden(tag, classes)
        self.blocks.append(PageBlock(str(tag.tag), classes, name, tag.get("role", ""), hidden, parent))
        if self._open:
            self.blocks[parent].children.append(number)
        self._open.append(number)

    def _break(self) -> None:
        if self._broken:
            self._flush()
        elif self._pieces:
            self._pieces.append(" ")
        self._broken = True

    def _flush(self) -> None:
        if self._pieces and (text := " ".join("".join(self._pieces).split())):
            linked = min(self._linked, len(text))
            self.blocks[self._block].passages.append(len(self.passages))
            commas = len(_COMMA.findall(text))
            emphasised = min(self._emphasised, len(text))
            own = PagePassage(text, words(text), self._block, linked, commas, self._classes, self._target, emphasised)
            self.passages.append(own)
        self._pieces.clear()
        self._linked, self._classes, self._broken = 0.0, "", False
        self._target, self._emphasised = "", 0


def _weight(target: str | None) -> float:
    """Return the weight of a link by its address; an anchor without one is no link."""
    if target is None:
        return 0.0
    return _WITHIN if target.startswith("#") and target != "#" else 1.0


def outline(page: HtmlElement) -> Outline:
    """Return the blocks and passages of a page's body in order; the tree is not changed."""
    body = page.find("body")
    builder = _OutlineBuilder()
    walk = etree.iterwalk(page if body is None else body, events=("start", "end", "comment", "pi"))
    for event, tag in walk:
        if event == "start":
            if not builder.start(tag):
                walk.skip_subtree()
            elif text := tag.text:
                builder.text(text)
            continue
        if event == "end":
            builder.end(tag)
        if text := tag.tail:
            builder.text(text)
    return Outline(builder.blocks, builder.passages)


def totals(page: Outline, numbers: Iterable[float]) -> list[Any]:
    """Sum the `numbers` of all passages in each block and below."""
    result: list[float] = [0] * len(page.blocks)
    for passage, number_of_passage in zip(page.passages, numbers, strict=True):
        result[passage.block] += number_of_passage
    for number in range(len(page.blocks) - 1, 0, -1):
        result[page.blocks[number].parent] += result[number]
    return result


def inherited(page: Outline, own: Iterable[bool]) -> list[bool]:
    """Return for each block whether a property holds for it or for a block around it."""
    flags, end = list(own), 0
    with suppress(ValueError):  # if no further block has it
        while True:
            start = flags.index(True, end)
            end = page.blocks[start].end
            flags[start:end] = [True] * (end - start)
    return flags


def unseen(page: Outline) -> list[bool]:
    """Return for each block whether it is invisible to readers."""
    sizes = totals(page, (len(passage.text) for passage in page.passages))
    return inherited(
        page,
        (block.hidden and size < MOST_HIDDEN * sizes[0] for block, size in zip(page.blocks, sizes, strict=True)),
    )


def _is_hidden(tag: HtmlElement, classes: str) -> bool:
    return is_hidden(tag) or (tag.get("aria-hidden") == "true" and "fallback-image" not in classes)


class Hints(msgspec.Struct, frozen=True):
    """Statements of a page; a field is empty if the page makes no such statement."""

    title: str = ""
    description: str = ""
    stated: str = ""
    """Text of the article in the page's structured data."""
    chosen: str = ""
    """Reading that a person chose; empty if the program is to choose."""
    address: str = ""
    types: str = ""
    """Types of its structured data and of its preview, in small letters."""
    generator: str = ""
    """Program that made the page, in small letters."""
    dated: bool = False
    authors: tuple[str, ...] = ()


NO_HINTS = Hints()
