"""Opening of a document or clipping before its text: title, excerpt, links to a service, header lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec
from bs4.element import NavigableString, Tag

from glossator.stages.extract.html.writer.markdown_writer import block_tags, text_of
from glossator.stages.extract.metadata.article_metadata import title_of_file
from glossator.stages.extract.metadata.date_parsing import find_day, is_date_line, without_days
from glossator.stages.extract.metadata.header_lines import (
    HEADER_LINE,
    checked,
    field_of,
    names_of_byline,
    names_of_line,
)
from glossator.text import bare_words

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


def take_header(body: Tag, certain: Mapping[str, object]) -> Fields:
    """Take the blocks that are only header lines out of a regular tree; return their fields.

    `certain` are fields of the article that no line changes: a block that contradicts them stays in the text.
    """
    taken: Fields = {}
    tags = block_tags(body)
    blocks = [block for tag in tags[:_HEAD] if tag.name == "p" and (block := _header_block(tag))]
    if len(blocks) == len(tags) or all(block.only_days for block in blocks):
        return taken
    for block in blocks:
        if all(certain.get(name, value) == value for name, value in block.fields.items()):
            block.tag.extract()
            taken = block.fields | taken
    return taken


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
        content = _target(labelled["value"], tag) if name == "source" else labelled["value"]
        value = names_of_byline(content) if name == "authors" else checked(str(name), content)
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


_LONGEST_TITLE = 20
"""Words that a first line may have if it is to be the title."""
_SERVICE_LINKS = re.compile(
    r"#omnivore|(?:#\w+ )?(?:read on omnivore|read original|view original)(?: read original)?", re.IGNORECASE
)


class Opening(msgspec.Struct, frozen=True):
    title: str
    origin: str
    """Origin of the title."""
    excerpt: str
    source: str
    """The article's address, if a link says that it leads to the original."""


def take_opening(body: Tag, title: str, stem: str) -> Opening:
    """Take the opening out of a regular tree.

    `title` is the front matter's; `stem` of the file's name is the last resort.
    """
    origin = "front matter"
    if not title:
        title, origin = _own_title(body)
    elif (first := next(iter(block_tags(body)), None)) is not None and folded(text_of(first)) == folded(title):
        first.extract()
    source = _service_links(body)
    return Opening(title or title_of_file(stem), origin or "file name", _excerpt(body), source)


def folded(text: str) -> str:
    """Return a title without what differs between two ways to write it."""
    return bare_words(text).replace(" ", "")


def _own_title(body: Tag) -> tuple[str, str]:
    """Take out the first heading of the first level, or a short first line that does not end like a sentence."""
    blocks = block_tags(body)
    heading = next((block for block in blocks if block.name == "h1" and text_of(block)), None)
    if heading is not None:
        heading.extract()
        return text_of(heading), "heading"
    text = text_of(blocks[0]) if blocks and blocks[0].name == "p" and blocks[0].parent is body else ""
    if (
        re.match(r"[\w\"“‘'«¿¡(]", text)
        and len(text.split()) <= _LONGEST_TITLE
        and text[-1] not in ".,;:。．，；："
        and "\n" not in blocks[0].get_text().strip()
        and blocks[0].find("img") is None
    ):
        blocks[0].extract()
        return text, "first line"
    return "", ""


def _excerpt(body: Tag) -> str:
    """Take out the quotation headed "Excerpt" that MarkDownload puts on top, and the rule below."""
    quote = next((tag for tag in body.children if isinstance(tag, Tag)), None)
    blocks = block_tags(quote) if quote is not None and quote.name == "blockquote" else []
    if quote is None or not blocks or text_of(blocks[0]).lower() != "excerpt" or not blocks[0].name.startswith("h"):
        return ""
    rule = quote.find_next_sibling()
    if rule is not None and rule.name == "hr":
        rule.extract()
    quote.extract()
    return " ".join(text_of(block) for block in blocks[1:])


def _service_links(body: Tag) -> str:
    """Take out Omnivore's lines of links; return the address that its "Read Original" leads to."""
    source = ""
    for block in block_tags(body)[:3]:
        if _SERVICE_LINKS.fullmatch(text_of(block)):
            links = block.find_all("a", href=True)
            source = next((str(link["href"]) for link in links if "original" in link.get_text().lower()), source)
            block.extract()
    return source
