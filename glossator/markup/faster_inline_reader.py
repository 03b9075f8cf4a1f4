"""Emphasis, links and characters within a block, in time that grows with the text and not with its square.

Python-Markdown copies the text of a block at each find, and looks for the end of each bracket in all that follows. A
long block is therefore read in pieces, and a bracket that is known to have no end is not searched for again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

USE_PIECES = True
"""Read blocks in pieces, through private methods of Python-Markdown; False uses Python-Markdown as it comes."""
LONGEST_PIECE = 10_000
"""Characters of a block that are read in one piece. No paragraph that people write is longer; in one that is, an
emphasis or a link over the end of a piece is shown as it is written."""
_CUT = re.compile(r"\s|[\x02&*_\[`<\\~!](?<![*_`~\\!]{2})")
"""A place at which a piece may end: before a space, or before a character that may begin something."""
_BRACKET = re.compile(r"[\[\]]")
_BEGINNINGS = ("[", "*", "_", "&", "<", "`", "\\", "~~", "==", "  \n")
"""Beginnings of all that the registered patterns find: most pieces have none, and no pattern need be tried."""


class _Bracketed(LinkInlineProcessor):
    """A reader of brackets. State: those without an end in the block that is being read.

    They are known by their distance from the block's end, which stays although links before them are replaced.
    """

    endless: frozenset[int] | None = None

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 -- Python-Markdown's name
        """Return the text that a bracket encloses; `index` is the position after the bracket."""
        if self.endless is not None and len(data) - index in self.endless:
            return "", index, False
        text, end, found = super().getText(data, index)
        if not found:
            self.endless = _endless(data, index - 1)
        return text, end, found

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 -- Python-Markdown's name
        """Return address and title of a link, and the position after it."""
        if not data.startswith("(", index) or data.find(")", index) < 0:
            return "", None, index, False
        return super().getLink(data, index)


def _endless(data: str, start: int) -> frozenset[int]:
    """Return the distances from the end of the text of what follows each bracket that nothing closes."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(data, start):
        if bracket[0] == "[":
            opened.append(bracket.end())
        elif opened:
            opened.pop()
    return frozenset(len(data) - end for end in opened)


class _Link(_Bracketed):
    pass


class _Image(_Bracketed, ImageInlineProcessor):
    pass


class _Reference(_Bracketed, ReferenceInlineProcessor):
    pass


class _ShortReference(_Bracketed, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Bracketed, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bracketed, ShortImageReferenceInlineProcessor):
    pass


_READERS: Mapping[str, tuple[type[_Bracketed], int]] = MappingProxyType(
    {
        "reference": (_Reference, 170),
        "link": (_Link, 160),
        "image_link": (_Image, 150),
        "image_reference": (_ImageReference, 140),
        "short_reference": (_ShortReference, 130),
        "short_image_ref": (_ShortImageReference, 125),
    }
)
"""Readers by the names of those that they replace, with their priorities, which stay."""


class _InlineReader(treeprocessors.InlineProcessor):
    """Python-Markdown's reader of the text in blocks, by pieces."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read the text of every element. Python-Markdown does the same, and moves all that wait for each that is read.

        `ancestors` are the tags above the tree.
        """
        self.stashed_nodes = {}
        waiting = deque([(tree, [*(ancestors or ()), tree.tag.lower()])])
        while waiting:
            element, self.ancestors = waiting.popleft()
            made: list[tuple[Element, list[Element]]] = []
            for child in element:  # what is made of a tail follows it, and is visited next
                if child.text and not isinstance(child.text, AtomicString):
                    made.append((child, self._read_text(child)))
                    above = [*self.ancestors, child.tag.lower()]
                    waiting.extend((inner, [*above, inner.tag.lower()]) for inner in made[-1][1] if len(inner))
                if child.tail:
                    self._read_tail(element, child)
                if len(child):
                    waiting.append((child, [*self.ancestors, child.tag.lower()]))
            for child, inside in made:
                child[0:0] = inside
        return tree

    def _read_text(self, element: Element) -> list[Element]:
        """Read the text of an element; return the elements that are made of it, and leave its text before them."""
        if _is_plain(element.text or ""):
            return []
        self.ancestors.append(element.tag.lower())
        text, element.text = element.text or "", None
        made = self._InlineProcessor__processPlaceholders(self._InlineProcessor__handleInline(text), element)
        self.ancestors.pop()
        return [inner for inner, _ in made]

    def _read_tail(self, parent: Element, element: Element) -> None:
        """Read the text that follows an element."""
        if _is_plain(element.tail or ""):
            return
        holder = Element("d")
        tail, element.tail = self._InlineProcessor__handleInline(element.tail or ""), None
        made = self._InlineProcessor__processPlaceholders(tail, holder, False)
        element.tail = holder.tail or None
        if made:
            after = list(parent).index(element) + 1
            parent[after:after] = [inner for inner, _ in made]

    def _InlineProcessor__processPlaceholders(  # noqa: N802 -- Python-Markdown's private name
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803 -- and its argument
    ) -> list[tuple[Element, list[str]]]:
        """Return the elements that a text holds. Characters are put in first, together: each would copy the text."""
        if data and not isinstance(data, AtomicString):
            data = INLINE_PLACEHOLDER_RE.sub(self._characters, data)
        made: list[tuple[Element, list[str]]]
        made = super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc]
        return made

    def _characters(self, placeholder: re.Match[str]) -> str:
        """Return the characters that a placeholder stands for, or the placeholder if it stands for an element."""
        node = self.stashed_nodes.get(placeholder[1])
        return node if isinstance(node, str) else placeholder[0]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 -- Python-Markdown's private name
        if isinstance(data, AtomicString):
            return data
        read = self._read_piece
        return "".join(read(piece, patternIndex) for piece in _pieces(data))

    def _read_piece(self, data: str, first: int) -> str:
        """Replace what each pattern finds in a piece; `first` is the index of the first pattern."""
        if not _may_begin(data):
            return data
        for index in range(first, len(self.inlinePatterns)):
            pattern = self.inlinePatterns[index]
            outer = getattr(pattern, "endless", None)
            if isinstance(pattern, _Bracketed):
                pattern.endless = None
            start, found = 0, True
            while found:
                data, found, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
            if isinstance(pattern, _Bracketed):
                pattern.endless = outer
        return data


def _is_plain(text: str) -> bool:
    """True if no pattern finds anything in a text, and the text has no placeholder."""
    return "\x02" not in text and not _may_begin(text)


def _may_begin(text: str) -> bool:
    return any(map(text.__contains__, _BEGINNINGS))


def _pieces(data: str) -> Iterator[str]:
    """Yield a text in pieces, cut between words if there are any, and never within a character reference."""
    start = 0
    while len(data) - start > LONGEST_PIECE:
        end = start + LONGEST_PIECE
        cuts = [cut.start() for cut in _CUT.finditer(data, end - LONGEST_PIECE // 10, end)]
        spaces = [cut for cut in cuts if data[cut].isspace()]
        end = (spaces or cuts or [end])[-1]
        yield data[start:end]
        start = end
    yield data[start:]


def register(parser: Markdown) -> None:
    """Make a parser read the text of its blocks in this way, if USE_PIECES."""
    if not USE_PIECES:
        return
    patterns = parser.inlinePatterns
    for name, (reader, priority) in _READERS.items():
        patterns.register(reader(patterns[name].pattern, parser), name, priority)
    parser.treeprocessors.register(_InlineReader(parser), "inline", 20)
