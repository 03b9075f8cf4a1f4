"""Articles corrected or withdrawn after they had been saved: their newest version says so, an older one does not."""

from __future__ import annotations

import msgspec

from glossator.model import ArticleId
from glossator.stages.plan.catalogue.site_content import SiteContent


class CorrectedSince(msgspec.Struct, frozen=True):
    """Fate of an article after it had been saved."""

    kind: str
    """`corrected` or `withdrawn`."""
    version: ArticleId
    """The last version that did not say so."""


def corrected_since(content: SiteContent) -> dict[ArticleId, CorrectedSince]:
    """Return the articles whose newest version says what an older one does not say yet."""
    corrected = {}
    for article, versions in content.versions.items():
        kind = content.article_links[article].correction
        older = (version.id for version in versions if version.id not in content.unordered)
        before = next((key for key in older if content.article_links[key].correction != kind), None)
        if kind and before:
            corrected[article] = CorrectedSince(kind, before)
    return corrected
