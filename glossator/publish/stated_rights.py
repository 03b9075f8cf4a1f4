"""The setting of how much is published of articles by others: looked for, and written once a person answered."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from glossator import toml
from glossator.atomic_files import write_whole
from glossator.files import read_optional


def states_rights(settings: Path) -> bool:
    """True if the settings say what is published of articles by others. Raises Unusable, ValueError."""
    return "rights" in toml.parse(read_optional(settings) or "").get("site", {})


def write_rights(settings: Path, rights: str) -> None:
    """Write down what is published of articles by others; comments stay. Raises Unusable, OSError."""
    document = tomlkit.parse(read_optional(settings) or "")
    site = document.setdefault("site", tomlkit.table())
    site["rights"] = rights
    write_whole(settings, tomlkit.dumps(document).encode())
