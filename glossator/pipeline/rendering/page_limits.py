"""Articles whose pages exceed a limit of CPU time or memory: they are shown without marks, or left out.

What is known of them is stored, so that two builds give the same site, and given to the build from its beginning, so
that no other page links to an article that is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.content.article_store import StoredArticle
from glossator.content.theme import Theme
from glossator.errors import BuildInterrupted
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import LIMITED_PAGES, PAGE_LIMITS, PageLimit
from glossator.incremental.workers.batches import Exceeded
from glossator.model import ArticleId, Problem
from glossator.pipeline.context import BuildContext, Problems
from glossator.text import digest

WITHOUT_MARKS = "is shown without marks"
LEFT_OUT = "was left out"


class PagesExceeded(BuildInterrupted):
    """Pages exceeded a limit: the build begins again with what is known now of their articles."""

    def __init__(self, exceeded: Mapping[ArticleId, Exceeded]) -> None:
        super().__init__(exceeded)
        self.exceeded = exceeded


class PageLimits(msgspec.Struct, frozen=True):
    """Articles whose pages exceeded a limit, as far as they still have the text that they had then."""

    known: Mapping[ArticleId, PageLimit]

    def shown(self, articles: Iterable[StoredArticle]) -> list[StoredArticle]:
        """Return the articles that are not left out."""
        return [article for article in articles if self._is_bare(article.head.id, True)]

    @property
    def bare(self) -> frozenset[ArticleId]:
        """Articles that are shown without marks."""
        return frozenset(article for article in self.known if self._is_bare(article, False))

    @property
    def problems(self) -> Problems:
        return tuple(
            Problem("render", f"articles/{article}.md", f"{WITHOUT_MARKS if row.bare else LEFT_OUT}: {row.reason}")
            for article, row in sorted(self.known.items())
        )

    def _is_bare(self, article: ArticleId, unknown: bool) -> bool:
        row = self.known.get(article)
        return row.bare if row else unknown


def read_page_limits(context: BuildContext, theme: Theme, articles: Iterable[StoredArticle]) -> PageLimits:
    """Return what earlier builds found out, with these limits and this theme, about the articles as they are now."""
    stored = _namespace(context, theme).read_all(LIMITED_PAGES)
    if not stored:
        return PageLimits({})
    texts = {article.head.id: article.text for article in articles if article.head.id in stored}
    return PageLimits({article: row for article, row in stored.items() if texts.get(article) == row.text})


def add_exceeded(
    context: BuildContext, theme: Theme, limits: PageLimits, articles: Iterable[StoredArticle], error: PagesExceeded
) -> PageLimits:
    """Return the limits with what a build found out now; what would happen again is stored.

    An article is left out if its page exceeded a limit without marks too, or if its text could not be read.
    """
    exceeding: dict[ArticleId, PageLimit] = {}
    for article in articles:
        key = article.head.id
        if exceeded := error.exceeded.get(key):
            bare = not exceeded.essential and key not in limits.known
            exceeding[key] = PageLimit(article.text, exceeded.reason, bare)
    namespace = _namespace(context, theme)
    namespace.write(LIMITED_PAGES, {key: row for key, row in exceeding.items() if error.exceeded[key].remember})
    commit(context.cache, namespace)
    return msgspec.structs.replace(limits, known={**limits.known, **exceeding})


def _namespace(context: BuildContext, theme: Theme) -> Namespace:
    templates = digest(repr(sorted(theme.templates.items())))
    return Namespace(context.cache, PAGE_LIMITS, limits=repr(context.workers.limits), templates=templates)
