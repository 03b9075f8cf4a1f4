"""Pictures of an article: those that its saved file holds, and what their alternative texts say."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from glossator.local_pictures import BESIDE, FOLDER, LARGEST, page_of, picture
from glossator.model import Picture
from glossator.text import bare_words
from glossator.word_lists import any_of

_DATA = re.compile(r"data:([\w.+/-]*)((?:;[^,;]*)*),(.*)", re.DOTALL | re.IGNORECASE)
_KIND = any_of("metadata", "pictures")
_EMPTY = re.compile(rf"\W*(?:{_KIND})\W*\d*\W*(?:of \d+)?\W*", re.IGNORECASE)
"""Text that only says that there is a picture, perhaps with its number."""
_FORMATS = "avif|bmp|gif|jpe?g|png|svg|tiff?|webp"
_FILE = re.compile(rf"\S*\.(?:{_FORMATS})(?:\W.*)?|.*\.(?:{_FORMATS})", re.IGNORECASE)
_CODE = re.compile(
    r"(?:IMG|DSC[FN]?|DCIM|PXL|MVI|P|Screenshot|image|photo|shutterstock|istock|adobestock)?[\d_x-]{4,}\w{0,3}",
    re.IGNORECASE,
)
"""Name that a camera or an agency gives."""
_EXTENSION = re.compile(r"\.\w{2,5}$")


@dataclass(slots=True)
class Pictures:
    """Collection of the pictures that an article shows. State: the pictures requested so far."""

    files: Mapping[str, bytes]
    """Resources saved with the page: Part.files."""
    collected: dict[str, Picture] = field(default_factory=dict)
    left_out: int = 0
    """Pictures that were left out because the article's pictures would have been larger than LARGEST together."""

    def address(self, source: str, absolute: str = "") -> str:
        """Return the address for Markdown of a picture that the saved file holds; empty if the file does not hold it.

        `source` is the address as the page writes it, `absolute` the address resolved against the page's, if that is
        known. A path that leads to a file beside the saved one becomes `saved:` and the path, quoted.
        """
        source = source.strip()
        if source[:5].lower() == "data:":
            return self._collect(_embedded(source))
        for name in (absolute, source, unquote(source).removeprefix("./")):
            if name in self.files:
                return self._collect(self.files[name])
        path = unquote(source)
        local = not absolute or page_of(path.removeprefix("./").partition("/")[0])
        return BESIDE + quote(path) if local and _is_beside(source) else ""

    def _collect(self, data: bytes) -> str:
        image = picture(data)
        if image is None:
            return ""
        if image.name not in self.collected:
            if sum(len(other.data) for other in self.collected.values()) + len(data) > LARGEST:
                self.left_out += 1
                return ""
            self.collected[image.name] = image
        return FOLDER + image.name


def _embedded(source: str) -> bytes:
    parts = _DATA.match(source)
    if not parts:
        return b""
    if "base64" not in parts[2].lower():
        return unquote_to_bytes(parts[3])
    try:
        return base64.b64decode(unquote(parts[3]))
    except (binascii.Error, ValueError):
        return b""


def _is_beside(source: str) -> bool:
    """True if an address is a path below the folder that the saved file lies in."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    path = unquote(parts.path)
    return bool(path) and not (parts.scheme or parts.netloc or path.startswith("/") or ".." in path.split("/"))


def said(alt: str, address: str, names: frozenset[str]) -> str:
    """Return an alternative text in one line; empty if it says nothing of the picture.

    It says nothing if it is a word for pictures, the name of a file, or one of `names` (in folded form): those of the
    site and the authors.
    """
    text = " ".join(alt.split())
    if _EMPTY.fullmatch(text) or _FILE.fullmatch(text) or _CODE.fullmatch(text) or bare_words(text) in names:
        return ""
    return "" if " " not in text and _is_file_name(text, address) else text


def _is_file_name(text: str, address: str) -> bool:
    """True if a single word is the name of the picture's file, and no word of a language."""
    stem = _EXTENSION.sub("", unquote(address).partition("?")[0].rpartition("/")[2])
    marked = any(mark in "-_" or mark.isdigit() for mark in text)
    return marked and bare_words(stem).startswith(bare_words(text))
