"""The highlights of the owner that the site shows: those of an article, and all of them on a page."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import IN_TEXT, SAVED_PAGE, ArticleId, SitePath
from glossator.stages.plan.catalogue import Catalogue, article_link, newest_first
from glossator.stages.plan.parts.excerpts import fold_space
from glossator.views import ArticlePassages, ShownHighlight

PROGRAMS = {
    "annotations": "Web Annotations",
    "hypothesis": "Hypothesis",
    "kindle": "Kindle",
    "obsidian-clipper": "Obsidian Web Clipper",
    "omnivore": "Omnivore",
    "pocket": "Pocket",
    "readeck": "Readeck",
    "readwise": "Readwise",
    "wallabag": "wallabag",
    "zotero": "Zotero",
}
"""Name of a program, by the source of a highlight; an extension of another package has its own name."""


def shown_highlights(catalogue: Catalogue, article: ArticleId, href: str = "") -> tuple[ShownHighlight, ...]:
    """Return the highlights of an article as its page shows them; `href` leads to that page from another one.

    The page itself does not list what its text shows as marked.
    """
    return tuple(
        ShownHighlight(
            fold_space(highlight.text).strip(),
            highlight.note,
            f"{href}#{highlight.anchor}".rstrip("#"),
            highlight.colour,
            "" if highlight.source in (SAVED_PAGE, IN_TEXT) else PROGRAMS.get(highlight.source, highlight.source),
            of_page=highlight.source == SAVED_PAGE,
        )
        for highlight in catalogue.content.highlights.get(article, ())
        if href or highlight.source != IN_TEXT
    )


def highlighted_articles(catalogue: Catalogue, path: SitePath) -> Iterator[ArticlePassages]:
    """Yield the articles with highlights, newest first, for the page at `path`."""
    for article in newest_first(catalogue, [article for article, _ in catalogue.content.highlights.items()]):
        link = article_link(catalogue, article, path)
        if shown := shown_highlights(catalogue, article, link.href):
            yield ArticlePassages(link, shown)
