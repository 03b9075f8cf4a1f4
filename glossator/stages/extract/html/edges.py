"""Pictures at the edges of an article: they have no text by which a choice of text could find them."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.addresses import PICTURE
from glossator.stages.extract.html.form.elements import names_of
from glossator.stages.extract.html.text_blocks import LEAD, TAIL, Leaf

_HOMES, _ABOVE, _STANDFIRST = 2, 8, 60
"""How far above the text its picture may be: levels of the tree, blocks; and the words of what may stand between."""
_BESIDE = 2
"""Levels from the last block up to what holds the picture behind it as well."""
CAPTION = 60
"""Words of a caption."""
_LARGE = 150
"""Pixels."""
_PORTRAIT = re.compile(r"avatar|author|byline|logo|icon|badge|profile|gravatar|emoji|headshot|mugshot", re.IGNORECASE)
_SIZED = re.compile(r"[-_](\d{2,4})x(\d{2,4})\.\w+$|[?&/,](?:w|h|width|height)[=_](\d{2,4})\b", re.IGNORECASE)
"""How addresses name the size in which a picture is sent."""


def keep_pictures(found: list[Leaf], place: HtmlElement) -> None:
    """Keeps the picture above the text and those directly behind it; `place` is where the article is on its page."""
    _lead(found, place)
    _tail(found, place)


def _lead(found: list[Leaf], place: HtmlElement) -> None:
    """The picture above the text, with its caption, where nothing but the article's head stands between."""
    first = next(number for number, leaf in enumerate(found) if leaf.kept)
    homes = {place, *list(place.iterancestors())[:_HOMES]}
    picture: list[Leaf] = []
    for leaf in reversed(found[max(0, first - _ABOVE) : first]):
        if homes.isdisjoint(leaf.around) or len(leaf.tokens) > _STANDFIRST:
            return
        if leaf.tag.tag == "figcaption":
            picture.append(leaf)
        elif not leaf.tokens:
            if is_large(leaf.tag):
                for one in (leaf, *picture):
                    one.keep(LEAD)
            return


def _tail(found: list[Leaf], place: HtmlElement) -> None:
    """Pictures directly behind the last block, in the element that holds it, with their captions."""
    last = next(number for number in range(len(found) - 1, -1, -1) if found[number].kept)
    above = found[last].around
    homes = set(above[: min(_BESIDE, above.index(place)) + 1]) if place in above else set()
    shown = not found[last].tokens
    for leaf in found[last + 1 :]:
        if homes.isdisjoint(leaf.around):
            return
        if leaf.tokens:
            if not shown or leaf.tag.tag != "figcaption" or len(leaf.tokens) > CAPTION:
                return
        elif _leads_away(leaf.tag) or not is_large(leaf.tag):
            return
        shown = not leaf.tokens
        leaf.keep(TAIL)


def is_large(tag: HtmlElement) -> bool:
    """Whether a picture is more than somebody's portrait or a sign."""
    images = list(tag.iter("img"))
    sizes = [size for image in images for size in (image.get("width", ""), image.get("height", "")) if size.isdigit()]
    sizes += [size for image in images for size in _stated(image.get("src", ""))]
    around = [tag for image in images for tag in (image, *list(image.iterancestors())[:2])]
    named = " ".join(f"{names_of(tag)} {tag.get('alt', '')}" for tag in around)
    return bool(images) and min(map(int, sizes), default=_LARGE) >= _LARGE and _PORTRAIT.search(named) is None


def is_thumbnail(tag: HtmlElement) -> bool:
    """Whether all pictures in a block lead to other pages and are sent so small that they only stand for these."""
    images = list(tag.iter("img"))
    return bool(images) and all(
        _leads_away(image) and max(map(int, _stated(image.get("src", ""))), default=_LARGE) < _LARGE for image in images
    )


def _stated(address: str) -> list[str]:
    return [size for sizes in _SIZED.findall(address) for size in sizes if size]


def _leads_away(tag: HtmlElement) -> bool:
    """Whether a picture is a link to something else than itself at another size."""
    links = [link.get("href", "") for link in (*tag.iter("a"), *tag.iterancestors("a"))]
    return any(link and not PICTURE.search(link) for link in links)
