"""content/saved/ -> saved files. Nothing in it is left out silently."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from glossator.disk import Unusable, read_bytes
from glossator.model import Digest, Problem, SavedFile

ASSET_FOLDER = ("_files", ".files", "_data")
"""How browsers end the name of the folder that holds a page's pictures and scripts."""


def find_saved(saved: Path) -> tuple[tuple[SavedFile, ...], tuple[Problem, ...]]:
    """Every file below `content/saved/`, sorted by path, and those that cannot be used.

    Hidden files are passed over, and so are the folders that browsers lay beside a page for its pictures.
    """
    files, problems = [], []
    for path in _walk(saved):
        name = path.relative_to(saved).as_posix()
        if not _printable(name):
            text = "has a name that is not valid UTF-8, or holds control characters: rename it"
            problems.append(Problem("find", ascii(name)[1:-1], text))
            continue
        try:
            files.append(saved_file(path, name))
        except Unusable as error:
            problems.append(Problem("find", name, str(error)))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def saved_file(path: Path, name: str) -> SavedFile:
    """A saved file under the name that people know it by. Raises Unusable."""
    data = read_bytes(path)
    return SavedFile(name, Digest(hashlib.sha256(data).hexdigest()), len(data))


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)
        elif not _assets(entry.name, names):
            yield from _walk(Path(entry.path))


def _assets(folder: str, names: set[str]) -> bool:
    stems = [folder.removesuffix(end) for end in ASSET_FOLDER if folder.endswith(end)]
    return any(f"{stem}{suffix}" in names for stem in stems for suffix in (".html", ".htm", ".xhtml"))


def _printable(name: str) -> bool:
    return name.isprintable() and not any("\ud800" <= character <= "\udfff" for character in name)
