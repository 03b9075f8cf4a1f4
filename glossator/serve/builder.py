"""The archive while it is previewed: built again and again, by one thread at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from glossator.config import Config
from glossator.model import SitePath
from glossator.output import Written
from glossator.pipeline import ArchivePaths, Report, index_search
from glossator.pipeline.preview.session import Early, PreviewSession

Settings = Callable[[], Config]


class Workshop:
    """What one archive is built with. One thread at a time asks it, so it may keep what the next build can use."""

    def __init__(self, paths: ArchivePaths, settings: Settings) -> None:
        self.paths = paths
        self.settings = settings
        self._builds = PreviewSession(paths)

    def build(
        self, changed: frozenset[Path], early: Early, overtaken: Callable[[], bool] = lambda: False
    ) -> Report | None:
        """Bring the pages up to date. The search index stays as it is: see `publish`.

        `changed` are the files that were saved since the last build, and folders in which something may have been.
        None where the build was given up because it was overtaken by another save. Raises SiteError where the set-up
        is wrong.
        """
        return self._builds.build(self.settings(), quiet, changed, early, overtaken)

    def read_ahead(self, page: SitePath | None) -> None:
        """Make ready for a save of the article that a page shows, or of the newest one."""
        self._builds.read_ahead(self.settings(), page)

    def unindexed(self) -> str | None:
        """The language to index the site in, if its search index is not of the pages that it has now."""
        config = self.settings()
        return config.site.language if index_search.due_aside(self.paths, config) else None

    def publish(self, folder: Path) -> Written:
        """Put the search index in its place that was prepared in a folder since the last build."""
        return index_search.publish(self.paths, folder)


def quiet(stage: str, done: int, total: int) -> None:
    """No progress: what is done for a preview is over before it could be read."""
