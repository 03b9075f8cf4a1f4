"""content/*.lock.json: what builds write beside the texts of people, to be committed with them."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from glossator.config import SiteError
from glossator.files import Unusable, read_optional
from glossator.model import Problem

ENTITIES_LOCK = "entities.lock.json"
"""The ids that were published."""
ARTICLES_LOCK = "articles.lock.json"
"""The fate of each article in the saved files."""
TOPICS_LOCK = "topics.lock.json"
"""The addresses of topics that were published."""
HIGHLIGHTS_LOCK = "highlights.lock.json"
"""The highlights that came from other programs, so that none comes twice, or after a person removed it."""
LOCKS = (ENTITIES_LOCK, ARTICLES_LOCK, TOPICS_LOCK, HIGHLIGHTS_LOCK)
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
UNRECORDED = (
    "may not be written, so a later build may give out other addresses, or make a removed article again: "
    "give yourself the right to write there, or build once where you have it"
)


def record_lock(name: str, write: Callable[[], None]) -> tuple[Problem, ...]:
    """Write one of the files; return a notice if the content may not be written. Raises OSError if the disk fails."""
    try:
        write()
    except OSError as error:
        if error.errno not in NO_RIGHT:
            raise
        return (Problem("record", name, UNRECORDED, fatal=False),)
    return ()


Lock = TypeVar("Lock")


def read_lock_file(content: Path, name: str, kind: type[Lock], at_stake: str) -> Lock | None:
    """Read one of the files; None if it is not there.

    Raises SiteError, which says what is `at_stake` if a person deletes the file.
    """
    text: str | None = None
    try:
        text = read_optional(content / name)
        return None if text is None else msgspec.json.decode(text, type=kind)
    except (Unusable, RecursionError, UnicodeError, msgspec.MsgspecError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        if text is not None and (place := re.search(r" \(byte (\d+)\)", reason)):
            line = text.encode()[: int(place[1])].count(b"\n") + 1
            reason = f"{reason[: place.start()]} in line {line}"
        hint = f"Take it back from your version control, or delete it: {at_stake}."
        raise SiteError(f"{name} cannot be read: {reason}.", hint) from None
