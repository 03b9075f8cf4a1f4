"""Build the site only if something differs from what the last build read and left.

A file's size and times stand for its content, unless the file was touched so recently that a later change might have
the same times: the content of young files is compared.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glossator import output
from glossator.config import Config, InboxSettings
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.content.file_stamps import FileTimes, folder_times, is_young
from glossator.content.lock_files import LOCKS
from glossator.content.theme import Theme, read_theme
from glossator.files import Unusable, read_bytes
from glossator.incremental.cache import Cache, DamagedRow, RowDecoder
from glossator.incremental.code_versions import (
    EXTRACT_LIBRARIES,
    RENDER_LIBRARIES,
    SEARCH_LIBRARIES,
    code_digest,
    packaged_stamp,
    requirements,
)
from glossator.incremental.workers.executors import Workers
from glossator.model import Digest, SitePath
from glossator.output import MANIFEST
from glossator.pipeline.context import BuildContext, Problems, Report
from glossator.site_paths import INDEX
from glossator.text import digest

if TYPE_CHECKING:
    from glossator.incremental.memo import Progress

ARTICLES = "articles"
"""Folder of the content into which the build itself writes."""


class FolderStamp(msgspec.Struct, frozen=True):
    """Digest of a folder's files, by their sizes and times, and the content of those that were young."""

    whole: Digest
    young: tuple[tuple[str, Digest], ...]


class LastBuildRecord(msgspec.Struct, frozen=True):
    """Stamps of the folders that a build read and wrote, and its report."""

    inputs: Digest
    """Digest of everything that the site depends on besides its archive, see `inputs_digest`."""
    content: FolderStamp | None
    """Stamp of content/; None if a build of this same content would still have work left."""
    lock: Digest
    site: FolderStamp | None
    """Stamp of the site without its search index, which may be made apart from a build."""
    index: FolderStamp | None
    report: Report


_LAST_BUILD: RowDecoder[LastBuildRecord] = RowDecoder(LastBuildRecord)


class FolderStates(msgspec.Struct, frozen=True):
    """State of content and site before a build. A folder that holds links or cannot be read has no file times."""

    content: Mapping[str, FileTimes] | None
    site: Mapping[str, FileTimes] | None
    content_stamp: FolderStamp | None
    """Stamp that the next build can compare the content with."""
    report: Report | None
    """Report of the last build if nothing has changed since; None if a build is needed."""
    intact: bool
    """True if the site, apart from its search index, is as the last build left it."""
    index_intact: bool
    """True if the search index is as the last build left it."""
    notices: Problems
    """Notices that the last build told."""


def bring_up_to_date(paths: ArchivePaths, config: Config, progress: Progress, reconvert: bool = False) -> Report:
    """Build the site if anything differs from what the last build read and left; else repeat that build's report.

    With `reconvert` every saved file is converted whose article nobody edited. Raises SiteError for a wrong set-up.
    """
    check_archive(paths.content)
    theme = read_theme(paths.templates, config)
    with Cache(paths.cache) as cache:
        output.recover(paths.site)
        inputs = inputs_digest(config, theme)
        states = compare_with_last_build(cache, paths, inputs)
        report = None if reconvert else states.report
        if report is None:
            from glossator.pipeline.build import build  # noqa: PLC0415 -- its libraries take half a second to load

            with Workers(config.build, cluster=config.extensions.cluster) as workers:
                context = BuildContext(
                    paths, config, cache, workers, progress, True, states.intact, states.index_intact
                )
                result = build(context, theme, reconvert)
            report = result.report
            if report.converted:
                states = with_articles(paths, states, result.article_times)
            record_build(cache, paths, inputs, states, report)
        cache.count_build()
    problems = set(report.problems)
    return replace(report, told=tuple(notice for notice in states.notices if notice in problems))


def inputs_digest(config: Config, theme: Theme) -> Digest:
    """Return a digest of everything that a site depends on besides the files of its archive."""
    libraries = (*EXTRACT_LIBRARIES, *RENDER_LIBRARIES, *SEARCH_LIBRARIES, *config.extensions.openers.libraries)
    code = code_digest(("",), libraries)
    settings = replace(config, build=replace(config.build, workers=0, executor=""), inbox=InboxSettings())
    files = (repr(sorted(part.items())) for part in (theme.templates, theme.statics, theme.catalogues))
    return digest(code, *requirements(config.annotate), packaged_stamp(), repr(settings), *files)


def compare_with_last_build(cache: Cache, paths: ArchivePaths, inputs: Digest) -> FolderStates:
    """Return the states of content and site, compared with the record of the last build.

    `inputs` is the digest of everything that the site depends on besides its archive.
    """
    row = cache.last_build(_name(paths))
    try:
        last = _LAST_BUILD.decode(row) if row else None
    except DamagedRow:  # other code wrote it
        last = None
    content, site = folder_times(paths.content), folder_times(paths.site)
    if content:
        for name in LOCKS:  # the build itself writes them: see `lock_digest`
            content.pop(name, None)
    pages, index = _split_site(site)
    intact = last is not None and _is_unchanged(paths.site, pages, last.site)
    index_intact = last is not None and _is_unchanged(paths.site, index, last.index)
    unchanged = intact and index_intact and last and (last.inputs, last.lock) == (inputs, lock_digest(paths))
    notices = tuple(problem for problem in last.report.problems if not problem.fatal) if last else ()
    if unchanged and last and _is_unchanged(paths.content, content, last.content):
        return FolderStates(content, site, None, last.report, intact, index_intact, notices)
    return FolderStates(content, site, _stamp_now(paths.content, content), None, intact, index_intact, notices)


def with_articles(paths: ArchivePaths, states: FolderStates, articles: Mapping[str, FileTimes] | None) -> FolderStates:
    """Return the states with the articles that the build converted, whose file times are `articles`."""
    if states.content is None or articles is None:
        return msgspec.structs.replace(states, content_stamp=None)
    others = {path: times for path, times in states.content.items() if not path.startswith(f"{ARTICLES}/")}
    content = others | {f"{ARTICLES}/{path}": times for path, times in articles.items()}
    return msgspec.structs.replace(states, content=content, content_stamp=_stamp_now(paths.content, content))


def record_build(cache: Cache, paths: ArchivePaths, inputs: Digest, states: FolderStates, report: Report) -> None:
    """Store the record of a finished build.

    `inputs` is the digest of everything that the site depends on besides its archive; `states` are the states of the
    folders that the build started from.
    """
    idle = cache.requests == cache.hits and not (report.rendered or report.written or report.removed)
    final = idle or (
        cache.complete and not report.passing
    )  # else the next build has something to do, or less to report
    pages, index = _split_site(_times_after(paths.site, states.site, (*report.written, *report.removed)))
    record = LastBuildRecord(
        inputs=inputs,
        content=states.content_stamp if final else None,
        lock=lock_digest(paths),
        site=_stamp_now(paths.site, pages),
        index=_stamp_now(paths.site, index),
        report=replace(report, converted=0, annotated=0, rendered=(), written=(), removed=(), passing=False, costs=()),
    )
    cache.set_last_build(_name(paths), msgspec.msgpack.encode(record))


def lock_digest(paths: ArchivePaths) -> Digest:
    """Return the digest of the files that the build itself writes into the content, besides articles."""
    every = (paths.content / name for name in LOCKS)
    return digest(*(path.read_bytes() if path.is_file() else b"" for path in every))


def _name(paths: ArchivePaths) -> str:
    return str(paths.site.resolve())


def _split_site(
    site: Mapping[str, FileTimes] | None,
) -> tuple[Mapping[str, FileTimes] | None, Mapping[str, FileTimes] | None]:
    """Split the files of a site into pages and search index. The manifest is left out because it only lists both."""
    if site is None:
        return None, None
    index = {path: times for path, times in site.items() if path.startswith(f"{INDEX}/")}
    return {path: times for path, times in site.items() if path not in index and path != MANIFEST}, index


def _is_unchanged(folder: Path, files: Mapping[str, FileTimes] | None, stamp: FolderStamp | None) -> bool:
    return stamp is not None and _stamp(folder, files, dict(stamp.young)) == stamp


def _stamp_now(folder: Path, files: Mapping[str, FileTimes] | None) -> FolderStamp | None:
    """Return the stamp of a folder; files that were touched just now count by their content."""
    if files is None:
        return None
    now = time.time_ns()
    return _stamp(folder, files, [path for path, times in files.items() if is_young(max(times[1:]), now)])


def _stamp(folder: Path, files: Mapping[str, FileTimes] | None, young: Collection[str]) -> FolderStamp | None:
    """Return the stamp of a folder; None if a name is not text. `young` are the files that count by their content."""
    if files is None:
        return None
    old = {path: times for path, times in files.items() if path not in young} if young else files
    try:
        contents = [(path, digest(read_bytes(folder / path))) for path in sorted(young) if path in files]
        return FolderStamp(digest(msgspec.msgpack.encode((old, contents), order="deterministic")), tuple(contents))
    except (Unusable, UnicodeEncodeError):
        return None


def _times_after(
    site: Path, times: Mapping[str, FileTimes] | None, changed: Iterable[SitePath]
) -> Mapping[str, FileTimes] | None:
    """Return the files of a site after a build; only the files that it wrote or removed are looked at."""
    if times is None:
        return folder_times(site)
    files = dict(times)
    for path in changed:
        try:
            status = (site / path).lstat()
        except OSError:
            files.pop(path, None)
        else:
            files[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return files
