"""Outputs -> site/. All that is new waits beside the site until it is whole; only what is ours is ever replaced.

A build that fails on the way leaves the site as it was. One that is killed while files are put in place leaves its
manifest among those that wait, by which the next build knows what is ours.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import create, read_bytes
from glossator.model import Output, Problem, SitePath
from glossator.output import staging
from glossator.output.ours import MANIFEST, lies, manifest, record, stands

__all__ = ["MANIFEST", "Draft", "Then", "Written", "change", "check", "lies", "manifest", "recover", "stands", "write"]

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
class Draft:
    """The site as it will be, though nothing is in place yet. `files` are the digests of its files, by path."""

    site: Path
    files: Mapping[SitePath, str]
    waiting: Mapping[SitePath, str]

    def read(self, path: SitePath) -> bytes:
        """What a file will hold. Raises Unusable."""
        return read_bytes(Path(self.waiting.get(path) or self.site / path))


Then = Callable[[Draft], tuple[Iterable[Output], Collection[SitePath]]]
"""Makes what is made of the other files, such as an index: more outputs, and which paths are gone."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """The site as it is: the digest of each file of ours, and whether nobody has touched them since."""

    site: Path
    files: Mapping[SitePath, str]
    untouched: bool

    def has(self, output: Output, found: str) -> bool:
        """Whether a file has this content, of which the digest is known."""
        if self.files.get(output.path) != found:
            return False
        if self.untouched:
            return lies(self.site, output.path, len(output.content))
        return stands(self.site, output.path, found)


@dataclass(frozen=True, slots=True)
class _New:
    """A file for the site, and where it waits; nowhere, if it is in place."""

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


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath], then: Then | None = None) -> Written:
    """Write what differs, then remove what is ours and is wanted no more.

    `wanted` are the paths of the whole site: those in `outputs` and those that stay as they are. What somebody else
    put where a file of ours belongs stays, and is a problem where it differs. Raises SiteError where a folder of the
    site is none, OSError where it cannot be written, and whatever `outputs` and `then` raise: then the site is as it
    was.
    """
    files, whole = _open(site), frozenset(wanted)
    _check_folders(site, set(map(_folder, files.keys() | whole)))
    return _change(_Ground(site, files, untouched=False), outputs, files.keys() - whole, then)


def change(site: Path, outputs: Iterable[Output], gone: Collection[SitePath] = (), then: Then | None = None) -> Written:
    """Write what differs of `outputs`, then remove what is ours of `gone`. All else stays, and is not looked at.

    For a caller who knows that the site is as an earlier build left it; otherwise it is `write`.
    """
    files = _open(site)
    _check_folders(site, set(map(_folder, gone)))
    return _change(_Ground(site, files, untouched=True), outputs, files.keys() & set(gone), then)


def recover(site: Path) -> None:
    """Tidy up after a build that was killed: what it put in place is ours, and what still waits is dropped.

    A build that has nothing to write has to call it too. Where no build was killed, it is two looks at the disk.
    """
    for room in staging.left(site):
        if to_be := manifest(room):
            ours = manifest(site)
            placed = [path for path, now in to_be.items() if ours.get(path) != now and stands(site, path, now)]
            if placed:
                record(ours | {path: to_be[path] for path in placed}, room, site)
        staging.clear(room, MANIFEST)


def _open(site: Path) -> dict[SitePath, str]:
    """Make the site ready to be written; the digest of each file of ours in it."""
    site.mkdir(parents=True, exist_ok=True)
    recover(site)
    return manifest(site)


def _change(ground: _Ground, outputs: Iterable[Output], gone: AbstractSet[SitePath], then: Then | None) -> Written:
    """First all that may fail: what differs is written where it waits. Then only renames and removals."""
    site, files, numbers = ground.site, ground.files, count(1)
    try:
        new, same, foreign = _sort(ground, _make(ground, outputs, numbers))
        if then:
            draft = Draft(site, _after(files, [*new, *same], gone), {one.path: one.waiting for one in new})
            more, dropped = then(draft)
            _check_folders(site, set(map(_folder, dropped)))
            gone = gone | (files.keys() & set(dropped))
            also = _sort(ground, _make(ground, more, numbers))
            new, same, foreign = new + also[0], same + also[1], foreign + also[2]
        after = _after(files, [*new, *same], gone)
        if not new and after == files:
            return Written((), (), files, tuple(foreign))
        # From now on a build that is killed may leave files of the new site: those in the manifest that waits are ours.
        with staging.named(site / MANIFEST):
            record(after, room := staging.room(site), room)
        old = {path: files[path] for path in sorted(gone) if path not in after}
        _ready(site, {_folder(one.path) for one in new}, set(map(_folder, old)))
        # Pages that there were not go first: those that link to them follow.
        removed, left = _place(site, sorted(new, key=lambda one: one.path in files), old)
    finally:
        recover(site)
    return Written(tuple(one.path for one in new), removed, after, (*foreign, *left))


def _after(files: Mapping[SitePath, str], made: Iterable[_New], gone: AbstractSet[SitePath]) -> dict[SitePath, str]:
    """The digest of each file of the site, once all is in place."""
    after = dict(files)
    for path in gone:
        del after[path]
    return after | {one.path: one.digest for one in made}


def _make(ground: _Ground, outputs: Iterable[Output], numbers: Iterator[int]) -> Iterator[_New]:
    """Write what differs into a room where it waits, under a number."""
    site, room, checked = ground.site, None, set[str]()
    for output in outputs:
        if (folder := _folder(output.path)) not in checked:
            _check_folders(site, {folder})
            checked.add(folder)
        found = digest(output.content)
        if ground.has(output, found):
            yield _New(output.path, found, "")
            continue
        room = room or staging.room(site)
        new = _New(output.path, found, f"{room}/{next(numbers)}")
        with staging.named(site / new.path):
            create(new.waiting, output.content)
        yield new


def _sort(ground: _Ground, made: Iterable[_New]) -> tuple[list[_New], list[_New], list[Problem]]:
    """What can be put in place; what already is there, by whomever; and where something else is that is not ours."""
    site, new, same, foreign = ground.site, [], [], []
    for one in made:
        if not one.waiting:
            same.append(one)
            continue
        try:
            mode = os.lstat(f"{site}/{one.path}").st_mode
        except OSError:
            mode = None
        if mode is None or (one.path in ground.files and not stat.S_ISDIR(mode)):
            new.append(one)
        elif stands(site, one.path, one.digest):
            same.append(one)
        else:
            foreign.append(Problem("output", str(site / one.path), FOREIGN))
    return new, same, foreign


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
        with staging.named(site / one.path):
            os.replace(one.waiting, f"{site}/{one.path}")  # noqa: PTH105 -- of thousands of files, a Path is half the cost
    removed, left = _remove(site, gone)
    manifest = staging.room(site) / MANIFEST
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


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
