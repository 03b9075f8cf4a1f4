"""Files of somebody else where a file of the site belongs: they are left, and a problem names each."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from glossator.model import Problem, SitePath
from glossator.output.manifest_of_own_files import has_digest
from glossator.output.staging_folder import StagedFile

FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)


def divide_by_owner(
    site: Path, files: Mapping[SitePath, str], staged_files: Iterable[StagedFile]
) -> tuple[list[StagedFile], list[StagedFile], list[Problem]]:
    """Divide staged files into those to put in place, those already there, and problems where foreign files are.

    `files` are the digests of our files of the site by path.
    """
    new, same, foreign = [], [], []
    for file in staged_files:
        if not file.waiting:
            same.append(file)
            continue
        try:
            mode = os.lstat(f"{site}/{file.path}").st_mode
        except OSError:
            mode = None
        if mode is None or (file.path in files and not stat.S_ISDIR(mode)):
            new.append(file)
        elif has_digest(site, file.path, file.digest):
            same.append(file)
        else:
            foreign.append(Problem("output", str(site / file.path), FOREIGN))
    return new, same, foreign
