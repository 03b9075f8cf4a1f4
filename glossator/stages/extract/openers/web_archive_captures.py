"""Captures in web archives: addresses, formats, times, and how to read each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from typing import NamedTuple

from warcio.recordloader import ArcWarcRecord

from glossator import web_addresses
from glossator.local_pictures import kind
from glossator.stages.extract.openers.principal_document import FORMATS, MOST_PICTURES, joined
from glossator.stages.extract.openers.warc_records import body, record_at, records, unwrapped
from glossator.stages.extract.unreadable import Unreadable

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
                address = web_addresses.web_address(record.rec_headers.get_header("WARC-Target-URI")).partition("#")[0]
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
