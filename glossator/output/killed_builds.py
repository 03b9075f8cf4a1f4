"""Recovery from a build that was killed while it put files in place: what it placed is ours, the rest is dropped."""

from __future__ import annotations

from pathlib import Path

from glossator.output import staging_folder
from glossator.output.manifest_of_own_files import MANIFEST, has_digest, manifest, record


def recover(site: Path) -> None:
    """Clean up after a build that was killed: what it put in place is ours, and what is still staged is dropped.

    A build that has nothing to write must call this too. If no build was killed, it costs two accesses to the disk.
    """
    for folder in staging_folder.leftovers(site):
        if to_be := manifest(folder):
            ours = manifest(site)
            placed = [path for path, now in to_be.items() if ours.get(path) != now and has_digest(site, path, now)]
            if placed:
                record(ours | {path: to_be[path] for path in placed}, folder, site)
        staging_folder.clear(folder, MANIFEST)
