"""The error that there is no archive in a folder, and what to do."""

from __future__ import annotations

from pathlib import Path

from glossator.config import SiteError


def check_archive(content: Path) -> None:
    """Raise SiteError if there is no archive, because the folder `content` is missing."""
    if not content.is_dir():
        hint = "`glossator init DIR` makes an archive. Work in the folder of one, or name it: --content DIR/content."
        raise SiteError(f"There is no folder {content.absolute()}.", hint)
