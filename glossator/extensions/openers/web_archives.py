"""Web archives -> an article for each page among their captures.

A WARC file (ISO 28500) holds recorded answers of servers. A WACZ file (Webrecorder's Web Archive Collection Zipped,
1.1.1) is a ZIP archive of such files, with a list of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from glossator import addresses
from glossator.extension_points.openers import Opener
from glossator.extensions.openers.warc_records import body, record_at, records, unwrapped
from glossator.local_pictures import kind
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import Record, parsed
from glossator.stages.extract.containers.principal_document import FORMATS, MOST_PICTURES, amount, joined
from glossator.stages.extract.containers.zip_formats import WACZ_ARCHIVE, WACZ_LISTS
from glossator.stages.extract.containers.zip_members import Zipped, opened
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_MOST_REDIRECTS = 10
_PAGE = "urn:pageinfo:"
"""Prefix that Browsertrix puts before the address of a page, in a record of its own."""
_AS_PAGE = "document"
"""Name that browsers (`Sec-Fetch-Dest`) and recorders (`WARC-Resource-Type`) give to what was loaded by itself."""


class Capture(NamedTuple):
    """Document as a server answered it at one time."""

    address: str
    date: str
    charset: str
    archive: int
    """Index of the archive that holds the capture."""
    start: int
    """Position of the capture's record in the archive."""


@dataclass(slots=True)
class Captures:
    """Documents and pictures of several archives. State: filled record by record, then only queried."""

    archives: list[bytes] = field(default_factory=list)
    documents: dict[str, list[Capture]] = field(default_factory=dict)
    """Documents by address, in the order of the archives."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures by address."""
    pages: list[str] = field(default_factory=list)
    """Addresses that the crawler names as pages."""
    problems: list[str] = field(default_factory=list)
    """Reasons why some records could not be read."""
    redirects: dict[str, str] = field(default_factory=dict)
    uses: dict[str, set[str]] = field(default_factory=dict)
    """Uses by address: a document, a frame, an answer to a script. Only membership is ever tested."""
    left: int = 0
    """Bytes of pictures that may still be stored."""

    def latest(self) -> list[Capture]:
        """Return the last capture of every document that, as far as the archives say, was loaded by itself."""
        return [
            documents[-1]
            for address, documents in self.documents.items()
            if _AS_PAGE in self.uses.get(address, {_AS_PAGE})
        ]

    def nearest(self, address: str, date: str = "") -> Capture | None:
        """Return the capture of an address, or of its redirect, nearest in time; the last one if no date is given."""
        for _ in range(_MOST_REDIRECTS):
            address = address.partition("#")[0]
            if documents := self.documents.get(address):
                return min(reversed(documents), key=lambda capture: _apart(capture.date, date))
            address = self.redirects.get(address, "")
        return None

    def read(self, capture: Capture) -> bytes:
        """Return the document of a capture.

        Raises Unreadable if the document is compressed in an unknown way or unpacks beyond the limit.
        """
        return body(record_at(self.archives[capture.archive], capture.start))


def captures(archives: Iterable[bytes]) -> Captures:
    """Read the archives of one saved file."""
    collected = Captures(left=MOST_PICTURES)
    for number, packed in enumerate(archives):
        try:
            collected.archives.append(b"")
            collected.archives[number] = archive = unwrapped(packed)
            for start, record in records(archive):
                address = addresses.web_address(record.rec_headers.get_header("WARC-Target-URI")).partition("#")[0]
                date = record.rec_headers.get_header("WARC-Date") or ""
                _add(collected, record, Capture(address, date, "", number, start))
        except Unreadable as error:
            collected.problems.append(error.message)
    return collected


def _add(collected: Captures, record: ArcWarcRecord, capture: Capture) -> None:
    head, http = record.rec_headers, record.http_headers
    if record.rec_type == "resource" and (head.get_header("WARC-Target-URI") or "").startswith(_PAGE):
        collected.pages.append(head.get_header("WARC-Target-URI").removeprefix(_PAGE))
    elif not capture.address:
        return
    elif record.rec_type == "request" and http:
        _note_use(collected, capture, http.get_header("Sec-Fetch-Dest"))
    elif record.rec_type == "revisit":
        _add_again(collected, capture, head.get_header("WARC-Refers-To-Target-URI") or "")
    elif record.rec_type in ("response", "resource"):
        status = http.get_statuscode() if http else "200"
        _note_use(collected, capture, head.get_header("WARC-Resource-Type"))
        if status.startswith("3"):
            collected.redirects[capture.address] = joined(capture.address, http.get_header("Location") or "")
        elif status == "200":
            _add_answer(collected, record, capture)


def _note_use(collected: Captures, capture: Capture, use: str | None) -> None:
    if use:
        collected.uses.setdefault(capture.address, set()).add(use.lower())


def _add_answer(collected: Captures, record: ArcWarcRecord, capture: Capture) -> None:
    message = Message()
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    message["Content-Type"] = " ".join((stated or "").split())
    if FORMATS.get(message.get_content_type()) == "html":
        charset = str(message.get_param("charset") or "")
        collected.documents.setdefault(capture.address, []).append(capture._replace(charset=charset))
    elif message.get_content_maintype() == "image" and capture.address not in collected.pictures:
        try:
            data = body(record)
        except Unreadable:
            return  # without the picture, the page is still a page
        if kind(data) and len(data) <= collected.left:
            collected.pictures[capture.address] = data
            collected.left -= len(data)


def _add_again(collected: Captures, capture: Capture, original: str) -> None:
    """Add what was captured earlier or at another address, and not stored a second time."""
    original = original.partition("#")[0] or capture.address
    if original in collected.pictures:
        collected.pictures.setdefault(capture.address, collected.pictures[original])
    elif earlier := collected.documents.get(original):
        again = earlier[-1]._replace(address=capture.address, date=capture.date)
        collected.documents.setdefault(capture.address, []).append(again)


def _apart(date: str, other: str) -> float:
    """Return the seconds between two ISO moments; 0 if one is not known."""
    try:
        return abs((datetime.fromisoformat(date) - datetime.fromisoformat(other)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


_LEAST = 250
"""Bytes of text in a document that may be an article: anything shorter is a frame, an advertisement or an error."""


def open_warc(file: OpenedFile) -> Opened:
    """Yield the pages in a web archive, each with the pictures of the whole archive.

    Pages are what the crawler names as pages; if it names none, the last capture of every document that was loaded by
    itself and shows some text. A page that is named but was not captured is a link.

    Raises Unreadable if the archive holds no page.
    """
    collected = captures((file.data,))
    named: dict[Capture, None] = {}
    for address in dict.fromkeys(collected.pages):
        if capture := collected.nearest(address):
            named[capture] = None
        elif source := addresses.web_address(address):
            yield LinkListEntry("warc page list", source=source)
    yield from parts(file, "warc", collected, list(named.items()) or likely(collected))


def likely(collected: Captures) -> list[tuple[Capture, None]]:
    """Return the captures that may be articles, for an archive that does not list its pages."""
    wanted = collected.latest()
    return [(capture, None) for capture in wanted if len(wanted) == 1 or amount(_read(collected, capture)) >= _LEAST]


def parts(
    file: OpenedFile, recognised: str, collected: Captures, wanted: Iterable[tuple[Capture, LinkListEntry | None]]
) -> Iterator[Part | Problem]:
    """Yield the wanted captures as readers receive them, each with its metadata; then the problems.

    `recognised` is the format's name in the front matter.

    Raises Unreadable if there is neither a capture nor a problem.
    """
    empty = True
    for capture, hints in wanted:
        empty = False
        try:
            data = collected.read(capture)
        except Unreadable as error:
            yield Problem("extract", file.path, f"{capture.address}: {error.message}")
            continue
        yield Part(
            file,
            data,
            "html",
            recognised=recognised,
            entry=capture.address,
            charset=capture.charset,
            address=capture.address,
            hints=hints or LinkListEntry("warc record", saved=iso(capture.date) or None),
            files=collected.pictures,
        )
    yield from (Problem("extract", file.path, message) for message in collected.problems)
    if empty and not collected.problems:
        raise Unreadable("The web archive holds no page with the text of an article.")


def _read(collected: Captures, capture: Capture) -> bytes:
    try:
        return collected.read(capture)
    except Unreadable:
        return b" " * _LEAST


_MOST_IN_MEMORY = 300_000_000
"""Bytes of web archives held in memory together."""


def open_wacz(file: OpenedFile) -> Opened:
    """Yield the pages that the collection lists; if it lists none, the captures that look like pages.

    A page that is listed but was not captured is a link.

    Raises Unreadable if the ZIP archive is damaged or too large, or holds no page.
    """
    zipped = opened(file.data)
    collected = captures(_archives(zipped))
    wanted: dict[Capture, LinkListEntry] = {}
    for name in WACZ_LISTS:
        for listed in _entries(zipped.read(name)) if name in zipped.members else ():
            if capture := collected.nearest(listed.source or "", listed.saved or ""):
                wanted.setdefault(
                    capture,
                    listed if listed.saved else msgspec.structs.replace(listed, saved=iso(capture.date) or None),
                )
            else:
                yield listed
    yield from parts(file, "wacz", collected, list(wanted.items()) or likely(collected))


def _archives(zipped: Zipped) -> Iterator[bytes]:
    left = _MOST_IN_MEMORY
    for name in zipped.members:
        if WACZ_ARCHIVE.fullmatch(name):
            archive = zipped.read(name)
            left -= len(archive)
            if left < 0:
                raise Unreadable(
                    f"The collection holds more than {_MOST_IN_MEMORY // 1_000_000} MB; add its pages in smaller ones."
                )
            yield archive


def _entries(lines: bytes) -> Iterator[LinkListEntry]:
    """Yield the pages that the lines name; lines that say something else are skipped."""
    for line in lines.splitlines():
        try:
            entry = Record.of(parsed(line))
        except Unreadable:
            continue
        if source := addresses.web_address(entry.raw("url")):
            saved = iso(entry.raw("ts")) or None
            yield LinkListEntry("wacz page list", source=source, title=entry.text("title"), saved=saved)


WACZ = Opener(contract=2, open=open_wacz)
WARC = Opener(contract=2, open=open_warc)
