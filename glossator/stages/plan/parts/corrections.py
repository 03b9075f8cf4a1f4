"""Marks of articles that were corrected or withdrawn after they had been saved."""

from __future__ import annotations

from glossator import site_paths
from glossator.model import ArticleId, SitePath
from glossator.stages.plan.catalogue import Catalogue
from glossator.views import Correction


def correction(catalogue: Catalogue, article: ArticleId, path: SitePath) -> Correction | None:
    """Return what became of an article after it had been saved, for the page at `path`; None if nothing."""
    corrected = catalogue.corrected.get(article)
    if corrected is None:
        return None
    version = next(each for each in catalogue.content.versions[article] if each.id == corrected.version)
    whole = version.rights == catalogue.heads[article].rights == "full"  # else no page says what differs
    href = site_paths.relative(site_paths.article_path(version.id), path)
    return Correction(corrected.kind == "withdrawn", f"{href}#changes" if whole else href, version.saved or "")
