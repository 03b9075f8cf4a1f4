"""Document that is an article as a whole, as HTML -> article. Nothing is left out: there is no page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from bs4.element import NavigableString, Tag
from lxml.html import HtmlElement

from glossator.config import ExtractSettings
from glossator.local_pictures import BESIDE
from glossator.model import Conversion, Extracted
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.form.notes import take_notes
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.opening_lines import folded, take_header
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.stages.extract.html.writer.markdown_writer import Writer, block_tags, text_of
from glossator.stages.extract.html.writer.pictures import Pictures
from glossator.stages.extract.html.writer.tree_for_writer import held_notes, set_aside, soup, whole
from glossator.stages.extract.metadata.article_metadata import title_of_file
from glossator.stages.extract.metadata.language import guess_language
from glossator.stages.extract.opened_file import Part, Unreadable
from glossator.text import one_line

READER = "document 3"
"""Version, raised when the rules change the output."""

LARGEST = 20_000_000
"""Characters, without pictures."""
MOST_MARKS = 600_000
"""Openings of tags: a tree needs a kilobyte for each."""
_TOO_LARGE = f"It has more than {LARGEST:,} characters or {MOST_MARKS:,} elements; save its parts apart."
_TOO_DEEP = "It is nested too deeply to be read; save its text instead."
_NO_TEXT = "It holds no text."
_ABSOLUTE = re.compile(r"\s*(?:https?|mailto):", re.IGNORECASE)
_BEHIND_NUMBER = re.compile(r"^\s*[.):]\s+")
_MOST_TABLES = 15
"""Levels of tables; newsletters have about ten."""
_TABLE_TAGS = frozenset("table tbody thead tfoot tr td th".split())
_EARLY = 3
"""Blocks among which the title is looked for."""


@dataclass(frozen=True, slots=True)
class _OwnAddresses(Addresses):
    """Addresses in a document: pictures only from its file, links only to the web; those within the document go."""

    def link(self, href: str) -> str:
        return Addresses.link(self, href) if _ABSOLUTE.match(href) else ""

    def _picture(self, source: str) -> str:
        if source[:5].lower() == "data:":
            return Addresses._picture(self, source)  # noqa: SLF001
        address = self.pictures.address(source)
        return "" if address.startswith(BESIDE) else address


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """Read a document. Its title is that of its file's metadata, or its first heading, which leaves the text.

    Raises Unreadable if the document has no text, or is too large or too deeply nested.
    """
    text = decode(part.data)
    if len(text) > LARGEST or text.count("<") > MOST_MARKS:
        raise Unreadable(_TOO_LARGE)
    tree = opened(text) if text.strip() else None
    if tree is None:
        raise Unreadable(_NO_TEXT)
    _flatten_tables(tree)
    pictures = Pictures(part.files)
    try:
        embedded = set_aside(tree)
        show_mathematics(tree)
        body = regular(tree)
        notes = take_notes(body)
        article = soup(whole(body, notes.definitions))
        definitions = held_notes(article)
        _without_numbers(definitions.values())
        title, origin = _take_title(article, part)
        header = take_header(article, {})
        markdown = Writer(_OwnAddresses("", pictures, embedded)).markdown(article, definitions)
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None
    if not markdown.strip():
        raise Unreadable(_NO_TEXT)
    origins = {"title": origin, **dict.fromkeys(header, "header lines")}
    if language := guess_language(markdown, settings.languages) or "":
        origins["language"] = "guess"
    return Extracted(
        title=title,
        markdown=markdown,
        conversion=Conversion(part.file.path, part.file.sha256, "document", READER, tuple(sorted(origins.items()))),
        language=language or None,
        **header,  # type: ignore[arg-type]  # each field has its type
        pictures=tuple(pictures.collected.values()),
        left_out=pictures.left_out,
    )


def _flatten_tables(tree: HtmlElement) -> None:
    """Make blocks of tables that are nested too deeply: writing takes time in proportion to the levels' square."""
    depths: dict[HtmlElement, int] = {}
    for tag in tree.iter():
        parent = tag.getparent()
        depths[tag] = (depths[parent] if parent is not None else 0) + (tag.tag == "table")
        if depths[tag] > _MOST_TABLES and tag.tag in _TABLE_TAGS:
            tag.tag = "div"


def _without_numbers(definitions: Iterable[Tag]) -> None:
    """Take away what stood behind the number of a note, which was a link back to the text."""
    for definition in definitions:
        first = next((text for text in definition.find_all(string=True) if text.strip()), None)
        if first is not None and (rest := _BEHIND_NUMBER.sub("", first)) != first:
            first.replace_with(NavigableString(rest))


def _take_title(article: Tag, part: Part) -> tuple[str, str]:
    """Return the title and its origin; a heading with the title is taken out of the tree."""
    title = (part.known and part.known.title) or ""
    headings = [block for block in block_tags(article)[:_EARLY] if block.name in HEADINGS and text_of(block)]
    for heading in headings:
        if not title or folded(text_of(heading)) == folded(title):
            heading.extract()
            return one_line(text_of(heading)), "heading"
    if title:
        return title, part.known.origin if part.known else ""
    stem = PurePosixPath(part.entry or part.file.path).stem
    return title_of_file(stem) or part.file.path, "file name"
