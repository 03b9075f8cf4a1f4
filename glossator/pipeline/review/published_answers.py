"""The answers of own pages as they were published last, and which rows are new since then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.content.archive_paths import ArchivePaths
from glossator.files import read_record
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import read_stored
from glossator.incremental.schema import ANSWER_ROWS
from glossator.model import Answer, Digest

RECORD = "published-answers.json"
"""File beside the cache: the keys of the rows of each answer, by the digest of its question."""


def record_answers(paths: ArchivePaths) -> None:
    """Remember the answers of the last build as those that are published. Raises OSError."""
    keys = {question: [row.key for row in answer.rows] for question, answer in built_answers(paths).items()}
    write_whole(paths.cache.parent / RECORD, msgspec.json.encode(keys, order="sorted"))


def built_answers(paths: ArchivePaths) -> Mapping[Digest, Answer]:
    """Return the answers that the last build found, by the digest of the question."""
    with Cache(paths.cache) as cache:
        return read_stored(cache, ANSWER_ROWS)


class PublishedAnswers:
    """Answers of the last publication from this machine. State: none after it was made."""

    def __init__(self, stored: Path) -> None:
        """Read what was remembered in the folder of what is stored between builds."""
        self._keys = read_record(stored / RECORD, dict[str, list[str]])

    def new_rows(self, answer: Answer) -> tuple[str, ...] | None:
        """Return the keys of the rows that were not published; None if this machine published no such question."""
        if answer.question not in self._keys:
            return None
        published = set(self._keys[answer.question])
        return tuple(row.key for row in answer.rows if row.key not in published)
