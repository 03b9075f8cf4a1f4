"""Embedded content of a page: players and posts become links; pictures in scripts and styles are shown."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, replace, text_of

EMBEDDED = "Embedded"
"""Attribute of a paragraph that is a link to the embedded content. The capital makes it unlike any of a page."""

_PLAYERS = tuple(
    (re.compile(pattern), address)
    for pattern, address in (
        (r"youtube(?:-nocookie)?\.com/embed/videoseries\?.*?list=([\w-]+)", "https://www.youtube.com/playlist?list={}"),
        (r"youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,})", "https://www.youtube.com/watch?v={}"),
        (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}"),
        (r"vimeo\.com/moogaloop\.swf\?.*?clip_id=(\d+)", "https://vimeo.com/{}"),
        (r"dailymotion\.com/(?:embed|swf)/(?:video/)?(\w+)", "https://www.dailymotion.com/video/{}"),
        (r"platform\.twitter\.com/embed/.*?[?&]id=(\d+)", "https://twitter.com/i/status/{}"),
        (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}"),
        (r"instagram\.com/((?:p|reel)/[\w-]+)/embed", "https://www.instagram.com/{}/"),
        (r"facebook\.com/plugins/(?:video|post)\.php\?.*?href=([^&]+)", "{}"),
        (r"player\.twitch\.tv/\?.*?video=v?(\d+)", "https://www.twitch.tv/videos/{}"),
        (r"archive\.org/embed/([\w.-]+)", "https://archive.org/details/{}"),
        (r"w\.soundcloud\.com/player/?\?.*?url=([^&]+)", "{}"),
        (r"embed\.ted\.com/talks/(\w+)", "https://www.ted.com/talks/{}"),
        (r"player\.bilibili\.com/player\.html\?.*?bvid=(\w+)", "https://www.bilibili.com/video/{}"),
    )
)
"""Addresses of the content that a player shows, by patterns of the player's address."""
_FRAMES = ("iframe", "embed", "object", "video", "audio", "amp-youtube", "lite-youtube")
_SOURCES = ("src", "data-src", "data-lazy-src", "data")
_UNIQUE = 16
"""Letters that make a file's name unique."""


def show_embedded(tree: HtmlElement) -> None:
    """Replace frames and players by links, and placeholders by pictures that need no script, in place."""
    for tag in list(tree.iter(*_FRAMES)):
        if address := _address(tag):
            replace(tag, _link(tag, address))
    for tag in list(tree.iter("noscript")):
        _rescue(tag)
    for tag in tree.iter("amp-img", "amp-anim"):
        tag.tag = "img"


def _address(tag: HtmlElement) -> str:
    if tag.tag in ("video", "audio"):
        sources = (source.get("src", "") for source in (tag, *tag.iterchildren("source")))
        return next((source for source in sources if source and not source.startswith(("blob:", "data:"))), "")
    if video := tag.get("data-videoid") or tag.get("videoid"):
        return f"https://www.youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]+", video) else ""
    for name in _SOURCES:
        for pattern, address in _PLAYERS:
            if match := pattern.search(tag.get(name, "")):
                return address.format(unquote(match[1]))
    return ""


def _link(tag: HtmlElement, address: str) -> HtmlElement:
    title = " ".join((tag.get("title") or tag.get("aria-label") or "").split())
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    paragraph = element("p")
    paragraph.append(element("a", title if " " in title else host or tag.tag.capitalize()))
    paragraph[0].set("href", address)
    paragraph.set(EMBEDDED, "")
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
