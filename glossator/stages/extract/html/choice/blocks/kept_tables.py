"""Tables of data and of contents within the chosen text, which stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import BETWEEN, ELSEWHERE, TextBlock

_TABLE = 0.3
"""Share of a table's words that are in the chosen text, or in no link, for the table to stay."""
_CONTENTS = 3
"""Entries of a table of contents, at least."""
_NEARLY = 0.9
"""Share of its entries that lead within the page."""
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


def keep_contents(inside: Sequence[TextBlock]) -> None:
    """Keep the article's table of contents, a list of links within the page, whole."""
    retained = [number for number, block in enumerate(inside) if block.stays]
    lists: dict[HtmlElement, list[TextBlock]] = {}
    for block in inside[retained[0] : retained[-1] + 1] if retained else ():
        outermost = next((tag for tag in reversed(block.around) if tag.tag in ("ul", "ol")), None)
        if outermost is not None and block.tokens:
            lists.setdefault(outermost, []).append(block)
    for entries in lists.values():
        within = sum(block.leads_elsewhere and _leads_within(block.tag) for block in entries)
        if within >= _CONTENTS and within > _NEARLY * len(entries):
            for block in entries:
                if not block.stays:
                    block.keep(BETWEEN)


def _leads_within(tag: HtmlElement) -> bool:
    return all(len(link.get("href", "")) > 1 and link.get("href", "")[0] == "#" for link in tag.iter("a"))


def drop_bare_heads(blocks: Sequence[TextBlock]) -> None:
    """Drop the head of a table of which nothing else stays, such as one whose cells are pictures of products."""
    tables: dict[HtmlElement, list[TextBlock]] = {}
    for block in blocks:
        table = next((tag for tag in block.around if tag.tag == "table"), None)
        if table is not None:
            tables.setdefault(table, []).append(block)
    for cells in tables.values():
        staying = [block for block in cells if block.stays and block.tokens]
        if len(staying) < len(cells) and all(_is_head(block) for block in staying):
            for block in staying:
                block.drop(ELSEWHERE)


def _is_head(block: TextBlock) -> bool:
    return any(tag.tag in ("th", "thead") for tag in (block.tag, *block.around[:3]))


def _holds_data(table: HtmlElement, cells: list[TextBlock]) -> bool:
    """True if a table is not for layout: several rows of short cells."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    nested = table.find(".//table") is not None
    return len(rows) > 1 and not nested and max(len(block.tokens) for block in cells) <= _CELL
