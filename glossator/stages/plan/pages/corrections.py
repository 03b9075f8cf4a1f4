"""The list of the articles that were corrected or withdrawn after they had been saved."""

from __future__ import annotations

from collections.abc import Iterator

from glossator import site_paths
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, article_link, frame, newest_first
from glossator.stages.plan.lists.navigation import orders
from glossator.stages.plan.parts.corrections import correction
from glossator.translate import translate
from glossator.views import CorrectedArticle, CorrectionsPage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the list if any article was corrected."""
    if catalogue.corrected:
        yield PlannedPage(site_paths.CORRECTIONS, "corrections", "")


def compose(catalogue: Catalogue, planned: PlannedPage) -> CorrectionsPage:
    """Compose the list, the newest article first."""
    path = planned.path
    ordered = ((key, correction(catalogue, key, path)) for key in newest_first(catalogue, catalogue.corrected))
    return CorrectionsPage(
        frame=frame(catalogue, path, translate(catalogue.site.words, "Corrected articles"), "articles"),
        orders=orders(catalogue, path),
        articles=tuple(CorrectedArticle(article_link(catalogue, key, path), state) for key, state in ordered if state),
    )
