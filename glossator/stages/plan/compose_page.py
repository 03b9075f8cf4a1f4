"""A planned page -> the page with all that its template shows."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.model import ArticleId
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.data.page_data import with_data_links
from glossator.stages.plan.page_kinds import PAGE_KINDS
from glossator.stages.plan.parts.excerpts import Excerpt
from glossator.stages.plan.parts.woven_text import LinkedText, text_of_page
from glossator.views import AnyPage


def compose(
    catalogue: Catalogue,
    planned: PlannedPage,
    readings: Mapping[ArticleId, OpenedArticle],
    excerpts: Mapping[ArticleId, Excerpt],
    text: LinkedText | None = None,
) -> AnyPage:
    """Compose a planned page.

    `readings` holds the texts of articles and `excerpts` their excerpts, for a kind of page that reads them; `text` is
    that of a page that shows one, if it was made already.
    """
    kind = PAGE_KINDS[planned.kind]
    match kind.reads:
        case "text":
            text = text or text_of_page(catalogue, planned, readings)
            view = kind.compose(catalogue, planned, readings, text)
        case "excerpts":
            view = kind.compose(catalogue, planned, excerpts)
        case _:
            view = kind.compose(catalogue, planned)
    return with_data_links(catalogue.site, planned, view)
