"""A page's tree as two flat rows, its blocks and its passages of text: what weighs them needs no tree then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import MOST_HIDDEN, is_hidden

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr picture source math mi mn mo mrow msup msub mfrac".split()
)
_SILENT = frozenset(
    "head script style template svg canvas audio select textarea dialog link meta base title noscript "
    "single-file-infobar button".split()
)
_EMBEDDED = frozenset("iframe object embed video".split())
_COMMA = re.compile("[,،，、;]")
_WITHIN = 0.3
"""How much a link to a place of the same page counts as one."""
_LONGEST = 300
"""Characters of an element's classes, or of its name, that are looked at."""


@dataclass(slots=True)
class Block:
    """An element that begins a new line; numbers are places in the row of blocks or of passages."""

    tag: str
    classes: str
    name: str
    role: str
    hidden: bool
    parent: int
    end: int = 0
    """The number of the block behind its last descendant."""
    children: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    """Those directly in it."""
    images: int = 0
    inputs: int = 0
    embedded: int = 0


@dataclass(slots=True)
class Passage:
    """A stretch of text without a break of the line."""

    text: str
    block: int
    linked: float
    """Characters that lie in links; those in links to a place of the same page count less."""
    commas: int
    classes: str
    """Of the inline element that it begins with."""


@dataclass(frozen=True, slots=True)
class Outline:
    blocks: list[Block]
    passages: list[Passage]


class _Walk:
    """Takes a tree's events in their order, so that no nesting is too deep. State: what is open, and what was taken."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.passages: list[Passage] = []
        self._open: list[int] = []
        self._pieces: list[str] = []
        self._links: list[float] = []
        """For each open link how much the text within it counts as linked."""
        self._linked = 0.0
        self._block = 0
        self._classes = ""
        self._broken = False
        """Whether a line break came last."""

    def start(self, tag: HtmlElement) -> bool:
        """Whether what is within the element is to be looked at."""
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
        elif not (name in _INLINE or name in _SILENT or name in _EMBEDDED or name in ("br", "img", "input")):
            self._flush()
            self.blocks[self._open.pop()].end = len(self.blocks)

    def text(self, text: str | None) -> None:
        if not text or not self._open or (not self._pieces and text.isspace()):
            return
        if not self._pieces:
            self._block = self._open[-1]
        self._pieces.append(text)
        if self._links:
            self._linked += self._links[-1] * len(text)
        self._broken = self._broken and text.isspace()

    def _start_inline(self, tag: HtmlElement) -> bool:
        classes = tag.get("class", "")[:_LONGEST]
        if tag.attrib and _is_hidden(tag, classes):
            if tag.tag == "a":
                self._links.append(0.0)
            return False
        if tag.tag == "a":
            self._links.append(_WITHIN if tag.get("href", "#").startswith("#") and tag.get("href", "#") != "#" else 1.0)
        if classes and not self._pieces:
            self._classes = classes
        return True

    def _start_block(self, tag: HtmlElement) -> None:
        self._flush()
        number, parent = len(self.blocks), self._open[-1] if self._open else -1
        classes = tag.get("class", "")[:_LONGEST] if self._open else ""
        name = tag.get("id", "")[:_LONGEST] if self._open else ""
        hidden = bool(tag.attrib) and _is_hidden(tag, classes)
        self.blocks.append(Block(str(tag.tag), classes, name, tag.get("role", ""), hidden, parent))
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
        text = " ".join("".join(self._pieces).split())
        if text:
            linked = min(self._linked, len(text))
            self.blocks[self._block].passages.append(len(self.passages))
            commas = len(_COMMA.findall(text))
            self.passages.append(Passage(text, self._block, linked, commas, self._classes))
        self._pieces.clear()
        self._linked, self._classes, self._broken = 0.0, "", False


def outline(page: HtmlElement) -> Outline:
    """The blocks and passages of a page's body in their order; the tree stays as it is."""
    body = page.find("body")
    taken = _Walk()
    walk = etree.iterwalk(page if body is None else body, events=("start", "end", "comment", "pi"))
    for event, tag in walk:
        if event == "start":
            if taken.start(tag):
                taken.text(tag.text)
            else:
                walk.skip_subtree()
            continue
        if event == "end":
            taken.end(tag)
        taken.text(tag.tail)
    return Outline(taken.blocks, taken.passages)


def totals(page: Outline, of: Callable[[Passage], Any]) -> list[Any]:
    """For each block the sum of something over all passages in it and below it."""
    found = [0] * len(page.blocks)
    for passage in page.passages:
        found[passage.block] += of(passage)
    for number in range(len(page.blocks) - 1, 0, -1):
        found[page.blocks[number].parent] += found[number]
    return found


def inherited(page: Outline, own: Iterable[bool]) -> list[bool]:
    """For each block whether something holds for it or for one around it."""
    found: list[bool] = []
    for block, holds in zip(page.blocks, own, strict=True):
        found.append(holds or (block.parent >= 0 and found[block.parent]))
    return found


def unseen(page: Outline) -> list[bool]:
    """For each block whether readers do not see it."""
    sizes = totals(page, lambda passage: len(passage.text))
    return inherited(
        page,
        (block.hidden and size < MOST_HIDDEN * sizes[0] for block, size in zip(page.blocks, sizes, strict=True)),
    )


def _is_hidden(tag: HtmlElement, classes: str) -> bool:
    return is_hidden(tag) or (tag.get("aria-hidden") == "true" and "fallback-image" not in classes)
