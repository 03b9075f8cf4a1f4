"""Whether anything at all differs from what the last build saw and left: if not, there is nothing to do.

A file's size and times stand for its content, except where it was touched so shortly before it was looked at that a
later change might bear the same times; of those the content is compared.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glossator import output
from glossator.config import Config, SiteError
from glossator.content.decisions import LOCK
from glossator.content.stamps import FileTimes, folder_times, young
from glossator.content.theme import Theme, read_theme
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.incremental.cache import Cache
from glossator.incremental.versions import EXTRACT_USES, RENDER_USES, SEARCH_USES, code_digest, requirements
from glossator.model import Digest, SitePath
from glossator.output import MANIFEST
from glossator.pipeline.context import ArchivePaths, BuildContext, Report
from glossator.urls import INDEX

if TYPE_CHECKING:
    from glossator.incremental.memo import Progress

ARTICLES = "articles"
"""The folder of the content into which the build itself writes."""


class Stamp(msgspec.Struct, frozen=True):
    """Of a folder: all that stands for the content of its files, and the content of those that were young."""

    whole: Digest
    young: tuple[tuple[str, Digest], ...]


class Left(msgspec.Struct, frozen=True):
    """What a build saw and what it left."""

    set_up: Digest
    read: Stamp | None
    """Nothing where a build of the same would have something to do."""
    lock: Digest
    site: Stamp | None
    """Without its search index, which may be made apart from a build."""
    index: Stamp | None
    report: Report


@dataclass(frozen=True, slots=True)
class Glance:
    """The folders as they are before a build. None for one that cannot be told: it holds links, or is not readable."""

    content: Mapping[str, FileTimes] | None
    site: Mapping[str, FileTimes] | None
    read: Stamp | None
    """Of the content, to know it again after this build."""
    report: Report | None
    """Of a build that would find nothing changed; none where it might, and has to be made."""
    intact: bool
    """Whether the site is as the last build left it, its search index apart."""
    indexed: bool
    """Whether the search index is."""


def bring_up_to_date(
    paths: ArchivePaths, config: Config, progress: Progress, reconvert: bool = False, index: bool = True
) -> Report:
    """Build the site if anything differs from what the last build saw and left; else repeat that build's report.

    Without `index` the search index stays as it is. Raises SiteError for a wrong set-up.
    """
    check(paths)
    theme = read_theme(paths.templates)
    with Cache(paths.cache) as cache:
        output.recover(paths.site)
        digest_of_set_up = set_up(config, theme, index)
        seen = look(cache, paths, digest_of_set_up)
        report = None if reconvert else seen.report
        if report is None:
            # Imported here because the stages load half a second of libraries, and an unchanged archive needs none.
            from glossator.incremental.executors import Workers  # noqa: PLC0415
            from glossator.pipeline.build import build  # noqa: PLC0415

            with Workers(config.build) as workers:
                context = BuildContext(paths, config, cache, workers, progress, index, seen.intact, seen.indexed)
                result = build(context, theme, reconvert)
            report = result.report
            if report.converted:
                seen = with_articles(paths, seen, result.article_times)
            keep(cache, paths, digest_of_set_up, seen, report)
        cache.count_build()
    return report


def check(paths: ArchivePaths) -> None:
    """Raise SiteError if there is no archive."""
    if not paths.content.is_dir():
        hint = "Make it, with a folder saved/ in it for saved articles."
        raise SiteError(f"There is no folder {paths.content}.", hint)


def set_up(config: Config, design: Theme, index: bool) -> Digest:
    """Of all that goes into a site besides the files of its archive, and whether its search index is to be right."""
    code = code_digest(("",), (*EXTRACT_USES, *RENDER_USES, *SEARCH_USES))
    settings = replace(config, build=replace(config.build, workers=0, executor=""))
    theme = (repr(sorted(design.templates.items())), repr(sorted(design.statics.items())))
    return digest(code, *requirements(config.annotate), repr((settings, index)), *theme)


def look(cache: Cache, paths: ArchivePaths, set_up: Digest) -> Glance:
    """What differs from what the last build saw and left."""
    known = cache.left(_name(paths))
    left = msgspec.msgpack.decode(known, type=Left) if known else None
    content, site = folder_times(paths.content), folder_times(paths.site)
    if content:
        content.pop(LOCK, None)  # the build itself writes it: see `lock`
    pages, index = _parted(site)
    intact = left is not None and _is_as(paths.site, pages, left.site)
    indexed = left is not None and _is_as(paths.site, index, left.index)
    same = intact and indexed and left and (left.set_up, left.lock) == (set_up, lock(paths))
    if same and left and _is_as(paths.content, content, left.read):
        return Glance(content, site, None, left.report, intact, indexed)
    return Glance(content, site, _fresh(paths.content, content), None, intact, indexed)


def with_articles(paths: ArchivePaths, seen: Glance, articles: Mapping[str, FileTimes] | None) -> Glance:
    """What a build that converted articles was made of: those once they were there, all else as it was seen."""
    if seen.content is None or articles is None:
        return replace(seen, read=None)
    others = {path: about for path, about in seen.content.items() if not path.startswith(f"{ARTICLES}/")}
    content = others | {f"{ARTICLES}/{path}": about for path, about in articles.items()}
    return replace(seen, content=content, read=_fresh(paths.content, content))


def keep(cache: Cache, paths: ArchivePaths, set_up: Digest, seen: Glance, report: Report) -> None:
    """Remember what a build left, to know it again; `seen` is what it was made of."""
    idle = cache.asked == cache.found and not (report.rendered or report.written or report.removed)
    calm = idle or (cache.complete and not report.passing)  # else the next build has something to do, or less to tell
    pages, index = _parted(_after(paths.site, seen.site, (*report.written, *report.removed)))
    stamps = (_fresh(paths.site, pages), _fresh(paths.site, index))
    quiet = replace(report, converted=0, annotated=0, rendered=(), written=(), removed=(), passing=False, costs=())
    left = Left(set_up, seen.read if calm else None, lock(paths), *stamps, quiet)
    cache.leave(_name(paths), msgspec.msgpack.encode(left))


def lock(paths: ArchivePaths) -> Digest:
    """Of the file that the build itself writes into the content."""
    path = paths.content / LOCK
    return digest(path.read_bytes() if path.is_file() else b"")


def _name(paths: ArchivePaths) -> str:
    return str(paths.site.resolve())


def _parted(
    site: Mapping[str, FileTimes] | None,
) -> tuple[Mapping[str, FileTimes] | None, Mapping[str, FileTimes] | None]:
    """The files of a site, and those of its search index. The manifest lists both, and says nothing besides."""
    if site is None:
        return None, None
    index = {path: about for path, about in site.items() if path.startswith(f"{INDEX}/")}
    return {path: about for path, about in site.items() if path not in index and path != MANIFEST}, index


def _is_as(folder: Path, files: Mapping[str, FileTimes] | None, stamp: Stamp | None) -> bool:
    return stamp is not None and _stamp(folder, files, dict(stamp.young)) == stamp


def _fresh(folder: Path, files: Mapping[str, FileTimes] | None) -> Stamp | None:
    """The stamp of a folder as it is, in which the content of files counts that were touched just now."""
    if files is None:
        return None
    now = time.time_ns()
    return _stamp(folder, files, [path for path, about in files.items() if young(max(about[1:]), now)])


def _stamp(folder: Path, files: Mapping[str, FileTimes] | None, young: Collection[str]) -> Stamp | None:
    """The stamp of a folder; `young` are the files whose content counts. None where a name is no text."""
    if files is None:
        return None
    old = {path: about for path, about in files.items() if path not in young} if young else files
    try:
        fresh = [(path, digest(read_bytes(folder / path))) for path in sorted(young) if path in files]
        return Stamp(digest(msgspec.msgpack.encode((old, fresh), order="deterministic")), tuple(fresh))
    except (Unusable, UnicodeEncodeError):
        return None


def _after(
    site: Path, before: Mapping[str, FileTimes] | None, changed: Iterable[SitePath]
) -> Mapping[str, FileTimes] | None:
    """The files of a site after a build, of which it wrote or removed these: only they are looked at."""
    if before is None:
        return folder_times(site)
    files = dict(before)
    for path in changed:
        try:
            about = (site / path).lstat()
        except OSError:
            files.pop(path, None)
        else:
            files[path] = (about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    return files
