"""The whole build, top to bottom."""

from __future__ import annotations

from glossator.pipeline.archive import Places
from glossator.pipeline.build import build
from glossator.pipeline.report import Report
from glossator.pipeline.single import annotate_files, convert_files, explain_file

__all__ = ["Places", "Report", "annotate_files", "build", "convert_files", "explain_file"]
