"""Cells of a table by row and column, as the HTML standard forms a table ("forming a table")."""

from __future__ import annotations

from bs4.element import Tag

from glossator.stages.extract.html.parse.elements import whole_number

_WIDEST = 50
"""Columns or rows that a cell may span: a page may state any number."""


def rows_of(table: Tag) -> list[list[Tag]]:
    """Return the cells of each row that has any, without those of tables within the table."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    return [cells for cells in (list(row.find_all(("td", "th"), recursive=False)) for row in rows) if cells]


def grid_of(rows: list[list[Tag]]) -> list[list[Tag | None]]:
    """Return rows of equal length. A cell stands where it begins; None where it spans, or where no cell is."""
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
    return [line + [None] * (width - len(line)) for line in lines]


def _span(cell: Tag, name: str) -> int:
    return min(whole_number(str(cell.get(name) or ""), 1) or 1, _WIDEST)
