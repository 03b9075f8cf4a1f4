"""Where things are on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ArchivePaths:
    """Where a build reads and writes. The theme of the archive's own lies beside `content`."""

    content: Path
    site: Path

    @property
    def templates(self) -> Path:
        return self.content.parent / "templates"

    @property
    def cache(self) -> Path:
        return self.content.parent / ".glossator" / f"{self.content.name}.sqlite3"

    @property
    def snapshot(self) -> Path:
        return self.cache.with_suffix(".entities.json")

    @property
    def pictures(self) -> Path:
        """Where pictures wait while saved files are read."""
        return self.cache.with_suffix(".pictures")
