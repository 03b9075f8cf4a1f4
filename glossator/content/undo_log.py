"""Decisions that can be taken back, wherever they were made: a file of ours beside the cache."""

from __future__ import annotations

from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.files import Unusable, read_bytes
from glossator.model import Digest
from glossator.text import digest

MOST = 100
"""Decisions that can be taken back."""


class Undoable(msgspec.Struct, frozen=True):
    """Text of the file before a decision, and the digest of the text after it."""

    before: str
    after: Digest


def record_undo(path: Path, old: str, new: str) -> None:
    """Record that a decision changed a text, so that it can be taken back."""
    _write(path, [*_read(path), Undoable(old, digest(new))][-MOST:])


def last_text(path: Path, text: str) -> str | None:
    """Return the text before the latest decision; None if there is none, or if the text is not as it left it."""
    steps = _read(path)
    return steps[-1].before if steps and steps[-1].after == digest(text) else None


def forget_last(path: Path) -> None:
    """Forget the latest decision, which was taken back."""
    _write(path, _read(path)[:-1])


def _read(path: Path) -> list[Undoable]:
    """Return the decisions that can be taken back, the latest last, none if the file is not there or damaged."""
    try:
        return msgspec.json.decode(read_bytes(path), type=list[Undoable])
    except (Unusable, OSError, msgspec.DecodeError):
        return []


def _write(path: Path, steps: list[Undoable]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, msgspec.json.encode(steps))
