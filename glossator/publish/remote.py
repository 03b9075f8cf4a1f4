"""Destinations of a publication: a remote of the archive's repository, or any address that Git understands.

Git's command is run, and its failures are explained, here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from glossator.config import SiteError

ORIGIN = "origin"
GITHUB = re.compile(
    r"(?:https://(?:[^@/]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?"
)
PASSWORD = re.compile(r"(?<=://)[^@/\s]+@")
"""User and password in an address."""


class Destination(msgspec.Struct, frozen=True):
    """A branch of a repository, which need not exist."""

    address: str
    """Address of the repository, as Git takes it."""
    branch: str
    settings: Path | None = None
    """Settings of the archive's own repository, which say how to log in; None if it has none."""

    def __str__(self) -> str:
        return f"{self.branch} of {PASSWORD.sub('', self.address)}"


def destination(archive: Path, to: str | None, branch: str) -> Destination | None:
    """Return where to publish: the named remote or address, else `origin`; None if nothing is named and there is none.

    Raises SiteError if Git is not installed, a name is no remote, or the branch is the one that holds the archive.
    """
    common = answer(archive, "rev-parse", "--path-format=absolute", "--git-common-dir")
    settings = Path(common, "config") if common else None
    remotes = answer(archive, "remote").split() if common else []
    name = to or ORIGIN
    if name in remotes:
        if answer(archive, "symbolic-ref", "--short", "HEAD") == branch:
            raise SiteError(
                f"The branch {branch} holds the archive itself.", "Publish to another with --branch, such as gh-pages."
            )
        return Destination(answer(archive, "remote", "get-url", "--push", name), branch, settings)
    if to is None:
        return None
    if "/" not in to and "\\" not in to and ":" not in to:
        named = f"It has {', '.join(remotes)}." if remotes else "It has none."
        raise SiteError(f'The repository of {archive} has no remote "{to}".', f"{named} An address will do as well.")
    path = Path(to).expanduser()
    return Destination(str(path.absolute()) if path.exists() else to, branch, settings)


def origin(archive: Path) -> str:
    """Return the address of the archive's remote `origin`; empty if there is none."""
    return answer(archive, "remote", "get-url", "--push", ORIGIN)


def pages_address(address: str) -> str:
    """Return where GitHub Pages serves the site of a repository on GitHub; empty for others."""
    repository = GITHUB.fullmatch(address)
    if not repository:
        return ""
    host, name = f"{repository['owner'].lower()}.github.io", repository["name"]
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


_OF_HOOKS = frozenset(f"GIT_{name}" for name in "DIR COMMON_DIR WORK_TREE INDEX_FILE PREFIX OBJECT_DIRECTORY".split())
LINES_SHOWN = 3
"""Lines of what Git says about a failure that are repeated to the user."""


def program() -> str:
    """Return the path of Git. Raises SiteError if it is not installed."""
    git = shutil.which("git")
    if git is None:
        raise SiteError("Git is not installed, and publishing needs it.", "Get it from https://git-scm.com.")
    return git


def _environment() -> dict[str, str]:
    """Return the environment without what Git tells its hooks: it is of their repository, and ours has a folder."""
    return {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}


def run(arguments: Sequence[str], given: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
    """Run Git and return what it printed. Raises SiteError with Git's own words if it failed."""
    done = subprocess.run(  # noqa: S603  # no shell; the arguments are ours
        [program(), *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**_environment(), "LC_ALL": "C", **(variables or {})},
    )
    if done.returncode:
        lines = [" ".join(line.split()) for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        raise SiteError(f"Git could not do it: {'; '.join(lines[:LINES_SHOWN]) or f'git {arguments[0]} failed'}")
    return done.stdout


def answer(folder: Path, *arguments: str) -> str:
    """Return what Git prints about the repository of a folder; empty if it knows no answer or there is none."""
    done = subprocess.run(  # noqa: S603  # as above
        [program(), "-C", str(folder), *arguments], capture_output=True, check=False, env=_environment()
    )
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()
