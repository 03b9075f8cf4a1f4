"""Pictures with the captions below them: an emphasised paragraph, as conversion writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element


def captioned(element: Element, shown: Collection[str]) -> Iterator[Element]:
    """Yield the children of an element; a picture with its caption is one figure.

    `shown` are the addresses of the pictures that the site shows. The tree stays as it is.
    """
    held: Element | None = None
    for child in element:
        if held is not None and _is_alone(child, "em") and child.find(".//img") is None:
            yield _figure(held, child)
            held = None
            continue
        if held is not None:
            yield held
        held = child if _is_picture(child, shown) else None
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


def _is_picture(paragraph: Element, shown: Collection[str]) -> bool:
    """True if a paragraph holds nothing but one picture that the site shows, perhaps in a link."""
    image = paragraph.find(".//img") if paragraph.tag == "p" and len(paragraph) == 1 and shown else None
    alone = image is not None and (image is paragraph[0] or [*paragraph[0]] == [image])
    return image is not None and alone and image.get("src", "") in shown and not "".join(paragraph.itertext()).strip()


def _is_alone(paragraph: Element, tag: str) -> bool:
    """True if a paragraph holds one element and no text beside it."""
    if paragraph.tag != "p" or len(paragraph) != 1 or paragraph[0].tag != tag:
        return False
    return not any(text and text.strip() for text in (paragraph.text, paragraph[0].tail))
