"""The pages of the site -> the Pagefind index in `site/pagefind/`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from glossator.config import SiteError
from glossator.model import Output, SitePath

FOLDER = "pagefind"
NEEDED = (
    "pagefind.js",
    "pagefind-entry.json",
    "pagefind-worker.js",
    "wasm.",
    "fragment/",
    "index/",
    "filter/",
    "pagefind.",
)
"""What the search page loads, by the start of its path; the rest of the bundle is a user interface that ours replaces."""


def index(site: Path, language: str) -> tuple[Output, ...]:
    """The files of a new index over every page below `site`, sorted by path.

    One index for all languages: otherwise a visitor searches only the language of the page that they come from.
    Raises SiteError where Pagefind cannot run.
    """
    with tempfile.TemporaryDirectory(prefix="glossator-search-") as folder:
        try:
            asyncio.run(_write(site, Path(folder), language))
        except (OSError, FileNotFoundError, asyncio.TimeoutError) as error:
            hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
            raise SiteError(f"Pagefind could not index the site: {error}.", hint) from None
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        named = ((path.relative_to(folder).as_posix(), path) for path in paths)
        return tuple(
            Output(SitePath(f"{FOLDER}/{name}"), path.read_bytes()) for name, path in named if name.startswith(NEEDED)
        )


async def _write(site: Path, folder: Path, language: str) -> None:
    # One thread: with several, the order in which pages are numbered, and so the index, differs from run to run.
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    config = IndexConfig(force_language=language.split("-")[0], keep_index_url=True, output_path=str(folder))
    async with PagefindIndex(config=config) as made:
        await made.add_directory(str(site))
