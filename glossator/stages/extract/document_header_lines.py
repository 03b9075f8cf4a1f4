"""Header lines at the head of a document or clipping: who wrote the text, when, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from bs4.element import NavigableString, Tag

from glossator.stages.extract.html.writer.markdown_writer import block_tags, text_of
from glossator.stages.extract.metadata.date_parsing import find_day, is_date_line, without_days
from glossator.stages.extract.metadata.header_lines import (
    HEADER_LINE,
    checked,
    field_of,
    names_of_byline,
    names_of_line,
)

_HEAD = 4
"""Blocks at the head of a text that may hold header lines: a standfirst may be among them."""
_LONGEST = 200
"""Characters of a header line."""
_FIELDS = frozenset(("source", "published", "saved", "authors"))
"""Fields that a single line may give; other keys are words of the text."""

Fields = dict[str, str | tuple[str, ...]]


class _HeaderBlock(msgspec.Struct, frozen=True):
    tag: Tag
    fields: Fields
    only_days: bool
    """True if it names nothing but a day, as entries of a diary do."""


def take_header(body: Tag, known: Mapping[str, object]) -> Fields:
    """Take the blocks that are only header lines out of a regular tree; return their fields.

    `known` are fields of the article that are certain: a block that says something else stays in the text.
    """
    found: Fields = {}
    tags = block_tags(body)
    blocks = [block for tag in tags[:_HEAD] if tag.name == "p" and (block := _header_block(tag))]
    if len(blocks) == len(tags) or all(block.only_days for block in blocks):
        return found
    for block in blocks:
        if all(known.get(name, value) == value for name, value in block.fields.items()):
            block.tag.extract()
            found = block.fields | found
    return found


def _header_block(tag: Tag) -> _HeaderBlock | None:
    lines = list(_lines(tag))
    by_line = [_fields(line, tag) for line in lines]
    if not lines or not all(by_line):
        return None
    fields: Fields = {}
    for own in by_line:
        fields |= own
    return _HeaderBlock(tag, fields, all(map(is_date_line, lines)))


def _lines(tag: Tag) -> Iterator[str]:
    pieces = (
        "\n" if isinstance(piece, Tag) else str(piece)
        for piece in tag.descendants
        if isinstance(piece, NavigableString) or (isinstance(piece, Tag) and piece.name == "br")
    )
    yield from filter(None, (" ".join(line.split()) for line in "".join(pieces).split("\n")))


def _fields(line: str, tag: Tag) -> Fields:
    """Return the fields that a line gives, if it gives nothing else."""
    if len(line) > _LONGEST:
        return {}
    labelled = HEADER_LINE.fullmatch(line)
    if labelled and (name := field_of(labelled["key"])) in _FIELDS:
        said = _target(labelled["value"], tag) if name == "source" else labelled["value"]
        value = names_of_byline(said) if name == "authors" else checked(str(name), said)
        return {str(name): value} if value else {}
    day = find_day(line)
    names = names_of_line(without_days(line).strip(" ,;|·•–—-")) or ""
    if authors := names_of_byline(names) if names else ():
        return {"authors": authors, "published": day} if day else {"authors": authors}
    return {"published": day} if day and is_date_line(line) else {}


def _target(value: str, tag: Tag) -> str:
    """Return the address that the value of a line is, or leads to; empty if there is more in it."""
    links = [str(link["href"]) for link in tag.find_all("a", href=True) if text_of(link) == value]
    return next(iter(links), "" if " " in value else value)
