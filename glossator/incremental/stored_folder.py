"""Folder of what is stored between builds: beside the content, or in the user's cache."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from glossator.config import SiteError
from glossator.text import digest

FOLDER = ".glossator"
OWNER_ONLY = 0o700
"""Mode of the folder in the user's cache: it holds the texts of an archive that others may not be allowed to read."""
CACHE_VARIABLES = {"win32": "LOCALAPPDATA"}
"""Environment variable that names the user's cache, by platform; elsewhere that of the XDG Base Directory
Specification 0.8, which macOS users set too."""
XDG_CACHE = "XDG_CACHE_HOME"


def stored_folder(content: Path) -> Path:
    """Return the folder in which results for an archive are stored; one in the user's cache is made.

    Raises SiteError if neither folder may be written.
    """
    own = content.parent / FOLDER
    existing = own if own.exists() else own.parent
    if not existing.is_dir() or os.access(existing, os.W_OK | os.X_OK):
        return own  # what cannot be a folder is refused when the file in it is opened
    folder = _user_cache() / "glossator" / digest(os.fsencode(content.parent.resolve()))
    try:
        folder.mkdir(OWNER_ONLY, parents=True, exist_ok=True)
        unwritable = not os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        unwritable = True
    if unwritable:
        raise SiteError(
            f"{existing} may not be written, and neither may {folder}, to store what the next build can use.",
            f"Give yourself the right to write there, or name another folder: set {_variable()}.",
        )
    return folder


def _variable() -> str:
    return CACHE_VARIABLES.get(sys.platform, XDG_CACHE)


def _user_cache() -> Path:
    named = Path(os.environ.get(_variable(), ""))
    if named.is_absolute():  # as the specification says, any other value is ignored
        return named
    return Path(os.path.expanduser("~"), *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))  # noqa: PTH111 -- a Path raises if there is no home
