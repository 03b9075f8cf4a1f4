"""The previewed archive: built again and again, on one thread, and indexed when no save comes for a while."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from glossator.config import Config, SiteError
from glossator.content.article_store import ArticleStore
from glossator.content.highlights import FOLDER
from glossator.incremental.memo import Progress, no_progress
from glossator.incremental.workers.processes import WorkerProcesses
from glossator.model import Extracted, SitePath
from glossator.output import WriteResult
from glossator.pipeline import ArchivePaths, Report
from glossator.pipeline.context import unheard
from glossator.pipeline.rebuild.interruptible_build import OnPagesWritten, PreviewSession
from glossator.pipeline.rendering import index_search
from glossator.pipeline.review.survey import BuiltArticles
from glossator.temporary_folders import temporary_folder

Args = ParamSpec("Args")
Result = TypeVar("Result")
ReadConfig = Callable[[], Config]
"""Reads the settings anew, since they may have been saved."""


@dataclass(frozen=True, slots=True)
class ArchiveThread:
    """Thread on which the archive is built and queried, because the cache allows one user at a time."""

    executor: Executor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))

    async def run(self, task: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs) -> Result:
        return await get_running_loop().run_in_executor(self.executor, partial(task, *args, **kwargs))


class PreviewBuilder:
    """Builds one archive, on one thread at a time. State: what the next build can use."""

    def __init__(self, paths: ArchivePaths, read_config: ReadConfig) -> None:
        self.paths = paths
        self.read_config = read_config
        self._session = PreviewSession(paths)

    def build(
        self,
        changed: frozenset[Path],
        early: OnPagesWritten,
        overtaken: Callable[[], bool] = lambda: False,
        progress: Progress = no_progress,
    ) -> Report | None:
        """Bring the pages up to date, without the search index; None if another save overtook the build.

        `changed` are the files saved since the last build, and folders in which any file may have been saved. `early`
        is called with pages that are on disk before the build is done. `overtaken` returns True once there is more to
        build. Raises SiteError if the set-up is wrong.
        """
        return self._session.build(self.read_config(), progress, changed, early, overtaken)

    def concerns_site(self, changed: Iterable[Path]) -> bool:
        """True if a save can change the site: if it is not of highlights alone, or the site shows highlights."""
        folder = self.paths.content / FOLDER
        if any(not path.is_relative_to(folder) for path in changed):
            return True
        try:
            return bool(self.read_config().site.highlights)
        except SiteError:
            return True  # the build says what is wrong

    def build_first(self, progress: Progress, extracted: Callable[[Extracted], None]) -> Report:
        """Build for the first time; `extracted` is called with each article that is read.

        Raises SiteError if the set-up is wrong.
        """
        self._session.extracted = extracted
        report = self._session.build(self.read_config(), progress, frozenset(), lambda _: None, lambda: False)
        self._session.extracted = unheard
        assert report, "nothing can overtake the first build"
        return report

    @property
    def articles(self) -> ArticleStore | None:
        """The articles as the last build left them; None before the first."""
        return self._session.articles

    def read_ahead(self, page: SitePath | None) -> None:
        """Prepare for a save of the article that a page shows; without a page, of the newest article."""
        self._session.read_ahead(self.read_config(), page)

    def built(self) -> BuiltArticles | None:
        """Return the articles of the last build, if there was one."""
        return self._session.built()

    @property
    def worker(self) -> WorkerProcesses:
        """Process that reads what others wrote."""
        return self._session.worker

    def close(self) -> None:
        """End the worker, so that a build that waits for it ends, too."""
        self._session.close()

    def unindexed(self) -> str | None:
        """Return the language to index the site in; None if the search index is up to date."""
        config = self.read_config()
        return config.site.language if index_search.is_index_due(self.paths, config) else None

    def publish(self, folder: Path) -> WriteResult:
        """Put the search index that was prepared in `folder` in its place."""
        return index_search.publish(self.paths, folder)


INDEX_DELAY = 1.0
"""Seconds without a save after which the search index is brought up to date."""
SCRATCH = "scratch"
"""Subfolder for temporary files of the process: removed with the folder, however the process ends."""


async def update_when_idle(
    thread: ArchiveThread, builder: PreviewBuilder, notify: Callable[[WriteResult], None]
) -> None:
    """Bring the search index up to date after INDEX_DELAY; a save cancels it. Raises SiteError and OSError.

    `notify` is called with the files that the new index changed.
    """
    await asyncio.sleep(INDEX_DELAY)
    language = await thread.run(builder.unindexed)
    if language is None:
        return

    async def publish(folder: Path) -> None:
        notify(await thread.run(builder.publish, folder))

    async with _prepared(builder.paths.site, language) as folder:
        publishing = asyncio.create_task(publish(folder))
        try:
            await asyncio.shield(publishing)
        finally:
            await asyncio.wait([publishing])  # half an index would be unusable


@asynccontextmanager
async def _prepared(site: Path, language: str) -> AsyncIterator[Path]:
    """Yield a temporary folder with the index of the site. Raises SiteError if the index cannot be made."""
    made = temporary_folder("index")
    folder = made.__enter__()
    try:
        await _prepare(site, language, folder)
        yield folder
    finally:
        # In a thread, because the folder may hold many files and a save may be waiting.
        await asyncio.to_thread(made.__exit__, None, None, None)


async def _prepare(site: Path, language: str, folder: Path) -> None:
    scratch = folder / SCRATCH
    scratch.mkdir()
    path = os.pathsep.join(filter(None, sys.path))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", index_search.__name__, str(site), language, str(folder)),
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(scratch)},
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # so that Pagefind, a child of the process, ends with it
    )
    try:
        _, errors = await process.communicate()
    except asyncio.CancelledError:
        _kill(process.pid)
        await process.wait()
        raise
    if process.returncode:
        raise SiteError(*errors.decode("utf-8", "replace").splitlines()[-2:] or ["The search index could not be made."])


def _kill(leader: int) -> None:
    with suppress(ProcessLookupError):  # the process may have ended by itself
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)
