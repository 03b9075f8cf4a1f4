"""What a stage or a build leaves behind besides its result: a fingerprint, a problem, a file of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from glossator.model.kinds import Digest, SitePath


class Fingerprint(msgspec.Struct, frozen=True, array_like=True):
    """Of all that a page shows."""

    whole: Digest
    parts: str = ""
    """Its parts, to say which of them changed: `name:checksum`, with blanks between."""


BELOW_SAVED = frozenset({"find", "extract", "convert"})
"""Stages whose problems name a saved file, by its path below the folder that it was found in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Expected trouble with one input: shown to a person, never raised."""

    stage: str
    path: str
    message: str
    """What happened and what to do about it, as a sentence."""
    line: int | None = None
    fatal: bool = True
    """Whether something was left out because of it; a build with a fatal problem ends with exit code 1."""

    def where(self, saved: str = "saved/") -> str:
        """The file, as a person finds it, and the line; `saved` is the folder that saved files were found in."""
        path = f"{saved}{self.path}" if self.stage in BELOW_SAVED else self.path
        return f"{path}, line {self.line}" if self.line else path


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site."""

    path: SitePath
    content: bytes


Rows = Mapping[str, bytes]
"""Values by key, encoded."""
ReadTable = Callable[[str, Iterable[str]], Rows]
"""What was kept from an earlier build: a table's name and keys -> the rows of them that there are."""
TableWrites = Mapping[str, Mapping[str, bytes | None]]
"""What is to be kept for the next build: by table the rows that changed; None for one that is gone."""
