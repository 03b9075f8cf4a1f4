"""Runs Git, and explains its failures."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from glossator.config import SiteError

LINES_SHOWN = 3
"""Lines of what Git says about a failure that are repeated to the user."""


def program() -> str:
    """Return the path of Git. Raises SiteError if it is not installed."""
    found = shutil.which("git")
    if found is None:
        raise SiteError("Git is not installed, and publishing needs it.", "Get it from https://git-scm.com.")
    return found


def run(arguments: Sequence[str], given: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
    """Run Git and return what it printed. Raises SiteError with Git's own words if it failed."""
    done = subprocess.run(  # noqa: S603  # no shell; the arguments are ours
        [program(), *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", **(variables or {})},
    )
    if done.returncode:
        said = [" ".join(line.split()) for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        raise SiteError(f"Git could not do it: {'; '.join(said[:LINES_SHOWN]) or f'git {arguments[0]} failed'}")
    return done.stdout


def answer(folder: Path, *arguments: str) -> str:
    """Return what Git prints about the repository of a folder; empty if it knows no answer or there is none."""
    done = subprocess.run(  # noqa: S603  # as above
        [program(), "-C", str(folder), *arguments], capture_output=True, check=False
    )
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()
