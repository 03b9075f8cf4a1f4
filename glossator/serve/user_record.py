"""Permissions that a user gave an archive on this machine: the token of its inbox, and the folders that are watched.

It lies in the user's own configuration folder, because an archive may be a stranger's, shared, or published.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe

import click
import msgspec

from glossator.config import SiteError
from glossator.text import digest


class WatchedFolder(msgspec.Struct, frozen=True):
    """Answer to the question whether a folder is watched, and what was taken from it."""

    allowed: bool
    since: float = 0.0
    """Time of the answer, in seconds since 1970: older files are nobody's business."""
    taken: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Size and time of each file that was taken, by its name."""


class UserRecord(msgspec.Struct, frozen=True):
    """Record of one archive."""

    archive: str
    token: str
    watched: Mapping[str, WatchedFolder] = msgspec.field(default_factory=dict)
    """Answers by the folder's path."""


def record_path(archive: Path) -> Path:
    return Path(click.get_app_dir("glossator"), "archives", f"{digest(os.fsencode(archive.resolve()))}.json")


def read_record(archive: Path) -> UserRecord:
    """Read the record of an archive, in whose folder `content` lies; it is made the first time.

    Raises SiteError if it cannot be read, OSError if it cannot be written.
    """
    path = record_path(archive)
    try:
        return msgspec.json.decode(path.read_bytes(), type=UserRecord)
    except FileNotFoundError:
        made = UserRecord(str(archive.resolve()), token_urlsafe())
        write_record(archive, made)
        return made
    except msgspec.MsgspecError as error:
        raise SiteError(f"{path} cannot be read: {error}.", "Delete it: the inbox then gets another token.") from None


def write_record(archive: Path, record: UserRecord) -> None:
    """Write the record for its owner alone. Raises OSError."""
    path = record_path(archive)
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)  # which nobody else may read
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(record))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
