"""The search index apart from the pages: whether one is due, and how it is made, by a build or aside by a process.

usage: python -m glossator.pipeline.index_search SITE LANGUAGE FOLDER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from glossator import output, search
from glossator.config import Config, SiteError
from glossator.digest import digest
from glossator.disk import read_bytes
from glossator.incremental.cache import Cache
from glossator.incremental.versions import SEARCH_USES, code_digest
from glossator.model import Digest, Fingerprint, Output, SitePath
from glossator.pipeline.context import ArchivePaths

NICENESS = 10
"""How far the process stands back behind builds."""
LIST = "index.json"
"""Beside the files of an index that waits to be put in place: what it is made of."""

Files = Mapping[SitePath, str]


class Prepared(msgspec.Struct, frozen=True):
    """An index that waits."""

    fingerprint: Digest
    new: tuple[SitePath, ...]
    paths: tuple[SitePath, ...]
    """Of the whole index: the new ones, and those that stay as they are."""


def due(cache: Cache, site: Path, language: str, files: Files, *, trusted: bool = False) -> bool:
    """Whether a site of these files lacks an index of just its pages; one that is not trusted is looked at."""
    index = [path for path in files if _is_index(path)]
    known = cache.pages(str(site.resolve())).get(search.FOLDER)
    whole = index and (trusted or all(output.stands(site, path, files[path]) for path in index))
    return not (whole and known == _fingerprint(files, language))


def due_aside(paths: ArchivePaths, config: Config) -> bool:
    """The same for a site that no build is at."""
    with Cache(paths.cache) as cache:
        return config.build.search and due(cache, paths.site, config.site.language, output.manifest(paths.site))


def indexed(site: Path) -> tuple[SitePath, ...]:
    """The files of the index that the site has."""
    return tuple(path for path in output.manifest(site) if _is_index(path))


def renew(draft: output.Draft, language: str) -> tuple[tuple[Output, ...], set[SitePath]]:
    """What differs of the index of a site as it will be, and what of the old one goes.

    Raises SiteError where Pagefind cannot run.
    """
    found = search.refresh(draft, language, _code())
    return found.outputs, {path for path in draft.files if _is_index(path)} - found.paths


def renewed(cache: Cache, site: Path, language: str, files: Files) -> None:
    """Remember that the index of a site is of these files."""
    cache.set_pages(str(site.resolve()), {search.FOLDER: Fingerprint(_fingerprint(files, language))})


def prepare(site: Path, language: str, folder: Path) -> None:
    """Make what differs of the index of a site, in a folder of its own. Raises SiteError where Pagefind cannot run."""
    files = output.manifest(site)
    found = search.refresh(output.Draft(site, files, {}), language, _code())
    for one in found.outputs:
        target = folder / one.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(one.content)
    new = tuple(one.path for one in found.outputs)
    made = Prepared(_fingerprint(files, language), new, tuple(sorted(found.paths)))
    (folder / LIST).write_bytes(msgspec.json.encode(made))


def publish(paths: ArchivePaths, folder: Path) -> output.Written:
    """Put a prepared index in its place: what differs is written, what is no longer part of it goes."""
    made = msgspec.json.decode((folder / LIST).read_bytes(), type=Prepared)
    outputs = (Output(path, read_bytes(folder / path)) for path in made.new)
    with Cache(paths.cache) as cache:
        index = _Index(output.manifest(paths.site), frozenset(made.paths), made.fingerprint)
        return _place(cache, paths.site, outputs, index)


class _Index(msgspec.Struct, frozen=True):
    """What there was, and what the index is made of."""

    files: Files
    paths: frozenset[SitePath]
    fingerprint: Digest


def _place(cache: Cache, site: Path, outputs: Iterable[Output], index: _Index) -> output.Written:
    gone = {path for path in index.files if _is_index(path)} - index.paths
    written = output.change(site, outputs, gone)
    cache.set_pages(str(site.resolve()), {search.FOLDER: Fingerprint(index.fingerprint)})
    return written


def _fingerprint(files: Files, language: str) -> Digest:
    """Of all that the index of a site with those files is made of."""
    shown = (f"{path} {content}" for path, content in sorted(files.items()) if path.endswith(".html"))
    return digest(_code(), language, "\n".join(shown))


def _code() -> Digest:
    return code_digest(("search",), SEARCH_USES)


def _is_index(path: str) -> bool:
    return path.startswith(f"{search.FOLDER}/")


def main(site: str, language: str, folder: str) -> None:
    """The work of the process; what is wrong is told as a sentence and a hint, a line for each."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        prepare(Path(site), language, Path(folder))
    except SiteError as error:
        sys.exit(f"{error.message}\n{error.hint}")


if __name__ == "__main__":
    main(*sys.argv[1:])
