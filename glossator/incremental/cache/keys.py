"""Keys of memoised results, and the causes of runs: which parts of a key or of a fingerprint had changed."""

from __future__ import annotations

import msgspec

from glossator.digest import digest
from glossator.model import Digest

NEW = "new"
"""Cause of a run about whose item nothing was stored before."""
LOST = "lost"
"""Cause of a run although no input differed: the result was evicted, or somebody changed the page on the site."""


class Key(msgspec.Struct, frozen=True):
    """Every input of a result, by name."""

    stage: str
    code: Digest
    """Digest of the source that does the work, with the versions of the libraries and models it uses."""
    input: Digest
    settings: Digest

    def __str__(self) -> str:
        return f"{self.stage}: code {self.code[:8]}, input {self.input[:8]}, settings {self.settings[:8]}"

    @property
    def digest(self) -> str:
        return digest(*msgspec.structs.astuple(self))


INPUTS = tuple(name for name in Key.__struct_fields__ if name != "stage")


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
