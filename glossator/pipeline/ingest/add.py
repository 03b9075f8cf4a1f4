"""`add`: copies of saved files and exports, for content/saved/. What is given stays where it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from glossator import disk
from glossator.content.files import ASSET_FOLDER, find_saved, saved_file
from glossator.disk import Unusable, read_bytes
from glossator.model import Problem, SavedFile
from glossator.pictures import SUFFIXES
from glossator.stages.extract.describe import Description, describe

_PICTURE = re.compile(rf"[(\[]([^()\[\]|\n]+(?:{'|'.join(map(re.escape, sorted(SUFFIXES)))}))[)\]|]", re.IGNORECASE)
"""How a clipping names a picture beside it, in Markdown's notation or in Obsidian's."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file."""

    path: Path
    what: Description
    name: str
    """Where it lies below `saved/`, now or already; empty where it was not brought in."""
    new: bool


def add_files(paths: Sequence[Path], saved: Path) -> tuple[tuple[Added, ...], tuple[Problem, ...]]:
    """Bring files, and all files of folders, into `saved`, with the pictures that lie beside them.

    A file whose bytes are there already is not copied again; one whose name is taken, or that of a picture of it, gets
    a folder of its own.
    """
    found, _ = find_saved(saved)
    there = {file.digest: file.path for file in reversed(found)}
    added: list[Added] = []
    problems: list[Problem] = []
    for folder, file, below in _given(paths, problems):
        path = folder / file.path
        what = describe(read_bytes(path), file.path)
        if not what.read or file.digest in there:
            added.append(Added(path, what, there.get(file.digest, ""), False))
            continue
        copies = {one: one.relative_to(folder) for one in (path, *_companions(path, file, folder))}
        free = all(_free(saved / below / name, one) for one, name in copies.items())
        place = below if free else f"{below}/{file.digest[:8]}".lstrip("/")
        for one, name in copies.items():
            try:
                disk.replace(saved / place / name, read_bytes(one))
            except Unusable as error:
                problems.append(Problem("find", str(one), str(error)))
        there[file.digest] = (Path(place) / file.path).as_posix()
        added.append(Added(path, what, there[file.digest], True))
    return tuple(added), tuple(problems)


def _given(paths: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, SavedFile, str]]:
    """Each file with the folder that its name is relative to, and the folder of `saved` that it belongs in."""
    for path in paths:
        if path.is_dir():
            files, troubles = find_saved(path)
            problems += troubles
            yield from ((path, file, path.resolve().name) for file in files)
            continue
        try:
            yield path.parent, saved_file(path, path.name), ""
        except Unusable as error:
            problems.append(Problem("find", str(path), str(error)))


def _free(target: Path, source: Path) -> bool:
    """Whether a copy may be laid there: nothing is, or the same."""
    try:
        return not os.path.lexists(target) or read_bytes(target) == read_bytes(source)
    except Unusable:
        return False


def _companions(path: Path, file: SavedFile, folder: Path) -> Iterator[Path]:
    """What lies beside a page and belongs to it: its pictures, its browser's folder, its snapshot's index."""
    if path.suffix.lower() in (".md", ".markdown"):
        for name in _PICTURE.findall(read_bytes(path).decode("utf-8", "replace")):
            picture = _within(folder, path.parent / unquote(name))
            if picture:
                yield picture
    if file.about:
        yield folder / file.about.path
    for end in ASSET_FOLDER:
        for companion in sorted(path.with_name(path.stem + end).rglob("*")):
            if companion.is_file() and not companion.is_symlink():
                yield companion


def _within(folder: Path, path: Path) -> Path | None:
    """The path as one below the folder; None where no file is there, or only by a way that leads out of it."""
    place, home = Path(os.path.abspath(path)), Path(os.path.abspath(folder))  # noqa: PTH100 -- without the dots, and no link followed
    try:
        inside = place.is_relative_to(home) and place.is_file() and place.resolve().is_relative_to(home.resolve())
    except OSError:  # a text that is too long for a name
        return None
    return folder / place.relative_to(home) if inside else None
