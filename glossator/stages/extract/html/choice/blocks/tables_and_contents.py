"""Tables of data, which stay whole within a text, and tables of contents, which go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import unquote

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import BETWEEN, ELSEWHERE, TextBlock
from glossator.stages.extract.html.parse.elements import HEADINGS, whole_number
from glossator.stages.extract.text_comparison import run_of

_TABLE = 0.3
"""Share of a table's words that are in the chosen text, or in no link, for the table to stay."""
_CONTENTS = 3
"""Links of a table of contents, at least: an entry each, or all in one line."""
_ALIKE = 0.8
"""Share of rows with equally many cells from which a table without a head contains data."""
_COPIES = 2
"""Tables with the same words that contain data; a widget, such as that of stars, is there for each of many things."""
_CELL = 60
"""Words of the longest block in a cell of a table that contains data."""


def keep_tables(inside: Sequence[TextBlock]) -> None:
    """Keep tables of data within the text whole: short cells cannot be found in a text."""
    retained = [number for number, block in enumerate(inside) if block.stays]
    within = inside[retained[0] : retained[-1] + 1] if retained else ()
    tables: dict[HtmlElement, list[TextBlock]] = {table: [] for block in within for table in _tables(block)}
    for block in inside:  # the head of a table, and its last row, may be outside of what stays
        for table in _tables(block):
            tables.get(table, []).append(block)
    words = {table: [token for block in cells for token in block.tokens] for table, cells in tables.items()}
    copies = Counter(map(run_of, words.values()))
    for table, cells in tables.items():
        whole = len(words[table])
        solid = sum(len(block.tokens) for block in cells if block.stays or not block.leads_elsewhere)
        is_widget = copies[run_of(words[table])] > _COPIES
        if solid >= _TABLE * whole and not is_widget and _holds_data(table, cells):
            for block in cells:
                if not block.stays:
                    block.keep(BETWEEN)


def _tables(block: TextBlock) -> list[HtmlElement]:
    """Return the table that a block is in, if any."""
    return [tag for tag in block.around if tag.tag == "table"][:1]


def drop_contents(blocks: Sequence[TextBlock]) -> None:
    """Drop tables of contents, entries one after another that lead within the page, each with its label.

    The site makes one of the headings that stay.
    """
    texts = [block for block in blocks if block.tokens]
    targets = _targets(texts[0].tag) if texts else frozenset()
    runs = groupby(range(len(texts)), lambda number: _leads_within(texts[number], targets))
    for entries in [list(run) for is_contents, run in runs if is_contents]:
        if sum(1 for number in entries for _ in texts[number].tag.iter("a")) < _CONTENTS:
            continue
        label = entries[0] - 1
        if label >= 0 and _holds_only(texts, label, entries[-1]):
            entries.insert(0, label)
        for number in entries:
            texts[number].drop(ELSEWHERE)


def _targets(tag: HtmlElement) -> frozenset[str]:
    """Return the names of what can be led to in a page."""
    return frozenset(map(str, tag.getroottree().xpath("//@id | //a/@name")))


def _leads_within(block: TextBlock, targets: frozenset[str]) -> bool:
    """True if a block is an entry that leads to a place of its page, by whatever address of the page."""
    if block.tag.tag in HEADINGS or not block.leads_elsewhere:
        return False
    links = [link.get("href", "").partition("#")[2] for link in block.tag.iter("a")]
    return bool(links) and all(link and unquote(link) in targets for link in links)


def _holds_only(texts: Sequence[TextBlock], first: int, last: int) -> bool:
    """True if an element holds the blocks from the first to the last, and no others."""
    around = next((tag for tag in texts[last].around if tag in texts[first].around), None)
    beside = (texts[number] for number in (first - 1, last + 1) if 0 <= number < len(texts))
    return all(around not in block.around for block in beside)


def _holds_data(table: HtmlElement, cells: list[TextBlock]) -> bool:
    """True if a table is not for layout, by its role or by uneven rows without a head: several rows of short cells."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    if len(rows) <= 1 or table.find(".//table") is not None or table.get("role") in ("none", "presentation"):
        return False
    headed = next(table.iter("th", "caption"), None) is not None or table.find(".//td[@rowspan]") is not None
    widths = Counter(sum(whole_number(cell.get("colspan", ""), 1) for cell in row) for row in rows)
    even = headed or max(widths.values()) >= _ALIKE * len(rows)
    return even and max(len(block.tokens) for block in cells) <= _CELL
