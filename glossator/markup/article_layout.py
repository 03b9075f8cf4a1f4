"""The walk over an article's element tree: its text with offsets, its blocks, and the positions that allow marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from glossator.markup import entity_marks
from glossator.markup.formulas import FORMULA
from glossator.markup.layout_events import (
    ARCHIVED,
    BLOCKS,
    INSIDE,
    LANGUAGE,
    UNKNOWN,
    ArticleLayout,
    Chars,
    Close,
    Event,
    Formula,
    LinkEnd,
    Open,
)
from glossator.markup.links import ArchiveLinks, is_kept_back, link_target
from glossator.markup.marked_mentions import UNMARKED
from glossator.markup.pictures import UnkeptPicture, captioned, picture_event, unkept, unkept_events
from glossator.markup.quoted_headlines import cited_in
from glossator.model import Block, BlockKind, EntityType, ManualMark, Text
from glossator.text import bare_words

CONTAINERS = frozenset(
    {"div", "ul", "ol", "dl", "blockquote", "aside", "figure", "table", "thead", "tbody", "tr", "hr"}
)
VOID = frozenset({"br", "hr", "img"})


_EMPTY = frozenset({"p", "a", "em", "strong"})
"""Elements that go if a picture within is not shown."""


COLUMNS = 7
"""Columns of a table that needs more width than the text has."""


def lay_out(root: Element, links: ArchiveLinks) -> ArticleLayout:
    """Return the layout of an article from its element tree."""
    walk = _LayoutWalk(links)
    walk.children(root, "paragraph", True)
    walk.events += unkept_events(walk.unkept, walk.position)
    return ArticleLayout(Text("".join(walk.content), tuple(walk.blocks), tuple(walk.manual_marks)), tuple(walk.events))


def _class_of(container: Element) -> str:
    """Return the class of a container: a table of many columns is wide."""
    row = next(container.iter("tr"), None) if container.tag == "table" else None
    return "wide" if row is not None and len(row) >= COLUMNS else container.get("class", "")


@dataclass(slots=True)
class _LayoutWalk:
    """A walk over one article. State: the current offset, and the open block."""

    links: ArchiveLinks
    content: list[str] = field(default_factory=list)
    open_text: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    manual_marks: list[ManualMark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    counted_starts: list[int] = field(default_factory=list)
    """Starts of the characters that are part of the text."""
    unkept: list[UnkeptPicture] = field(default_factory=list)
    """Pictures that the archive does not hold."""
    position: int = 0
    block_start: int = -1
    anchors: int = 0
    open_link: int = 0
    """Number of the link that is open; 0 outside of links."""
    links_so_far: int = 0

    def children(self, element: Element, kind: BlockKind, markable: bool, counted: bool = True) -> None:
        """Visit the content of an element; `kind` is the kind of a block directly inside it."""
        self.chars(element.text, markable, counted)
        for child in captioned(element, self.links.pictures):
            self.element(child, kind, markable, counted)
            self.chars(child.tail, markable, counted)

    def element(self, element: Element, kind: BlockKind, markable: bool, counted: bool) -> None:
        """Visit an element; `markable` is True if marks are allowed, `counted` if its characters are text."""
        tag = element.tag
        markable = markable and tag not in UNMARKED
        if tag in BLOCKS:
            self.block(element, kind, markable)
        elif tag in CONTAINERS:
            suspended = self.block_start >= 0
            self.close_block(kind)
            if tag == "aside":
                self.headline(element)
            else:
                self.wrapped(element, INSIDE.get(tag, kind), markable, counted, {"class": _class_of(element)})
            if suspended:  # a list inside an item: what follows it belongs to the item again
                self.open_block()
        elif tag == "img":
            self.picture(element)
        elif tag == FORMULA:
            self.formula(element, kind, counted)
        elif tag == "a":
            self.link(element, kind, markable, counted)
        elif tag == entity_marks.TAG and element.get("entity"):
            self.entity_mark(element, kind, markable, counted)
        else:
            counted = counted and tag != "sup"  # a footnote's number
            self.wrapped(element, kind, markable, counted, {"id": element.get("id", "")})

    def block(self, element: Element, kind: BlockKind, markable: bool) -> None:
        """Visit an element that is a block; a paragraph inside it is of the given kind."""
        own = BLOCKS[element.tag]
        inner = kind if own == "paragraph" else own
        outer = self.block_start >= 0
        self.close_block(kind)
        anchor = element.get("id", "")
        if inner != "cell" and not anchor:
            self.anchors += 1
            anchor = f"p{self.anchors}"
        self.open_block()
        self.wrapped(element, inner, markable, True, {"id": anchor})
        self.close_block(inner, anchor)
        if outer:
            self.open_block()

    def picture(self, element: Element) -> None:
        if shown := picture_event(element, self.links, self.position):
            self.events.append(shown)
        elif missing := unkept(element):
            self.unkept.append(missing)

    def formula(self, element: Element, kind: BlockKind, counted: bool) -> None:
        """Record a formula, whose text is its TeX. In a cell, a backslash protects the bars."""
        written = (element.text or "").replace("\\|", "|") if kind == "cell" else element.text or ""
        self.events.append(Formula(written))
        if counted and self.block_start >= 0:
            self.counted_starts.append(self.position)
            self.add(written)

    def entity_mark(self, element: Element, kind: BlockKind, markable: bool, counted: bool) -> None:
        """Record a person's mark. It leaves no element: the entities decide whether anything is marked here."""
        start = self.position
        self.children(element, kind, markable, counted)
        if self.position > start:
            named_type = element.get("type")
            self.manual_marks.append(
                ManualMark(
                    start, self.position, element.get("entity", ""), EntityType(named_type) if named_type else None
                )
            )

    def open_block(self) -> None:
        if self.blocks:
            self.content.append("\n\n")
            self.position += 2
        self.block_start = self.position
        self.open_text.clear()

    def close_block(self, kind: BlockKind, anchor: str = "") -> None:
        """Append the open block to the blocks if it holds anything but white space."""
        start, self.block_start = self.block_start, -1
        written = "".join(self.open_text)
        if start < 0 or not written.strip():
            return
        begin = start + len(written) - len(written.lstrip())
        nearest = f"p{self.anchors}" if self.anchors else ""
        self.blocks.append(Block(begin, start + len(written.rstrip()), kind, anchor or nearest))

    def wrapped(
        self, element: Element, kind: BlockKind, markable: bool, counted: bool, attributes: Mapping[str, str]
    ) -> None:
        """Append the events of an element and of everything inside it."""
        tag = "h2" if element.tag == "h1" else element.tag  # the page's own title is its only h1
        block = element.tag in BLOCKS or element.tag in CONTAINERS
        own = (
            {key: value for key in ("class", "start", LANGUAGE) if (value := element.get(key))}
            if element.keys()
            else {}
        )
        present = tuple([pair for pair in {**own, **attributes}.items() if pair[1]])
        index, before = len(self.events), len(self.counted_starts)
        self.events.append(UNKNOWN)
        if tag == "br" and counted and self.block_start >= 0:
            self.add("\n")
        self.children(element, kind, markable, counted)
        empty = tag in _EMPTY and len(self.events) == index + 1
        if empty and (tag == "a" or element.find(".//img") is not None):
            self.events.pop()  # a link without words, or nothing but a picture that is neither kept nor described
            return
        if tag not in VOID:
            self.events.append(Close(tag, block))
        start = self.counted_starts[before] if len(self.counted_starts) > before else self.position
        self.events[index] = Open(tag, present, start, self.position, block, markable and not self.open_link)

    def chars(self, text: str | None, markable: bool, counted: bool) -> None:
        """Append the characters of a text; white space between blocks is left out."""
        if not text or (self.block_start < 0 and not text.strip()):
            return
        counted = counted and self.block_start >= 0
        done = 0
        if counted and markable and not self.open_link and (self.links.headlines or self.links.titles):
            for start, end, href in cited_in(text, self.links):
                self.piece(text[done:start], True, True)
                self.begin_link()
                self.events.append(Open("a", (("href", href), ARCHIVED), self.position, self.position, False))
                self.piece(text[start:end], True, True)
                self.events.append(Close("a", False))
                self.end_link(archived=True)
                done = end
        self.piece(text[done:], counted, markable)

    def piece(self, text: str, counted: bool, markable: bool) -> None:
        """Append characters of which all are counted or none, and all may be marked or none."""
        allowed = markable and counted
        link = self.open_link if allowed else 0
        self.events.append(Chars(text, self.position, counted, allowed and not self.open_link, link))
        if counted:
            self.counted_starts.append(self.position)
            self.add(text)

    def add(self, text: str) -> None:
        self.content.append(text)
        self.open_text.append(text)
        self.position += len(text)

    def headline(self, element: Element) -> None:
        """Link the headline of another article to that article if the archive has it."""
        linked = element.find(".//a") is not None
        href = "" if linked else self.links.headlines.get(bare_words("".join(element.itertext())), "")
        self.events.append(Open("aside", (("class", "quoted-headline"),), self.position, self.position, True))
        if href:
            self.events.append(Open("a", (("href", href), ARCHIVED), self.position, self.position, True))
        self.children(element, "related", False)
        self.events += [Close("a", True), Close("aside", True)] if href else [Close("aside", True)]

    def link(self, element: Element, kind: BlockKind, markable: bool, counted: bool) -> None:
        """Visit a link: its words alone if it leads nowhere, with the original beside it if it leads to an article."""
        if is_kept_back(element, self.links):
            self.piece("…", counted, False)
            return
        target = link_target(element, self.links)
        if target is None:
            self.children(element, kind, markable, counted)
            return
        self.begin_link()
        self.wrapped(element, kind, markable, counted and not target.is_note, target.attributes)
        self.end_link(ARCHIVED in target.attributes.items())
        if target.original:
            self.aside_link(target.original, "original")

    def begin_link(self) -> None:
        self.links_so_far += 1
        self.open_link = self.links_so_far

    def end_link(self, archived: bool) -> None:
        if self.events[-1] is not UNKNOWN:  # an element that holds nothing but a link without words goes
            self.events.append(LinkEnd(self.open_link, archived))
        self.open_link = 0

    def aside_link(self, address: str, word: str) -> None:
        attributes = (("href", address), ("class", "original"), ("rel", "noopener noreferrer nofollow"))
        self.events += [
            Chars(" ", self.position, False, False),
            Open("a", attributes, self.position, self.position, False),
            Chars(word, self.position, False, False),
            Close("a", False),
        ]
