"""Where a report's links to articles lead."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import msgspec

from glossator import site_paths
from glossator.stages.proof.findings import Place

ENDS = 5
"""Words at the beginning and the end of a passage by which a browser finds it."""


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
            return page if place.kept_back else f"{page}#{place.anchor}:~:text={_fragment(place.passage.text)}"
        return (self.content / place.path).absolute().as_uri() if self.content else ""


def _fragment(text: str) -> str:
    """Return the words by which a browser finds a passage; see wicg.github.io/scroll-to-text-fragment."""
    paragraphs = [part for part in text.split("\n") if part.strip()]
    first, last = paragraphs[0].split(), paragraphs[-1].split()
    if len(paragraphs) == 1 and len(first) <= 2 * ENDS:
        return _encoded(first)
    return f"{_encoded(first[:ENDS])},{_encoded(last[-ENDS:])}"


def _encoded(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
