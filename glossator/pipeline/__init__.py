"""The whole build, top to bottom."""

from __future__ import annotations

from glossator.content.archive_paths import ArchivePaths
from glossator.pipeline.context import Report
from glossator.pipeline.rebuild.up_to_date import bring_up_to_date

__all__ = ["ArchivePaths", "Report", "bring_up_to_date"]
