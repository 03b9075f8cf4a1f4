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
_LINKED = 0.9
"""Share of a headline that must be a link."""
_WITHIN = ("li", "td", "blockquote", "figure")
"""Elements whose lines are no lines of the text."""


def mark_related(blocks: list[TextBlock], source: str) -> None:
    """Mark headlines of other articles within the text as related.

    `source` is the page's own address; empty if it is not known. A heading with text below it is one of the article if
    others of its level are.
    """
    retained = [block for block in blocks if block.stays and block.tokens]
    labels = [_label(block) for block in retained]
    levels = {block.tag.tag for block, label in zip(retained, labels, strict=True) if not label}
    for number, (block, label) in enumerate(zip(retained, labels, strict=True)):
        if block.tag.tag not in ("p", *HEADINGS) or any(tag.tag in _WITHIN for tag in block.around):
            continue
        if not _SHORTEST_HEADLINE <= len(block.tokens) <= _LONGEST_HEADLINE or not 0 < number < len(retained) - 1:
            continue
        if block.tag.tag in HEADINGS:
            is_section = block.tag.tag in levels and not _ends_section(retained[number + 1], block)
            related = label != "" and not is_section and _leads_to_neighbour(block, source)
        elif label:
            related = _other_page(block, source) != ""
        else:
            alone = block.linked > _LINKED and block.text[-1] not in '.!?…:"”'
            related = alone and _leads_to_neighbour(block, source)
        if related:
            block.tag.set(RELATED, "")
        if related and label:
            _drop_first(block.tag, len(label) - label.count(" "))


def _ends_section(block: TextBlock, heading: TextBlock) -> bool:
    """True if a block is a heading that ends the section of the one above."""
    return block.tag.tag in HEADINGS and block.tag.tag <= heading.tag.tag


def _label(block: TextBlock) -> str:
    """Return the label before a headline that is a link as a whole; empty if there is none."""
    labelled = _LABELLED.match(block.text) if block.linked else None
    if labelled is None:
        return ""
    headline = labelled["headline"]
    return block.text[: -len(headline)] if block.linked * len(block.text) > _LINKED * len(headline) else ""


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
    address = _other_page(block, source)
    return address != "" and host(address) == host(source)


def _other_page(block: TextBlock, source: str) -> str:
    """Return the address to which a line leads; empty unless it is one address, of another page."""
    links = (*block.tag.iter("a"), *(tag for tag in block.around if tag.tag == "a"))
    addresses = {link.get("href", "").strip() for link in links} - {""}
    if len(addresses) != 1:
        return ""
    try:
        address = urljoin(source, addresses.pop())
        there, here = urlsplit(address), urlsplit(source)
    except ValueError:
        return ""
    is_other = (there.path, there.query) != (here.path, here.query) or host(address) != host(source)
    return address if there.scheme in ("", "http", "https") and is_other else ""
