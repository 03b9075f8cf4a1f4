"""The pages at the addresses that articles had before their files were renamed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    address,
    article_link,
    fingerprint_of,
    frame,
    link_facts,
)
from glossator.stages.plan.catalogue.private_names import address_names_private
from glossator.views import MovedArticlePage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the redirects to articles that the site shows, from addresses that no page has and no private name is in."""
    versions = catalogue.content.versions.values()
    taken = catalogue.heads.keys() | {version.id for others in versions for version in others}
    for old, new in sorted(catalogue.content.renames.items()):
        private = address_names_private(old, catalogue.settings.private_names)
        if new in catalogue.heads and old not in taken and not private:
            fingerprint = fingerprint_of(articles=(new, link_facts(catalogue, [new])))
            yield PlannedPage(site_paths.article_path(old), "moved-article", new, (), fingerprint)


def compose(catalogue: Catalogue, planned: PlannedPage) -> MovedArticlePage:
    article = ArticleId(planned.subject)
    link, plain = article_link(catalogue, article, planned.path), frame(catalogue, planned.path, "", "articles")
    canonical = address(catalogue, site_paths.article_path(article)) if plain.canonical else ""
    return MovedArticlePage(replace(plain, title=link.title, canonical=canonical, indexed=False), link)
