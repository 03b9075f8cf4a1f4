"""MHTML (RFC 2557): a page and its resources as the parts of a message, as Chromium and Internet Explorer save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MultipartInvariantViolationDefect
from email.message import Message
from email.parser import BytesHeaderParser

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


_MOST_HEADERS = 65_536
"""Bytes within which the header of a message ends."""
_FIELD = re.compile(rb"[A-Za-z][\w-]*:")
_SENT = frozenset(
    """to cc bcc received return-path delivered-to in-reply-to message-id reply-to list-id list-unsubscribe
    dkim-signature""".split()
)
"""Fields of a message that was sent to somebody; no program that saves pages writes them."""
_POSTED = frozenset({"message-id", "received", "return-path", "delivered-to"})
"""Fields that only programs write: with a sender, they make a letter of a text that states no type."""
_NAMED = re.compile(
    "[*_>#\\- \t]*(?:(from|von|de)|(to|cc|bcc|an|à|À|para)|(date|sent|datum|gesendet|envoyé|fecha))"
    "(?:[*_ \t]|\xa0|\u202f)*:".encode(),
    re.IGNORECASE,
)
"""Line of a letter's head, also in Markdown, and as programs copy it. The groups are sender, recipient and day."""
_HEAD = 12
"""Lines of a text among which a letter's sender, recipient and day stand."""
_MOST_HEAD = 8_192
"""Bytes of these lines."""


def _is_letter(start: bytes) -> bool:
    """True if a text without front matter begins with the sender, the recipient and the day of a letter."""
    if start.startswith((b"---\n", b"---\r")):
        return False
    lines = list(filter(bytes.strip, start[:_MOST_HEAD].splitlines()))[:_HEAD]
    return {1, 2, 3} == {named.lastindex for line in lines if (named := _NAMED.match(line))}


def is_page(data: bytes) -> bool | None:
    """Classify a message: True for a saved page, False for a letter, None if the bytes are no message."""
    start = data[:_MOST_HEADERS].lstrip(BEFORE)
    letter = _is_letter(start)
    if not _FIELD.match(start):
        return False if letter else None
    header = BytesHeaderParser().parsebytes(start)
    names = {name.lower() for name in header}
    if "saved by" in str(header["From"]).lower() and "content-type" not in names:  # cut off within its header
        return True
    posted = letter or ("from" in names and bool(names & _POSTED))
    # Early versions of Python 3.11 take a header that is read alone for a message without its parts.
    broken = any(not isinstance(defect, MultipartInvariantViolationDefect) for defect in header.defects)
    if broken or "content-type" not in names or not names & {"mime-version", "content-location"}:
        return False if posted else None
    if names & _SENT:
        return False
    saved = "snapshot-content-location" in names or "saved by" in str(header["From"]).lower()
    whole = header.get_content_type() in ("multipart/related", *FORMATS)
    if not saved and not whole:
        return False if "from" in names else None
    # A text about the format may begin with an example of its header.
    boundary = header.get_boundary()
    return True if (b"--" + boundary.encode("ascii", "replace") if boundary else b"<") in data else None


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
    # An offset of -0000 means UTC and an unknown time zone (RFC 5322, 3.3); Chromium always writes it.
    saved = iso(header_text(message["Date"]).replace("-0000", "+0000"))
    yield Part(
        file,
        chosen.data,
        FORMATS[chosen.mime],
        recognised="mhtml",
        charset=chosen.charset,
        address=addresses.web_address(chosen.address),
        hints=LinkListEntry("mhtml header", title=title or None, saved=saved or None),
        files=pictures(_named(parts, documents)),
    )


def _document(part: Message, base: str) -> Document:
    payload = part.get_payload(decode=True)
    return Document(
        data=payload if isinstance(payload, bytes) else b"",
        mime=part.get_content_type(),
        charset=part.get_content_charset("") if part.get_param("charset") else "",
        address=joined(header_text(part["Content-Base"]) or base, header_text(part["Content-Location"])),
    )


def _named(parts: list[Message], documents: list[Document]) -> Iterator[tuple[str, bytes]]:
    for part, document in zip(parts, documents, strict=True):
        yield document.address, document.data
        yield header_text(part["Content-Location"]), document.data
        yield "cid:" + header_text(part["Content-ID"]).strip("<>"), document.data
