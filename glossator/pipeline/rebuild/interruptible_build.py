"""Builds of an archive that is being edited: a save interrupts one, and the next begins with what it knew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from glossator import output
from glossator.config import PROCESSES, Config, SiteError
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.content.article_store import ArticleStore
from glossator.content.theme import read_theme
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.memo import Progress
from glossator.incremental.workers.batches import task_of
from glossator.incremental.workers.executors import Workers, start_worker
from glossator.incremental.workers.processes import WorkerProcesses
from glossator.model import Extracted, SitePath
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.find_colours import texts_with_listings
from glossator.pipeline.build import BuildResult, build
from glossator.pipeline.context import BuildContext, Overtaken, Report, unheard
from glossator.pipeline.rebuild.provisional_page import provisional_page
from glossator.pipeline.review.survey import BuiltArticles
from glossator.site_paths import article_path

OnPagesWritten = Callable[[Iterable[SitePath]], None]
"""Called with the pages that are on disk before the rest of the build is done."""
MOST_OVERTAKEN = 20
"""Builds in a row that give way to a newer save; the next one is finished, so that lists are shown at last."""


class PreviewSession:
    """The builds of one archive, without its search index. State: the last result; builds that gave way since.

    As long as nobody else builds the archive, nobody is expected to touch the site, so that it is not looked at.
    """

    def __init__(self, paths: ArchivePaths) -> None:
        self.paths = paths
        self._last: BuildResult | None = None
        self._overtaken = 0
        self.worker = WorkerProcesses(1, start_worker)
        """Process that reads what others wrote, so that it can be ended, and this one answers meanwhile."""
        self._closed = False
        self.extracted: Callable[[Extracted], None] = unheard
        """Called with each article that is read."""

    @property
    def articles(self) -> ArticleStore | None:
        """The articles as the last build left them; None before the first."""
        return self._last.store if self._last else None

    def close(self) -> None:
        """End the worker; a build that needs it gives up."""
        self._closed = True
        self.worker.shutdown(wait=False)

    def build(
        self,
        config: Config,
        progress: Progress,
        changed: frozenset[Path],
        early: OnPagesWritten,
        overtaken: Callable[[], bool],
    ) -> Report | None:
        """Bring the site up to date; None if `overtaken` said that more was saved, so that the next build does all.

        `changed` are the files that were saved. Raises SiteError for a wrong set-up.
        """
        check_archive(self.paths.content)
        theme = read_theme(self.paths.templates, config)
        with Cache(self.paths.cache) as cache, Workers(config.build, self.worker, config.extensions.cluster) as workers:
            output.recover(self.paths.site)
            last = self._last
            ours = last is not None and last.number == cache.build - 1
            patient = overtaken if self._overtaken < MOST_OVERTAKEN else lambda: False
            context = BuildContext(
                self.paths,
                config,
                cache,
                workers,
                progress,
                index=False,
                intact=ours,
                overtaken=patient,
                extracted=self.extracted,
            )
            if last and ours and (last.config, last.theme) == (config, theme) and len(changed) == 1:
                _show_at_once(context, last, next(iter(changed)), early)
            try:
                self._last = build(context, theme)
            except Overtaken:
                self._overtaken += 1
                return None
            except SiteError:
                if self._closed:
                    return None
                raise
            self._overtaken = 0
            cache.count_build()
        return self._last.report

    def built(self) -> BuiltArticles | None:
        """Return the articles of the last build, if there was one."""
        if (last := self._last) is None:
            return None
        shown = (stored for stored in last.store.kept if stored.head.id in last.states)
        language = last.config.site.language
        files = tuple(stage_runs.article_file(last.store, stored, language) for stored in shown)
        return BuiltArticles(last.number, last.store, files)

    def read_ahead(self, config: Config, page: SitePath | None) -> None:
        """Let the worker read the article of an opened page, or the newest, so that the next save costs less."""
        last = self._last
        if last is None or not last.catalogue.heads:
            return
        newest = last.catalogue.content.heads[0].id
        wanted = next((key for key in last.states if article_path(key) == page), None) if page else newest
        article = next((stored for stored in last.store.kept if stored.head.id == wanted), None)
        if article and not any(problem.path == f"articles/{article.file}" for problem in last.report.problems):
            file = stage_runs.article_file(last.store, article, config.site.language)
            with Workers(replace(config.build, executor=PROCESSES), self.worker) as workers:
                self.worker.submit(*task_of(workers, stage_runs.annotate_stage(config.annotate), [file]))
                if listed := texts_with_listings([file], (), ()):  # their lexers are loaded, too
                    self.worker.submit(*task_of(workers, stage_runs.colour_stage(), listed))


def _show_at_once(context: BuildContext, last: BuildResult, file: Path, early: OnPagesWritten) -> None:
    page = None
    gc.disable()  # a collection takes a fifth of a second in a large archive, and can wait
    try:
        with suppress(DamagedRow):  # the build that follows begins anew
            page = provisional_page(context, last, file)
        if page is not None:
            context.cache.forget_pages(str(context.paths.site.resolve()), [page.path])
            early(output.change(context.paths.site, [page]).changed)
    finally:
        gc.enable()
