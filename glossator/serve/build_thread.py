"""The previewed archive: built again and again, on one thread."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from glossator.config import Config
from glossator.incremental.memo import no_progress
from glossator.incremental.worker_processes import WorkerProcesses
from glossator.model import SitePath
from glossator.output import WriteResult
from glossator.pipeline import ArchivePaths, Report, index_search
from glossator.pipeline.preview.interruptible_build import OnPagesWritten, PreviewSession

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
        self, changed: frozenset[Path], early: OnPagesWritten, overtaken: Callable[[], bool] = lambda: False
    ) -> Report | None:
        """Bring the pages up to date, without the search index; None if another save overtook the build.

        `changed` are the files saved since the last build, and folders in which any file may have been saved. `early`
        is called with pages that are on disk before the build is done. `overtaken` returns True once there is more to
        build. Raises SiteError if the set-up is wrong.
        """
        return self._session.build(self.read_config(), no_progress, changed, early, overtaken)

    def read_ahead(self, page: SitePath | None) -> None:
        """Prepare for a save of the article that a page shows; without a page, of the newest article."""
        self._session.read_ahead(self.read_config(), page)

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
