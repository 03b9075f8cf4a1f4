"""PDF with text -> an article: paragraphs in the order of the file, headings by the size of their letters."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from queue import SimpleQueue

import pypdfium2
import pypdfium2.raw as pdfium

from glossator import addresses
from glossator.extension_points.openers import Opener
from glossator.extensions.openers.pdf_layout import PrintedLine, PrintedPage, article_html
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import line as in_one_line
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.metadata.names_in_bylines import authors
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

LARGEST = 100_000_000
"""Bytes of a file."""
MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
"""Characters of a document; a long novel has a million."""
_FEWEST = 20
"""Characters of a page with text, on average; a scan may have a stamp."""
_SAMPLES = 5
"""Letters of a line whose height is measured."""
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_JUNK = re.compile(
    r"microsoft word|\buntitled\b|\.(?:docx?|odt|pdf|indd|tex|html?|qxd|pages)$|^\W*$|^about:", re.IGNORECASE
)
"""Titles that programs write."""
_PROGRAMS = re.compile(r"microsoft|office|\buser\b|admin|unknown|author|www|anonymous", re.IGNORECASE)
_LARGE = "The PDF has more than {} MB; print the pages that you need to a smaller one."
_DAMAGED = "The PDF is damaged or incomplete; save it again."
_LOCKED = "The PDF is protected by a password; save it again without one."
_SCAN = (
    "The PDF is a scan: it holds pictures of pages and no text. Have a program for text recognition (OCR) add the text."
)
_TURN: SimpleQueue[None] = SimpleQueue()
"""Holds one item: who has it may call pdfium, which is not made for several threads."""
_TURN.put(None)


def open_pdf(file: OpenedFile) -> Iterator[Part | Problem]:
    """Yield the document; scripts and forms in it are never started, and its pictures are not taken.

    Raises Unreadable if the file is damaged, protected, larger than the limits, or a scan.
    """
    if len(file.data) > LARGEST:
        raise Unreadable(_LARGE.format(LARGEST // 1_000_000))
    turn = _TURN.get()
    try:
        pages, fields, total = _read(file.data)
    finally:
        _TURN.put(turn)
    if sum(len(line.text) for page in pages for line in page.lines) < _FEWEST * len(pages):
        raise Unreadable(_SCAN)
    if len(pages) < total:
        message = (
            f"only the first {len(pages):,} of its {total:,} pages were read, because it is longer than any article"
        )
        yield Problem("extract", file.path, message, fatal=False)
    if empty := sum(not page.lines for page in pages):
        message = f"{empty:,} of its {len(pages):,} pages hold no text; if they are scans, have a program add it (OCR)"
        yield Problem("extract", file.path, message, fatal=False)
    html, address = article_html(pages)
    yield Part(
        file,
        html.encode("utf-8", "replace"),
        "document",
        recognised="pdf",
        charset="utf-8",
        hints=_known(fields, address),
    )


def _read(data: bytes) -> tuple[list[PrintedPage], dict[str, str], int]:
    """Return the pages up to the limits, the metadata, and the number of all pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_LOCKED if "password" in str(error).lower() else _DAMAGED) from None
    try:
        pages: list[PrintedPage] = []
        left = MOST_CHARACTERS
        for index in range(min(len(document), MOST_PAGES)):
            page = _page(document, index, left)
            left -= sum(len(line.text) + len("\r\n") for line in page.lines)
            pages.append(page)
            if left <= 0:
                break
        fields = {name: document.get_metadata_value(name) for name in ("Title", "Author", "CreationDate")}
        total = len(document)
    except pypdfium2.PdfiumError:
        raise Unreadable(_DAMAGED) from None
    finally:
        document.close()
    if not pages:
        raise Unreadable(_DAMAGED)
    return pages, fields, total


def _page(document: pypdfium2.PdfDocument, index: int, most: int) -> PrintedPage:
    """Return a page; one that is damaged is empty."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return PrintedPage(0.0, ())
    try:
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return PrintedPage(0.0, ())
    try:
        height = page.get_height()
        return PrintedPage(height, tuple(_lines(text, height, most)))
    finally:
        text.close()
        page.close()


def _lines(page: pypdfium2.PdfTextPage, height: float, most: int) -> Iterator[PrintedLine]:
    start = 0
    count = min(page.count_chars(), most)
    codes = [pdfium.FPDFText_GetUnicode(page, index) for index in range(count)]
    for index in range(count + 1):
        if index == count or codes[index] in (10, 13):
            shown = [place for place in range(start, index) if codes[place] > 32 and codes[place] != 160]
            if shown:
                yield _line(page, "".join(map(_character, codes[start:index])), shown, height)
            start = index + 1


def _line(page: pypdfium2.PdfTextPage, text: str, shown: list[int], height: float) -> PrintedLine:
    """Return a line whose visible characters have these positions on the page."""
    step = max(1, len(shown) // _SAMPLES)
    boxes = [_box(page, position) for position in shown[::step]]
    first, last = _box(page, shown[0]), _box(page, shown[-1])
    sizes = sorted(box.top - box.bottom for box in boxes)
    return PrintedLine(text, first.left, last.right, height - first.top, max(sizes[len(sizes) // 2], 0.0))


def _box(page: pypdfium2.PdfTextPage, position: int) -> pdfium.FS_RECTF:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, position, ctypes.byref(box))
    return box


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def _known(fields: dict[str, str], address: str) -> LinkListEntry:
    """Return what the document says of itself, for want of better."""
    title, author = in_one_line(fields["Title"]) or "", in_one_line(fields["Author"]) or ""
    date = _DATE.match(fields["CreationDate"])
    saved = f"{date[1]}-{date[2]}-{date[3]}" if date else ""
    return LinkListEntry(
        "document properties",
        source=addresses.web_address(address) or None,
        title=None if not title or _JUNK.search(title) else title,
        authors=() if _PROGRAMS.search(author) else authors([author]),
        saved=iso(saved) or None,
    )


PDF = Opener(contract=2, open=open_pdf)
