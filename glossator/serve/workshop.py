"""The archive while it is previewed: built again and again, by one thread at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from glossator.config import Config
from glossator.model import SitePath
from glossator.output import Written
from glossator.pipeline import Places, Report, build, indexing

Settings = Callable[[], Config]
Early = Callable[[Iterable[SitePath]], None]
"""Told which pages are on disk, before the rest of the build is done."""


class Workshop:
    """What one archive is built with. One thread at a time asks it, so it may keep what the next build can use."""

    def __init__(self, places: Places, settings: Settings) -> None:
        self.places = places
        self.settings = settings

    def build(self, changed: frozenset[Path], early: Early) -> Report:  # noqa: ARG002 -- a whole build needs neither
        """Bring the pages up to date. The search index stays as it is: see `index`.

        `changed` are the files that were saved since the last build, and folders in which something may have been.
        Raises SiteError where the set-up is wrong.
        """
        return build(self.places, self.settings(), quiet, index=False)

    def unindexed(self) -> str | None:
        """The language to index the site in, if its search index is not of the pages that it has now."""
        config = self.settings()
        return config.site.language if indexing.due_aside(self.places, config) else None

    def publish(self, folder: Path) -> Written:
        """Put the search index in its place that was prepared in a folder since the last build."""
        return indexing.publish(self.places, folder)


def quiet(stage: str, done: int, total: int) -> None:
    """No progress: what is done for a preview is over before it could be read."""
