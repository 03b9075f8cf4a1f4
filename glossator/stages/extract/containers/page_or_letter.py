"""Messages told apart by their headers: a page that a program saved, or a letter."""

from __future__ import annotations

import re
from email.errors import MultipartInvariantViolationDefect
from email.parser import BytesHeaderParser

from glossator.stages.extract.containers.mhtml import BEFORE
from glossator.stages.extract.containers.principal_document import FORMATS

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
