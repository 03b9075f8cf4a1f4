"""Files of an export -> the disk, over nothing but an earlier export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator import disk
from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable

RECORD = "exports.json"
"""File beside the cache with the digests of all files that were exported, by absolute path."""


def write_export(files: Mapping[str, bytes], target: Path, memory: Path) -> tuple[Path, ...]:
    """Write the files of an export; return their paths. Files of an earlier export that it has no more are removed.

    `target` is a file for a format that has one (under the path ""), else a folder; `memory` is the folder of the
    archive's cache. Raises SiteError if something else is in the way, OSError.
    """
    target = target.absolute()
    recorded = _recorded(memory / RECORD)
    paths = {target / name if name else target: content for name, content in files.items()}
    existing = [target] if target.is_file() else sorted(path for path in target.rglob("*") if path.is_file())
    for path in existing:
        if recorded.get(str(path)) != _digest(path):
            raise SiteError(
                f"{path} is no earlier export, or was changed since.", "Nothing was written. Choose another place."
            )
    if "" in files and target.is_dir():
        raise SiteError(f"{target} is a folder, and this format is one file.", "Name a file with --to.")
    for path, content in paths.items():
        disk.replace(path, content)
    for path in existing:
        if path not in paths:
            path.unlink()
    others = {path: known for path, known in recorded.items() if Path(path) not in existing}
    written = {str(path): digest(content) for path, content in paths.items()}
    disk.replace(memory / RECORD, msgspec.json.encode(others | written, order="sorted"))
    return tuple(paths)


def _recorded(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}


def _digest(path: Path) -> str:
    try:
        return digest(disk.read_bytes(path))
    except Unusable:
        return ""
