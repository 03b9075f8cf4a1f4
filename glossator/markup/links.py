"""Links of an article: the addresses that its Markdown holds, and where its links and headlines of others lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import msgspec

from glossator.addresses import WIKI, canonical, name_key, web_address
from glossator.markup.notations import BARE

HOST = "%(host)s"


class ArchiveLinks(msgspec.Struct, frozen=True):
    """The addresses of articles and pictures in the archive that an article refers to."""

    addresses: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by canonical address, or by `wiki:` and the key of a name."""
    headlines: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by folded headline."""
    titles: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by a folded headline that stands in prose without quotation marks."""
    pictures: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the picture on the site, by address in the Markdown."""
    sizes: Mapping[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Width and height of the picture in pixels, by address in the Markdown: a browser leaves the room for it."""
    copies: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Smaller copies of the picture as HTML's `srcset`, by address in the Markdown."""
    within: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link by address in the Markdown, in a text of a person; empty if the address leads nowhere."""
    kept_back: frozenset[str] = frozenset()
    """Addresses in the Markdown of what is kept back."""
    original: str = f"original at {HOST}"
    """Label of the sign behind a link to an archived article, with HOST in place of the host that it leads to."""


class LinkTarget(msgspec.Struct, frozen=True):
    """Target of a link: the attributes of the element on the page, and the original if it leads to an article."""

    attributes: Mapping[str, str]
    original: str = ""
    is_note: bool = False
    """True for a footnote's number, which is no part of the text."""


def is_kept_back(element: Element, links: ArchiveLinks) -> bool:
    """True if a link of a person's text has words that would name what is kept back."""
    written = element.get("href", "")
    return links.within.get(written) == "" and written in links.kept_back and bool(element.get(BARE))


def link_target(element: Element, links: ArchiveLinks) -> LinkTarget | None:
    """Return the target of a link; None if it leads nowhere."""
    href = element.get("href", "")
    if href.startswith("#") and "footnote" in element.get("class", ""):
        return LinkTarget({"href": href}, is_note=True)
    if href in links.within:
        target = links.within[href]
        return LinkTarget({"href": target}) if target else None
    if href.startswith(WIKI):
        target = links.addresses.get(WIKI + name_key(href.removeprefix(WIKI)), "")
        return LinkTarget({"href": target, "class": "archived"}) if target else None
    address = web_address(href) or (href if href.startswith("mailto:") else "")
    if not address:
        return None
    archived = links.addresses.get(canonical(address), "") if links.addresses else ""
    if archived:
        return LinkTarget({"href": archived, "class": "archived"}, address)
    return LinkTarget({"href": address, "rel": "noopener noreferrer nofollow"})


_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")


def addresses(markdown: str) -> list[str]:
    """Return every web address in the text, as it is written."""
    return _ADDRESS.findall(markdown)
