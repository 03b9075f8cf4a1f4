"""Line at an edge of the text that says under which tags the site lists the article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.edge_lines import edges
from glossator.stages.extract.html.text_blocks import TextBlock

_FEWEST = 2
"""Links of such a line: one may be a sentence's own."""
_TAG = re.compile(r"/(?:tags?|categor(?:y|ies|ia|ie)|topics?|keywords?)/[^/?#]+/?$", re.IGNORECASE)
_TAGS = "tags of the site"


def drop_tag_lines(blocks: list[TextBlock]) -> None:
    """Drop lines at the edges of the text that are little but links to the site's tags."""
    for block in edges([block for block in blocks if block.stays and block.tokens]):
        links = [link for link in block.tag.iter("a") if link.get("href")]
        if block.leads_elsewhere and len(links) >= _FEWEST and all(map(_leads_to_tag, links)):
            block.drop(_TAGS)


def _leads_to_tag(link: HtmlElement) -> bool:
    return "tag" in link.get("rel", "").split() or _TAG.search(link.get("href", "")) is not None
