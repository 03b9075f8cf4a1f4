"""Links of a site that lead nowhere within it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from glossator.check.findings import Finding
from glossator.model import SitePath

TEXT_DIRECTIVE = ":~:"
"""Begins what a fragment tells the browser of a passage; see wicg.github.io/scroll-to-text-fragment."""
PAGE = ".html"
LINKS = "//@href | //@src"
"""Addresses that a page needs."""
NOT_FOUND = "404.html"
"""Page that a server shows at any depth, with links of its own kind."""


def broken_links(site: Path, paths: Collection[SitePath]) -> Iterator[Finding]:
    """Yield the links and anchors of a site's pages that lead to no file, or to no place in a page.

    `paths` are the files of the site. Raises OSError.
    """
    files = frozenset(paths)
    anchors: dict[str, frozenset[str]] = {}
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in sorted(file for file in files if file.endswith(PAGE)):
        page = html.document_fromstring((site / path).read_bytes())
        anchors[path] = frozenset(_values(page, "//@id | //a/@name"))
        if path == NOT_FOUND:
            continue
        links = set(_values(page, LINKS))
        for target, fragment in sorted(_target(path, link) for link in links if _is_internal(link)):
            if SitePath(target) not in files:
                yield Finding("links", path, f'links to "{target}", which the site does not have')
            elif fragment and target.endswith(PAGE):
                wanted[target].add((path, fragment))
    for target, places in sorted(wanted.items()):
        for linking, fragment in sorted(places):
            if fragment not in anchors[target]:
                yield Finding("links", linking, f'links to "{target}#{fragment}", and that page has no such place')


def _values(page: HtmlElement, expression: str) -> list[str]:
    """Return the values of attributes that an XPath expression selects."""
    found = page.xpath(expression)
    assert isinstance(found, list)
    return [str(value) for value in found]


def _is_internal(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:  # no address at all, as a saved page may have it
        return False
    return not parts.scheme and not parts.netloc


def _target(path: str, link: str) -> tuple[str, str]:
    """Return the file that a link leads to, as a path of the site, and the place in it."""
    parts = urlsplit(link.partition(TEXT_DIRECTIVE)[0])
    if not parts.path:
        return path, unquote(parts.fragment)
    target = normpath(join(dirname(path), unquote(parts.path)))
    if parts.path.endswith("/") or target == ".":
        target = normpath(join(target, "index.html"))
    return target, unquote(parts.fragment)
