"""Names of the files in the content that the build itself writes, and that are committed."""

from __future__ import annotations

import errno
from collections.abc import Callable

from glossator.model import Problem

ENTITIES = "entities.lock.json"
"""The ids that were published."""
ARTICLES = "articles.lock.json"
"""The fate of each article in the saved files."""
TOPICS = "topics.lock.json"
"""The addresses of topics that were published."""
ALL = (ENTITIES, ARTICLES, TOPICS)
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
UNRECORDED = (
    "may not be written, so a later build may give out other addresses, or make a removed article again: "
    "give yourself the right to write there, or build once where you have it"
)


def record(name: str, write: Callable[[], None]) -> tuple[Problem, ...]:
    """Write one of the files; return a notice if the content may not be written. Raises OSError if the disk fails."""
    try:
        write()
    except OSError as error:
        if error.errno not in NO_RIGHT:
            raise
        return (Problem("record", name, UNRECORDED, fatal=False),)
    return ()
