"""Pictures of an article on its page, with their captions: what the archive does not hold is a link."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element

from glossator.addresses import web_address
from glossator.markup.layout_events import Chars, Close, Event, Open
from glossator.markup.links import ArchiveLinks

WIDTH = "(min-width: 40rem) 37rem, 100vw"
"""Width of the text, in which a picture is shown."""


def picture_events(element: Element, links: ArchiveLinks, position: int) -> list[Event]:
    """Return the events of a picture at an offset in the text: a link with its description if it is not held."""
    source = element.get("src", "")
    label = _description(element)
    if picture := links.pictures.get(source):
        size = zip(("width", "height"), map(str, links.sizes.get(source, ())), strict=False)
        copies = links.copies.get(source, "")
        responsive = (("srcset", copies), ("sizes", WIDTH)) if copies else ()
        attributes = (("src", picture), *responsive, *size, ("alt", label), ("loading", "lazy"), ("decoding", "async"))
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


def captioned(element: Element, shown: Collection[str]) -> Iterator[Element]:
    """Yield the children of an element; a picture with its caption is one figure.

    `shown` are the addresses of the pictures that the site shows. Another picture loses a description that only repeats
    its caption. The tree stays as it is.
    """
    held: Element | None = None
    for child in element:
        if held is not None and _is_alone(child, "em") and child.find(".//img") is None:
            if _picture(held).get("src", "") in shown:
                yield _figure(held, child)
            else:
                yield _undescribed(held) if _repeats(child, _picture(held)) else held
                yield child
            held = None
            continue
        if held is not None:
            yield held
        held = child if _is_picture(child) else None
        if held is None:
            yield child
    if held is not None:
        yield held


def _figure(picture: Element, paragraph: Element) -> Element:
    caption = Element("figcaption")
    caption.text, caption.tail = paragraph[0].text, paragraph.tail
    caption.extend(paragraph[0])
    figure = Element("figure")
    figure.extend((picture, caption))
    return figure


def _is_picture(paragraph: Element) -> bool:
    """True if a paragraph holds nothing but one picture, perhaps in a link."""
    image = paragraph.find(".//img") if paragraph.tag == "p" and len(paragraph) == 1 else None
    alone = image is not None and (image is paragraph[0] or [*paragraph[0]] == [image])
    return alone and not "".join(paragraph.itertext()).strip()


def _picture(paragraph: Element) -> Element:
    """Return the picture of a paragraph that holds nothing else."""
    return next(paragraph.iter("img"))


def _repeats(caption: Element, picture: Element) -> bool:
    """True if the caption begins with all that the description of a picture says."""
    description = " ".join(html.unescape(picture.get("alt") or "").split()).rstrip(".…").casefold()
    return " ".join("".join(caption.itertext()).split()).casefold().startswith(description)


def _undescribed(paragraph: Element) -> Element:
    """Return a copy of a picture's paragraph in which the picture has no description."""
    copied = deepcopy(paragraph)
    _picture(copied).set("alt", "")
    return copied


def _is_alone(paragraph: Element, tag: str) -> bool:
    """True if a paragraph holds one element and no text beside it."""
    if paragraph.tag != "p" or len(paragraph) != 1 or paragraph[0].tag != tag:
        return False
    return not any(text and text.strip() for text in (paragraph.text, paragraph[0].tail))
