"""MHTML (RFC 2557): a page and its resources as the parts of a message, as Chromium and Internet Explorer save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message

from glossator import addresses
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.principal_document import FORMATS, Document, joined, pictures, principal
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

BEFORE = b"\xef\xbb\xbf \t\r\n"
"""Bytes that may stand before the header."""
LONGEST = 10_000
"""Characters of a field that is parsed, which takes quadratic time."""
_BOUNDARY = re.compile(rb"\bboundary=(.{1,100})", re.IGNORECASE)
_MOST_NESTED = 20
"""Messages within messages: every line is compared with each open boundary. Browsers write one, mailers three."""
_MOST_LINES = 4_000_000
"""Lines of a file: the library stores each by itself, in sixty bytes and more; those of encoded parts have 76."""
_LONG_TYPE = re.compile(rb"^content-type:(?:[^\r\n]|\r?\n[ \t]){%d}" % LONGEST, re.IGNORECASE | re.MULTILINE)


def parse_message(data: bytes, noun: str) -> Message:
    """Parse a message, which people know as the noun.

    Raises Unreadable if the message is nested too deeply, or has too many lines.
    """
    nested = len(set(_BOUNDARY.findall(data)))
    if nested <= _MOST_NESTED and not _LONG_TYPE.search(data) and data.count(b"\n") <= _MOST_LINES >= data.count(b"\r"):
        with suppress(RecursionError):
            return message_from_bytes(data.lstrip(BEFORE))
    raise Unreadable(f"The {noun} is built in too many layers or lines to be read; save it again.")


def header_text(value: object) -> str:
    """Return a header field's text without line breaks, its encoded words (RFC 2047) decoded."""
    plain = " ".join(str(value or "").split())
    if "=?" not in plain or len(plain) > LONGEST:
        return plain
    try:
        return " ".join(str(policy.default.header_factory("Subject", plain)).split())
    except Exception:  # noqa: BLE001 -- the parser of fields stumbles in many ways over broken ones
        return plain


def payload_of(part: Message) -> bytes:
    """Return the content of a part, its transfer encoding undone; empty if it has none."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def charset_of(part: Message) -> str:
    """Return the encoding that a part states; empty if it states none."""
    return part.get_content_charset("") if part.get_param("charset") else ""


def date_of(message: Message) -> str | None:
    """Return the date of a message in ISO form; None if it has none."""
    # An offset of -0000 means UTC and an unknown time zone (RFC 5322, 3.3); Chromium always writes it.
    return iso(header_text(message["Date"]).replace("-0000", "+0000")) or None


def _is_cut(message: Message) -> bool:
    """True if a file ends before the boundary that its header names."""
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects)


def open_mhtml(file: OpenedFile) -> Iterator[Part | Problem]:
    """Yield the page in an MHTML file, with its pictures by address and by `cid:` name.

    Raises Unreadable if the file holds no document that can be read.
    """
    message = parse_message(file.data, "MHTML file")
    parts = [part for part in message.walk() if not part.is_multipart()]
    root = header_text(message.get_param("start", ""))
    parts.sort(key=lambda part: not root or header_text(part["Content-ID"]) != root)
    named = (message["Snapshot-Content-Location"], message["Content-Location"], parts[0]["Content-Location"])
    base = next(filter(None, map(header_text, named)), "")
    documents = [_document(part, base) for part in parts]
    chosen = principal([document for document in documents if document.data.strip()])
    if chosen is None:
        raise Unreadable("The MHTML file holds no page, or is cut off before it; save the page again.")
    if _is_cut(message):
        text = "the file ends before its last part does: what is there was read; save the page again for the rest"
        yield Problem("extract", file.path, text, fatal=False)
    title = header_text(message["Subject"])
    yield Part(
        file,
        chosen.data,
        FORMATS[chosen.mime],
        recognised="mhtml",
        charset=chosen.charset,
        address=addresses.web_address(chosen.address),
        hints=LinkListEntry("mhtml header", title=title or None, saved=date_of(message)),
        files=pictures(_named(parts, documents)),
    )


def _document(part: Message, base: str) -> Document:
    return Document(
        data=payload_of(part),
        mime=part.get_content_type(),
        charset=charset_of(part),
        address=joined(header_text(part["Content-Base"]) or base, header_text(part["Content-Location"])),
    )


def _named(parts: list[Message], documents: list[Document]) -> Iterator[tuple[str, bytes]]:
    for part, document in zip(parts, documents, strict=True):
        yield document.address, document.data
        yield header_text(part["Content-Location"]), document.data
        yield "cid:" + header_text(part["Content-ID"]).strip("<>"), document.data
