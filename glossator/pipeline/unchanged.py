"""Whether anything at all differs from what the last build saw and left: if not, there is nothing to do.

A file's size and times stand for its content, except where it was touched so shortly before it was looked at that a
later change might bear the same times; of those the content is compared.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from glossator.cache import Cache
from glossator.config import Config
from glossator.content.decisions import LOCK
from glossator.content.theme import Theme
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.model import Digest
from glossator.pipeline.code import EXTRACT_USES, RENDER_USES, SEARCH_USES, code_digest, requirements
from glossator.pipeline.places import Places
from glossator.pipeline.report import Report

YOUNG = 2_000_000_000
"""Nanoseconds; file systems keep times to two seconds at worst."""


class Stamp(msgspec.Struct, frozen=True):
    """Of a folder: all that stands for the content of its files, and the content of those that were young."""

    old: Digest
    young: tuple[tuple[str, Digest], ...]


class Left(msgspec.Struct, frozen=True):
    """What a build saw and what it left."""

    read: Stamp
    lock: Digest
    site: Stamp
    report: Report


def set_up(config: Config, design: Theme, index: bool) -> Digest:
    """Of all that goes into a site besides the files of its archive, and whether its search index is to be right."""
    code = code_digest(("",), (*EXTRACT_USES, *RENDER_USES, *SEARCH_USES))
    settings = replace(config, build=replace(config.build, workers=0, executor=""))
    theme = (repr(sorted(design.templates.items())), repr(sorted(design.statics.items())))
    return digest(code, *requirements(config.annotate), repr((settings, index)), *theme)


def look(folder: Path, young: Collection[str] | None = None) -> Stamp | None:
    """The stamp of a folder; None where it cannot be told, for it holds links, or what may not be read.

    `young` are the files whose content counts; if nothing is said, those that were touched just now.
    """
    try:
        return _look(folder, young)
    except (Unusable, OSError):
        return None


def _look(folder: Path, young: Collection[str] | None) -> Stamp | None:
    now = time.time_ns()
    lines: list[str] = []
    fresh: list[tuple[str, Digest]] = []
    start = len(os.path.join(folder, ""))  # noqa: PTH118 -- ends with a separator, as no Path does
    for entry in _walk(folder):
        path, about = entry.path[start:], entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            return None
        touched = max(about.st_mtime_ns, about.st_ctime_ns)
        if path == LOCK:
            continue
        if path in young if young is not None else touched > now - YOUNG:
            fresh.append((path, digest(read_bytes(Path(entry.path)))))
        else:
            lines.append(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0{about.st_ctime_ns}")
    return Stamp(digest(*sorted(lines)), tuple(sorted(fresh)))


def recall(cache: Cache, places: Places, set_up: Digest) -> Report | None:
    """The report of a build that would find nothing changed; None where it might, and has to be made."""
    known = cache.left(str(places.site.resolve()), set_up)
    left = msgspec.msgpack.decode(known, type=Left) if known else None
    if not left or left.lock != lock(places) or not places.site.is_dir():
        return None
    for folder, stamp in ((places.content, left.read), (places.site, left.site)):
        if look(folder, dict(stamp.young).keys()) != stamp:
            return None
    return left.report


def keep(cache: Cache, places: Places, seen: tuple[Digest, Stamp | None], report: Report) -> None:
    """Remember what a build left, to know it again; `seen` is what it was made of, looked at before it began."""
    set_up, read = seen
    idle = cache.asked == cache.found and not (report.rendered or report.written or report.removed)
    # A problem of a build that did something may be gone with the next, which therefore has to be made.
    if read is None or report.converted or (report.problems and not idle) or (site := look(places.site)) is None:
        return
    quiet = replace(report, annotated=0, rendered=(), written=(), removed=(), costs=())
    cache.leave(str(places.site.resolve()), set_up, msgspec.msgpack.encode(Left(read, lock(places), site, quiet)))


def lock(places: Places) -> Digest:
    """Of the file that the build itself writes into the content."""
    path = places.content / LOCK
    return digest(path.read_bytes() if path.is_file() else b"")


def _walk(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            else:
                yield entry
