"""Pictures of an article on its page, with their captions, and one line of links to what the archive does not hold."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element

import msgspec

from glossator.addresses import web_address
from glossator.markup.layout_events import Chars, Close, Event, Open
from glossator.markup.links import ArchiveLinks

WIDTH = "(min-width: 40rem) 37rem, 100vw"
"""Width of the text, in which a picture is shown."""
_WORD = 2
"""Letters and digits of a description that says something."""
_TEX = re.compile(r"\\[A-Za-z]+|[_^]\{|\$.+\$")
"""TeX in the description of a picture of a formula."""
_LONGEST = 80
"""Characters of a description that is shown."""
_MOST_NAMED = 8
"""Pictures that are named in one article."""


class UnkeptPicture(msgspec.Struct, frozen=True):
    """A picture that the archive does not hold."""

    description: str
    address: str
    """Address on the web, or empty: of a picture that should lie beside the article."""


def picture_event(element: Element, links: ArchiveLinks, position: int) -> Open | None:
    """Return the event of a picture at an offset in the text; None if the archive does not hold it."""
    source = element.get("src", "")
    if not (picture := links.pictures.get(source)):
        return None
    size = zip(("width", "height"), map(str, links.sizes.get(source, ())), strict=False)
    copies = links.copies.get(source, "")
    responsive = (("srcset", copies), ("sizes", WIDTH)) if copies else ()
    described = ("alt", _description(element))
    attributes = (("src", picture), *responsive, *size, described, ("loading", "lazy"), ("decoding", "async"))
    return Open("img", attributes, position, position, False)


def unkept(element: Element) -> UnkeptPicture | None:
    """Return a picture that the archive does not hold; None if its description says nothing to a reader."""
    described, address = " ".join(_description(element).split()), web_address(element.get("src", ""))
    says_nothing = sum(map(str.isalnum, described)) < _WORD or _TEX.search(described)
    return UnkeptPicture(_shortened(described), address) if not says_nothing else None


def unkept_events(pictures: Sequence[UnkeptPicture], position: int) -> Iterator[Event]:
    """Yield the events of one line that names pictures which the archive does not hold; those on the web are links."""
    named = list({picture.address or picture.description: picture for picture in pictures}.values())
    if not named:
        return
    yield Open("p", (("class", "not-kept"),), position, position, True)
    for number, picture in enumerate(named[:_MOST_NAMED]):
        if number:
            yield Chars(" · ", position, False, False)
        if picture.address:
            attributes = (("href", picture.address), ("rel", "noopener noreferrer nofollow"))
            yield Open("a", attributes, position, position, False)
        yield Chars(picture.description, position, False, False)
        if picture.address:
            yield Close("a", False)
    if len(named) > _MOST_NAMED:
        yield Chars(" · …", position, False, False)
    yield Close("p", True)


def _shortened(description: str) -> str:
    """Return as many words of a description as fit."""
    short, more = description[:_LONGEST].rpartition(" ")[0], len(description) > _LONGEST
    return f"{short or description[:_LONGEST]}…" if more else description


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
