"""Outputs -> site/. New files are staged beside the site until all are complete; only our own files are ever replaced.

A build that fails before that leaves the site unchanged. One that is killed while files are put in place leaves its
manifest among the staged files, by which the next build knows what is ours.
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
from glossator.output.ownership import MANIFEST, lies, manifest, record, stands

__all__ = ["MANIFEST", "Draft", "Then", "Written", "change", "check", "lies", "manifest", "recover", "stands", "write"]

HINT = "Choose a folder that is the site's alone, with --site."
FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)
CHANGED = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"


@dataclass(frozen=True, slots=True)
class Written:
    """Result of a write. `files` is the whole site afterwards: digests by path."""

    changed: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    files: Mapping[SitePath, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The site as it will be, before anything is in place. `files` are the digests of its files by path."""

    site: Path
    files: Mapping[SitePath, str]
    waiting: Mapping[SitePath, str]

    def read(self, path: SitePath) -> bytes:
        """Return the future content of a file. Raises Unusable."""
        return read_bytes(Path(self.waiting.get(path) or self.site / path))


Then = Callable[[Draft], tuple[Iterable[Output], Collection[SitePath]]]
"""Makes outputs from the other files, such as an index; returns them with the paths that are gone."""


@dataclass(frozen=True, slots=True)
class _CurrentSite:
    """The site as it is: digests of our files by path, and whether nobody has changed them since."""

    site: Path
    files: Mapping[SitePath, str]
    untouched: bool

    def has(self, output: Output, content_digest: str) -> bool:
        """True if a file of the site has the content of `output`, which has this digest."""
        if self.files.get(output.path) != content_digest:
            return False
        if self.untouched:
            return lies(self.site, output.path, len(output.content))
        return stands(self.site, output.path, content_digest)


@dataclass(frozen=True, slots=True)
class _StagedFile:
    """File for the site, with the path at which it is staged; empty if it is in place."""

    path: SitePath
    digest: str
    waiting: str


def check(site: Path, content: Path) -> None:
    """Refuse folders in which the site would mix with its sources, or with a person's home.

    Raises SiteError.
    """
    resolved, home = site.resolve(), Path.home().resolve()
    sources = (content.resolve(), content.resolve().parent / "templates")
    mixed = [source for source in (*sources, home) if source.is_relative_to(resolved)]
    mixed += [source for source in sources if resolved.is_relative_to(source)]
    if mixed:
        raise SiteError(f"The site cannot be in {site}: it would mix with {mixed[0]}.", HINT)
    if resolved.exists() and not resolved.is_dir():
        raise SiteError(f"The site cannot be in {site}, which is no folder.", HINT)


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath], then: Then | None = None) -> Written:
    """Write what differs, then remove our files that are no longer wanted.

    `wanted` are the paths of the whole site: those in `outputs` and those that stay unchanged. `then` makes further
    outputs from the others. A foreign file in the path of one of ours stays, and is a problem if it differs.

    Raises SiteError if a folder of the site is a file, OSError if the site cannot be written, and whatever `outputs`
    and `then` raise: in each case the site is unchanged.
    """
    files, whole = _open(site), frozenset(wanted)
    _check_folders(site, set(map(_folder, files.keys() | whole)))
    return _change(_CurrentSite(site, files, untouched=False), outputs, files.keys() - whole, then)


def change(site: Path, outputs: Iterable[Output], gone: Collection[SitePath] = (), then: Then | None = None) -> Written:
    """Write what differs of `outputs`, then remove our files among `gone`. Nothing else is examined.

    The caller must know that the site is as an earlier build left it; otherwise `write` is needed. `then` makes further
    outputs from the others.
    """
    files = _open(site)
    _check_folders(site, set(map(_folder, gone)))
    return _change(_CurrentSite(site, files, untouched=True), outputs, files.keys() & set(gone), then)


def recover(site: Path) -> None:
    """Clean up after a build that was killed: what it put in place is ours, and what is still staged is dropped.

    A build that has nothing to write must call this too. If no build was killed, it costs two accesses to the disk.
    """
    for folder in staging.leftovers(site):
        if to_be := manifest(folder):
            ours = manifest(site)
            placed = [path for path, now in to_be.items() if ours.get(path) != now and stands(site, path, now)]
            if placed:
                record(ours | {path: to_be[path] for path in placed}, folder, site)
        staging.clear(folder, MANIFEST)


def _open(site: Path) -> dict[SitePath, str]:
    """Prepare the site for writing; return the digests of our files by path."""
    site.mkdir(parents=True, exist_ok=True)
    recover(site)
    return manifest(site)


def _change(
    current: _CurrentSite, outputs: Iterable[Output], gone: AbstractSet[SitePath], then: Then | None
) -> Written:
    """Do first everything that may fail: stage what differs. Then only renames and removals are left."""
    site, files, numbers = current.site, current.files, count(1)
    try:
        new, same, foreign = _classify(current, _stage(current, outputs, numbers))
        if then:
            draft = Draft(site, _after(files, [*new, *same], gone), {file.path: file.waiting for file in new})
            more, dropped = then(draft)
            _check_folders(site, set(map(_folder, dropped)))
            gone = gone | (files.keys() & set(dropped))
            also = _classify(current, _stage(current, more, numbers))
            new, same, foreign = new + also[0], same + also[1], foreign + also[2]
        after = _after(files, [*new, *same], gone)
        if not new and after == files:
            return Written((), (), files, tuple(foreign))
        # From now on a build that is killed may leave files of the new site: those in the staged manifest are ours.
        with staging.named(site / MANIFEST):
            record(after, folder := staging.folder(site), folder)
        old = {path: files[path] for path in sorted(gone) if path not in after}
        _ready(site, {_folder(file.path) for file in new}, set(map(_folder, old)))
        # New pages go first: pages that link to them follow.
        removed, left = _put_in_place(site, sorted(new, key=lambda file: file.path in files), old)
    finally:
        recover(site)
    return Written(tuple(file.path for file in new), removed, after, (*foreign, *left))


def _after(
    files: Mapping[SitePath, str], files_in_place: Iterable[_StagedFile], gone: AbstractSet[SitePath]
) -> dict[SitePath, str]:
    """Return the digests of the site's files by path, once all are in place."""
    after = dict(files)
    for path in gone:
        del after[path]
    return after | {file.path: file.digest for file in files_in_place}


def _stage(current: _CurrentSite, outputs: Iterable[Output], numbers: Iterator[int]) -> Iterator[_StagedFile]:
    """Stage what differs, under consecutive numbers."""
    site, staging_folder, checked = current.site, None, set[str]()
    for output in outputs:
        if (folder := _folder(output.path)) not in checked:
            _check_folders(site, {folder})
            checked.add(folder)
        content_digest = digest(output.content)
        if current.has(output, content_digest):
            yield _StagedFile(output.path, content_digest, "")
            continue
        staging_folder = staging_folder or staging.folder(site)
        new = _StagedFile(output.path, content_digest, f"{staging_folder}/{next(numbers)}")
        with staging.named(site / new.path):
            create(new.waiting, output.content)
        yield new


def _classify(
    current: _CurrentSite, staged_files: Iterable[_StagedFile]
) -> tuple[list[_StagedFile], list[_StagedFile], list[Problem]]:
    """Divide files into those to put in place, those already there, and problems where foreign files are."""
    site, new, same, foreign = current.site, [], [], []
    for file in staged_files:
        if not file.waiting:
            same.append(file)
            continue
        try:
            mode = os.lstat(f"{site}/{file.path}").st_mode
        except OSError:
            mode = None
        if mode is None or (file.path in current.files and not stat.S_ISDIR(mode)):
            new.append(file)
        elif stands(site, file.path, file.digest):
            same.append(file)
        else:
            foreign.append(Problem("output", str(site / file.path), FOREIGN))
    return new, same, foreign


def _ready(site: Path, new: AbstractSet[str], old: AbstractSet[str]) -> None:
    """Make the folders of new files, and verify that existing folders can be written. Raises OSError."""
    new_folders: list[Path] = []
    try:
        for name in sorted(new | old):
            folder = site / name
            if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            if name in new and not folder.is_dir():
                folder.mkdir(parents=True)
                new_folders.append(folder)
    except OSError:
        for folder in new_folders:
            _remove_empty(folder, site)
        raise


def _put_in_place(
    site: Path, new: Sequence[_StagedFile], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    """Put the new files in place, remove what is gone, and then replace the manifest."""
    try:
        return _rename_and_remove(site, new, gone)
    except KeyboardInterrupt:
        # Finishing takes a moment, and leaves the site whole.
        _rename_and_remove(site, [file for file in new if os.path.lexists(file.waiting)], gone)
        raise


def _rename_and_remove(
    site: Path, new: Iterable[_StagedFile], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    for file in new:
        with staging.named(site / file.path):
            os.replace(file.waiting, f"{site}/{file.path}")  # noqa: PTH105 -- of thousands of files, a Path is half the cost
    removed, left = _remove(site, gone)
    manifest = staging.folder(site) / MANIFEST
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
    with suppress(OSError):  # the first folder that is not empty ends the loop
        while folder != site:
            folder.rmdir()
            folder = folder.parent


def _check_folders(site: Path, folders: AbstractSet[str]) -> None:
    """Refuse folders of the site that are files, or links out of the site. Raises SiteError."""
    resolved = site.resolve()
    every = (PurePosixPath(folder) for folder in folders)
    for name in sorted({str(parent) for folder in every for parent in (folder, *folder.parents)}):
        folder = site / name
        if not folder.resolve().is_relative_to(resolved):
            raise SiteError(f"{folder} leads out of the site, to {folder.resolve()}.", "Delete that link.")
        if folder.exists() and not folder.is_dir():
            raise SiteError(f"{folder} is a file where a folder of the site belongs.", f"Delete it. {HINT}")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
