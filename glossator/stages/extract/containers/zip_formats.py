"""Formats of ZIP archives, told by the names of their members: documents, services' exports, and packed pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from glossator.stages.extract.containers.zip_members import names

OMNIVORE_LIST = re.compile(r"(?:[^/]+/)?metadata_\d+_to_\d+\.json")
"""Omnivore's list of articles."""
READECK_ARTICLE = re.compile(r"(?:[^/]*readeck[^/]*/.*|(?:.*/)?\d{4}-\d\d-\d\d-[^/]+-[0-9A-Za-z]{20,24}/)index\.md")
READECK_BOOKMARK = re.compile(r"(?:.*/)?bookmarks/[^/]+/info\.json")
"""Only file that is opened in a backup: `data.json`, with its accounts and tokens, above all is not."""
POCKET_TABLE = re.compile(r"(?:[^/]+/)?part_\d+\.csv")
"""Table of links in an export of Pocket."""
WACZ_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
WACZ_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
"""Lists of the pages that somebody requested, and of those that the crawler found."""
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_INDEX = re.compile(r"(?:[^/]*/)?index\.html?", re.IGNORECASE)
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_EPUB = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL)
_ODT = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL)
"""Beginnings of files whose first member, not compressed, states the format (Open Container Format, OpenDocument)."""


def zip_format(data: bytes) -> str | None:
    """Return the format of a document, of a service's export, or of a page; None for any other ZIP archive."""
    if _EPUB.match(data) or _ODT.match(data):
        return "epub" if _EPUB.match(data) else "odt"
    members = names(data)
    return next((name for name, predicate in _ZIPPED if predicate(members)), None)


def page_index(names: Iterable[str]) -> str:
    """Return the page among the members of an archive, at its top or in its only folder; empty if there is no page."""
    paths = sorted((name for name in names if _INDEX.fullmatch(name)), key=lambda name: (name.count("/"), name))
    return paths[0] if paths else ""


def _is_packed(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is one page: it has an index, and no page but frames beside it."""
    name = page_index(names)
    top = name[: name.rfind("/") + 1]
    others = (other.removeprefix(top) for other in names if other != name and _PAGE.search(other))
    return bool(name) and all(other.startswith("frames/") for other in others)


def _any(*patterns: re.Pattern[str]) -> Callable[[Sequence[str]], bool]:
    """Return a predicate that is true if one of the names of an archive's members has one of these forms."""
    return lambda names: any(pattern.fullmatch(name) for name in names for pattern in patterns)


_ZIPPED: tuple[tuple[str, Callable[[Sequence[str]], object]], ...] = (
    ("omnivore", _any(OMNIVORE_LIST)),
    ("readeck", _any(READECK_ARTICLE, READECK_BOOKMARK)),
    ("pocket-zip", _any(POCKET_TABLE)),
    ("wacz", lambda names: any(name in WACZ_LISTS for name in names) or _any(WACZ_ARCHIVE)(names)),
    ("epub", lambda names: "META-INF/container.xml" in names),
    ("docx", lambda names: "word/document.xml" in names or ("[Content_Types].xml" in names and _any(_DOCUMENT)(names))),
    ("zipped-html", _is_packed),
)
"""Format -> predicate of the names of an archive's members."""
