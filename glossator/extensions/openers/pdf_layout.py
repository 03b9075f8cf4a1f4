"""Lines of printed pages -> paragraphs, headings and lists, without what each page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from statistics import median

import msgspec

EDGE = 0.12
"""Share of a page's height, at the top and at the bottom, in which its furniture stands."""
_REPEATED = 0.3
"""Share of the pages on which a line is repeated that is furniture; left and right pages may differ."""
_STEP = 4
"""Points."""
_HEADING = 1.15
"""Multiple of the body's size from which a line is a heading."""
_LONGEST_HEADING = 200
"""Characters."""
_LEVELS = 4
_SAME_SIZE = 1.1
"""Greatest ratio of the sizes of two lines of one paragraph; a line without descenders may measure less."""
_ROW = 0.5
"""Multiple of the size by which the tops of two parts of one row differ at most."""
_GAP = 1.45
"""Multiple of the usual distance between lines from which a paragraph ends."""
_SHORT = 0.85
"""Share of a column's width below which a line is the last of its paragraph, if a sentence ends there."""
_INDENT = 0.7
"""Multiple of the size by which the first line of a paragraph is indented."""
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"[•▪◦‣●■∙○⁃\uf0b7\uf0a7]\s*")
_HYPHENS = ("-", "\u2010", "\u00ad", "\x02", "\ufffe")
"""Marks at the end of a line that divides a word; pdfium reports the last two."""
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
_ADDRESS = re.compile(r"(https?://[^\s…]+)\s+\d{1,4}/\d{1,4}")
"""Foot of a page that Chromium prints: the page's address, or a part of it with an ellipsis, and the number."""


class PrintedLine(msgspec.Struct, frozen=True):
    """Line of a page; distances in points from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    size: float
    """Height of its letters with ascenders and descenders."""


class PrintedPage(msgspec.Struct, frozen=True):
    height: float
    lines: tuple[PrintedLine, ...]


@dataclass(slots=True)
class _Block:
    """Paragraph or heading. State: grows by the lines that belong to it."""

    lines: list[PrintedLine]
    parts: list[str] = field(default_factory=list)

    def add(self, line: PrintedLine) -> None:
        self.lines.append(line)

    @property
    def text(self) -> str:
        text = ""
        for line in self.lines:
            words = line.text.strip()
            if text.endswith(_HYPHENS) and words[:1].islower():
                text = text[:-1] + words
            else:
                text = f"{text} {words}" if text else words
        return "".join(character for character in text if character.isprintable())


def article_html(pages: Sequence[PrintedPage]) -> tuple[str, str]:
    """Return the text of pages as HTML, and the address that a browser printed on them; empty if none."""
    pages = [PrintedPage(page.height, tuple(_rows(page.lines))) for page in pages]
    furniture = _furniture(pages)
    kept = [
        PrintedPage(
            page.height, tuple(line for line in page.lines if not _is_furniture(line, page, furniture, len(pages)))
        )
        for page in pages
    ]
    blocks = list(_blocks(kept))
    levels = _levels(blocks, _body_size(kept))
    return f"<body>{''.join(_written(blocks, levels))}</body>", _address(pages)


def _rows(lines: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """Join lines that follow each other in one row; a raised number ends a line for pdfium."""
    row: PrintedLine | None = None
    for line in lines:
        if row is None:
            row = line
        elif abs(line.top - row.top) < _ROW * row.size and -1 <= line.left - row.right < row.size:
            longer = max(row, line, key=lambda part: len(part.text))
            row = PrintedLine(row.text + line.text, row.left, line.right, row.top, longer.size)
        else:
            yield row
            row = line
    if row:
        yield row


def _furniture(pages: Sequence[PrintedPage]) -> frozenset[tuple[str, int]]:
    """Return the lines that pages repeat at one place at their edges, with numbers made equal, and the place."""
    if len(pages) < 2:
        return frozenset()
    counts = Counter(
        repeated for page in pages for repeated in {_folded(line) for line in page.lines if _is_at_edge(line, page)}
    )
    least = max(2, _REPEATED * len(pages))
    return frozenset(repeated for repeated, count in counts.items() if count >= least)


def _is_furniture(line: PrintedLine, page: PrintedPage, furniture: frozenset[tuple[str, int]], pages: int) -> bool:
    return _is_at_edge(line, page) and (
        _folded(line) in furniture or (pages > 1 and bool(_NUMBER.fullmatch(line.text)))
    )


def _is_at_edge(line: PrintedLine, page: PrintedPage) -> bool:
    return line.top < EDGE * page.height or line.top + line.size > (1 - EDGE) * page.height


def _folded(line: PrintedLine) -> tuple[str, int]:
    """Return a line with numbers made equal, and its distance from the top in steps: text may repeat itself lower."""
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.top / _STEP)


def _address(pages: Sequence[PrintedPage]) -> str:
    found = Counter(
        match[1]
        for page in pages
        for line in page.lines
        if _is_at_edge(line, page) and (match := _ADDRESS.fullmatch(line.text.strip()))
    )
    return found.most_common(1)[0][0] if found else ""


def _body_size(pages: Sequence[PrintedPage]) -> float:
    """Return the size in which most letters are."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[_rounded(line.size)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _blocks(pages: Sequence[PrintedPage]) -> Iterator[_Block]:
    block: _Block | None = None
    for page in pages:
        pitch, widths = _pitch(page.lines), _right_edges(page.lines)
        previous: PrintedLine | None = None
        for line in page.lines:
            if block is None:
                block = _Block([line])
            elif _continues(block, line, (previous, pitch), widths):
                block.add(line)
            else:
                yield block
                block = _Block([line])
            previous = line
    if block:
        yield block


def _pitch(lines: Sequence[PrintedLine]) -> float:
    """Return the usual distance between the tops of two lines of a page."""
    steps = [below.top - above.top for above, below in pairwise(lines) if below.top > above.top + 1]
    return median(steps) if steps else 0.0


def _right_edges(lines: Sequence[PrintedLine]) -> dict[int, float]:
    """Return the right edge of each column, by the left edge in tens of points."""
    edges: dict[int, float] = {}
    for line in lines:
        column = int(line.left // 10)
        edges[column] = max(edges.get(column, 0.0), line.right)
    return edges


def _continues(
    block: _Block, line: PrintedLine, before: tuple[PrintedLine | None, float], edges: dict[int, float]
) -> bool:
    """True if a line belongs to the paragraph before it. `before` is the line above on the page, and the usual step."""
    last, (previous, pitch) = block.lines[-1], before
    ratio = max(line.size, last.size, 0.1) / max(min(line.size, last.size), 0.1)
    if ratio > _SAME_SIZE or _BULLET.match(line.text):
        return False
    if previous is None or line.top < last.top - line.size:  # another page or column
        return not _ENDS.search(last.text.strip()) and line.text.strip()[:1].islower()
    step = line.top - last.top
    if step > _GAP * min(pitch or step, 2.5 * line.size):
        return False
    if line.left > last.left + _INDENT * line.size and len(block.lines) > 1:
        return False
    edge = edges.get(int(last.left // 10), last.right)
    short = last.right - last.left < _SHORT * (edge - last.left)
    return not (short and _ENDS.search(last.text.strip()))


def _levels(blocks: Iterable[_Block], body: float) -> dict[float, int]:
    """Return the level of heading of each size that is larger than the body's."""
    sizes = {_rounded(block.lines[0].size) for block in blocks if _is_heading(block, body)}
    return {size: min(level, _LEVELS) for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _is_heading(block: _Block, body: float) -> bool:
    return block.lines[0].size >= _HEADING * body and sum(len(line.text) for line in block.lines) <= _LONGEST_HEADING


def _written(blocks: Iterable[_Block], levels: dict[float, int]) -> Iterator[str]:
    inside = False
    for block in blocks:
        text = block.text.strip()
        bullet = _BULLET.match(text)
        if bool(bullet) != inside:
            yield "</ul>" if inside else "<ul>"
            inside = bool(bullet)
        level = levels.get(_rounded(block.lines[0].size))
        heading = level if level and len(text) <= _LONGEST_HEADING else None
        tag = "li" if bullet else f"h{heading}" if heading else "p"
        words = text[bullet.end() :] if bullet else text
        if words:
            yield f"<{tag}>{escape(words, quote=False)}</{tag}>"
    if inside:
        yield "</ul>"
