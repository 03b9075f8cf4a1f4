"""content/saved/ -> saved files. None is left out silently."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple
from unicodedata import category

import msgspec

from glossator.content.file_stamps import stamp_of
from glossator.files import Unusable, Vanished, read_bytes, scan_folder
from glossator.local_pictures import page_of
from glossator.model import Digest, Problem, SavedFile

SNAPSHOT = 2
"""Levels of a snapshot of ArchiveBox: its files, and those in the folders of its extractors."""
LOCKED = "is a folder that may not be read: change its permissions"
TEXTS = (".html", ".htm", ".md", ".txt", ".mhtml")
"""Suffixes of hidden files that are reported; others, such as `.DS_Store`, are not."""


class SavedFileRecord(msgspec.Struct, frozen=True):
    """State of a file when it was last read, valid while the file's size and times are unchanged."""

    stamp: str
    digest: Digest
    size: int


class GivenFile(NamedTuple):
    """A file that a person names, outside an archive."""

    folder: Path
    """Folder that the path of the file is below."""
    file: SavedFile
    within: str
    """Name of the folder that the person named; empty for a file that was named by itself."""


def find_saved(
    saved: Path, last_read: Mapping[str, SavedFileRecord] | None = None
) -> tuple[tuple[SavedFile, ...], tuple[Problem, ...]]:
    """Find every file below `content/saved/`, sorted by path, and the problems.

    Files that are unchanged since they were `last_read` are not read.

    Hidden files are skipped (an article among them is reported), as are the folders that browsers put beside a page for
    its pictures. A snapshot of ArchiveBox, which is a folder, counts as one file.
    """
    files: list[SavedFile] = []
    problems: list[Problem] = []
    for name, index in _walk(saved, "", problems):
        if wrong := name_problem("find", name):
            problems.append(wrong)
            continue
        try:
            file = _file(saved, name, last_read or {})
            files.append(msgspec.structs.replace(file, about=_file(saved, index, last_read or {})) if index else file)
        except Unusable as error:
            problems.append(Problem("find", name, str(error), fatal=not isinstance(error, Vanished)))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def given_files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[GivenFile]:
    """Yield the files that a person names, singly or by a folder."""
    for path in paths:
        if path.is_dir():
            files, folder_problems = find_saved(path)
            problems += folder_problems
            yield from (GivenFile(path, file, path.resolve().name) for file in files)
            continue
        try:
            yield GivenFile(path.parent, saved_file(path, path.name), "")
        except Unusable as error:
            problems.append(Problem("find", str(path), str(error)))


def name_problem(stage: str, path: str) -> Problem | None:
    """Return a problem if a path is no text, in which case the file is not read."""
    if path.isprintable() or not any(category(character) in ("Cc", "Cs") for character in path):
        return None
    text = "has a name that is not valid UTF-8, or holds control characters: rename it"
    return Problem(stage, repr(path)[1:-1], text)


def folder_entries(folder: Path, stage: str, problems: list[Problem], suffix: str = "") -> list[Path]:
    """Return the paths directly below a folder of the content that end in `suffix`, sorted; none without a folder.

    A folder that may not be read is added to the problems, as one of the stage.
    """
    try:
        return sorted(folder / entry.name for entry in scan_folder(folder) if entry.name.endswith(suffix))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        problems.append(Problem(stage, f"{folder.name}/", LOCKED))
        return []


def regular_files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder, without links and without those in folders that may not be read."""
    for path, entry in _entries(folder):
        if entry.is_file(follow_symlinks=False):
            yield path


def _entries(folder: Path, depth: int | None = None) -> Iterator[tuple[Path, os.DirEntry[str]]]:
    """Yield what is below a folder and no folder itself: a depth of 1 stands for the folder alone, None for all."""
    try:
        entries = scan_folder(folder)
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield folder / entry.name, entry
        elif depth != 1:
            yield from _entries(folder / entry.name, depth and depth - 1)


def saved_file(path: Path, name: str, about: SavedFile | None = None) -> SavedFile:
    """Read a saved file, which people know as `name`; `about` is the index of its snapshot. Raises Unusable."""
    data = read_bytes(path)
    return SavedFile(name, Digest(hashlib.sha256(data).hexdigest()), len(data), about)


def find_file(saved: Path, path: str, digest: str = "") -> SavedFile | None:
    """Find one file below `content/saved/`, with the index of its snapshot; None if it is not there.

    It is the file at the path, or else one of the same suffix and with the SHA-256 `digest`, which a person moved.
    Raises Unusable if the file at the path cannot be read.
    """
    there = dict(_walk(saved, "", []))
    moved = (name for name in there if digest and PurePath(name).suffix == PurePath(path).suffix)
    for name in [path] if path in there else moved:
        index = there[name]
        try:
            file = saved_file(saved / name, name, saved_file(saved / index, index) if index else None)
        except Unusable:
            if name == path:
                raise
            continue
        if name == path or file.digest == digest:
            return file
    return None


def file_records(saved: Path, files: Iterable[SavedFile]) -> dict[str, SavedFileRecord]:
    """Return the records of the files for the next reading."""
    every = [*files, *(file.about for file in files if file.about)]
    stamps = ((file, stamp_of(f"{saved}/{file.path}")) for file in every)
    return {file.path: SavedFileRecord(text, file.digest, file.size) for file, text in stamps if text}


def _file(saved: Path, name: str, last_read: Mapping[str, SavedFileRecord]) -> SavedFile:
    record = last_read.get(name)
    if record is None or stamp_of(f"{saved}/{name}") != record.stamp:  # a Path takes four times as long
        return saved_file(saved / name, name)
    return SavedFile(name, record.digest, record.size)


def _walk(saved: Path, below: str, problems: list[Problem]) -> Iterator[tuple[str, str | None]]:
    """Yield the paths below `saved` of the files to read, each with that of the index about it, if there is one.

    `below` is a folder with a slash at its end, or empty for all.
    """
    try:
        entries = sorted(scan_folder(saved / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        name = below.rstrip("/") or "."
        problems.append(Problem("find", name, LOCKED))
        return
    names = {entry.name for entry in entries}
    if not names.isdisjoint(INDEXES) and (page := _page_of_snapshot(saved, below, problems)):
        yield f"{below}{page}", f"{below}{next(name for name in INDEXES if name in names)}"
        return
    for entry in entries:
        if entry.name.startswith("."):
            if entry.name.endswith(TEXTS):
                text = "is hidden: take the dot from its name to have it read"
                problems.append(Problem("find", f"{below}{entry.name}", text, fatal=False))
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield f"{below}{entry.name}", None
        elif not _assets(entry.name, names):
            yield from _walk(saved, f"{below}{entry.name}/", problems)


def _page_of_snapshot(saved: Path, below: str, problems: list[Problem]) -> str | None:
    """Return the file of a snapshot that is to be read, by its path in the snapshot; None if there is none."""
    entries = [(path.relative_to(saved / below).as_posix(), entry) for path, entry in _entries(saved / below, SNAPSHOT)]
    page = preferred([name for name, entry in entries if entry.is_file(follow_symlinks=False)])
    for name in (name for name, entry in entries if page and entry.is_symlink()):
        text = "is a link, which is not followed: copy what it leads to"
        problems.append(Problem("find", f"{below}{name}", text, fatal=False))
    return page


def _assets(folder: str, names: set[str]) -> bool:
    stem = page_of(folder)
    return bool(stem) and any(f"{stem}{suffix}" in names for suffix in (".html", ".htm", ".xhtml"))


INDEXES = ("index.json", "index.jsonl")
"""Names of the index in the snapshot, in ArchiveBox's older and newer versions."""

_PREFERRED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:singlefile/)?singlefile\.html",
        r"readability/content\.html",
        r"mercury/content\.html",
        r"readability/article\.json",
        r"mercury/article\.json",
        r"(?:dom/)?output\.html",
        r"(?:wget/)?(?:[\w-]+\.)+[a-z]{2,}(?:[+:]\d+)?/.+\.html?",  # wget names the folder after the host
        r"(?:wget/)?warc/.+\.warc(?:\.gz)?",
        r"(?:htmltotext|readability|mercury)(?:/content)?\.txt",
    )
)
"""Files in order of preference: from the page as displayed, with its pictures, to the text alone."""


def preferred(names: Sequence[str]) -> str | None:
    """Return the file of a snapshot that is to be read; None if the folder is no snapshot, or has no page.

    `names` are paths relative to the folder, with forward slashes.
    """
    if not any(index in names for index in INDEXES):
        return None
    ordered = sorted(names, key=lambda name: (name.count("/"), name))
    return next((name for pattern in _PREFERRED for name in ordered if pattern.fullmatch(name)), None)
