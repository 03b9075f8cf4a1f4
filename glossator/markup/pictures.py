"""Pictures of an article on its page: only what the archive holds is shown, the others become links."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element

from glossator.markup.layout_events import Chars, Close, Event, Open
from glossator.markup.links import ArchiveLinks
from glossator.web_addresses import web_address


def picture_events(element: Element, links: ArchiveLinks, position: int) -> list[Event]:
    """Return the events of a picture at an offset in the text: a link with its description if it is not held."""
    source = element.get("src", "")
    label = _description(element)
    if picture := links.pictures.get(source):
        size = zip(("width", "height"), map(str, links.sizes.get(source, ())), strict=False)
        attributes = (("src", picture), *size, ("alt", label), ("loading", "lazy"))
        return [Open("img", attributes, position, position, False)]
    if not label:
        return []
    described = Chars(label, position, False, False)
    if not (address := web_address(source)):
        return [described]
    attributes = (("href", address), ("class", "image"), ("rel", "noopener noreferrer nofollow"))
    return [Open("a", attributes, position, position, False), described, Close("a", False)]


def _description(element: Element) -> str:
    """Return the description of a picture: in an attribute Markdown leaves entities such as `&lt;` as they are."""
    return html.unescape(element.get("alt") or "").strip()
