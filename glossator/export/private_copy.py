"""Places at which the owner's own copy of an archive would become public.

A private copy holds what the owner keeps back. It is refused where a site is built or published from, and where a
repository would take it along with the next commit.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from glossator.config import SiteError
from glossator.output import MANIFEST

HINT = "Nothing was written. Name a place outside of it with --to."


def check_place(target: Path, sources: Iterable[Path]) -> None:
    """Refuse a place for a private copy from which others could get it.

    `target` is the file or folder to be written; `sources` are the folders of the archive from which sites and
    repositories are made: its site, content and templates. Raises SiteError.
    """
    resolved = target.resolve()
    for folder in sources:
        if resolved.is_relative_to(folder.resolve()):
            raise SiteError(f"{target} lies in {folder}, which can be published, and this is a private copy.", HINT)
    for folder in (resolved, *resolved.parents):
        if (folder / MANIFEST).is_file():
            raise SiteError(f"{target} lies in {folder}, which is a site, and this is a private copy.", HINT)
        if (folder / ".git").exists() and not _is_ignored(resolved, folder):
            raise SiteError(
                f"{target} lies in the Git repository {folder}, which could publish it, and this is a private copy.",
                "Nothing was written. Name a place outside of it with --to, or add the place to .gitignore.",
            )


def _is_ignored(path: Path, repository: Path) -> bool:
    """True if a repository never takes a path along; without Git nobody knows, and the answer is no."""
    git = shutil.which("git")
    if git is None:
        return False
    asked = [git, "-C", str(repository), "check-ignore", "--quiet", "--", str(path)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603  # no shell
