"""The contract of themes: a folder of templates, styles and static files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class ThemePackage:
    """A theme that archives choose by the name of its entry point: `theme = "NAME"`."""

    contract: int
    """Version of the contract that the extension was written for."""
    folder: Path
    """Folder laid out as `templates/` of an archive; files that it lacks are Glossator's."""
    help: str = ""
    """Sentence about the theme."""
