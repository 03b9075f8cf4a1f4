"""Texts of a book: its chapters, each of which names its article, and its glossary."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from glossator.check.exported import ExportedText, texts

XHTML = "{http://www.w3.org/1999/xhtml}"
ARTICLE = "article-"
"""Beginning of the id of a chapter."""
BLOCKS = frozenset(
    f"{XHTML}{name}" for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "pre")
)
FACTS = "facts"
"""Class of the line below a title, with the publication, the authors and the date."""
PICTURE = "picture"
"""Class of the words that stand for a picture, in brackets."""
NO_DESCRIPTION = "image"
"""Word of ours for a picture without description."""
NUMBER = f"{XHTML}sup"
"""Element of a footnote's number."""


def of_book(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of a book."""
    with zipfile.ZipFile(io.BytesIO(files[""])) as packed:
        pages = {name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith(".xhtml")}
    articles = {
        name.rpartition("/")[2]: chapter.get("id", "").removeprefix(ARTICLE)
        for name, page in pages.items()
        for chapter in page.iter(f"{XHTML}article")
    }
    for name, page in pages.items():
        file = name.rpartition("/")[2]
        if file in articles:
            yield from _of_chapter(file, page, articles[file])
        else:
            yield from _of_lists(file, page, articles)


def _of_chapter(file: str, page: etree._Element, article: str) -> Iterator[ExportedText]:
    for block in page.iter(*BLOCKS):
        if block.get("class") == FACTS:
            facts = [item.text for item in block.iter(f"{XHTML}span")]
            yield from texts(file, facts, (article,))
        else:
            yield from texts(file, (piece for piece in _pieces(block) if piece.strip() != NO_DESCRIPTION), (article,))


def _of_lists(file: str, page: etree._Element, articles: Mapping[str, str]) -> Iterator[ExportedText]:
    """Yield the texts of the contents and of the glossary: titles, and entries with the articles that they name."""
    for link in page.iter(f"{XHTML}a"):
        if article := articles.get(link.get("href", "")):
            yield from texts(file, [link.text], (article,))
    for entry in page.iter(f"{XHTML}dt"):
        said, named = [entry.text], []
        for part in entry.itersiblings():
            if part.tag != f"{XHTML}dd":
                break
            links = [articles[link.get("href", "")] for link in part.iter(f"{XHTML}a")]
            named += links
            said += [] if links else [part.text]
        yield from texts(file, said, tuple(named))


def _pieces(block: etree._Element) -> Iterator[str]:
    """Yield the texts of a block: up to the blocks and pictures in it, and between them."""
    piece = block.text or ""
    for child in block:
        inner = [] if child.tag in BLOCKS else list(_inline(child))
        if child.tag in BLOCKS:
            yield piece
            piece = ""
        for number, part in enumerate(inner):
            if number:
                yield piece
                piece = ""
            piece += part
        piece += child.tail or ""
    yield piece


def _inline(element: etree._Element) -> Iterator[str]:
    """Yield the texts of an element within a block; more than one if a block or a picture lies between them."""
    if element.tag == NUMBER:
        yield ""
    elif element.get("class") == PICTURE:
        yield ""
        yield _described(element.text or "")
        yield ""
    else:
        yield from _pieces(element)


def _described(text: str) -> str:
    """Return the description of a picture, which stands in brackets."""
    return text.removeprefix("[").removesuffix("]")
