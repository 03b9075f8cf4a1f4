"""Smaller copies of the archive's pictures, made in workers that can be ended, and kept beside the cache."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import CancelledError
from pathlib import Path

from msgspec.structs import replace

from glossator.atomic_files import write_whole
from glossator.files import Unusable, read_bytes
from glossator.incremental.schema import PictureRecord
from glossator.incremental.workers.article_limits import Limits, limited
from glossator.incremental.workers.executors import Workers
from glossator.local_pictures import PictureCopy
from glossator.picture_metadata import NotShown, published
from glossator.picture_metadata.smaller_copies import SmallerCopy, smaller_copies


def with_copies(
    workers: Workers, folder: Path, records: Mapping[str, PictureRecord], files: Mapping[str, Path]
) -> dict[str, PictureRecord]:
    """Return the records of pictures, by name, that get copies now: those without, and those whose copies are lost."""
    lacking = {name: files[name] for name, record in records.items() if not _is_complete(folder, record)}
    made = _make(workers, folder, lacking)
    kept = {copy.name for name in records.keys() - made.keys() for copy in records[name].copies or ()}
    kept |= {copy.name for copies in made.values() for copy in copies}
    for path in folder.glob("*.webp"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
    return {name: replace(records[name], copies=copies) for name, copies in made.items()}


def _is_complete(folder: Path, record: PictureRecord) -> bool:
    """True if the copies of a picture are made, and still in their folder; or if it has none."""
    if record.refused:
        return True
    return record.copies is not None and all((folder / copy.name).is_file() for copy in record.copies)


def _make(workers: Workers, folder: Path, pictures: Mapping[str, Path]) -> dict[str, tuple[PictureCopy, ...]]:
    """Make the copies of pictures, given by name, and write them to a folder; return those of each picture."""
    waiting = {}
    for name, path in pictures.items():
        try:
            data = published(read_bytes(path))
        except (Unusable, NotShown):
            continue  # reported when the picture was examined
        waiting[name] = workers.executor(len(pictures), risky=True).submit(_copies, data, workers.limits)
    made = {}
    for name, future in waiting.items():
        try:
            copies: tuple[SmallerCopy, ...] = future.result()
        except (CancelledError, KeyboardInterrupt):
            raise
        except Exception:  # noqa: BLE001 -- whatever a strange picture does to its decoder: it is shown without copies
            copies = ()
        made[name] = tuple(_store(folder, name, copy) for copy in copies)
    return made


def _copies(data: bytes, limits: Limits) -> tuple[SmallerCopy, ...]:
    """Return the copies of a picture, made within the limits of an article. Raises whatever its decoder raises."""
    with limited(limits):
        return smaller_copies(data)


def _store(folder: Path, picture: str, copy: SmallerCopy) -> PictureCopy:
    name = f"{Path(picture).stem}-{copy.width}.webp"
    write_whole(folder / name, copy.data, durable=False)
    return PictureCopy(name, copy.width, copy.height, len(copy.data))
