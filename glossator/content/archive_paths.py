"""Folders and files of an archive: its content, its site, and what is stored between builds."""

from __future__ import annotations

from pathlib import Path

import msgspec

from glossator.config import SiteError


class ArchivePaths(msgspec.Struct, frozen=True):
    """Folders and files that a build reads and writes. The archive's own theme lies beside `content`."""

    content: Path
    site: Path
    private: bool = False
    """True for a site with everything that is kept back; its results are stored apart from those of the public one."""
    stored: Path | None = None
    """Folder of what is stored between builds; None for `.glossator` beside the content."""

    @property
    def articles(self) -> Path:
        return self.content / "articles"

    @property
    def saved(self) -> Path:
        return self.content / "saved"

    @property
    def templates(self) -> Path:
        return self.content.parent / "templates"

    @property
    def cache(self) -> Path:
        folder = self.stored or self.content.parent / ".glossator"
        return folder / f"{self.content.name}{'.private' if self.private else ''}.sqlite3"

    @property
    def snapshot(self) -> Path:
        """Entities as the last language model left them, to compare a later model with."""
        return self.cache.with_suffix(".entities.json")

    @property
    def undo(self) -> Path:
        """Decisions that can be taken back, wherever they were made."""
        return self.cache.with_name(f"{self.content.name}.undo.json")

    @property
    def picture_copies(self) -> Path:
        """Folder of smaller copies of pictures."""
        return self.cache.with_suffix(".copies")

    @property
    def pictures(self) -> Path:
        """Folder in which pictures wait while saved files are read."""
        return self.cache.with_suffix(".pictures")


def check_archive(content: Path) -> None:
    """Raise SiteError if there is no archive, because the folder `content` is missing."""
    if not content.is_dir():
        hint = "`glossator init DIR` makes an archive. Work in the folder of one, or name it: --content DIR/content."
        raise SiteError(f"There is no folder {content.absolute()}.", hint)
