"""A built site and its archive -> what is wrong with them, and advice.

Everything is read from the finished files, as a reader and a host will meet them.
"""

from __future__ import annotations

from glossator.check.claims import unfounded_claims
from glossator.check.exported import ExportAudit, of_archive
from glossator.check.findings import Finding, doubtful_conversions, missing_metadata, repeated_edges
from glossator.check.links import broken_links, lost_originals

__all__ = [
    "ExportAudit",
    "Finding",
    "broken_links",
    "doubtful_conversions",
    "lost_originals",
    "missing_metadata",
    "of_archive",
    "repeated_edges",
    "unfounded_claims",
]
