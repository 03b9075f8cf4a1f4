"""Outputs -> site/. All that is new waits beside the site until it is whole; only what is ours is ever replaced.

A build that fails on the way leaves the site as it was. One that is killed while files are put in place leaves its
manifest among those that wait, by which the next build knows what is ours.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable, create, read_bytes
from glossator.model import Output, Problem, SitePath
from glossator.output import rooms

MANIFEST = ".glossator-files.json"
"""In the site: every file that we wrote, with the digest of its content. A file that is not in it is not ours."""
SUSPECT = (b'"/', b"..", b"\\")
"""One of these is in a manifest that points out of the site, whoever wrote it."""
HINT = "Choose a folder that is the site's alone, with --site."
FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)
CHANGED = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"


@dataclass(frozen=True, slots=True)
class Written:
    """What writing changed. `files` is the whole site afterwards, by path."""

    changed: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    files: Mapping[SitePath, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _New:
    """A file for the site, and where it waits."""

    path: SitePath
    digest: str
    waiting: str


def check(site: Path, content: Path) -> None:
    """Raises SiteError for a place where the site would mix with what it is made of, or with all that a person has."""
    place, home = site.resolve(), Path.home().resolve()
    sources = (content.resolve(), content.resolve().parent / "templates")
    mixed = [source for source in (*sources, home) if source.is_relative_to(place)]
    mixed += [source for source in sources if place.is_relative_to(source)]
    if mixed:
        raise SiteError(f"The site cannot be in {site}: it would mix with {mixed[0]}.", HINT)
    if place.exists() and not place.is_dir():
        raise SiteError(f"The site cannot be in {site}, which is no folder.", HINT)


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath]) -> Written:
    """Write what differs, then remove what is ours and is wanted no more.

    `wanted` are the paths of the whole site: those in `outputs` and those that stay as they are. What somebody else
    put where a file of ours belongs stays, and is a problem where it differs. Raises SiteError where a folder of the
    site is none, OSError where it cannot be written, and whatever `outputs` raises: then the site is as it was.
    """
    files, whole = _open(site), frozenset(wanted)
    _check_folders(site, set(map(_folder, files.keys() | whole)))
    return _change(site, files, outputs, files.keys() - whole)


def change(site: Path, outputs: Iterable[Output], gone: Collection[SitePath] = ()) -> Written:
    """Write what differs of `outputs`, then remove what is ours of `gone`. All else stays, and is not looked at.

    For a caller who knows what an earlier build left; otherwise it is `write`.
    """
    files = _open(site)
    _check_folders(site, set(map(_folder, gone)))
    return _change(site, files, outputs, files.keys() & set(gone))


def manifest(site: Path) -> dict[SitePath, str]:
    """The digest of each file that earlier builds wrote; empty where none did."""
    try:
        text = (site / MANIFEST).read_bytes()
        files = msgspec.json.decode(text, type=dict[str, dict[SitePath, str]])["files"]
    except (OSError, KeyError, msgspec.MsgspecError):
        return {}
    if any(sign in text for sign in SUSPECT):
        return {path: content for path, content in files.items() if _inside(path)}
    return files


def stands(site: Path, path: SitePath, recorded: str | None) -> bool:
    """Whether a file of the site is there, is a file and no link, and has the content with that digest."""
    try:
        return digest(read_bytes(site / path)) == recorded
    except Unusable:
        return False


def recover(site: Path) -> None:
    """Tidy up after a build that was killed: what it put in place is ours, and what still waits is dropped.

    A build that has nothing to write has to call it too. Where no build was killed, it is two looks at the disk.
    """
    for room in rooms.left(site):
        if to_be := manifest(room):
            ours = manifest(site)
            placed = [path for path, now in to_be.items() if ours.get(path) != now and stands(site, path, now)]
            if placed:
                _record(ours | {path: to_be[path] for path in placed}, room, site)
        rooms.clear(room, MANIFEST)


def _open(site: Path) -> dict[SitePath, str]:
    """Make the site ready to be written; the digest of each file of ours in it."""
    site.mkdir(parents=True, exist_ok=True)
    recover(site)
    return manifest(site)


def _change(site: Path, files: dict[SitePath, str], outputs: Iterable[Output], gone: AbstractSet[SitePath]) -> Written:
    """First all that may fail: what differs is written where it waits. Then only renames and removals."""
    try:
        made = list(_make(site, files, outputs))
        new, same, foreign = _sort(site, files, made)
        gone = gone - {one.path for one in made}
        after = files | {one.path: one.digest for one in (*new, *same)}
        for path in gone:
            del after[path]
        if not new and after == files:
            return Written((), (), files, foreign)
        # From now on a build that is killed may leave files of the new site: those in the manifest that waits are ours.
        with rooms.named(site / MANIFEST):
            _record(after, room := rooms.room(site), room)
        _ready(site, {_folder(one.path) for one in new}, set(map(_folder, gone)))
        # Pages that there were not go first: those that link to them follow.
        removed, left = _place(
            site, sorted(new, key=lambda one: one.path in files), {path: files[path] for path in sorted(gone)}
        )
    finally:
        recover(site)
    return Written(tuple(one.path for one in new), removed, after, (*foreign, *left))


def _make(site: Path, files: Mapping[SitePath, str], outputs: Iterable[Output]) -> Iterator[_New]:
    """Write what differs into a room where it waits."""
    room, checked = None, set[str]()
    for number, output in enumerate(outputs, 1):
        if (folder := _folder(output.path)) not in checked:
            _check_folders(site, {folder})
            checked.add(folder)
        found = digest(output.content)
        if files.get(output.path) == found and stands(site, output.path, found):
            continue
        room = room or rooms.room(site)
        new = _New(output.path, found, f"{room}/{number}")
        with rooms.named(site / new.path):
            create(new.waiting, output.content)
        yield new


def _sort(
    site: Path, files: Mapping[SitePath, str], made: Iterable[_New]
) -> tuple[list[_New], list[_New], tuple[Problem, ...]]:
    """What can be put in place; what already is there, by whomever; and where something else is that is not ours."""
    new, same, foreign = [], [], []
    for one in made:
        try:
            mode = os.lstat(f"{site}/{one.path}").st_mode
        except OSError:
            mode = None
        if mode is None or (one.path in files and not stat.S_ISDIR(mode)):
            new.append(one)
        elif stands(site, one.path, one.digest):
            same.append(one)
        else:
            foreign.append(Problem("output", str(site / one.path), FOREIGN))
    return new, same, tuple(foreign)


def _record(files: Mapping[SitePath, str], room: Path, place: Path) -> None:
    """Write a manifest, which waits like any other file, into a room or the site."""
    waiting = room / "0"
    waiting.unlink(missing_ok=True)
    create(str(waiting), _text(files))
    waiting.replace(place / MANIFEST)


def _ready(site: Path, new: AbstractSet[str], old: AbstractSet[str]) -> None:
    """Make the folders of new files, and see that one may write in those that are there. Raises OSError."""
    made: list[Path] = []
    try:
        for name in sorted(new | old):
            folder = site / name
            if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            if name in new and not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(folder)
    except OSError:
        for folder in made:
            _remove_empty(folder, site)
        raise


def _place(
    site: Path, new: Sequence[_New], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    """Put the new files in place, remove what is gone, and let the manifest follow."""
    try:
        return _rename_and_remove(site, new, gone)
    except KeyboardInterrupt:
        # A moment more, and the site is whole.
        _rename_and_remove(site, [one for one in new if os.path.lexists(one.waiting)], gone)
        raise


def _rename_and_remove(
    site: Path, new: Iterable[_New], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    for one in new:
        with rooms.named(site / one.path):
            os.replace(one.waiting, f"{site}/{one.path}")  # noqa: PTH105 -- of thousands of files, a Path is half the cost
    removed, left = _remove(site, gone)
    manifest = rooms.room(site) / MANIFEST
    if manifest.exists():
        manifest.replace(site / MANIFEST)
    return removed, left


def _remove(site: Path, gone: Mapping[SitePath, str]) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    removed, left = [], []
    for path, recorded in gone.items():
        target = site / path
        if not target.is_file() or target.is_symlink():
            continue
        if stands(site, path, recorded):
            target.unlink()
            removed.append(path)
        else:
            left.append(Problem("output", str(target), CHANGED, fatal=False))
    for folder in sorted({target.parent for target in map(site.joinpath, removed)}, reverse=True):
        _remove_empty(folder, site)
    return tuple(removed), tuple(left)


def _remove_empty(folder: Path, site: Path) -> None:
    with suppress(OSError):  # the first that holds anything ends it
        while folder != site:
            folder.rmdir()
            folder = folder.parent


def _check_folders(site: Path, folders: AbstractSet[str]) -> None:
    """Raises SiteError where a folder of the site is a file, or a link that leads out of it."""
    place = site.resolve()
    every = (PurePosixPath(folder) for folder in folders)
    for name in sorted({str(one) for folder in every for one in (folder, *folder.parents)}):
        folder = site / name
        if not folder.resolve().is_relative_to(place):
            raise SiteError(f"{folder} leads out of the site, to {folder.resolve()}.", "Delete that link.")
        if folder.exists() and not folder.is_dir():
            raise SiteError(f"{folder} is a file where a folder of the site belongs.", f"Delete it. {HINT}")


def _text(files: Mapping[SitePath, str]) -> bytes:
    """The manifest, a file in each line: sites that are kept in Git show what changed."""
    return msgspec.json.format(msgspec.json.encode({"files": files}, order="sorted"), indent=1)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _inside(path: str) -> bool:
    """Whether a path of the manifest stays in the site, whoever wrote the manifest."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and "\0" not in path
