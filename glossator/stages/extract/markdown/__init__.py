"""Markdown as clippers and read-later services write it, and Markdown without front matter.

The text is read as CommonMark with the extensions of Obsidian and written again for our own renderer. The tree between
the two is like that of a saved page, so that both are written by one set of rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from bs4.element import NavigableString, Tag

from glossator.addresses import WIKI, web_address
from glossator.config import ExtractSettings
from glossator.frontmatter import FrontMatterError, split, split_tolerantly
from glossator.model import Conversion, Extracted
from glossator.stages.extract.decode import decode
from glossator.stages.extract.escape_markdown import escape
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.opening_lines import take_header, take_opening
from glossator.stages.extract.html.parse.parse_page import CALLOUT, HIGHLIGHT, NOTE, RELATED, opened
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.stages.extract.html.writer.markdown_writer import Writer, block_tags
from glossator.stages.extract.html.writer.pictures import Pictures
from glossator.stages.extract.html.writer.tree_for_writer import held_notes, soup
from glossator.stages.extract.markdown import commonmark_and_obsidian
from glossator.stages.extract.markdown.clipper_fields import SYNONYMS, values
from glossator.stages.extract.markdown.raw_html import outside_code, without_unseen
from glossator.stages.extract.metadata.article_metadata import stated_rights
from glossator.stages.extract.metadata.language import guess_language
from glossator.stages.extract.opened_file import Part, Unreadable

READER = "markdown 5"

_NO_TEXT = "The file has no text below its front matter and title; save the article again."

LARGEST = 1_000_000
"""Characters, without embedded pictures: a long novel."""
MOST_LINES = 50_000
_EMBEDDED = re.compile(r"(?<=[(<\"' ])data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%_-]{60,}")
_ELSEWHERE = re.compile(r"\s*(?:/|[A-Za-z][\w+.-]*:)")
"""Beginning of an address that is no path to a file beside the clipping."""

_TAG = re.compile(r"(?:(?<=[\s(])|^)#(?=[\w/-]*[^\W\d_])([\w-]+(?:/[\w-]+)*)(?![\w#])")
"""A tag as Obsidian has it: letters, digits, `_`, `-` and `/`, and not digits alone."""
_MOST_TAGS = 50
_LONGEST_TAG = 60
"""Characters."""


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """Read the article in a Markdown file.

    Raises Unreadable if the file has no text, is longer than any article, or has a front matter that cannot be read.
    """
    text = decode(part.data)
    fields, markdown, notices = _split(text)
    stated, unclear = stated_rights(part, text, fields)
    fields_found = dict(values(fields))
    origins = dict.fromkeys((*fields_found, *(["rights"] if stated.reason else [])), "front matter")
    embedded: list[str] = []
    body, notes = _tree(_without_embedded(markdown, embedded))
    opening = take_opening(body, str(fields_found.pop("title", "")), PurePosixPath(part.entry or part.file.path).stem)
    origins["title"] = opening.origin
    for name, value in (("description", opening.excerpt), ("source", web_address(opening.source))):
        if value and name not in fields_found:
            fields_found[name], origins[name] = value, "excerpt" if name == "description" else "visible text"
    header = take_header(body, fields_found)
    origins |= dict.fromkeys(header, "header lines")
    fields_found |= header
    if "source" not in fields_found and not part.address and (tags := _written_tags(body)):
        fields_found["tags"] = tuple(dict.fromkeys((*fields_found.get("tags", ()), *tags)))
        origins.setdefault("tags", "visible text")
    pictures = Pictures(part.files)
    addresses = _Addresses(str(fields_found.get("source", part.address)), pictures, tuple(embedded))
    try:
        written = Writer(addresses).markdown(body, notes)
    except RecursionError:
        raise Unreadable(commonmark_and_obsidian.TOO_DEEP) from None
    if not written.strip():
        raise Unreadable(_NO_TEXT)
    if "language" not in fields_found and (language := guess_language(written, settings.languages)):
        fields_found["language"], origins["language"] = language, "guess"
    return Extracted(
        title=opening.title,
        markdown=written,
        conversion=Conversion(part.file.path, part.file.sha256, "markdown", READER, tuple(sorted(origins.items()))),
        pictures=tuple(pictures.collected.values()),
        left_out=pictures.left_out,
        notices=notices,
        rights=stated.rights,
        unclear=unclear,
        **fields_found,  # type: ignore[arg-type]  # `values` gives each field its type
    )


def _split(text: str) -> tuple[dict[str, object], str, tuple[str, ...]]:
    """Return the front matter's fields, the text below, and a notice if the front matter cannot be used."""
    try:
        return *split(text), ()
    except FrontMatterError as error:
        try:
            fields, body = split_tolerantly(text)
        except FrontMatterError:
            fields, body = {}, ""
        if any(key.lower() in keys.split() for key in fields for keys in SYNONYMS.values()):
            return fields, body, ()
        if not body.strip():
            raise Unreadable(error.message[:1].upper() + error.message[1:], error.line) from None
        return {}, body, (f"its front matter was passed over, for line {error.line} cannot be read: {error.message}",)


def _without_embedded(markdown: str, embedded: list[str]) -> str:
    """Replace each picture that Markdown holds as base64 by a short placeholder, which Addresses resolves."""

    def placeholder(match: re.Match[str]) -> str:
        embedded.append(match[0])
        return f"data:{len(embedded) - 1}"

    return outside_code(markdown, lambda text: _EMBEDDED.sub(placeholder, text))


def _tree(markdown: str) -> tuple[Tag, dict[str, Tag]]:
    """Return the regular tree of a Markdown text, and the notes taken out of it."""
    if len(markdown) > LARGEST or markdown.count("\n") > MOST_LINES:
        raise Unreadable(
            f"The file has more than {LARGEST:,} characters or {MOST_LINES:,} lines; save its parts apart."
        )
    tree = opened(f"<body>{commonmark_and_obsidian.html_of(without_unseen(markdown))}")
    if tree is None:
        raise Unreadable(_NO_TEXT)
    for quote in tree.iter("blockquote"):
        if (kind := quote.attrib.pop(commonmark_and_obsidian.CALLOUT, "")) and commonmark_and_obsidian.KIND.fullmatch(
            kind
        ):
            quote.set(CALLOUT, kind)
    for words in list(tree.iter("mark")):
        if words.attrib.pop(commonmark_and_obsidian.HIGHLIGHT, None) is not None:
            words.tag = "abbr"  # an element of the writer's that has no meaning of its own
            words.set(HIGHLIGHT, "")
    show_mathematics(tree)
    body = soup(regular(tree))
    marks = [mark for mark in body.find_all("sup") if commonmark_and_obsidian.NOTE in mark.attrs]
    for mark in marks:
        mark.attrs[NOTE] = str(mark.attrs.pop(commonmark_and_obsidian.NOTE))
    notes = held_notes(body)
    for mark in marks:
        if mark[NOTE] not in notes:
            del mark.attrs[NOTE]
    _mark_related(body)
    return body, notes


def _mark_related(body: Tag) -> None:
    """Turn `> [!related] Headline`, our notation for the headline of another article, into marked blocks."""
    for quote in body.find_all("blockquote"):
        blocks = block_tags(quote)
        first = next(blocks[0].find_all(string=True).__iter__(), None) if len(blocks) == 1 else None
        if first is not None and first.lstrip().lower().startswith("[!related]"):
            first.replace_with(NavigableString(first.lstrip()[len("[!related]") :]))
            blocks[0].attrs[RELATED] = ""
            quote.replace_with(blocks[0])


def _written_tags(body: Tag) -> tuple[str, ...]:
    """Return the tags in a tree outside of code and links, each once.

    A person's own notes are tagged so. In the text of others it is their hashtags, which say little about it.
    """
    tags: dict[str, None] = {}
    for text in body.find_all(string=True):
        if isinstance(text, NavigableString) and "#" in text and not text.find_parent(("pre", "code", "a")):
            tags |= dict.fromkeys(tag for tag in _TAG.findall(text) if len(tag) <= _LONGEST_TAG)
    return tuple(tags)[:_MOST_TAGS]


@dataclass(frozen=True, slots=True)
class _Addresses(Addresses):
    """Addresses in a clipping: relative ones lead to files beside it, but for those that begin at the site's root."""

    def link(self, href: str) -> str:
        if href.startswith(WIKI):
            return href
        return Addresses.link(self, href.strip().replace(" ", "%20")) if _ELSEWHERE.match(href) else ""

    def image(self, tag: Tag) -> str:
        return Addresses.image(self, tag) or escape(" ".join(str(tag.get("alt") or "").split()))

    def _picture(self, source: str) -> str:
        return Addresses._picture(self, source) if _ELSEWHERE.match(source) else self.pictures.address(source)  # noqa: SLF001
