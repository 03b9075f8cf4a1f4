"""The search index: whether it is due, and making it, in a build or by a process of its own beside builds.

usage: python -m glossator.pipeline.rendering.index_search SITE LANGUAGE FOLDER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator import output, search
from glossator.config import Config, SiteError
from glossator.content.archive_paths import ArchivePaths
from glossator.files import read_bytes
from glossator.incremental.cache import Cache
from glossator.incremental.code_versions import SEARCH_LIBRARIES, code_digest
from glossator.model import Digest, Fingerprint, Output, SitePath
from glossator.pipeline.context import BuildContext
from glossator.text import digest

NICENESS = 10
"""Niceness of the process, so that builds go first."""
LIST = "index.json"
"""File beside the files of a prepared index, which holds its PreparedIndex."""

Files = Mapping[SitePath, str]


class PreparedIndex(msgspec.Struct, frozen=True):
    """An index that was made in a folder of its own and is not published yet."""

    fingerprint: Digest
    new: tuple[SitePath, ...]
    """Paths of the files to write."""
    paths: tuple[SitePath, ...]
    """Paths of the whole index: new files and files that stay as they are."""


def is_due(cache: Cache, site: Path, language: str, files: Files, *, trusted: bool = False) -> bool:
    """True if a site has no index of exactly its pages.

    `files` are the digests of the site's files. Unless the index is `trusted`, its files are compared with them.
    """
    index = [path for path in files if _is_index(path)]
    stored = cache.pages(str(site.resolve())).get(search.FOLDER)
    complete = index and (trusted or all(output.has_digest(site, path, files[path]) for path in index))
    return not (complete and stored == _fingerprint(files, language))


def is_index_due(paths: ArchivePaths, config: Config) -> bool:
    """True if the site needs a new index. Called when no build is running."""
    with Cache(paths.cache) as cache:
        return config.build.search and is_due(cache, paths.site, config.site.language, output.manifest(paths.site))


def index_files(site: Path) -> tuple[SitePath, ...]:
    """Return the paths of the index that the site has."""
    return tuple(path for path in output.manifest(site) if _is_index(path))


def stage_index(context: BuildContext, staged: output.StagedSite) -> bool:
    """True if the last search index is out of date, so that a new one was staged.

    Raises SiteError if Pagefind cannot run.
    """
    language, draft = context.config.site.language, staged.draft()
    if not (context.config.build.search and context.index):
        return False
    if not is_due(context.cache, draft.site, language, draft.files, trusted=context.index_intact):
        return False
    context.progress("search", 0, 1)
    with context.times.step("search"):
        index = search.refresh(draft, language, _code())
        staged.add(index.outputs)
        staged.remove({path for path in draft.files if _is_index(path)} - index.paths)
    return True


def record_index(context: BuildContext, files: Files) -> None:
    """Store that the index of the site is up to date; `files` are the digests of the site's files."""
    context.progress("search", 1, 1)
    fingerprint = Fingerprint(_fingerprint(files, context.config.site.language))
    context.cache.set_pages(str(context.paths.site.resolve()), {search.FOLDER: fingerprint})


def prepare(site: Path, language: str, folder: Path) -> None:
    """Write the new files of a site's index to a folder of their own. Raises SiteError if Pagefind cannot run."""
    files = output.manifest(site)
    index = search.refresh(output.Draft(site, files, {}), language, _code())
    for file in index.outputs:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    new = tuple(file.path for file in index.outputs)
    prepared = PreparedIndex(_fingerprint(files, language), new, tuple(sorted(index.paths)))
    (folder / LIST).write_bytes(msgspec.json.encode(prepared))


def publish(paths: ArchivePaths, folder: Path) -> output.WriteResult:
    """Move a prepared index from its folder into the site, and remove files that are no longer part of the index."""
    prepared = msgspec.json.decode((folder / LIST).read_bytes(), type=PreparedIndex)
    outputs = (Output(path, read_bytes(folder / path)) for path in prepared.new)
    with Cache(paths.cache) as cache:
        old = {path for path in output.manifest(paths.site) if _is_index(path)}
        written = output.change(paths.site, outputs, old - set(prepared.paths))
        cache.set_pages(str(paths.site.resolve()), {search.FOLDER: Fingerprint(prepared.fingerprint)})
    return written


def _fingerprint(files: Files, language: str) -> Digest:
    """Return a digest of everything that the index of a site depends on."""
    pages = (f"{path} {content}" for path, content in sorted(files.items()) if path.endswith(".html"))
    return digest(_code(), language, "\n".join(pages))


def _code() -> Digest:
    return code_digest(("search",), SEARCH_LIBRARIES)


def _is_index(path: str) -> bool:
    return path.startswith(f"{search.FOLDER}/")


def main(site: str, language: str, folder: str) -> None:
    """Prepare an index in a process of its own; an error ends it with two lines: message and hint."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        prepare(Path(site), language, Path(folder))
    except SiteError as error:
        sys.exit(f"{error.message}\n{error.hint}")


if __name__ == "__main__":
    main(*sys.argv[1:])
