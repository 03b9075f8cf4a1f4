"""EPUB (versions 2 and 3): a book in a ZIP archive -> an article for each chapter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

import msgspec
from lxml import etree

from glossator.extension_points.openers import Opener
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import line
from glossator.stages.extract.containers.principal_document import amount
from glossator.stages.extract.containers.zip_members import FilesBeside, Zipped, opened
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.metadata.language import language_tag
from glossator.stages.extract.metadata.names_in_bylines import authors
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

CONTAINER = "META-INF/container.xml"
"""File that names the book's package (Open Container Format)."""
MOST_DOCUMENTS = 3_000
"""Documents of one book."""
_LEAST = 60
"""Bytes of text in the body of a chapter; covers, title pages and the headings of parts have less."""
_LARGEST_CHAPTER = 20_000_000
"""Bytes of the documents that are one chapter."""
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Algorithms that only change the fonts."""
_DOCUMENTS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_AROUND = re.compile(
    rb"<(?:body|section|div)\b[^>]{0,300}\bepub:type\s*=\s*[\"'][^\"']{0,100}\b"
    rb"(?:cover|titlepage|halftitlepage|copyright-page|toc|landmarks|loi|lot|index|page-list)\b",
    re.IGNORECASE,
)
"""Beginning of a document that says it is no text of the book (EPUB Structural Semantics Vocabulary)."""
_BEGINNING = 3_000
"""Bytes within which a document says what it is."""
_DAMAGED = "The EPUB book is damaged or incomplete; copy it again."
_PROTECTED = "The EPUB book is protected against copying, so that its text cannot be read."


class _Book(msgspec.Struct, frozen=True):
    """Package of a book (Open Packaging Format)."""

    known: LinkListEntry
    documents: tuple[str, ...]
    """Names of the members that are read one after the other."""
    labels: Mapping[str, str]
    """Titles in the table of contents by name of the member; empty without a table."""


def open_epub(file: OpenedFile) -> Iterator[Part | Problem]:
    """Yield the chapters in the order of the book.

    A document that the table of contents does not name continues the chapter before. Raises Unreadable if the book is
    damaged or protected, or holds no text.
    """
    archive = opened(file.data)
    _refuse_protected(archive)
    book = _book(archive)
    found = False
    for number, (name, rest) in enumerate(_chapters(book)):
        if number >= MOST_DOCUMENTS:
            yield Problem("extract", file.path, f"The book has more than {MOST_DOCUMENTS:,} documents; split it.")
            break
        try:
            data = _text(archive, (name, *rest))
        except Unreadable as error:
            found = True
            yield Problem("extract", file.path, f"{name}: {error.message}")
            continue
        if amount(data[max(data.find(b"<body"), 0) :]) < _LEAST:
            continue
        found = True
        yield Part(
            file,
            data,
            "document",
            recognised="epub",
            entry=name,
            charset="utf-8",
            known=book.known,
            hints=LinkListEntry("table of contents", title=book.labels.get(name)),
            files=FilesBeside(archive, posixpath.dirname(name)),
        )
    if not found:
        raise Unreadable("The EPUB book holds no text.")


def _chapters(book: _Book) -> Iterator[tuple[str, list[str]]]:
    """Yield the first document of each chapter, and those that continue it."""
    current: tuple[str, list[str]] | None = None
    for name in book.documents:
        if current and book.labels and name not in book.labels and current[0] in book.labels:
            current[1].append(name)
            continue
        if current:
            yield current
        current = (name, [])
    if current:
        yield current


def _text(archive: Zipped, names: Iterable[str]) -> bytes:
    """Return the documents of one chapter, joined; those that are no text of the book are left out."""
    pieces: list[bytes] = []
    left = _LARGEST_CHAPTER
    for name in names:
        data = archive.read(name)
        left -= len(data)
        if left < 0:
            raise Unreadable(f"The chapter has more than {_LARGEST_CHAPTER // 1_000_000} MB; it is left out.")
        if not _AROUND.search(data[:_BEGINNING]):
            pieces.append(data)
    return b"\n".join(pieces)


def _refuse_protected(archive: Zipped) -> None:
    if _ENCRYPTION not in archive.members:
        return
    tree = _parsed(archive, _ENCRYPTION)
    methods = [str(tag.get("Algorithm") or "") for tag in tree.iter("{*}EncryptionMethod")]
    if any(method not in _FONTS for method in methods):
        raise Unreadable(_PROTECTED)


def _book(archive: Zipped) -> _Book:
    if CONTAINER not in archive.members:
        raise Unreadable(_DAMAGED)
    roots = [str(tag.get("full-path") or "") for tag in _parsed(archive, CONTAINER).iter("{*}rootfile")]
    path = next((root for root in roots if root in archive.members), None)
    if path is None:
        raise Unreadable(_DAMAGED)
    package = _parsed(archive, path)
    items = {
        str(item.get("id")): item
        for item in package.iter("{*}item")
        if _member(path, str(item.get("href") or "")) in archive.members
    }
    table = next((item for item in items.values() if "nav" in str(item.get("properties") or "").split()), None)
    spine = [items.get(str(tag.get("idref"))) for tag in package.iter("{*}itemref") if tag.get("linear") != "no"]
    documents = [
        _member(path, str(item.get("href")))
        for item in spine
        if item is not None and item is not table and item.get("media-type") in _DOCUMENTS
    ]
    if table is None:
        table = next((item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"), None)
    labels = _labels(archive, _member(path, str(table.get("href")))) if table is not None else {}
    return _Book(_known(package), tuple(dict.fromkeys(documents)), labels)


def _labels(archive: Zipped, path: str) -> dict[str, str]:
    """Return the titles in a table of contents of either version; of several for one document, the first."""
    try:
        tree = _parsed(archive, path)
    except Unreadable:
        return {}
    labels: dict[str, str] = {}
    for point in tree.iter("{*}navPoint"):
        content, label = point.find("{*}content"), point.find("{*}navLabel")
        if content is not None and label is not None:
            labels.setdefault(_member(path, str(content.get("src") or "")), _words(label) or "")
    for table in tree.iter("{*}nav"):
        if table.get("{http://www.idpf.org/2007/ops}type") in (None, "toc"):
            for link in table.iter("{*}a"):
                labels.setdefault(_member(path, str(link.get("href") or "")), _words(link) or "")
    return labels


def _known(package: etree._Element) -> LinkListEntry:
    """Return what the book says of itself; the book is where its chapters come from."""

    def texts(name: str) -> list[str]:
        found = (_words(tag) for tag in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"))
        return [text for text in found if text]

    people = [
        text
        for tag in package.iter("{http://purl.org/dc/elements/1.1/}creator")
        if (text := _words(tag)) and tag.get("{http://www.idpf.org/2007/opf}role", "aut") == "aut"
    ]
    dates = [date for date in map(iso, texts("date")) if date]
    return LinkListEntry(
        "epub",
        site=next(iter(texts("title")), None),
        authors=authors(list(people)),
        published=dates[0] if dates else None,
        language=next(filter(None, map(language_tag, texts("language"))), None),
    )


def _words(tag: etree._Element) -> str | None:
    """Return the text of an element in one line; None if it has none."""
    return line("".join(map(str, tag.itertext())))


def _member(path: str, href: str) -> str:
    """Return the name of the member that an address in another member leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href.partition("#")[0])))


def _parsed(archive: Zipped, name: str) -> etree._Element:
    """Return the tree of an XML file of the book. Raises Unreadable."""
    tree = archive.tree(name)
    if tree is None:
        raise Unreadable(_DAMAGED)
    return tree


EPUB = Opener(contract=2, open=open_epub)
