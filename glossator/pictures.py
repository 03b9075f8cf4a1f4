"""What a picture that lies beside an article is, and how Markdown names it. Below the edges, for both sides use it."""

from __future__ import annotations

import hashlib
import re

from glossator.model import Picture

FOLDER = "images/"
"""Where pictures lie beside the articles."""
BESIDE = "saved:"
"""What the address of a picture begins with that lies beside the saved file: whoever places the article looks there."""
LARGEST = 20_000_000
"""Bytes of the pictures of one article; what is beyond stays out, smaller pictures of the same article may come in."""

_SHOWN = re.compile(rf"\]\({FOLDER}([\w.-]+)[)\s]", re.ASCII)
_KINDS = (
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WEBP", "webp"),
    (rb"....ftypavi[fs]", "avif"),
)
"""No SVG: one that is opened by itself may run scripts."""
SUFFIXES = frozenset({".jpeg", *(f".{suffix}" for _, suffix in _KINDS)})


def kind(data: bytes) -> str:
    """The suffix for a picture's kind by its first bytes; empty for what is no picture that a page may show."""
    return next((suffix for signature, suffix in _KINDS if re.match(signature, data, re.DOTALL)), "")


def picture(data: bytes) -> Picture | None:
    """The picture of these bytes under its name; None for what is no picture that a page may show."""
    suffix = kind(data)
    return Picture(f"{hashlib.sha256(data).hexdigest()[:20]}.{suffix}", data) if suffix else None


def shown(markdown: str) -> tuple[str, ...]:
    """The names of the pictures beside the articles that a text refers to, each once."""
    return tuple(dict.fromkeys(_SHOWN.findall(markdown))) if FOLDER in markdown else ()
