"""The search index apart from the build: whether one is due, a process that prepares it, and how it gets its place.

usage: python -m glossator.pipeline.indexing SITE LANGUAGE FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from glossator import output, search
from glossator.cache import Cache
from glossator.config import Config, SiteError
from glossator.digest import digest
from glossator.disk import read_bytes
from glossator.model import Digest, Fingerprint, Output, SitePath
from glossator.pipeline.code import SEARCH_USES, code_digest
from glossator.pipeline.places import Places

NICENESS = 10
"""How far the process stands back behind builds."""
LIST = "files.json"
"""Beside the files of an index that waits to be put in place: their digests, by path."""


def fingerprint(files: Mapping[SitePath, str], language: str) -> Fingerprint:
    """Of all that the index of a site with those files is made of."""
    code = code_digest(("search",), SEARCH_USES)
    shown = (f"{path} {content}" for path, content in sorted(files.items()) if path.endswith(".html"))
    return Fingerprint(digest(code, language, *shown))


def due(places: Places, config: Config) -> bool:
    """Whether the site has no index of the pages that it has now, and ought to."""
    files = output.manifest(places.site)
    with Cache(places.cache) as cache:
        known = cache.pages(str(places.site.resolve())).get(search.FOLDER)
    there = any(_indexed(path) for path in files)
    return config.build.search and not (there and known == fingerprint(files, config.site.language).whole)


def prepare(site: Path, language: str, folder: Path) -> None:
    """Make the index of a site, in a folder of its own. Raises SiteError where Pagefind cannot run."""
    made = search.index(site, language)
    for one in made:
        target = folder / one.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(one.content)
    (folder / LIST).write_text(json.dumps({one.path: digest(one.content) for one in made}), "utf-8")


def publish(places: Places, config: Config, folder: Path) -> output.Written:
    """Put a prepared index in its place: what differs is written, what is no longer part of it goes."""
    files = output.manifest(places.site)
    made: dict[SitePath, str] = json.loads((folder / LIST).read_text("utf-8"))
    changed = (Output(path, read_bytes(folder / path)) for path, found in made.items() if files.get(path) != found)
    written = output.write(places.site, changed, {path for path in files if not _indexed(path)} | made.keys())
    site, own = str(places.site.resolve()), {search.FOLDER: fingerprint(written.files, config.site.language)}
    with Cache(places.cache) as cache:
        known = {path: Fingerprint(Digest(whole)) for path, whole in cache.pages(site).items()}
        cache.set_pages(site, known | own)
    return written


def _indexed(path: str) -> bool:
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
