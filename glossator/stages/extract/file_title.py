"""The last resort for a title: the name of the saved file."""

from __future__ import annotations

from glossator.text import one_line


def title_of_file(stem: str) -> str:
    """Return a title from the stem of a file's name, whose words hyphens and underscores part; empty if it has none."""
    return one_line(stem.replace("-", " ").replace("_", " "))
