"""Headlines of other articles of the site within the text of an article."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse_page import HEADINGS, RELATED
from glossator.stages.extract.html.text_blocks import TextBlock
from glossator.web_addresses import host

_LABELLED = re.compile(
    r"[>»•\s]{0,3}(?:read (?:more|also|next)|related(?: (?:articles?|posts?|reading|stor(?:y|ies)))?|see (?:also|more)|"
    r"also read|you (?:may|might) (?:also )?like|more on this|don.t miss|recommended|lesen sie auch|lire aussi|"
    r"lee también|leia (?:também|mais)|leggi anche)\s*:\s*(?P<headline>.+)",
    re.IGNORECASE,
)
_SHORTEST_HEADLINE = 4
"""Words."""
_LONGEST_HEADLINE = 30
"""Words."""


def mark_related(blocks: list[TextBlock], source: str) -> None:
    """Mark headlines of other articles within the text as related.

    `source` is the page's own address; empty if it is not known.
    """
    retained = [block for block in blocks if block.stays and block.tokens]
    for number, block in enumerate(retained):
        labelled = _LABELLED.match(block.text) if block.tag.find(".//a") is not None else None
        is_line = block.tag.tag == "p" or (labelled and block.tag.tag in HEADINGS)
        if not is_line or any(tag.tag in ("li", "td", "blockquote", "figure") for tag in block.around):
            continue
        if not _SHORTEST_HEADLINE <= len(block.tokens) <= _LONGEST_HEADLINE or not 0 < number < len(retained) - 1:
            continue
        alone = block.linked > 0.9 and block.text[-1] not in '.!?…:"”' and _leads_to_neighbour(block, source)
        if alone or labelled:
            block.tag.set(RELATED, "")
        if labelled:
            label = block.text[: labelled.start("headline")]
            _drop_first(block.tag, len(label) - label.count(" "))


def _drop_first(tag: HtmlElement, number: int) -> None:
    """Remove the first characters from the text of an element, in place; spaces do not count."""
    for event, part in etree.iterwalk(tag, events=("start", "end")):
        if event == "start":
            part.text, number = _without_first(part.text or "", number)
        elif part is not tag:
            part.tail, number = _without_first(part.tail or "", number)
        if number == 0:
            return


def _without_first(text: str, number: int) -> tuple[str, int]:
    """Return a text without its first characters, and how many are left to remove."""
    place = 0
    while number and place < len(text):
        number -= not text[place].isspace()
        place += 1
    return text[place:], number


def _leads_to_neighbour(block: TextBlock, source: str) -> bool:
    """True if a line leads to one other page of the site: not to a shop, a source, or another part of this page."""
    links = (*block.tag.iter("a"), *(tag for tag in block.around if tag.tag == "a"))
    addresses = {link.get("href", "").strip() for link in links} - {""}
    if len(addresses) != 1:
        return False
    try:
        address = urljoin(source, addresses.pop())
        there, here = urlsplit(address), urlsplit(source)
    except ValueError:
        return False
    is_other = (there.path, there.query) != (here.path, here.query)
    return there.scheme in ("", "http", "https") and is_other and host(address) == host(source)
