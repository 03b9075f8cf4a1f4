"""Keys of memoised results, and the causes of runs: which parts of a key or of a fingerprint had changed."""

from __future__ import annotations

import msgspec

from glossator.model import Digest
from glossator.text import digest


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
