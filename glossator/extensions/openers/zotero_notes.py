"""Notes that Zotero makes of annotations, exported as HTML or Markdown -> highlights.

Its other exports hold no annotations. A note names neither title nor address of a single item, unless a citation in it
does: its passages are looked for in all articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec
from lxml.html import HtmlElement

from glossator.extension_points.openers import ImportedHighlight, OpenedFile, Opener, Unreadable
from glossator.stages.extract.containers.exported_metadata import Record, parsed
from glossator.stages.extract.containers.highlight_formats import ZOTERO_ANNOTATION
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.imported_highlights import imported

_QUOTED = re.compile(r"\s*(?:<[^>]*>\s*)*[“\"«„「]\s*(?P<exact>.+?)\s*[”\"»“」](?:\s*<[^>]*>)*(?=\s|$)", re.DOTALL)
_CITATION = re.compile(r"\s*\(+\[[^\]\n]*\]\(zotero://[^)\s]*\)(?:[;,]?\s*\[[^\]\n]*\]\(zotero://[^)\s]*\))*\)")
"""Links behind a passage, in brackets: to the work, and to the passage."""
_SHADE = re.compile(r"#[0-9a-fA-F]{6}")
_TAG = re.compile(r"<[^>]*>")
_BLOCKS = ("p", "li", "blockquote")


def open_zotero_note(file: OpenedFile) -> Iterator[ImportedHighlight]:
    """Yield the passages in a note, each with the comment behind it. Raises Unreadable if there is none."""
    text = decode(file.data)
    made = list(_of_html(text) if text.lstrip("\ufeff \n").startswith("<") else _of_markdown(text))
    if not made:
        raise Unreadable("The note has annotations but no passages; in Zotero, add their texts to it.")
    yield from made


def _of_markdown(text: str) -> Iterator[ImportedHighlight]:
    for paragraph in re.split(r"\n\s*\n", text):
        if ZOTERO_ANNOTATION.search(paragraph):
            yield from _highlight(paragraph)


def _of_html(text: str) -> Iterator[ImportedHighlight]:
    tree = opened(text)
    about = _item(tree) if tree is not None else Record({})
    for block in () if tree is None else tree.iter(*_BLOCKS):
        marks = [unquote(mark) for mark in block.xpath(".//@data-annotation")]
        links = [link for link in block.xpath(".//a/@href") if ZOTERO_ANNOTATION.search(link)]
        if marks or links:
            shade = _SHADE.search("".join(marks) or "".join(block.xpath(".//@style")))
            for highlight in _highlight(_with_links(block), about, shade[0] if shade else ""):
                yield msgspec.structs.replace(highlight, accepted=False)  # any page can look like a note


def _with_links(block: HtmlElement) -> str:
    """Return the text of a block with Zotero's links and citations as Markdown has them."""
    for link in block.iter("a"):
        link.text = f"[{link.text_content()}]({link.get('href', '')})"
        del link[:]
    for citation in block.xpath(
        ".//span[contains(@class, 'citation')][not(.//a)][not(ancestor::span[@data-citation])]"
    ):
        citation.text = f"([{citation.text_content().strip('()')}](zotero://cited))"
        del citation[:]
    return str(block.text_content())


def _item(tree: HtmlElement) -> Record:
    """Return what the note says of the work that it cites, if that is one."""
    for written in tree.xpath("//@data-citation-items"):
        try:
            items = parsed(unquote(written).encode())
        except Unreadable:
            continue
        if isinstance(items, list) and len(items) == 1:
            return Record.of(items[0]).record("itemdata")
    return Record({})


def _highlight(paragraph: str, about: Record | None = None, shade: str = "") -> Iterator[ImportedHighlight]:
    """Yield the passage that a paragraph begins with; none if it begins with another text."""
    if quoted := _QUOTED.match(paragraph):
        colour = shade or ("" if not (written := _SHADE.search(paragraph)) else written[0])
        rest = paragraph[quoted.end() :]
        while citation := _CITATION.match(rest):
            rest = rest[citation.end() :]
        exact, note = (_TAG.sub("", part).strip() for part in (quoted["exact"], rest))
        yield imported("zotero", Record({}), about, exact=exact, note=note, colour=colour)


ZOTERO_NOTE = Opener(contract=2, open=open_zotero_note)
