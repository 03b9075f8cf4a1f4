"""Links of entries: the only link of an entry is often a button, whose words no choice of a text takes."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.addresses import host
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock, beside
from glossator.stages.extract.html.parse.elements import HEADINGS, element

_FEWEST = 3
"""Entries of a page that have a link each; fewer are calls."""
_LONGEST = 6
"""Words of a button."""
_ELSEWHERE = ("http://", "https://", "//")
_LINKED = "the only link of its entry"


def keep_links(blocks: Sequence[TextBlock], address: str) -> None:
    """Keep the only link of each entry that stays, if it leads to another host than the page's `address`.

    The heading of the entry becomes the link; a heading that is the link itself stays.
    """
    own = ("", host(address))
    buttons = [(target, block) for block in blocks if (target := _target(block)) and host(target) not in own]
    held = beside(blocks) if len(buttons) >= _FEWEST else {}
    links = {tag: sum(block.linked > 0 for block in within) for tag, within in held.items()}
    entries: dict[str, tuple[TextBlock, TextBlock]] = {}
    for target, block in buttons if held else ():
        entry = _entry(block, held, links)
        headings = [part for part in (block, *entry) if part.tag.tag in HEADINGS and (part is block or part.stays)]
        if entry and headings:
            entries.setdefault(target, (block, headings[0]))
    for target, (block, heading) in entries.items() if len(entries) >= _FEWEST else ():
        if block is heading:
            block.keep(_LINKED)
        else:
            _link(heading.tag, target)


def _target(block: TextBlock) -> str:
    """Return the address of a block that does not stay and is a short link to a host."""
    if block.stays or block.is_caption or not (block.leads_elsewhere and 0 < len(block.tokens) <= _LONGEST):
        return ""
    links = [link.get("href", "") for link in block.tag.iter("a")]
    return links[0] if len(links) == 1 and links[0].startswith(_ELSEWHERE) else ""


def _entry(
    block: TextBlock, held: dict[HtmlElement, list[TextBlock]], links: dict[HtmlElement, int]
) -> list[TextBlock]:
    """Return the other blocks of the smallest element that has some; none if one is a link, or if none stays.

    `held` are the blocks of each element, and `links` the number of those with a link.
    """
    entry = next((tag for tag in block.around if len(held[tag]) > 1), None)
    if entry is None or links[entry] > 1:  # else each button of a long list would look at all of the list
        return []
    others = [other for other in held[entry] if other is not block]
    return others if any(other.stays for other in others) else []


def _link(heading: HtmlElement, target: str) -> None:
    link = element("a", heading.text or "")
    link.set("href", target)
    link.extend(list(heading))
    heading.text = None
    heading.append(link)
