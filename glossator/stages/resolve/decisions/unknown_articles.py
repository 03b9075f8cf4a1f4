"""Articles that decisions name and that the archive lacks: each is reported with the nearest one."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from glossator.model import NOBODY, ArticleId, Decisions, Problem
from glossator.stages.resolve.decisions.conflict_log import PATH


def unknown_articles(decisions: Decisions, articles: Collection[ArticleId]) -> Iterator[Problem]:
    """Yield a problem for each article that a decision names and that the archive lacks."""
    for split in decisions.splits:
        kind = "ignore-in" if split.entity == NOBODY else "split"
        for article in split.articles:
            if ArticleId(article) not in articles:
                near = difflib.get_close_matches(article, sorted(articles), 1)
                hint = f"Did you mean {near[0]}?" if near else "Write the end of its page's address, without .html."
                yield Problem("resolve", PATH, f"{kind}: there is no article {article}. {hint}", split.line, False)
