"""The published part of an archive -> files for other programs: JSON, JSON Lines, CSV, and the formats of extensions.

Nothing is exported that the site would not show: private articles and entities are not in the data, and of articles
with limited rights only the part that is shown. The same archive gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.export.data import ArchiveData, Selection, selected
from glossator.export.documents import json_file, json_lines
from glossator.export.tables import csv_files

__all__ = ["FORMATS", "ArchiveData", "Selection", "selected"]

FORMATS: Mapping[str, Callable[[ArchiveData], Mapping[str, bytes]]] = {
    "json": json_file,
    "jsonl": json_lines,
    "csv": csv_files,
}
"""Formats of the core: functions that make the files by path; a format of one file has the path ""."""
