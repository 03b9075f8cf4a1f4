"""Text of long blocks, read in pieces: Python-Markdown looks for the end of each sign in all that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

LONGEST_PIECE = 10_000
"""Characters that are read at once. No paragraph that people write is longer; in one that is, an emphasis or a link
over the end of a piece is shown as it is written."""
MOST_BRACKETS = 100
"""Opening brackets that are read at once. A text is not divided before it has four times as many."""
_CUT = re.compile(r"\s|[\x02&*_\[`<\\~!](?<![*_`~\\!]{2})")
_PIECE = "piece"
"""A place at which a piece may end: before a space, or before a character that may begin something."""
_SIGN = re.compile(r"[\x02&*_\[`<\\~=]|  \n")
"""A beginning of something that Python-Markdown finds."""


class _Divide(Treeprocessor):
    """Puts the pieces of a long text into elements of their own, before text is read."""

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            text = element.text or ""
            if isinstance(text, AtomicString) or not _is_long(text):
                continue
            element.text = None
            for place, piece in enumerate(_pieces(text)):
                inner = Element(_PIECE)
                inner.text = piece if _SIGN.search(piece) else AtomicString(piece)
                element.insert(place, inner)


class _Join(Treeprocessor):
    """Takes the pieces out of their elements, once text is read."""

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element.find(_PIECE) is None:
                continue
            nodes, texts = list(_nodes(element)), list[str]()
            element[:] = []
            for node in (*nodes, None):
                if isinstance(node, str):
                    texts.append(node)
                    continue
                text, texts = "".join(texts) or None, []
                if len(element):
                    element[-1].tail = text
                else:
                    element.text = text
                if node is not None:
                    element.append(node)


def _nodes(element: Element) -> Iterator[Element | str]:
    """Yield the texts and elements in an element, those in its pieces among them."""
    yield element.text or ""
    for child in element:
        if child.tag == _PIECE:
            yield from _nodes(child)
        else:
            yield child
        yield child.tail or ""


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_PIECE or text.count("[") > 4 * MOST_BRACKETS


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces, cut between words outside brackets if there are any, never in a character reference."""
    start = 0
    while start < len(text):
        piece = text[start : start + LONGEST_PIECE]
        brackets = [bracket.start() for bracket in islice(re.finditer(r"\[", piece), MOST_BRACKETS + 1)]
        if len(brackets) > MOST_BRACKETS:
            piece = piece[: brackets[-1]]
        end = len(piece)
        if start + end < len(text):
            cuts = [cut.start() for cut in _CUT.finditer(piece, end - end // 10)]
            spaces = [cut for cut in cuts if piece[cut].isspace()]
            outside = (cut for cut in reversed(spaces) if piece.count("[", 0, cut) == piece.count("]", 0, cut))
            end = next(outside, (spaces or cuts or [end])[-1])
        yield piece[:end]
        start += end


def register(parser: Markdown) -> None:
    """Make a parser read long texts in pieces."""
    parser.treeprocessors.register(_Divide(parser), "divide", 21)
    parser.treeprocessors.register(_Join(parser), "join", 19)
