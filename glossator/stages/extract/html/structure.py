"""A regular tree -> Markdown matched to Python-Markdown (tables, fenced_code, footnotes, sane_lists)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.element import NavigableString, Tag

from glossator.stages.extract.escape import escape_start
from glossator.stages.extract.html.addresses import Addresses
from glossator.stages.extract.html.inline import Run, inline
from glossator.stages.extract.html.notes import Notes
from glossator.stages.extract.html.page import HEADINGS, NOTE, RELATED, is_leaf, leaves

_INDENT = "    "
_TOP = 2
"""The page's own template writes the title as the heading of level one."""
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|highlight(?:-source)?|brush:?|sourceCode)[-\s:]+([\w+#-]{1,20})")
_LINE_NUMBERS = re.compile(r"\b(?:line-?no?s?|line-?numbers?(?:-rows)?|lnt|ln|gutter|blob-num)\b", re.IGNORECASE)
_ITEM = re.compile(r"-   |\d+\. ")
_CAPTION = Run("", emphasis=True)
_TERM = Run("", strong=True)


@dataclass(slots=True)
class Writer:
    """Writes one tree. State: the levels of the headings that are open, for an outline without jumps."""

    addresses: Addresses
    levels: list[int] = field(default_factory=list)

    def markdown(self, tree: Tag, notes: Notes) -> str:
        """The tree's blocks, then the notes that they refer to."""
        blocks = [block for block in self._blocks(tree, nested=False) if block.strip()]
        while blocks and blocks[-1] == _RULE:
            blocks.pop()
        while blocks and blocks[0] == _RULE:
            blocks.pop(0)
        referred = dict.fromkeys(str(tag[NOTE]) for tag in tree.find_all(_refers))
        blocks += [self._note(number, notes.definitions[number]) for number in referred] if blocks else []
        return "\n\n".join(blocks) + "\n" if blocks else ""

    def _note(self, number: str, definition: Tag) -> str:
        blocks = [self._paragraph(definition)] if is_leaf(definition) else self._blocks(definition, nested=True)
        return f"[^{number}]: " + _indented("\n\n".join(block for block in blocks if block.strip()))

    def _blocks(self, container: Tag, *, nested: bool) -> Iterator[str]:
        for child in container.children:
            if isinstance(child, Tag):
                yield from self._block(child, nested=nested)

    def _block(self, tag: Tag, *, nested: bool) -> Iterator[str]:  # noqa: C901 -- one line for each kind
        name = tag.name
        if name == "hr":
            yield _RULE
        elif name == "pre":
            yield _code(tag, nested=nested)
        elif name in ("ul", "ol"):
            yield self._list(tag)
        elif name == "table":
            yield from self._table(tag, nested=nested)
        elif name == "blockquote":
            yield _quoted("\n\n".join(self._blocks(tag, nested=True)))
        elif name == "img":
            yield self.addresses.image(tag)
        elif not is_leaf(tag):
            yield from self._blocks(tag, nested=nested)
        elif RELATED in tag.attrs:
            yield _quoted("[!related] " + inline(tag, self.addresses, breaks=False))
        elif name in HEADINGS and not nested:
            yield self._heading(tag)
        elif name in ("figcaption", "caption"):
            yield inline(tag, self.addresses, style=_CAPTION)
        elif name in ("dt", "summary", *HEADINGS):
            yield inline(tag, self.addresses, style=_TERM)
        else:
            yield self._paragraph(tag)

    def _paragraph(self, tag: Tag) -> str:
        outer = tag.find_parent("a")
        href = self.addresses.link(str(outer.get("href") or "")) if outer else ""
        return inline(tag, self.addresses, style=Run("", href=href))

    def _heading(self, tag: Tag) -> str:
        words = inline(tag, self.addresses, breaks=False)
        if not words:
            return ""
        level = int(tag.name[1])
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        marks = "#" * min(_TOP + len(self.levels), 6)
        self.levels.append(level)
        return f"{marks} " + re.sub(r"(#+)$", r"\\\1", escape_start(words))

    def _list(self, tag: Tag) -> str:
        number = int(start) if (start := str(tag.get("start") or "1")).isdigit() and len(start) < 5 else 1
        items, loose = [], False
        for item in tag.children:
            if not isinstance(item, Tag):
                continue
            marker = f"{number}." if tag.name == "ol" else "-"
            blocks = self._item(item)
            if not blocks:
                continue
            number += 1
            loose = loose or not all(_ITEM.match(block) for block in blocks[1:])
            lead = marker.ljust(3) + " "
            items.append((lead, blocks))
        return ("\n\n" if loose else "\n").join(
            lead + _indented(("\n\n" if loose else "\n").join(blocks)) for lead, blocks in items
        )

    def _item(self, item: Tag) -> list[str]:
        if item.name in ("ul", "ol"):
            return [self._list(item)]
        blocks = [self._paragraph(item)] if is_leaf(item) else list(self._blocks(item, nested=True))
        return [block for block in blocks if block.strip()]

    def _table(self, table: Tag, *, nested: bool) -> Iterator[str]:
        caption = table.find("caption")
        if isinstance(caption, Tag) and is_leaf(caption):
            yield inline(caption, self.addresses, style=_CAPTION)
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        cells = [list(row.find_all(("td", "th"), recursive=False)) for row in rows]
        cells = [row for row in cells if row]
        width = max((sum(_span(cell) for cell in row) for row in cells), default=0)
        if nested or width < 2 or len(cells) < 2 or not all(_is_flat(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    yield from [self._paragraph(cell)] if is_leaf(cell) else self._blocks(cell, nested=nested)
            return
        lines = [self._row(row, width) for row in cells]
        yield "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def _row(self, row: list[Tag], width: int) -> str:
        texts: list[str] = []
        for cell in row:
            parts = [inline(leaf, self.addresses, breaks=False) for leaf in _cell_leaves(cell)]
            texts += [" ".join(filter(None, parts)).replace("|", "\\|"), *[""] * (_span(cell) - 1)]
        texts = (texts + [""] * width)[:width]
        return "| " + " | ".join(texts) + " |"


_RULE = "---"


def _refers(tag: Tag) -> bool:
    return NOTE in tag.attrs


def _cell_leaves(cell: Tag) -> list[Tag]:
    return [cell] if is_leaf(cell) else leaves(cell)


def _span(cell: Tag) -> int:
    span = str(cell.get("colspan") or "1")
    return min(int(span), 50) if span.isdigit() and int(span) else 1


def _is_flat(cell: Tag) -> bool:
    """Whether a cell fits on one line: a few short paragraphs at most; otherwise the table is there for the layout."""
    if cell.find(("table", "pre", "blockquote", "figure", *HEADINGS)):
        return False
    return len(cell.find_all(("p", "li"))) <= 12


def _code(tag: Tag, *, nested: bool) -> str:
    """A fence at the outermost level, where alone Python-Markdown knows it; inside lists and quotes by indentation."""
    for extra in tag.find_all(class_=_LINE_NUMBERS):
        extra.extract()
    for line in tag.find_all("br"):
        line.replace_with(NavigableString("\n"))
    text = tag.get_text().strip("\n").rstrip().replace("\t", _INDENT)
    if not text:
        return ""
    if nested:
        return _INDENT + text.replace("\n", "\n" + _INDENT)
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
    return f"{fence}{_language(tag)}\n{text}\n{fence}"


def _language(tag: Tag) -> str:
    inner = tag.find("code")
    for holder in (inner, tag, tag.parent, tag.parent.parent if tag.parent else None):
        if isinstance(holder, Tag):
            named = str(holder.get("data-lang") or holder.get("data-language") or "")
            found = _LANGUAGE.search(" ".join(holder.get("class") or ()))
            if named or found:
                return re.sub(r"[^\w+#-]", "", named or (found[1] if found else "")).lower()
    return ""


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n")) if markdown.strip() else ""


def _indented(markdown: str) -> str:
    return "\n".join(_INDENT + line if line and number else line for number, line in enumerate(markdown.split("\n")))
