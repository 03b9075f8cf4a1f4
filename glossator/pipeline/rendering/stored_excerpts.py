"""Excerpts of articles, of earlier builds and of this one: what pages of entities quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.config import SiteError
from glossator.incremental.cache import RowDecoder
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import EXCERPT_CACHE, EXCERPT_DIGESTS, EXCERPTS
from glossator.model import Analysis, ArticleId
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.analysis.find_names import Decided, find_names
from glossator.pipeline.context import BuildContext
from glossator.pipeline.rendering.compose import EXCERPTS_KEPT, open_article
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages.plan import Excerpt, excerpt

_ANALYSIS: RowDecoder[Analysis] = RowDecoder(Analysis)


class FoundArticles(msgspec.Struct, frozen=True):
    """The articles of a build, and what was found in them."""

    files: Mapping[ArticleId, ArticleFile]
    """Articles that are shown, and their older versions."""
    found: FoundEntities
    decided: Decided

    def analysis(self, context: BuildContext, file: ArticleFile, key: str) -> Analysis:
        """Return the analysis of an article: memoised under the key, else made again."""
        row = context.cache.result(key)
        if row is not None:
            return _ANALYSIS.decode(row)
        shared = self.found.shared([file.head.id])
        found, problems = find_names(context, [file], self.decided, shared)
        if file.head.id not in found:
            raise SiteError(f"{problems[0].path} {problems[0].message}.", "Build again.")
        return found[file.head.id].analysis


class StoredExcerpts:
    """The excerpts. State: those of this build, until they are committed; those that were decoded last."""

    def __init__(self, context: BuildContext, articles: FoundArticles, digests: Mapping[ArticleId, str]) -> None:
        """Open what is stored; `digests` are those of text and analysis of each article as it is now."""
        self.namespace = Namespace(context.cache, EXCERPT_CACHE)
        self._context, self._articles, self._now = context, articles, digests
        self._taken = self.namespace.value(EXCERPT_DIGESTS, {})
        self._decoded: dict[ArticleId, Excerpt] = {}

    def read(self, article: ArticleId) -> Excerpt:
        """Return the excerpt of an article as it is now, taken now if none is stored."""
        if article not in self._decoded:
            if len(self._decoded) >= EXCERPTS_KEPT:
                self._decoded.clear()
            stored = self.namespace.read(EXCERPTS, [article]) if self._is_current(article) else {}
            self._decoded[article] = stored.get(article) or self._take(article)
        return self._decoded[article]

    def add(self, article: ArticleId, taken: Excerpt | bytes) -> None:
        """Keep an excerpt that was taken from an article as it is now."""
        self._taken[article] = self._now[article]
        self.namespace.write(EXCERPTS, {article: taken})

    def complete(self, articles: Iterable[ArticleId]) -> None:
        """Take the excerpts that are missing, for workers."""
        for article in sorted(articles):
            if not self._is_current(article):
                self._take(article)

    def record(self) -> None:
        """Write down of which texts the excerpts are, before the namespace is committed."""
        if self.namespace.changed:
            self.namespace.set_value(EXCERPT_DIGESTS, self._taken)

    def _is_current(self, article: ArticleId) -> bool:
        """True if the stored excerpt was taken from the article as it is now."""
        return self._taken.get(article) == self._now[article]

    def _take(self, article: ArticleId) -> Excerpt:
        file, key = self._articles.files[article], self._articles.found.states[article].key
        taken = excerpt(open_article(lambda file, key: self._articles.analysis(self._context, file, key), file, key))
        self.add(article, taken)
        return taken
