"""Extensions that the command line adds to the core: all that the package has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glossator.config import ClusterAccess, Config, Extensions
from glossator.extensions.dask_cluster import DASK_CLUSTER
from glossator.extensions.openers import FILE_OPENERS
from glossator.read_config import load

EXTENSIONS = Extensions(FILE_OPENERS, ClusterAccess(DASK_CLUSTER.join, DASK_CLUSTER.prepare))


def load_extended(path: Path) -> Config:
    """Read a settings file, for a program with all extensions. Raises SiteError if it is wrong."""
    return replace(load(path), extensions=EXTENSIONS)
