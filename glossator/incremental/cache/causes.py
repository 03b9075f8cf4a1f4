"""Causes of runs: which inputs of a result or page had changed when it was last made, and in which build."""

from __future__ import annotations

import msgspec

NEW = "new"
"""Cause of a run about whose item nothing was stored before."""
LOST = "lost"
"""Cause of a run although no input differed: the result was evicted, or somebody changed the page on the site."""


class Cause(msgspec.Struct, frozen=True):
    """Why a result was made: the inputs that differed from those of the run before, else NEW or LOST."""

    why: tuple[str, ...]
    build: int
    """Number of the build that made the result."""


def changed_parts(before: str | None, now: str) -> tuple[str, ...]:
    """Return the names of the parts by which two fingerprints of a page differ, else NEW or LOST."""
    if before is None:
        return (NEW,)
    old, new = before.split(), now.split()
    names = {part.partition(":")[0] for part in new}
    gone = [part for part in old if part.partition(":")[0] not in names]
    return tuple(part.partition(":")[0] for part in (*new, *gone) if part not in old or part in gone) or (LOST,)
