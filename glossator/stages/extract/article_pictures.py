"""Pictures that a saved file holds, and their addresses in the Markdown of its article."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from glossator.local_pictures import BESIDE, FOLDER, LARGEST, page_of, picture
from glossator.model import Picture

_DATA = re.compile(r"data:([\w.+/-]*)((?:;[^,;]*)*),(.*)", re.DOTALL | re.IGNORECASE)


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
