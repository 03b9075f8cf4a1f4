"""The whole build, top to bottom."""

from __future__ import annotations

from glossator.pipeline.build import build
from glossator.pipeline.places import ArchivePaths
from glossator.pipeline.report import Report

__all__ = ["ArchivePaths", "Report", "build"]
