"""Safari's web archive: a property list of a page's main resource, its subresources and its frames."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from typing import Any

from glossator import addresses
from glossator.extension_points.openers import Opener
from glossator.stages.extract.containers.principal_document import FORMATS, Document, pictures, principal
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

_DEEPEST = 20
"""Levels of frames; a binary property list can refer back to itself."""


def open_webarchive(file: OpenedFile) -> Iterator[Part]:
    """Yield the page in a web archive, with its pictures by address.

    Raises Unreadable if the archive is damaged, or holds no page.
    """
    try:
        # plistlib refuses declarations of entities, so that a list cannot unpack itself or read other files.
        archive = plistlib.loads(file.data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except Exception:  # noqa: BLE001 -- plistlib raises whatever the bytes made it stumble over
        raise Unreadable("The web archive is damaged or cut off; save the page again.") from None
    frames = list(_frames(archive, 0))
    documents = [_document(frame.get("WebMainResource")) for frame in frames]
    chosen = principal([document for document in documents if document.data])
    if chosen is None:
        raise Unreadable("The web archive holds no page; save the page again.")
    resources = [_document(resource) for frame in frames for resource in _list(frame.get("WebSubresources"))]
    yield Part(
        file,
        chosen.data,
        FORMATS[chosen.mime],
        recognised="webarchive",
        charset=chosen.charset,
        address=addresses.web_address(chosen.address),
        files=pictures((document.address, document.data) for document in resources),
    )


def _frames(archive: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the archive and those of its frames, each before the frames within it."""
    if isinstance(archive, dict) and depth < _DEEPEST:
        yield archive
        for inner in _list(archive.get("WebSubframeArchives")):
            yield from _frames(inner, depth + 1)


def _document(resource: object) -> Document:
    values = resource if isinstance(resource, dict) else {}
    data = values.get("WebResourceData")
    mime, charset, address = (
        value if isinstance(value := values.get(f"WebResource{name}"), str) else ""
        for name in ("MIMEType", "TextEncodingName", "URL")
    )
    return Document(data if isinstance(data, bytes) else b"", mime.lower(), charset, address)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


WEBARCHIVE = Opener(contract=2, open=open_webarchive)
