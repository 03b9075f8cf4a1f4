"""The highlights of the owner that the site shows: those of an article, and all of them on a page."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import ArticleId, PlacedHighlight, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import Catalogue, article_link, newest_first
from glossator.stages.plan.parts.excerpts import fold_space
from glossator.views import ArticlePassages, ShownHighlight


def highlights_of(catalogue: Catalogue, article: ArticleId) -> tuple[PlacedHighlight, ...]:
    """Return the highlights of an article that name nobody private."""
    private = catalogue.settings.private_names
    placed = catalogue.content.highlights.get(article, ())
    return tuple(
        highlight for highlight in placed if not names_private(f"{highlight.text} {highlight.note}", private, article)
    )


def shown_highlights(catalogue: Catalogue, article: ArticleId, href: str = "") -> tuple[ShownHighlight, ...]:
    """Return the highlights of an article as its page shows them; `href` leads to that page from another one."""
    return tuple(
        ShownHighlight(fold_space(highlight.text).strip(), highlight.note, f"{href}#{highlight.anchor}".rstrip("#"))
        for highlight in highlights_of(catalogue, article)
    )


def highlighted_articles(catalogue: Catalogue, path: SitePath) -> Iterator[ArticlePassages]:
    """Yield the articles with highlights, newest first, for the page at `path`."""
    for article in newest_first(catalogue, [article for article, _ in catalogue.content.highlights.items()]):
        link = article_link(catalogue, article, path)
        if shown := shown_highlights(catalogue, article, link.href):
            yield ArticlePassages(link, shown)
