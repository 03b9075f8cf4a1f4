"""Links that lead nowhere: within a site, and to originals that cannot be read any more at their addresses.

Only public addresses are asked, and each redirect is looked at anew: an address in a saved page must not make this
machine speak to its own network. The connection goes to the very address that was looked at.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from glossator import __version__
from glossator.check.findings import Finding
from glossator.errors import UserError
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


AT_ONCE = 4
"""Addresses that are asked at a time."""
MOST_REDIRECTS = 5
SECONDS = 20
BODY_READ = 1024
"""Bytes read of an answer to a host that refuses to answer with a head alone."""
REDIRECTS = frozenset(
    [
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    ]
)
NO_HEADS = frozenset([HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED])
"""Answers of hosts that may only dislike the method."""
GONE = frozenset([HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS])
ESCAPED = "%/?&=+:;,@!$'()*~-._"
"""Characters of a path and a query that stay as they are."""


class LostOriginal(UserError):
    """Original that is not asked for. The message is a sentence that follows the address."""


def lost_originals(sources: Mapping[str, str], *, private: bool = False) -> Iterator[Finding]:
    """Ask for each source (article -> address over http or https); yield those that cannot be read any more.

    With `private`, addresses that are not public are asked, too: for tests against a local server.
    """
    articles = sorted(sources)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda article: _trouble(sources[article], private=private), articles)
        for article, trouble in zip(articles, answers, strict=True):
            if trouble:
                yield Finding("originals", f"articles/{article}.md", f"{sources[article]} {trouble}", wrong=False)


def _trouble(address: str, *, private: bool) -> str:
    try:
        for _ in range(MOST_REDIRECTS):
            status, location = _answer(address, "HEAD", private=private)
            if status in NO_HEADS:
                status, location = _answer(address, "GET", private=private)
            if status not in REDIRECTS or not location:
                if status in GONE:
                    return "is gone"
                return f"answers with status {status}" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""
            address = urljoin(address, location)
    except LostOriginal as lost:
        return str(lost)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"cannot be reached ({type(error).__name__})"
    return "redirects in circles"


def _answer(address: str, method: str, *, private: bool) -> tuple[int, str]:
    """Return the status of an answer, and the address that it redirects to.

    Raises LostOriginal, OSError, http.client.HTTPException.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LostOriginal("leads to an address that is none of the web")
    port = parts.port or (http.client.HTTPS_PORT if parts.scheme == "https" else http.client.HTTP_PORT)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=SECONDS)
    connection.sock = _connected(parts.hostname, port, private=private)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
        # Addresses are written with letters of all scripts; what is escaped already stays.
        target = quote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", safe=ESCAPED)
        connection.request(method, target, headers={"User-Agent": f"glossator/{__version__}", "Connection": "close"})
        response = connection.getresponse()
        if method == "GET":
            response.read(BODY_READ)
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def _connected(host: str, port: int, *, private: bool) -> socket.socket:
    """Connect to a host at an address that is public. Raises LostOriginal, OSError."""
    found: Sequence[tuple[int, str]] = [
        (family, str(place[0])) for family, *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    allowed = [place for _, place in found if private or ipaddress.ip_address(place.partition("%")[0]).is_global]
    if not allowed:
        raise LostOriginal("leads into a private network, and was not asked")
    return socket.create_connection((allowed[0], port), timeout=SECONDS)
