"""SingleFile's packed page: a ZIP archive of the page and its resources, by itself or behind HTML that unpacks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from glossator import addresses
from glossator.model import LinkListEntry
from glossator.stages.extract.date_parsing import iso
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.exported_metadata import Record, parsed
from glossator.stages.extract.openers.principal_document import Document, pictures, principal
from glossator.stages.extract.openers.zip_members import Zipped, opened
from glossator.stages.extract.unreadable import Unreadable

_INDEX = re.compile(r"(?:[^/]*/)?index\.html?", re.IGNORECASE)
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|jfif|gif|webp|avif)", re.IGNORECASE)


def index(names: Iterable[str]) -> str:
    """Return the page among the members of an archive, at its top or in its only folder; empty if there is no page."""
    paths = sorted((name for name in names if _INDEX.fullmatch(name)), key=lambda name: (name.count("/"), name))
    return paths[0] if paths else ""


def is_packed(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is one page: it has an index, and no page but frames beside it."""
    name = index(names)
    top = name[: name.rfind("/") + 1]
    others = (other.removeprefix(top) for other in names if other != name and _PAGE.search(other))
    return bool(name) and all(other.startswith("frames/") for other in others)


def open_packed(file: OpenedFile) -> Iterator[Part]:
    """Yield the page in the archive, with its pictures by their paths relative to the page.

    Raises Unreadable if the archive is damaged, protected by a password, or unpacks to more than can be read.
    """
    zipped = opened(file.data)
    name = index(zipped.members)
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
