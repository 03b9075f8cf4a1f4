"""A regular tree -> Markdown for Python-Markdown (tables, fenced_code, footnotes, sane_lists)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4.element import Tag

from glossator.stages.extract.escape_markdown import escape_start
from glossator.stages.extract.html.form.code_listings import LANGUAGE
from glossator.stages.extract.html.form.marked_meaning import DONE, OPEN
from glossator.stages.extract.html.parse.elements import HEADINGS, whole_number
from glossator.stages.extract.html.parse.parse_page import CALLOUT, CAPTION, NOTE, RELATED, TEXT_BLOCK
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.stages.extract.html.writer.inline_markdown import PLAIN, WHOLE, Style, inline, styled

_INDENT = "    "
_TOP = 2
"""Level of the article's highest heading: the page's template writes the title as level one."""
_ITEM = re.compile(r"-   |\d+\. ")
_RULE = "---"
_CLOSING = re.compile(r"(?:(?<![\\#])|(?<=\\#))#++$")
"""Signs that would be read as the end of a heading."""
_CELL = re.compile(r"\\.|(`++).*?(?<!`)\1(?!`)|\|")
"""Escaped characters, code, in which nothing can be escaped, and the character that would end a cell."""


@dataclass(slots=True)
class Writer:
    """Writer of one tree. State: the levels of the open headings, for an outline without jumps."""

    addresses: Addresses
    levels: list[int] = field(default_factory=list)

    def markdown(self, tree: Tag, definitions: Mapping[str, Tag]) -> str:
        """Write the tree's blocks, then the notes that they refer to."""
        blocks = [block for block in self._blocks(tree, PLAIN, nested=False) if block.strip()]
        while blocks and blocks[-1] == _RULE:
            blocks.pop()
        while blocks and blocks[0] == _RULE:
            blocks.pop(0)
        referred = dict.fromkeys(str(tag[NOTE]) for tag in tree.find_all(attrs={NOTE: True})) if blocks else {}
        blocks += [self._note(number, definitions[number]) for number in referred if number in definitions]
        return "\n\n".join(blocks) + "\n" if blocks else ""

    def _note(self, number: str, definition: Tag) -> str:
        blocks = self._within(definition, PLAIN)
        return f"[^{number}]: " + _indented("\n\n".join(block for block in blocks if block.strip()))

    def _blocks(self, container: Tag, style: Style, *, nested: bool) -> Iterator[str]:
        for child in container.children:
            if isinstance(child, Tag):
                yield from self._block(child, style, nested=nested)

    def _block(self, tag: Tag, style: Style, *, nested: bool) -> Iterator[str]:  # noqa: C901, PLR0912 -- a few lines each
        name = tag.name
        if name == "hr":
            yield _RULE
        elif name == "pre":
            yield _code(tag, nested=nested)
        elif name in ("ul", "ol"):
            yield self._list(tag, style)
        elif name == "table":
            yield from self._table(tag, style, nested=nested)
        elif name == "blockquote":
            blocks = self._blocks(tag, style, nested=True)
            if CALLOUT in tag.attrs:
                yield _quoted(f"[!{tag[CALLOUT]}] " + "\n\n".join(block for block in blocks if block.strip()))
            else:
                yield _quoted("\n\n".join(blocks))
        elif name == "img":
            yield self.addresses.image(tag)
        elif not is_text_block(tag):
            yield from self._blocks(tag, styled(tag, style, self.addresses), nested=nested)
        elif RELATED in tag.attrs:
            yield _quoted("[!related] " + inline(tag, self.addresses, breaks=False))
        elif name in HEADINGS and not nested:
            yield self._heading(tag, style)
        elif name in ("figcaption", "caption") or CAPTION in tag.attrs:
            yield inline(tag, self.addresses, style=style._replace(emphasis=WHOLE))
        elif name in ("dt", "summary", *HEADINGS):
            yield inline(tag, self.addresses, style=style._replace(strong=WHOLE))
        else:
            yield inline(tag, self.addresses, style=style)

    def _within(self, tag: Tag, style: Style, *, nested: bool = True) -> list[str]:
        """Return the blocks of an element that is a text block, or contains blocks."""
        if tag.name in ("ul", "ol"):
            return [self._list(tag, style)]
        if is_text_block(tag):
            return [inline(tag, self.addresses, style=style)]
        return list(self._blocks(tag, style, nested=nested))

    def _heading(self, tag: Tag, style: Style) -> str:
        words = inline(tag, self.addresses, style=style, breaks=False)
        if not text_of(tag):  # a picture in a heading is no heading
            return words
        level = int(tag.name[1])
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        marks = "#" * min(_TOP + len(self.levels), 6)
        self.levels.append(level)
        return f"{marks} " + _CLOSING.sub(lambda match: "\\#" * len(match[0]), escape_start(words))

    def _list(self, tag: Tag, style: Style) -> str:
        number = whole_number(str(tag.get("start") or ""), 1)
        items: list[list[str]] = []
        for item in _items(tag):
            if item.name in ("ul", "ol") and items:  # a list directly within a list belongs to the item before
                items[-1].append(self._list(item, style))
            elif blocks := [block for block in self._within(item, style) if block.strip()]:
                items.append(blocks)
        # A list that contains a loose list must be loose itself, or the text after would belong to the inner list.
        loose = any("\n\n" in block or not _ITEM.match(block) for blocks in items for block in blocks[1:])
        gap = "\n\n" if loose else "\n"
        markers = (f"{number + offset}." if tag.name == "ol" else "-" for offset in range(len(items)))
        texts = (_task(_indented(gap.join(blocks))) for blocks in items)
        return gap.join(marker.ljust(3) + " " + text for marker, text in zip(markers, texts, strict=True))

    def _table(self, table: Tag, style: Style, *, nested: bool) -> Iterator[str]:
        caption = table.find("caption")
        if isinstance(caption, Tag) and is_text_block(caption):
            yield inline(caption, self.addresses, style=style._replace(emphasis=WHOLE))
        cells = rows_of(table)
        grid = _without_empty_columns(grid_of(cells))
        width = len(grid[0]) if grid else 0
        if width < 2 or len(cells) < 2 or not all(_is_flat(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    yield from self._within(cell, style, nested=nested)
            return
        head, *rows = (self._row(row) for row in grid)
        again = [_is_head(row) for row in grid[1:]]  # the foot repeats the head, or each page of a long table does
        rows = [row for row, may_go in zip(rows, again, strict=True) if not (may_go and row == head)]
        yield "\n".join([head, "|" + " --- |" * width, *rows])

    def _row(self, row: list[Tag | None]) -> str:
        texts: list[str] = []
        for cell in row:
            blocks = [] if cell is None else _cell_blocks(cell)
            parts = [inline(block, self.addresses, breaks=False) for block in blocks]
            texts.append(_CELL.sub(_piped, " ".join(filter(None, parts))))
        return "| " + " | ".join(texts) + " |"


def is_text_block(tag: Tag) -> bool:
    return TEXT_BLOCK in tag.attrs


def block_tags(tree: Tag) -> list[Tag]:
    """Return the blocks that contain text, in the order of the page."""
    return tree.find_all(attrs={TEXT_BLOCK: True})


def text_of(tag: Tag) -> str:
    """Return the text of an element in one line."""
    return " ".join(tag.get_text().split())


def _items(tag: Tag) -> Iterator[Tag]:
    """Yield the items of a list, whatever elements are between the list and the items."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in ("li", "ul", "ol") or child.find("li") is None:
                yield child
            else:
                yield from _items(child)


def _cell_blocks(cell: Tag) -> list[Tag]:
    return [cell] if is_text_block(cell) else block_tags(cell)


def _piped(match: re.Match[str]) -> str:
    return "\\|" if match[0] == "|" else match[0]


def _is_flat(cell: Tag) -> bool:
    """True if a cell fits on one line: a few short paragraphs at most; otherwise the table is for layout."""
    if is_text_block(cell):
        return True
    if cell.find(("table", "pre", "blockquote", "figure", *HEADINGS)):
        return False
    return len(cell.find_all(("p", "li"))) <= 12


def _code(tag: Tag, *, nested: bool) -> str:
    """Write a fence at the outermost level, where alone Python-Markdown allows it; indent inside lists and quotes."""
    text = tag.get_text().strip("\n").rstrip().replace("\t", _INDENT)
    if not text.strip():
        return ""
    if nested:
        return _INDENT + text.replace("\n", "\n" + _INDENT)
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
    return f"{fence}{tag.get(LANGUAGE, '')}\n{text}\n{fence}"


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n")) if markdown.strip() else ""


def _task(item: str) -> str:
    """Write the sign of a task as Markdown does."""
    box = {DONE: "[x] ", OPEN: "[ ] "}.get(item[: len(OPEN)])
    return box + item[len(OPEN) :] if box else item


def _indented(markdown: str) -> str:
    return "\n".join(_INDENT + line if line and number else line for number, line in enumerate(markdown.split("\n")))


_WIDEST = 50
"""Columns or rows that a cell may span: a page may state any number."""
_MOST_CELLS = 100_000
"""Cells of a grid, with those that only fill its rows: one row of thousands of cells makes all others as long."""


def rows_of(table: Tag) -> list[list[Tag]]:
    """Return the cells of each row that has any, without those of tables within the table."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    return [cells for cells in (list(row.find_all(("td", "th"), recursive=False)) for row in rows) if cells]


def grid_of(rows: list[list[Tag]]) -> list[list[Tag | None]]:
    """Return rows of equal length; none if the grid would be too large.

    A cell stands where it begins; None where it spans, or where no cell is.
    """
    lines: list[list[Tag | None]] = []
    below: dict[int, int] = {}
    """Rows, from the present one, that a cell of an earlier row still covers, by column."""
    for cells in rows:
        line: list[Tag | None] = []
        covered, below = below, {column: left - 1 for column, left in below.items() if left > 1}
        for cell in cells:
            while covered.get(len(line), 0):
                line.append(None)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= {column: high - 1 for column in range(len(line), len(line) + wide) if high > 1}
            line += [cell, *[None] * (wide - 1)]
        lines.append(line)
    width = max(map(len, lines), default=0)
    if width * len(lines) > _MOST_CELLS:
        return []
    return [line + [None] * (width - len(line)) for line in lines]


def _is_head(row: list[Tag | None]) -> bool:
    """True if a row has no cell of data."""
    return all(cell is None or cell.name == "th" for cell in row)


def _without_empty_columns(grid: list[list[Tag | None]]) -> list[list[Tag | None]]:
    """Leave out columns without text and pictures, as of signs that a style draws."""
    columns = [
        column
        for column in range(len(grid[0]) if grid else 0)
        if any(cell is not None and (text_of(cell) or cell.find("img")) for cell in (line[column] for line in grid))
    ]
    return [[line[column] for column in columns] for line in grid]


def _span(cell: Tag, name: str) -> int:
    return min(whole_number(str(cell.get(name) or ""), 1) or 1, _WIDEST)
