"""Readeck's two archives -> their articles: the Markdown export, and the backup with a page for each bookmark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from glossator.model import Listed, Problem
from glossator.stages.extract.openers.kept import article
from glossator.stages.extract.openers.records import Record, odd, parsed
from glossator.stages.extract.openers.zipped import Zipped, opened
from glossator.stages.extract.part import File, Part
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "readeck export"
_MARKDOWN = re.compile(r"(?:[^/]*readeck[^/]*/.*|(?:.*/)?\d{4}-\d\d-\d\d-[^/]+-[0-9A-Za-z]{20,24}/)index\.md")
_INFO = re.compile(r"(?:.*/)?bookmarks/[^/]+/info\.json")
"""All else in a backup, `data.json` with its accounts and tokens above all, is never opened."""


def is_readeck(names: Sequence[str]) -> bool:
    """Whether an archive with members of these names is Readeck's."""
    return any(_MARKDOWN.fullmatch(name) or _INFO.fullmatch(name) for name in names)


def open_readeck(file: File) -> Iterator[Part | Listed | Problem]:
    """The bookmarks in the order of the archive.

    Raises:
        Unreadable: the archive is damaged.
    """
    archive = opened(file.data)
    for name in archive.members:
        try:
            if _MARKDOWN.fullmatch(name):
                yield _exported(file, archive, name)
            elif _INFO.fullmatch(name):
                yield _backed_up(file, archive, name)
        except Unreadable as error:
            yield Problem("extract", file.path, f"{name}: {error.message}", error.line)


def _exported(file: File, archive: Zipped, name: str) -> Part:
    """A text of the Markdown export, whose front matter says all that is known; its pictures lie beside it."""
    data, folder = archive.read(name), name.removesuffix("index.md")
    entry = folder.rstrip("/").rpartition("/")[2]
    return Part(
        file, data, "markdown", recognised="readeck", entry=entry, charset="utf-8", files=_pictures(archive, folder)
    )


def _backed_up(file: File, archive: Zipped, name: str) -> Part | Listed | Problem:
    value = parsed(archive.read(name))
    if not isinstance(value, dict):
        return odd(file.path, name)
    folder = name.removesuffix("info.json")
    known, text = _known(Record.of(value)), f"{folder}container/index.html"
    if text not in archive.members or not archive.members[text].file_size:
        return known
    content = archive.read(text).decode("utf-8", "replace")
    part = article(file, content, known, "readeck", folder.rstrip("/").rpartition("/")[2])
    return replace(part, files=_pictures(archive, f"{folder}container/"))


def _pictures(archive: Zipped, folder: str) -> Mapping[str, bytes]:
    """The files of a bookmark by both ways in which its text writes their paths."""
    found = archive.below(folder)
    return found | {f"./{path}": data for path, data in found.items()}


def _known(info: Record) -> Listed:
    return Listed(
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
