"""SingleFile's packed page: a ZIP archive of the page and its resources, by itself or behind HTML that unpacks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator import addresses
from glossator.model import LinkListEntry
from glossator.stages.extract.containers.exported_metadata import Record, parsed
from glossator.stages.extract.containers.principal_document import Document, pictures, principal
from glossator.stages.extract.containers.zip_members import Zipped, opened
from glossator.stages.extract.date_parsing import iso
from glossator.stages.extract.detect.zipped_formats import page_index
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.unreadable import Unreadable

_PICTURE = re.compile(r"\.(?:png|jpe?g|jfif|gif|webp|avif)", re.IGNORECASE)


def open_packed(file: OpenedFile) -> Iterator[Part]:
    """Yield the page in the archive, with its pictures by their paths relative to the page.

    Raises Unreadable if the archive is damaged, protected by a password, or unpacks to more than can be read.
    """
    zipped = opened(file.data)
    name = page_index(zipped.members)
    if not name:
        raise Unreadable("The packed page holds no index.html; save the page again.")
    top = name[: name.rfind("/") + 1]
    frames = [other for other in zipped.members if other.startswith(f"{top}frames/") and other.endswith("index.html")]
    chosen = principal([Document(zipped.read(path), "text/html") for path in (name, *frames)])
    assert chosen is not None
    recorded = _manifest(zipped, f"{top}manifest.json")
    address = recorded.raw("originalurl") or zipped.members[name].comment.decode("utf-8", "replace")
    yield Part(
        file,
        chosen.data,
        "html",
        recognised="singlefile zip",
        address=addresses.web_address(address),
        hints=LinkListEntry(
            "singlefile manifest", title=recorded.text("title"), saved=iso(recorded.raw("archivetime")) or None
        ),
        files=pictures(_pictures(zipped, top)),
    )


def _manifest(zipped: Zipped, name: str) -> Record:
    """Return what SingleFile recorded about the page: address, title, time of saving; empty if it recorded nothing."""
    try:
        return Record.of(parsed(zipped.read(name)) if name in zipped.members else None)
    except Unreadable:
        return Record({})


def _pictures(zipped: Zipped, top: str) -> Iterator[tuple[str, bytes]]:
    for name in zipped.members:
        if name.startswith(top) and _PICTURE.search(name[-5:]):
            try:
                yield name.removeprefix(top), zipped.read(name)
            except Unreadable:
                continue  # a damaged picture is no reason to lose the page
