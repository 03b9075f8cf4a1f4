"""Pictures at the edges of an article, which have no text by which a choice of text could find them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from lxml.html import HtmlElement

from glossator.addresses import host
from glossator.stages.extract.html.choice.blocks.text_blocks import ELSEWHERE, LEAD, TAIL, TextBlock, beside
from glossator.stages.extract.html.form.embedded_media import EMBEDDED
from glossator.stages.extract.html.parse.elements import HEADINGS, names_of, whole_number
from glossator.stages.extract.html.writer.addresses import LAZY, LAZY_SETS, PICTURE

_HIGHEST = 2
"""Levels of the tree that the picture above the text may be above the article's container."""
_ABOVE = 8
"""Blocks that the picture may be above the text."""
_STANDFIRST = 60
"""Words of a block between the picture and the text."""
_BESIDE = 2
"""Levels from the last block up to an element that contains the picture after it as well."""
_CAPTION = 60
"""Words of a caption."""
_LARGE = 150
"""Pixels."""
_PORTRAIT = re.compile(r"avatar|author|byline|logo|icon|badge|profile|gravatar|emoji|headshot|mugshot", re.IGNORECASE)
_USER = re.compile(
    r"avatar|gravatar|headshot|mugshot|byline|user-?pic|author[-_]?(?:box|bio|image|img|photo|pic|thumb)", re.IGNORECASE
)
_SIGN = "logo"
"""Part of the name of a picture that leads home: a site that shows its sign of each page tells nothing of the page."""
_NAMED = 5
"""Letters of a file's name that tell one picture from others."""
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|\d{2,4}w?))?\.(?:avif|gif|jpe?g|png|webp)$")
_SIZED = re.compile(r"[-_](\d{2,4})x(\d{2,4})\.\w+$|[?&/,](?:w|h|width|height)[=_](\d{2,4})\b", re.IGNORECASE)
"""Notations for the size of a picture in its address."""


def keep_pictures(blocks: list[TextBlock], container: HtmlElement) -> None:
    """Select the picture above the text and those directly after it; `container` is the element around the article."""
    _lead(blocks, container)
    _tail(blocks, container)


def _lead(blocks: list[TextBlock], container: HtmlElement) -> None:
    """Select the picture or film above the text, with its caption, if only the article's head is between them."""
    first = next(number for number, block in enumerate(blocks) if block.stays)
    containers = {container, *list(container.iterancestors())[:_HIGHEST]}
    captions: list[TextBlock] = []
    for block in reversed(blocks[max(0, first - _ABOVE) : first]):
        if containers.isdisjoint(block.around) or len(block.tokens) > _STANDFIRST:
            return
        if block.describes_picture:
            captions.append(block)
        elif not block.tokens:
            if _is_shown(block.tag) and not _is_listed(block, blocks[first]):
                for near in (block, *captions):
                    near.keep(LEAD)
            return


def _tail(blocks: list[TextBlock], container: HtmlElement) -> None:
    """Select pictures directly after the last block, in the element that contains it, with their captions."""
    last = next(number for number in range(len(blocks) - 1, -1, -1) if blocks[number].stays)
    above = blocks[last].around
    containers = set(above[: min(_BESIDE, above.index(container)) + 1]) if container in above else set()
    after_picture = not blocks[last].tokens
    for block in blocks[last + 1 :]:
        if containers.isdisjoint(block.around):
            return
        if block.tokens:
            if not (after_picture and block.describes_picture) or len(block.tokens) > _CAPTION:
                return
        elif _leads_away(block.tag) or not is_large(block.tag):
            return
        after_picture = not block.tokens
        block.keep(TAIL)


def keep_lead_picture(blocks: Sequence[TextBlock], image: str) -> None:
    """Select the picture that the page shows of itself (`image`), or the first large one below the headline.

    The picture is selected with its caption. Within the text it is only if no other picture stands above the text.
    """
    texts = [number for number, block in enumerate(blocks) if block.stays and block.tokens]
    if not texts:
        return
    first, last = texts[0], texts[-1]
    stated = _stated_pictures(blocks, image)
    repeated = frozenset(stated if any(blocks[number].stays for number in stated) else ())
    large = [number for number in stated if number not in repeated and number < last and _is_picture(blocks[number])]
    lead = next((number for number in large if number < first), None)
    above_text = (block.tag for block in blocks[: first + 2] if block.stays and not block.tokens)
    if lead is None and not any(map(_is_shown, above_text)):
        unstated = (number for number in _below_headline(blocks, first) if number not in repeated)
        lead = next((number for number in (*unstated, *large) if _may_lead(blocks[number], blocks[first])), None)
    if lead is not None:
        _keep_with_caption(blocks, lead)


def _stated_pictures(blocks: Sequence[TextBlock], image: str) -> list[int]:
    """Return the numbers of the blocks that show the picture of a page, except the sign of its site."""
    name = _file_name(image)
    named = [n for n, block in enumerate(blocks) if len(name) >= _NAMED and name in _file_names(block.tag)]
    return [number for number in named if _SIGN not in name or not _leads_away(blocks[number].tag)]


def _below_headline(blocks: Sequence[TextBlock], first: int) -> list[int]:
    """Return the numbers of the pictures between the headline, or one just above it, and the first text."""
    headlines = (number for number in range(first + 1) if blocks[number].tag.tag == "h1" and blocks[number].tokens)
    above = max(0, max(headlines, default=first) - _BESIDE + 1)
    return [number for number in range(above, first) if not blocks[number].tokens]


def _keep_with_caption(blocks: Sequence[TextBlock], lead: int) -> None:
    blocks[lead].keep(LEAD)
    figure = next((tag for tag in blocks[lead].around[:_BESIDE] if tag.tag == "figure"), None)
    for block in blocks[lead + 1 :]:
        if figure not in block.around or len(block.tokens) > _CAPTION:
            return
        block.keep(LEAD)


def _is_picture(block: TextBlock) -> bool:
    """True if a block is a large picture, alone or in one element with its caption."""
    captioned = len(block.tokens) <= _CAPTION and not _leads_away(block.tag)
    return is_large(block.tag) and (captioned or not block.tokens)


def drop_teasers(blocks: Sequence[TextBlock], address: str) -> None:
    """Drop pictures that lead to other pages of the site, if of the text beside them, a headline, nothing stays.

    `address` is the page's.
    """
    hosts = ("", host(address))
    pictures = [block for block in blocks if block.stays and not block.tokens and _leads_away(block.tag, hosts)]
    within = beside(blocks) if pictures else {}
    near = [next((tag for tag in picture.around if tag in within), None) for picture in pictures]
    lost = {tag for tag in {*near} - {None} if _is_of_teaser(within[tag])}
    for picture, tag in zip(pictures, near, strict=True):
        if tag in lost:
            picture.drop(ELSEWHERE)


def _is_of_teaser(blocks: Sequence[TextBlock]) -> bool:
    return any(map(_is_headline, blocks)) and not any(block.stays for block in blocks)


def _is_headline(block: TextBlock) -> bool:
    """True if a block is a heading or a link; a caption may be within the link around its picture."""
    return block.tag.tag in HEADINGS or (block.leads_elsewhere and next(block.tag.iter("a"), None) is not None)


def _file_names(tag: HtmlElement) -> set[str]:
    addresses = (image.get(name) for image in tag.iter("img", "source") for name in ("src", *LAZY, *LAZY_SETS))
    return {_file_name(address.split(" ")[0]) for address in addresses if address}


def _file_name(address: str) -> str:
    """Return the name of a picture's file, without its suffix and what tells its size."""
    return _SIZE.sub("", unquote(address.partition("?")[0].rpartition("/")[2]).lower())


def is_portrait(tag: HtmlElement) -> bool:
    """True if a picture is named as one of an author or a user, whatever its size."""
    around = [near for image in tag.iter("img") for near in (image, *list(image.iterancestors())[:2])]
    return any(_USER.search(f"{names_of(near)} {near.get('src', '')}") for near in around)


def _is_shown(tag: HtmlElement) -> bool:
    """True if a block is a film or a large picture: a player of sound reads the text aloud."""
    return tag.get(EMBEDDED, "audio") != "audio" or is_large(tag)


def is_large(tag: HtmlElement) -> bool:
    """True if a picture is more than a portrait or an icon."""
    images = list(tag.iter("img"))
    sizes = [whole_number(image.get(side, ""), _LARGE) for image in images for side in ("width", "height")]
    sizes += [int(size) for image in images for size in _stated(image.get("src", ""))]
    around = [tag for image in images for tag in (image, *list(image.iterancestors())[:2])]
    named = " ".join(f"{names_of(tag)} {tag.get('alt', '')}" for tag in around)
    return bool(images) and min(sizes, default=_LARGE) >= _LARGE and _PORTRAIT.search(named) is None


def _stated(address: str) -> list[str]:
    return [size for sizes in _SIZED.findall(address) for size in sizes if size]


def _may_lead(picture: TextBlock, text: TextBlock) -> bool:
    return is_large(picture.tag) and not _leads_away(picture.tag) and not _is_listed(picture, text)


def _is_listed(picture: TextBlock, text: TextBlock) -> bool:
    """True if a picture is part of a list such as a menu, in which the text is not."""
    return any(tag.tag in ("li", "nav") and tag not in text.around for tag in (picture.tag, *picture.around))


def _leads_away(tag: HtmlElement, hosts: Sequence[str] = ()) -> bool:
    """True if a picture is a link to anything but a larger version of itself; only to these hosts, if any is given."""
    links = [link.get("href", "") for link in (*tag.iter("a"), *tag.iterancestors("a"))]
    return any(link and not PICTURE.search(link) and (not hosts or host(link) in hosts) for link in links)
