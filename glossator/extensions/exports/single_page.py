"""The page of an article on a built site -> one HTML file: styles and pictures within, nothing that needs the site.

What the site keeps back is on none of its pages, and so it is in no such file.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from mimetypes import guess_type
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from glossator import site_paths
from glossator.extension_points.exports import BuiltSite, Export
from glossator.files import read_bytes
from glossator.model import SitePath

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
LEFT_OUT = (
    "script:not([type='application/ld+json']), meta[http-equiv], noscript, nav, form, button, [popover], "
    ".masthead, .skip, .tools, .after, p.unseen"
)
"""Selectors of what leads through the site, runs as a program, or tells of the display."""
_STYLE_FILE = re.compile(r"""url\(\s*["']?([^"')#:]+)(#[\w-]+)?["']?\s*\)""")
"""Address of a file beside a style sheet, and its fragment."""

ReadFile = Callable[[SitePath], bytes | None]
"""Path of a file of the site -> its bytes; None if the site has no such file."""


def page_file(site: BuiltSite) -> Mapping[str, bytes]:
    """Return the page of the article that was asked for as one file."""

    def read(path: SitePath) -> bytes | None:
        return read_bytes(site.folder / path) if path in site.files else None

    return {"": single_page(SitePath(site.page), read, site.address)}


def single_page(page: SitePath, read: ReadFile, url: str = "") -> bytes:
    """Return the page as one file; `url` is the address of the site, to which its links lead. Without one they go.

    Marked names lead to the glossary of the page, and to nothing else on the site.
    """
    document: HtmlElement = html.document_fromstring(read(page) or b"", parser=html.HTMLParser(encoding="utf-8"))
    for element in document.cssselect(LEFT_OUT):
        element.drop_tree()
    style = html.Element("style")
    style.text = "\n".join(_styles(document, page, read)).replace("</", "<\\/")
    for picture in [*document.iter("img")]:
        _put_picture_within(picture, page, read)
    anchors = {*document.xpath("//@id")}
    for link in [*document.iter("a")]:
        _turn_link(link, page, url, anchors)
    head = document.find("head")
    head[:0] = [html.Element("meta", charset="utf-8"), _policy()]
    head.append(style)
    written: bytes = html.tostring(document, encoding="utf-8", doctype="<!doctype html>")
    return written + b"\n"


def _policy() -> HtmlElement:
    element = html.Element("meta", content=POLICY)
    element.set("http-equiv", "Content-Security-Policy")
    return element


def _styles(document: HtmlElement, page: SitePath, read: ReadFile) -> Iterator[str]:
    """Yield the style sheets of a page, in order, and take the elements out that load anything."""
    for link in [*document.iter("link")]:
        if link.get("rel") == "stylesheet":
            path = site_paths.target(link.get("href", ""), page)
            css = (read(path) or b"").decode()
            yield _STYLE_FILE.sub(partial(_style_file, style=path, read=read), css)
        if link.get("rel") != "canonical":
            link.drop_tree()
    for twice in document.cssselect("meta[charset]"):
        twice.drop_tree()


def _style_file(address: re.Match[str], style: SitePath, read: ReadFile) -> str:
    within = _data_address(site_paths.target(address[1], style), read)
    return f'url("{within}{address[2] or ""}")' if within else "none"


def _put_picture_within(picture: HtmlElement, page: SitePath, read: ReadFile) -> None:
    within = _data_address(site_paths.target(picture.get("src", ""), page), read)
    for attribute in ("srcset", "sizes", "loading"):
        picture.attrib.pop(attribute, None)
    if within:
        picture.set("src", within)
    else:
        picture.drop_tree()


def _data_address(path: SitePath, read: ReadFile) -> str:
    """Return the address of a file of the site that holds all of it; empty if there is no such file."""
    content = read(path)
    if content is None:
        return ""
    return f"data:{guess_type(path)[0] or 'application/octet-stream'};base64,{b64encode(content).decode()}"


def _turn_link(link: HtmlElement, page: SitePath, url: str, anchors: set[str]) -> None:
    """Let a link lead to a place of the page, to the web, or nowhere; no link depends on files beside the page."""
    href = link.get("href", "")
    entry = f"g-{link.get('data-entity')}"
    if entry in anchors:
        link.set("href", f"#{entry}")
    elif href.startswith("#") or urlsplit(href).scheme:
        return
    elif url and href:
        link.set("href", urljoin(url + page, href))
    else:
        link.drop_tag()


PAGE = Export(contract=2, help="One article as a single HTML file", of_site=page_file, one_article=True)
