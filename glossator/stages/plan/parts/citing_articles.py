"""The articles that link to an article, each with the sentence in which it does."""

from __future__ import annotations

from collections.abc import Mapping

from glossator import markup
from glossator.markup import ArchiveLinks
from glossator.model import ArticleId, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import SHORT_LIST, Catalogue, article_link
from glossator.stages.plan.catalogue.citations import UNQUOTED
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.parts.excerpts import excerpt, fold_space, private_names_of, sentence_at
from glossator.text import cut
from glossator.views import CitingArticle

LONGEST = 400
"""Characters of a sentence."""


def opened_with(catalogue: Catalogue, article: ArticleId) -> tuple[ArticleId, ...]:
    """Return the articles whose texts the page of an article needs besides its own."""
    return catalogue.cited_by.get(article, ())[:SHORT_LIST]


def citing_articles(
    catalogue: Catalogue, article: ArticleId, readings: Mapping[ArticleId, OpenedArticle], path: SitePath
) -> tuple[CitingArticle, ...]:
    """Return the articles that link to an article, newest first, for the page at `path`.

    One of which it is only known that it has the first words of the headline is left out.
    """
    shown = []
    for citing in catalogue.cited_by.get(article, ()):
        link = article_link(catalogue, citing, path)
        keys = [key for key, cited in catalogue.cites[citing].items() if cited == article]
        reading = readings.get(citing) if citing in opened_with(catalogue, article) else None
        place = _place(reading, keys) if reading else None
        if place is None and all(key.startswith(UNQUOTED) for key in keys):
            continue
        sentence, anchor = _sentence(catalogue, reading, place) if reading and place is not None else ("", "")
        shown.append(CitingArticle(link, sentence, f"{link.href}#{anchor}".rstrip("#")))
    return tuple(shown)


def _place(reading: OpenedArticle, keys: list[str]) -> int | None:
    """Return the offset of an article's first link with one of the keys of the catalogue; None if it has none."""
    hrefs = dict.fromkeys(keys, "#")
    titles = {key.removeprefix(UNQUOTED): "#" for key in keys if key.startswith(UNQUOTED)}
    return next(iter(markup.citing_places(reading.article.markdown, ArchiveLinks(hrefs, hrefs, titles))), None)


def _sentence(catalogue: Catalogue, reading: OpenedArticle, place: int) -> tuple[str, str]:
    """Return the sentence at an offset, and its anchor; no sentence if it holds a private name."""
    text, anchor = sentence_at(reading, place)
    citing, private = reading.article.head.id, catalogue.settings.private_names
    if private and names_private(text, private_names_of(catalogue, citing, excerpt(reading)), citing):
        return "", anchor
    return cut(fold_space(text).strip(), LONGEST), anchor
