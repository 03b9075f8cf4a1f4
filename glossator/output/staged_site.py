"""New files of a site: staged beside the site until all are complete, then put in place, all or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import count
from pathlib import Path

import msgspec

from glossator.atomic_files import create, named
from glossator.files import read_bytes
from glossator.model import Output, Problem, SitePath
from glossator.output import staging_folder
from glossator.output.journal import Step, carry_out, keep, remove_empty
from glossator.output.own_files import (
    MANIFEST,
    divide_by_owner,
    folder_of,
    has_digest,
    has_size,
    manifest_of,
)
from glossator.output.site_folder import check_folders
from glossator.output.staging_folder import StagedFile
from glossator.text import digest


class WriteResult(msgspec.Struct, frozen=True):
    """Result of a write. `files` is the whole site afterwards: digests by path."""

    changed: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    files: Mapping[SitePath, str]
    problems: tuple[Problem, ...]


class Draft(msgspec.Struct, frozen=True):
    """The site as it will be, before anything is in place. `files` are the digests of its files by path."""

    site: Path
    files: Mapping[SitePath, str]
    waiting: Mapping[SitePath, str]

    def read(self, path: SitePath) -> bytes:
        """Return the future content of a file. Raises Unusable."""
        return read_bytes(Path(self.waiting.get(path) or self.site / path))


class CurrentSite(msgspec.Struct, frozen=True):
    """The site as it is: digests of our files by path, and whether nobody has changed them since."""

    site: Path
    files: Mapping[SitePath, str]
    untouched: bool

    def has(self, output: Output, content_digest: str) -> bool:
        """True if a file of the site has the content of `output`, which has this digest."""
        if self.files.get(output.path) != content_digest:
            return False
        if self.untouched:
            return has_size(self.site, output.path, len(output.content))
        return has_digest(self.site, output.path, content_digest)


class Urgency(msgspec.Struct, frozen=True):
    """Files that are replaced first, because the old ones show what is shown no longer."""

    index: str
    """Beginning of the paths of the search index, which follows the files that go."""
    withdraws: Callable[[Path, Path], bool]
    """True if an old file shows what the new one, the second, does not."""


UNURGENT = Urgency("\0", lambda *_: False)


class StagedSite:
    """New files of a site, written beside the site until all are complete. State: what was staged so far."""

    def __init__(self, current: CurrentSite, gone: AbstractSet[SitePath], urgency: Urgency = UNURGENT) -> None:
        self._current, self._gone, self._urgency = current, gone, urgency
        self._numbers = count(1)
        self._new: list[StagedFile] = []
        self._same: list[StagedFile] = []
        self._foreign: list[Problem] = []

    def add(self, outputs: Iterable[Output]) -> None:
        """Stage each output that differs from what the site has, as it comes. Raises whatever `outputs` raises."""
        site, files = self._current.site, self._current.files
        new, same, foreign = divide_by_owner(site, files, _stage(self._current, outputs, self._numbers))
        self._new += new
        self._same += same
        self._foreign += foreign

    def remove(self, paths: Collection[SitePath]) -> None:
        """Let our files among the paths go too."""
        check_folders(self._current.site, set(map(folder_of, paths)))
        self._gone = self._gone | (self._current.files.keys() & set(paths))

    def draft(self) -> Draft:
        """Return the site as it will be, from which an index of all files is made."""
        return Draft(self._current.site, self._files_after(), {file.path: file.waiting for file in self._new})

    def put_in_place(self) -> WriteResult:
        """Put the staged files in their places and remove what is gone: everything that may fail is done before.

        What people no longer want to show goes first, then come new pages: pages that link to them follow.
        """
        site, files, new = self._current.site, self._current.files, self._new
        after = self._files_after()
        if not new and after == files:
            return WriteResult((), (), files, tuple(self._foreign))
        old, left = _removable(site, {path: files[path] for path in sorted(self._gone) if path not in after})
        folder = staging_folder.folder(site)
        with named(site / MANIFEST):
            create(str(folder / MANIFEST), text := manifest_of(after))
        steps = [Step(path, recorded) for path, recorded in old.items()]
        steps += [Step(file.path, file.digest, file.waiting.rpartition("/")[2]) for file in new]
        steps = sorted((self._kept(folder, step) for step in steps), key=partial(self._rank, folder))
        steps.append(self._kept(folder, Step(SitePath(MANIFEST), digest(text), MANIFEST)))
        make_folders(site, {folder_of(file.path) for file in new}, set(map(folder_of, old)))
        carry_out(site, folder, steps)
        return WriteResult(tuple(file.path for file in new), tuple(old), after, (*self._foreign, *left))

    def _kept(self, folder: Path, step: Step) -> Step:
        """Return the step with the name under which the old file is kept until all steps are done."""
        if step.path not in self._current.files and step.path != MANIFEST:
            return step
        name, target = str(next(self._numbers)), f"{self._current.site}/{step.path}"
        with named(target):
            return Step(step.path, step.digest, step.waiting, name if keep(target, f"{folder}/{name}") else "")

    def _rank(self, folder: Path, step: Step) -> int:
        if step.path.startswith(self._urgency.index):
            return 1
        if not step.waiting or (step.kept and self._urgency.withdraws(folder / step.kept, folder / step.waiting)):
            return 0
        return 3 if step.kept else 2

    def _files_after(self) -> dict[SitePath, str]:
        return _after(self._current.files, [*self._new, *self._same], self._gone)


def _after(
    files: Mapping[SitePath, str], files_in_place: Iterable[StagedFile], gone: AbstractSet[SitePath]
) -> dict[SitePath, str]:
    """Return the digests of the site's files by path, once all are in place."""
    after = dict(files)
    for path in gone:
        del after[path]
    return after | {file.path: file.digest for file in files_in_place}


def _stage(current: CurrentSite, outputs: Iterable[Output], numbers: Iterator[int]) -> Iterator[StagedFile]:
    """Stage what differs, under consecutive numbers."""
    site, waiting, checked = current.site, None, set[str]()
    for output in outputs:
        if (folder := folder_of(output.path)) not in checked:
            check_folders(site, {folder})
            checked.add(folder)
        content_digest = digest(output.content)
        if current.has(output, content_digest):
            yield StagedFile(output.path, content_digest, "")
            continue
        waiting = waiting or staging_folder.folder(site)
        new = StagedFile(output.path, content_digest, f"{waiting}/{next(numbers)}")
        with named(site / new.path):
            create(new.waiting, output.content)
        yield new


CHANGED = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"


def make_folders(site: Path, new: AbstractSet[str], old: AbstractSet[str]) -> None:
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
            remove_empty(site, [str(folder.relative_to(site))])
        raise


def _removable(site: Path, gone: Mapping[SitePath, str]) -> tuple[dict[SitePath, str], tuple[Problem, ...]]:
    """Return those of the files that are there as they were written, and a problem for each that somebody changed."""
    ours, left = dict[SitePath, str](), list[Problem]()
    for path, recorded in gone.items():
        target = site / path
        if not target.is_file() or target.is_symlink():
            continue
        if has_digest(site, path, recorded):
            ours[path] = recorded
        else:
            left.append(Problem("output", str(target), CHANGED, fatal=False))
    return ours, tuple(left)
