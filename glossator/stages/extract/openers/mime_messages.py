"""Messages in the Internet Message Format (RFC 5322, MIME), parsed within limits."""

from __future__ import annotations

import re
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import Message

from glossator.stages.extract.unreadable import Unreadable

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


def message(data: bytes, noun: str) -> Message:
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
