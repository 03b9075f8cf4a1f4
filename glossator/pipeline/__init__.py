"""The whole build, top to bottom."""

from __future__ import annotations

from glossator.pipeline.build import Places, Report, build
from glossator.pipeline.single import annotate_files, convert_files

__all__ = ["Places", "Report", "annotate_files", "build", "convert_files"]
