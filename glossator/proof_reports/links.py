"""Addresses of passages, as the links of a report need them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import msgspec

from glossator import site_paths
from glossator.addresses import text_fragment
from glossator.stages.proof.findings import Place


class ArticleAddresses(msgspec.Struct, frozen=True):
    """The site and the content of an archive, as a report may point to them."""

    site: str = ""
    """Address of the site, or of its folder, with a slash at the end; empty if a report has no links."""
    content: Path | None = None
    """Folder of the content, for articles that have no page."""

    def of(self, place: Place) -> str:
        """Return the address of a passage: the article's page with a text fragment, or its file."""
        if place.page and self.site:
            page = f"{self.site}{quote(site_paths.article_path(place.id))}"
            return page if place.kept_back else f"{page}#{place.anchor}{text_fragment(place.passage.text)}"
        return (self.content / place.path).absolute().as_uri() if self.content else ""
