"""Readeck's two archives -> their articles: the Markdown export, and the backup with a page for each bookmark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.article_page import article_page
from glossator.stages.extract.openers.exported_metadata import Record, link, parsed
from glossator.stages.extract.openers.zip_members import Zipped, opened
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "readeck export"
_MARKDOWN = re.compile(r"(?:[^/]*readeck[^/]*/.*|(?:.*/)?\d{4}-\d\d-\d\d-[^/]+-[0-9A-Za-z]{20,24}/)index\.md")
_INFO = re.compile(r"(?:.*/)?bookmarks/[^/]+/info\.json")
"""Only file that is opened in a backup: `data.json`, with its accounts and tokens, above all is not."""


def is_readeck(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is an export of Readeck."""
    return any(_MARKDOWN.fullmatch(name) or _INFO.fullmatch(name) for name in names)


def open_readeck(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the bookmarks in the order of the archive.

    Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    for name in archive.members:
        try:
            if _MARKDOWN.fullmatch(name):
                yield _exported(file, archive, name)
            elif _INFO.fullmatch(name):
                yield from _backed_up(file, archive, name)
        except Unreadable as error:
            yield Problem("extract", file.path, f"{name}: {error.message}", error.line)


def _exported(file: OpenedFile, archive: Zipped, name: str) -> Part:
    """Read a text of the Markdown export, whose front matter holds all metadata; its pictures lie beside it."""
    data, folder = archive.read(name), name.removesuffix("index.md")
    entry = folder.rstrip("/").rpartition("/")[2]
    files = archive.below(folder)
    return Part(file, data, "markdown", recognised="readeck", entry=entry, charset="utf-8", files=files)


def _backed_up(file: OpenedFile, archive: Zipped, name: str) -> Iterator[Part | LinkListEntry | Problem]:
    value = parsed(archive.read(name))
    folder = name.removesuffix("info.json")
    text = f"{folder}container/index.html"
    if isinstance(value, dict) and text in archive.members and archive.members[text].file_size:
        content = archive.read(text).decode("utf-8", "replace")
        part = article_page(file, content, _known(Record.of(value)), "readeck", folder.rstrip("/").rpartition("/")[2])
        yield msgspec.structs.replace(part, files=archive.below(f"{folder}container/"))
    else:
        yield from link(value, _known, file, name)


def _known(info: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=info.address("url", "initialurl"),
        title=info.text("title"),
        site=info.text("sitename", "site"),
        authors=info.people("authors"),
        published=info.moment("published"),
        saved=info.moment("created"),
        language=info.language("lang"),
        description=info.text("description"),
        tags=info.words("labels", "tags"),
    )
