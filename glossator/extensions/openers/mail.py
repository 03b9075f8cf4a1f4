"""E-mail: a message (`.eml`), or a box of messages (`.mbox`, RFC 4155) -> an article for each, private at first."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.utils import parseaddr

import msgspec

from glossator.extension_points.openers import Opener
from glossator.extensions.openers.mail_cleaning import MAIL_ADDRESS, clean_page, clean_text
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.mhtml import (
    BEFORE,
    LONGEST,
    charset_of,
    date_of,
    header_text,
    parse_message,
    payload_of,
)
from glossator.stages.extract.containers.principal_document import amount, pictures
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.parse.page_text import page_text
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable
from glossator.stages.extract.recognise_format import FROM_LINE
from glossator.text import one_line

MOST_PARTS = 1_000
"""Parts of one message; real ones have a body in two forms and some pictures."""
MOST_MESSAGES = 20_000
"""Messages of one box."""
LARGEST_MESSAGE = 100_000_000
"""Bytes."""
_LARGEST_BODY = 10_000_000
"""Bytes of a text; newsletters have a hundred thousand."""
_LENGTH = re.compile(rb"\A\s*\d{1,12}\s*\n(?=[A-Za-z][\w-]*:)")
"""Line that Apple Mail writes before a message."""
_HEAD_END = re.compile(rb"\n\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_RECIPIENTS = ("To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To", "Resent-To")
_LARGE = f"It has more than {MOST_PARTS:,} parts or {LARGEST_MESSAGE // 1_000_000} MB; save its text instead."
_EMPTY = "The message holds no text that can be read; save its text instead."
_ENCRYPTED = "The message is encrypted; save its text instead."


def open_mail(file: OpenedFile) -> Iterator[Part]:
    """Yield the message in a file.

    Raises Unreadable if the message holds no text, is encrypted, or is larger than the limits.
    """
    yield _part(file, _LENGTH.sub(b"", file.data), "")


def open_mailbox(file: OpenedFile) -> Iterator[Part | Problem]:
    """Yield the messages of a box in its order. A message that cannot be read is a problem.

    An article's name in the box is a digest of the message's own name, so that the box may grow.
    """
    taken: Counter[str] = Counter()
    data = file.data.lstrip(BEFORE)
    for number, (start, end) in enumerate(_spans(data), 1):
        if number > MOST_MESSAGES:
            yield Problem("extract", file.path, f"The box holds more than {MOST_MESSAGES:,} messages; split it.")
            return
        text = _QUOTED_FROM.sub(rb"\1", data[start:end])
        try:
            part = _part(file, text, "message")
        except Unreadable as error:
            yield Problem("extract", file.path, f"Message {number}: {error.message}")
            continue
        taken[part.entry] += 1
        yield (
            part
            if taken[part.entry] == 1
            else msgspec.structs.replace(part, entry=f"{part.entry} ({taken[part.entry]})")
        )


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    start = -1
    for match in FROM_LINE.finditer(data):
        if start >= 0:
            yield start, match.start()
        start = match.end()
    if start >= 0:
        yield start, len(data)


def _part(file: OpenedFile, data: bytes, named: str) -> Part:
    """Return a message as a page for the reader; it is `named` so in a box."""
    if len(data) > LARGEST_MESSAGE:
        raise Unreadable(_LARGE)
    if not _HEAD_END.search(data):  # the parser would take a line that was cut off for the text
        raise Unreadable(_EMPTY)
    mail = parse_message(data, "message")
    parts = _single_parts(mail)
    recipients = _recipients(mail)
    html, plain = _body(parts)
    named_pictures = ((f"cid:{header_text(part['Content-ID']).strip('<>')}", payload_of(part)) for part in parts)
    return Part(
        file,
        clean_page(html, recipients) if html else clean_text(plain, recipients),
        "document",
        recognised="email",
        entry=f"{named} {_digest(mail, data)}" if named else "",
        charset="utf-8",
        known=_known(mail),
        rights="private",
        files=pictures(named_pictures),
    )


def _single_parts(mail: Message) -> list[Message]:
    """Return the parts of a message that are not made of parts, but not those of messages that are attached to it."""
    parts: list[Message] = []
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "multipart/encrypted":
            raise Unreadable(_ENCRYPTED)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(child for child in reversed(inner) if isinstance(child, Message))
        elif part.get_content_maintype() != "message":
            parts.append(part)
        if len(parts) + len(waiting) > MOST_PARTS:
            raise Unreadable(_LARGE)
    return parts


def _body(parts: list[Message]) -> tuple[str, str]:
    """Return the text of a message as HTML, or else as plain text. Raises Unreadable if there is neither."""
    plains: list[str] = []
    for part in parts:
        if part.get_content_type() not in ("text/html", "text/plain") or _is_attached(part):
            continue
        data, charset = payload_of(part)[:_LARGEST_BODY], charset_of(part)
        if part.get_content_type() == "text/html":
            if amount(data):
                return page_text(data, charset), ""
        else:
            plains.append(_decoded(data, charset))
    plain = "\n\n".join(filter(str.strip, plains))
    if not plain:
        raise Unreadable(_EMPTY)
    return "", plain


def _is_attached(part: Message) -> bool:
    return header_text(part["Content-Disposition"]).lower().startswith("attachment")


def _decoded(data: bytes, charset: str) -> str:
    try:
        return decode(data.decode(charset, "replace").encode("utf-8", "replace")) if charset else decode(data)
    except (LookupError, ValueError):
        return decode(data)


def _known(mail: Message) -> LinkListEntry:
    """Return what an article takes of a header: subject, name of the sender, date. No other field is read for it."""
    subject = one_line(header_text(mail["Subject"]))[:LONGEST]
    name, address = _sender(header_text(mail["From"])[:LONGEST])
    sender = name or address
    return LinkListEntry(
        "mail header",
        title=subject or (f"Message from {sender}" if sender else "Message"),
        authors=(name,) if name else (),
        published=date_of(mail),
    )


def _sender(text: str) -> tuple[str, str]:
    """Return the name and the address of a sender; a name that is an address counts as none."""
    try:
        first = policy.default.header_factory("From", text).addresses[0]
        name, address = first.display_name, first.addr_spec
    except Exception:  # noqa: BLE001 -- the parser of fields stumbles in many ways over broken ones
        name, address = parseaddr(text)
    name = one_line(name).strip("'\" ")
    return ("" if "@" in name else name), one_line(address)


def _recipients(mail: Message) -> frozenset[str]:
    fields = [header_text(value) for name in _RECIPIENTS for value in mail.get_all(name, [])]
    return frozenset(address.lower() for field in fields for address in MAIL_ADDRESS.findall(field))


def _digest(mail: Message, data: bytes) -> str:
    own = header_text(mail["Message-ID"]).encode("utf-8", "replace") or data
    return hashlib.sha256(own).hexdigest()[:12]


MAIL = Opener(contract=2, open=open_mail)
MAILBOX = Opener(contract=2, open=open_mailbox)
