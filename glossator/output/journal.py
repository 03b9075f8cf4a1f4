"""Journal of the steps by which a new site takes the place of the old one: all of them are done, or none.

It is on the disk before the first step. An error on the way takes back what was done; after a kill, the next command
that opens the site does the rest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec

from glossator.atomic_files import create, named, sync_folder
from glossator.config import SiteError
from glossator.files import Unusable, failure, read_bytes
from glossator.model import SitePath
from glossator.output import staging_folder
from glossator.output.own_files import (
    MANIFEST,
    folder_of,
    has_digest,
    has_size,
    is_inside,
    manifest,
    read_manifest,
)
from glossator.output.site_folder import check_folders
from glossator.text import digest

JOURNAL = "steps.json"
"""File in the staging folder with the steps to be done."""
REVERSED = "steps-back.json"
"""File in the staging folder with the steps to be taken back."""

StagedName = Annotated[str, msgspec.Meta(pattern=r"^([0-9]*|\.glossator-files\.json)$")]


class Step(msgspec.Struct, frozen=True):
    """One file of the site that is put in place, or removed if no new one is `waiting`."""

    path: SitePath
    digest: str
    """Digest of the new file, or of the one that is removed."""
    waiting: StagedName = ""
    """Name of the new file in the staging folder."""
    kept: StagedName = ""
    """Name of the old file in the staging folder; empty if there is none."""


def keep(target: str, kept: str) -> bool:
    """True if there is a file of the site, which then has a second name, by which it can be put back."""
    try:
        os.link(target, kept, follow_symlinks=os.link not in os.supports_follow_symlinks)
    except FileNotFoundError:
        return False
    except OSError:  # a file system without such names
        shutil.copy2(target, kept, follow_symlinks=False)
    return True


def carry_out(site: Path, folder: Path, steps: Sequence[Step]) -> None:
    """Do all steps; an error takes them back and is raised, Ctrl-C is raised after the last one."""
    try:
        with named(site):
            create(str(folder / JOURNAL), msgspec.json.encode(steps), durable=True)
            sync_folder(folder)
        _do(site, folder, steps)
    except OSError:
        _turn_back(site, folder, steps)
        raise
    except BaseException:
        _do(site, folder, steps)
        raise
    (folder / JOURNAL).unlink()


def recover(site: Path) -> None:
    """Finish what a killed program left of a site, and drop what was only staged.

    A build that has nothing to write must call this too. If no build was killed, it costs two accesses to the disk.
    Raises SiteError if the site stays partly old and partly new.
    """
    for folder in staging_folder.leftovers(site):
        _resume(site, folder)
        staging_folder.clear(folder, (MANIFEST, JOURNAL, REVERSED))


def _resume(site: Path, folder: Path) -> None:
    """Do the steps that a killed program left, or take them back if one cannot be done.

    Raises SiteError if neither is possible.
    """
    back = folder / REVERSED
    steps = _read(back if back.exists() else folder / JOURNAL)
    if not steps or not site.is_dir() or not _is_of_a_build(site, folder, steps):
        return
    check_folders(site, {folder_of(step.path) for step in steps})
    try:
        if not back.exists():
            try:
                _do(site, folder, list(_undone(site, folder, steps)))
                (folder / JOURNAL).unlink()
                return
            except (OSError, Unusable):
                pass
        # What is no file, such as a link, is not put back, because a stranger may have laid it there.
        _turn_back(site, folder, [step for step in steps if not step.kept or has_size(folder, step.kept)])
    except OSError as error:
        message = f"{site} is partly old and partly new: a build ended on the way. {failure(error)}"
        raise SiteError(message, "Mend that, then run the command again: it finishes the site first.") from error


def _do(site: Path, folder: Path, steps: Sequence[Step]) -> None:
    for step in steps:
        target = f"{site}/{step.path}"  # of thousands of files, a Path is half the cost
        with named(target):
            if not step.waiting:
                Path(target).unlink(missing_ok=True)
            elif os.path.lexists(waiting := f"{folder}/{step.waiting}"):
                os.replace(waiting, target)  # noqa: PTH105
    remove_empty(site, {folder_of(step.path) for step in steps if not step.waiting})


def _undone(site: Path, folder: Path, steps: Iterable[Step]) -> Iterable[Step]:
    """Yield the steps that are still to be done. Raises Unusable if a new file is damaged, or its place is taken."""
    for step in steps:
        if not step.waiting:
            if has_digest(site, step.path, step.digest):
                yield step
        elif (waiting := folder / step.waiting).exists():
            if digest(read_bytes(waiting)) != step.digest:
                raise Unusable("is damaged")
            if not step.kept and os.path.lexists(site / step.path) and not has_digest(site, step.path, step.digest):
                raise Unusable("is of somebody else")
            (site / step.path).parent.mkdir(parents=True, exist_ok=True)
            yield step


def _turn_back(site: Path, folder: Path, steps: Sequence[Step]) -> None:
    """Take back the steps that were done, the last one first. Raises OSError."""
    # From here on nothing leads forward again, also if this is killed: new files that were replaced are lost.
    if (folder / JOURNAL).exists():
        (folder / JOURNAL).replace(folder / REVERSED)
    for step in reversed(steps):
        target, kept = site / step.path, folder / step.kept
        with named(target):
            if not step.kept:
                if not (folder / step.waiting).exists() and has_digest(site, step.path, step.digest):
                    target.unlink()
            elif os.path.lexists(kept) and (step.waiting or not os.path.lexists(target)):
                target.parent.mkdir(parents=True, exist_ok=True)
                kept.replace(target)
    remove_empty(site, {folder_of(step.path) for step in steps if not step.kept})
    (folder / REVERSED).unlink(missing_ok=True)


def _read(path: Path) -> list[Step]:
    """Return the steps of a journal; none if there is no journal, or only a part, because then nothing was done."""
    try:
        steps = msgspec.json.decode(read_bytes(path), type=list[Step])
    except (Unusable, msgspec.MsgspecError):
        return []
    return steps if all(is_inside(step.path) for step in steps) else []


def _is_of_a_build(site: Path, folder: Path, steps: Sequence[Step]) -> bool:
    """True if the steps replace and remove only files that a build wrote, and add no others to the manifest.

    Whoever can write beside the site can write a journal.
    """
    files, paths = manifest(site).keys() | {MANIFEST}, {step.path for step in steps}
    for step in steps:
        if step.path in files or not (step.kept or not step.waiting) or not os.path.lexists(site / step.path):
            continue
        done = step.waiting and has_digest(site, step.path, step.digest)
        if not done and not _is_same_file(site / step.path, folder / step.kept):
            return False
    manifests = {MANIFEST} | {name for step in steps if step.path == MANIFEST for name in (step.waiting, step.kept)}
    listed = (pair for name in manifests for pair in read_manifest(folder / name).items())
    return all(path in files or path in paths or has_digest(site, path, recorded) for path, recorded in listed)


def _is_same_file(path: Path, other: Path) -> bool:
    try:
        return os.path.samestat(path.lstat(), other.lstat())
    except OSError:
        return False


def remove_empty(site: Path, folders: Iterable[str]) -> None:
    """Remove folders of the site, and those above them, that are empty."""
    for name in sorted(folders, reverse=True):
        folder = site / name
        with suppress(OSError):  # the first folder that is not empty ends the loop
            while folder != site:
                folder.rmdir()
                folder = folder.parent
