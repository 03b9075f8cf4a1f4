"""The search page, and the page of an address that leads nowhere (404)."""

from __future__ import annotations

from urllib.parse import urlsplit

from glossator.stages.plan.catalogue import Catalogue, PlannedPage, frame
from glossator.translate import translate
from glossator.views import Frame, NotFoundPage, SearchPage


def compose_search(catalogue: Catalogue, planned: PlannedPage) -> SearchPage:
    return SearchPage(
        _unlisted(frame(catalogue, planned.path, translate(catalogue.site.words, "Search"), "search"), "", "")
    )


def compose_not_found(catalogue: Catalogue, planned: PlannedPage) -> NotFoundPage:
    """Compose the 404 page. It is served at any depth: its links start at the path of the site's address, or at `/`."""
    plain = frame(catalogue, planned.path, translate(catalogue.site.words, "Page not found"), "")
    return NotFoundPage(_unlisted(plain, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(plain: Frame, root: str, canonical: str) -> Frame:
    return Frame(plain.title, plain.description, root, plain.section, canonical, indexed=False)
