"""Tables of data within the chosen text, which stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import BETWEEN, TextBlock

_TABLE = 0.3
"""Share of a table's words that are in the chosen text, or in no link, for the table to stay."""
_CELL = 60
"""Words of the longest block in a cell of a table that contains data."""


def keep_tables(inside: Sequence[TextBlock]) -> None:
    """Keep tables of data within the text whole: short cells cannot be found in a text."""
    retained = [number for number, block in enumerate(inside) if block.stays]
    tables: dict[HtmlElement, list[TextBlock]] = {}
    for block in inside[retained[0] : retained[-1] + 1] if retained else ():
        table = next((tag for tag in block.around if tag.tag == "table"), None)
        if table is not None:
            tables.setdefault(table, []).append(block)
    for table, cells in tables.items():
        whole = sum(len(block.tokens) for block in cells)
        solid = sum(len(block.tokens) for block in cells if block.stays or not block.leads_elsewhere)
        if solid >= _TABLE * whole and _holds_data(table, cells):
            for block in cells:
                if not block.stays:
                    block.keep(BETWEEN)


def _holds_data(table: HtmlElement, cells: list[TextBlock]) -> bool:
    """True if a table is not for layout: several rows of short cells."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    nested = table.find(".//table") is not None
    return len(rows) > 1 and not nested and max(len(block.tokens) for block in cells) <= _CELL
