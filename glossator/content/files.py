"""content/saved/ -> saved files. Nothing in it is left out silently."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category

from glossator.content.snapshots import INDEXES, preferred
from glossator.content.stamps import stamp
from glossator.disk import Unusable, read_bytes
from glossator.model import Digest, Problem, SavedFile

ASSET_FOLDER = ("_files", ".files", "_data")
"""How browsers end the name of the folder that holds a page's pictures and scripts."""
TEXTS = (".html", ".htm", ".md", ".txt", ".mhtml")
"""Of hidden files, those that are named as articles; of the others, such as `.DS_Store`, nothing is said."""


@dataclass(frozen=True, slots=True)
class SavedFileRecord:
    """A file as it was when it was last read, for as long as its size and times are the same."""

    stamp: str
    digest: Digest
    size: int


def find_saved(
    saved: Path, known: Mapping[str, SavedFileRecord] | None = None
) -> tuple[tuple[SavedFile, ...], tuple[Problem, ...]]:
    """Every file below `content/saved/`, sorted by path, and those that cannot be used; `known` ones are not read.

    Hidden files are passed over (an article among them is told), and so are the folders that browsers lay beside a page
    for its pictures. A snapshot of ArchiveBox, which is a folder, is one file of it.
    """
    files: list[SavedFile] = []
    problems: list[Problem] = []
    for name, index in _walk(saved, "", problems):
        if wrong := misnamed("find", name):
            problems.append(wrong)
            continue
        try:
            file = _file(saved, name, known or {})
            files.append(replace(file, about=_file(saved, index, known or {})) if index else file)
        except Unusable as error:
            problems.append(Problem("find", name, str(error)))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def misnamed(stage: str, path: str) -> Problem | None:
    """What there is to say of a file whose path is no text: such a file is not read."""
    if path.isprintable() or not any(category(character) in ("Cc", "Cs") for character in path):
        return None
    text = "has a name that is not valid UTF-8, or holds control characters: rename it"
    return Problem(stage, repr(path)[1:-1], text)


def saved_file(path: Path, name: str, about: SavedFile | None = None) -> SavedFile:
    """A saved file under the name that people know it by. Raises Unusable."""
    data = read_bytes(path)
    return SavedFile(name, Digest(hashlib.sha256(data).hexdigest()), len(data), about)


def found(saved: Path, files: Iterable[SavedFile]) -> dict[str, SavedFileRecord]:
    """What is to be known of the files the next time."""
    every = [*files, *(one.about for one in files if one.about)]
    stamps = ((one, stamp(os.lstat(f"{saved}/{one.path}"))) for one in every)
    return {one.path: SavedFileRecord(seen, one.digest, one.size) for one, seen in stamps if seen}


def _file(saved: Path, name: str, known: Mapping[str, SavedFileRecord]) -> SavedFile:
    before = known.get(name)
    if before is None or stamp(os.lstat(f"{saved}/{name}")) != before.stamp:  # a Path for each takes four times as long
        return saved_file(saved / name, name)
    return SavedFile(name, before.digest, before.size)


def _walk(saved: Path, below: str, problems: list[Problem]) -> Iterator[tuple[str, str | None]]:
    """The files to be read, each with the index that tells about it, if there is one, by path below `saved`.

    `below` is a folder in it, with a slash at its end; empty for all.
    """
    try:
        entries = sorted(os.scandir(saved / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        name = below.rstrip("/") or "."
        problems.append(Problem("find", name, "is a folder that may not be read: change its permissions"))
        return
    names = {entry.name for entry in entries}
    if not names.isdisjoint(INDEXES) and (page := preferred(_names(saved / below))):
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


def _names(folder: Path) -> list[str]:
    """Of a snapshot: the files in the folder and in the folders of its extractors."""
    found = (path for pattern in ("*", "*/*") for path in folder.glob(pattern) if path.is_file())
    return [path.relative_to(folder).as_posix() for path in found]


def _assets(folder: str, names: set[str]) -> bool:
    stems = [folder.removesuffix(end) for end in ASSET_FOLDER if folder.endswith(end)]
    return any(f"{stem}{suffix}" in names for stem in stems for suffix in (".html", ".htm", ".xhtml"))
