"""The walk over an article's element tree: its text with offsets, its blocks, and the positions that allow marks."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree.ElementTree import Element

import msgspec

from glossator.markup import manual_marks
from glossator.markup.captions import captioned
from glossator.markup.events import UNKNOWN, ArticleLayout, Chars, Close, Event, Open
from glossator.markup.own_text import BARE
from glossator.markup.references import quotations
from glossator.model import Block, BlockKind, EntityType, ManualMark, Text
from glossator.urls import WIKI, canonical, fold_headline, name_key, web_address

BLOCKS: Mapping[str, BlockKind] = MappingProxyType(
    {
        "p": "paragraph",
        "li": "item",
        "dd": "item",
        "dt": "item",
        "td": "cell",
        "th": "cell",
        "pre": "code",
        "figcaption": "paragraph",
        **{f"h{level}": "heading" for level in range(1, 7)},
    }
)
CONTAINERS = frozenset(
    {"div", "ul", "ol", "dl", "blockquote", "aside", "figure", "table", "thead", "tbody", "tr", "hr"}
)
INSIDE: Mapping[str, BlockKind] = MappingProxyType({"li": "item", "blockquote": "quote"})
"""Kind of a paragraph inside one of these elements."""
UNMARKED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "aside"})
VOID = frozenset({"br", "hr", "img"})


_EMPTY = frozenset({"p", "a", "em", "strong"})
"""Elements that go if a picture within is not shown."""


class Mark(msgspec.Struct, frozen=True):
    """A mention that is to be woven in."""

    start: int
    end: int
    entity: str
    type: EntityType
    href: str


class ArchiveLinks(msgspec.Struct, frozen=True):
    """The addresses of articles and pictures in the archive that an article refers to."""

    addresses: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by canonical address, or by `wiki:` and the key of a name."""
    headlines: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by folded headline."""
    pictures: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the picture on the site, by address in the Markdown."""
    sizes: Mapping[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Width and height of the picture in pixels, by address in the Markdown: a browser leaves the room for it."""
    within: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link by address in the Markdown, in a text of a person; empty if the address leads nowhere."""
    kept_back: frozenset[str] = frozenset()
    """Addresses in the Markdown of what is kept back."""


def lay_out(root: Element, links: ArchiveLinks) -> ArticleLayout:
    """Return the layout of an article from its element tree."""
    walk = _LayoutWalk(links)
    walk.children(root, "paragraph", True)
    return ArticleLayout(Text("".join(walk.content), tuple(walk.blocks), tuple(walk.manual_marks)), tuple(walk.events))


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
    position: int = 0
    block_start: int = -1
    anchors: int = 0

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
                self.wrapped(element, INSIDE.get(tag, kind), markable, counted, {})
            if suspended:  # a list inside an item: what follows it belongs to the item again
                self.open_block()
        elif tag == "img":
            self.image(element)
        elif tag == "a":
            self.link(element, kind, counted)
        elif tag == manual_marks.TAG and element.get("entity"):
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
        own = {key: value for key in ("class", "start") if (value := element.get(key))} if element.keys() else {}
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
        self.events[index] = Open(tag, present, start, self.position, block, markable)

    def chars(self, text: str | None, markable: bool, counted: bool) -> None:
        """Append the characters of a text; white space between blocks is left out."""
        if not text or (self.block_start < 0 and not text.strip()):
            return
        counted = counted and self.block_start >= 0
        done = 0
        if counted and markable and self.links.headlines:
            for start, end, quoted in quotations(text):
                if href := self.links.headlines.get(fold_headline(quoted), ""):
                    self.piece(text[done:start], True, True)
                    self.events.append(
                        Open("a", (("href", href), ("class", "archived")), self.position, self.position, False)
                    )
                    self.piece(text[start:end], True, False)
                    self.events.append(Close("a", False))
                    done = end
        self.piece(text[done:], counted, markable)

    def piece(self, text: str, counted: bool, markable: bool) -> None:
        """Append characters of which all are counted or none, and all may be marked or none."""
        self.events.append(Chars(text, self.position, counted, markable and counted))
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
        href = "" if linked else self.links.headlines.get(fold_headline("".join(element.itertext())), "")
        self.events.append(Open("aside", (("class", "quoted-headline"),), self.position, self.position, True))
        if href:
            self.events.append(Open("a", (("href", href), ("class", "archived")), self.position, self.position, True))
        self.children(element, "related", False)
        self.events += [Close("a", True), Close("aside", True)] if href else [Close("aside", True)]

    def link(self, element: Element, kind: BlockKind, counted: bool) -> None:
        """Visit a link: it leads to the archived article if there is one, with the original beside it."""
        href, note = element.get("href", ""), "footnote" in element.get("class", "")
        if href.startswith("#") and note:
            self.wrapped(element, kind, False, False, {"href": href})
            return
        if href in self.links.within:
            self.own_link(element, kind, counted)
            return
        if href.startswith(WIKI):
            target = self.links.addresses.get(WIKI + name_key(href.removeprefix(WIKI)), "")
            if target:
                self.wrapped(element, kind, False, counted, {"href": target, "class": "archived"})
            else:
                self.children(element, kind, False, counted)
            return
        address = web_address(href) or (href if href.startswith("mailto:") else "")
        known = self.links.addresses
        archived = known.get(canonical(address), "") if address and known else ""
        if not address:
            self.children(element, kind, False, counted)
        elif archived:
            self.wrapped(element, kind, False, counted, {"href": archived, "class": "archived"})
            self.aside_link(address, "original")
        else:
            self.wrapped(element, kind, False, counted, {"href": address, "rel": "noopener noreferrer nofollow"})

    def own_link(self, element: Element, kind: BlockKind, counted: bool) -> None:
        """Visit a link of a person's text within the site. The name of what is kept back is not shown as its text."""
        written = element.get("href", "")
        if target := self.links.within[written]:
            self.wrapped(element, kind, False, counted, {"href": target})
        elif written in self.links.kept_back and element.get(BARE):
            self.piece("…", counted, False)
        else:
            self.children(element, kind, False, counted)

    def aside_link(self, address: str, word: str) -> None:
        attributes = (("href", address), ("class", "original"), ("rel", "noopener noreferrer nofollow"))
        self.events += [
            Chars(" ", self.position, False, False),
            Open("a", attributes, self.position, self.position, False),
            Chars(word, self.position, False, False),
            Close("a", False),
        ]

    def image(self, element: Element) -> None:
        """Visit a picture: one that the archive does not hold becomes a link with its description, if it has one."""
        picture = self.links.pictures.get(element.get("src", ""))
        if picture:
            size = zip(("width", "height"), map(str, self.links.sizes.get(element.get("src", ""), ())), strict=False)
            attributes = (("src", picture), *size, ("alt", _description(element)), ("loading", "lazy"))
            self.events.append(Open("img", attributes, self.position, self.position, False))
            return
        address = web_address(element.get("src", ""))
        label = _description(element)
        if not label:
            return
        attributes = (("href", address), ("class", "image"), ("rel", "noopener noreferrer nofollow"))
        inside = [Chars(label, self.position, False, False)]
        if address:
            self.events.append(Open("a", attributes, self.position, self.position, False))
        self.events += inside
        if address:
            self.events.append(Close("a", False))


def _description(element: Element) -> str:
    """Return the description of a picture: in an attribute Markdown leaves entities such as `&lt;` as they are."""
    return html.unescape(element.get("alt") or "").strip()
