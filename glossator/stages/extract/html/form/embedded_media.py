"""Embedded content of a page: frames and players become links; pictures in scripts and styles are shown."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from glossator.addresses import host
from glossator.stages.extract.html.parse.elements import element, finder, replace, text_of, whole_number
from glossator.stages.extract.html.parse.hidden_elements import is_closed
from glossator.word_lists import lines

EMBEDDED = "Embedded"
"""Attribute of a paragraph that is a link to what an element embedded, with the element's name.

The capital makes it unlike any of a page.
"""

_PLAYERS = tuple((re.compile(pattern), address) for pattern, address in map(str.split, lines("metadata")["players"]))
"""Addresses of the content that a player shows, by patterns of the player's address."""
_FRAMES = ("iframe", "embed", "object")
_PLAYER_ELEMENTS = ("video", "audio", "amp-youtube", "lite-youtube")
_LEAST_SIDE = 100
"""Pixels of a frame that shows something of the article: buttons, counters and questions are smaller."""
_LONGEST = 2000
"""Characters of an address."""
_BANNERS = frozenset({(300, 250), (336, 280), (160, 600), (300, 600), (970, 250), (320, 100)})
"""Sizes of advertisements by their trade's standard, if no side is smaller."""
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_IMAGE = re.compile(r"(?:https?:)?/\S+\.(?:avif|jpe?g|png|webp)(?:\?\S*)?", re.IGNORECASE)
_SUBSTACK = re.compile(r"youtube2-([\w-]{11})")
"""Id of the element in which a script of Substack would have shown a film."""
_in_place_of_films = finder("descendant::div[starts-with(@id, 'youtube2-')]")
_UNIQUE = 16
"""Letters that make a file's name unique."""


def show_embedded(tree: HtmlElement) -> None:
    """Replace frames and players by links, and placeholders by pictures that need no script, in place."""
    for tag in (*tree.iter(*_FRAMES, *_PLAYER_ELEMENTS), *_in_place_of_films(tree)):
        if address := _address(tag):
            replace(tag, _link(tag, address))
    for tag in list(tree.iter("noscript")):
        _rescue(tag)
    for tag in tree.iter("amp-img", "amp-anim"):
        tag.tag = "img"
    for figure in tree.iter("figure"):
        address = next(filter(_IMAGE.fullmatch, figure.attrib.values()), "")
        if address and figure.find(".//img") is None:  # a script would have put it there
            figure.insert(0, element("img"))
            figure[0].set("src", address)


def _address(tag: HtmlElement) -> str:
    if tag.tag in ("video", "audio"):
        files = (source.get("src", "") for source in (tag, *tag.iterchildren("source")))
        return next((file for file in files if file and not file.startswith(("blob:", "data:"))), "")
    film = _SUBSTACK.fullmatch(tag.get("id", ""))
    if video := tag.get("data-videoid") or tag.get("videoid") or (film and film[1]):
        return f"https://www.youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]+", video) else ""
    # Whatever waits for consent or for a script has its address in an attribute of another name.
    named = [value for name, value in tag.attrib.items() if name == "data" or ("src" in name and name != "srcdoc")]
    sources = [value.strip() for value in named if len(value) <= _LONGEST]
    for source in sources:
        for pattern, address in _PLAYERS:
            if match := pattern.search(source):
                return address.format(unquote(match[1]))
    shown = tag.tag in _FRAMES and not _is_apart(tag)
    return next(filter(_is_elsewhere, sources), "") if shown else ""


def _is_elsewhere(address: str) -> bool:
    """True if an address leads to a document, or to another host: a site's own frames are forms and notices."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host_name = parts.hostname or ""
    away = bool(host_name) and "widget" not in host_name and not _PICTURE.search(parts.path)
    return parts.scheme in ("http", "https", "") and (away or parts.path.lower().endswith(".pdf"))


def _is_apart(frame: HtmlElement) -> bool:
    """True if a frame is hidden, too small to show anything, or as large as an advertisement."""
    sides = tuple(_side(frame, name) for name in ("width", "height"))
    return is_closed(frame) or min(sides) < _LEAST_SIDE or sides in _BANNERS


def _side(frame: HtmlElement, name: str) -> int:
    """Return the pixels of a side that a frame states; as many as suffice if it states none."""
    stated = frame.get(name, "").removesuffix("px")
    styled = re.search(rf"(?:^|[;\s]){name}\s*:\s*(\d{{1,5}})px", frame.get("style", ""), re.IGNORECASE)
    return whole_number(stated, int(styled[1]) if styled else _LEAST_SIDE)


def _link(tag: HtmlElement, address: str) -> HtmlElement:
    title = " ".join((tag.get("title") or tag.get("aria-label") or "").split())
    paragraph = element("p")
    paragraph.append(element("a", title if " " in title else host(address) or tag.tag.capitalize()))
    paragraph[0].set("href", address)
    paragraph.set(EMBEDDED, tag.tag)
    return paragraph


def _rescue(noscript: HtmlElement) -> None:
    """Show the picture for readers without scripts; remove a placeholder beside it."""
    image = noscript.find(".//img")
    if image is None:
        return
    for beside in (noscript.getprevious(), noscript.getnext()):
        waiting = None if beside is None else beside if beside.tag == "img" else beside.find(".//img")
        if beside is not None and waiting is not None and not text_of(beside) and _waits(waiting, image):
            beside.drop_tree()
            break
    preview = noscript.getprevious()
    if preview is not None and not text_of(preview) and _shows_same(list(preview.iter("img")), image):
        preview.drop_tree()
    image.tail = None
    replace(noscript, image)


def _waits(image: HtmlElement, other: HtmlElement) -> bool:
    """True if a picture is a placeholder, or has the other's address."""
    source = image.get("src", "")
    return not source or source.startswith("data:") or other.get("src", ":") in image.attrib.values()


def _shows_same(images: list[HtmlElement], other: HtmlElement) -> bool:
    """True if the only picture is a coarse preview, which services send under the other's name."""
    return len(images) == 1 and _name(other) != "" and _name(images[0]) == _name(other)


def _name(image: HtmlElement) -> str:
    name = image.get("src", "").partition("?")[0].rpartition("/")[2]
    return name if len(name) >= _UNIQUE else ""


_VARIABLE = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:[^\"')]+)")
"""Variable of the style with the picture."""
_SHOWN = re.compile(r"var\(\s*(--sf-img-\d+)\s*\)")


def show_variables(tree: HtmlElement) -> None:
    """Restore the addresses of pictures that a style shows, in place."""
    variables = {name: value for style in tree.iter("style") for name, value in _VARIABLE.findall(style.text or "")}
    for image in tree.iter("img") if variables else ():
        reference = _SHOWN.search(image.get("style", ""))
        if reference and reference[1] in variables:
            image.set("src", variables[reference[1]])
