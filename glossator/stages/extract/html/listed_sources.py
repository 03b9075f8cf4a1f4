"""Sources that an article lists below its text, which extractors take for links to other articles."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import SOURCES, TextBlock

_NAME = (
    r"(?:further reading|(?:works )?cited|(?:end|foot)?notes|bibliography|citations?|credits|literature|references?|"
    r"resources?|sources?|links?|einzelnachweise|literatur(?:verzeichnis)?|quellen(?:angaben|verzeichnis)?|"
    r"weiterführende links|références|bibliographie|pour en savoir plus|referencias|bibliografía|fuentes|"
    r"referências|fontes|bibliografia|fonti|riferimenti|bronnen|källor|kilder)"
)
_HEADING = re.compile(rf"\W*{_NAME}(?:\s*(?:&|/|,|and|und|et|y|e|en|och|og)\s*{_NAME})?\W*", re.IGNORECASE)
_LONGEST_HEADING = 60
"""Characters."""
_MOST = 200
"""Items of a list of sources."""


def keep_sources(inside: list[TextBlock]) -> None:
    """Keep a list of sources directly behind the text, with its heading. `inside` are the blocks of the container."""
    last = max((number for number, block in enumerate(inside) if block.stays), default=len(inside))
    if not inside[last + 1 :]:
        return
    # The text may end with the heading, or before it.
    first = last if _is_heading(inside[last]) else last + 1
    heading, items = inside[first], inside[first + 1 : first + 1 + _MOST]
    if not items or not _is_heading(heading) or (holder := _list_around(items[0])) is None:
        return
    for block in (heading, *(block for block in items if holder in block.around)):
        if not block.stays:
            block.keep(SOURCES)


def _is_heading(block: TextBlock) -> bool:
    named = len(block.text) <= _LONGEST_HEADING and _HEADING.fullmatch(block.text) is not None
    return named and (block.tag.tag in HEADINGS or block.tag.tag == "p")


def _list_around(block: TextBlock) -> HtmlElement | None:
    return next((tag for tag in block.around[:3] if tag.tag in ("ul", "ol")), None)
