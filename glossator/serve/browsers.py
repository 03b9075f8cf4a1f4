"""The open browsers: which page each of them shows, what it reloads after a build.

livereload's protocol names only the address of a page. The script that the preview adds to its pages is a plugin of
livereload's and also sends a digest of the bytes that are shown; so a page is reloaded if its bytes changed, and only
then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado import web

from glossator.files import Unusable, read_bytes
from glossator.model import Digest, SitePath
from glossator.search import FOLDER
from glossator.serve.problem_panel import ProblemPanel
from glossator.serve.request_guard import PREFIX, has_own_origin
from glossator.site_paths import NOT_FOUND, SEARCH
from glossator.text import digest

PLUGIN = "glossator"
PROBLEMS = f"{PREFIX}problems"
"""Address of the problem panel's content; also sent as the path of a reload, which the plugin intercepts."""
INVALID_MESSAGE = 1007
"""Code of RFC 6455 for a connection that is closed because of what a message holds."""


class Browsers:
    """The connected pages. State: their sockets, and the problems of the last build."""

    def __init__(self, site: Path, on_open: Callable[[SitePath], None]) -> None:
        """Serve the pages of `site`; call `on_open` with each page that a browser opens."""
        self.site = site
        self.on_open = on_open
        self.sockets: set[PageSocket] = set()
        self.panel = ProblemPanel()

    def notify(self, changed: Iterable[SitePath]) -> None:
        """Reload each open page whose own bytes changed, or that uses one of the `changed` files."""
        assets = sorted(path for path in changed if not path.endswith(".html"))
        for socket in tuple(self.sockets):
            self._notify(socket, assets)

    def show_problems(self, panel: ProblemPanel) -> None:
        """Replace the problem panel of each page."""
        if panel == self.panel:
            return
        self.panel = panel
        for socket in self.sockets:
            socket.refresh_panel()

    def connect(self, socket: PageSocket) -> None:
        """Register a page that was opened, possibly while the site was written."""
        self.sockets.add(socket)
        self.on_open(socket.page)
        self._notify(socket, ())
        if self.panel.title:
            socket.refresh_panel()

    def _notify(self, socket: PageSocket, assets: Iterable[SitePath]) -> None:
        socket.page_digest, paths = to_reload(self.site, socket.page, socket.page_digest, assets)
        for path in paths:
            socket.reload(path)


class _Opened(NamedTuple):
    """Address and bytes of a page that connects, as the page reports them."""

    page: SitePath
    digest: str
    has_plugin: bool


class PageSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """Connection of one page of this preview. State: the page, and a digest of the bytes that it shows."""

    def initialize(self, browsers: Browsers) -> None:
        self.browsers = browsers
        self.page = SitePath("")
        self.page_digest = ""
        self.has_plugin = False

    def prepare(self) -> None:
        if not has_own_origin(self.request):  # tornado accepts a connection that names no origin
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:  # noqa: ARG002 -- `prepare` has checked it
        return True

    def on_message(self, message: str | bytes) -> None:
        """Answer a message of livereload's protocol; close the connection if it is none."""
        try:
            data: dict[str, Any] = json.loads(message)
            plugin = data.get("plugins", {}).get(PLUGIN, {})
            opened = _Opened(page_of(str(data.get("url", ""))), str(plugin.get("digest", "")), bool(plugin))
            is_info = data["command"] == "info"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.close(code=INVALID_MESSAGE)
            return
        super().on_message(message)
        if is_info:
            self.page, self.page_digest, self.has_plugin = opened
            self.browsers.connect(self)

    def on_close(self) -> None:
        super().on_close()
        self.browsers.sockets.discard(self)

    def reload(self, path: str) -> None:
        """Reload the page; if `path` is a style sheet, exchange only that style sheet."""
        self.send_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})

    def refresh_panel(self) -> None:
        if self.has_plugin:
            self.reload(PROBLEMS)


def page_of(url: str) -> SitePath:
    """Return the page of the site that an address of the preview shows."""
    path = unquote(urlsplit(url).path).lstrip("/")
    return SitePath(f"{path}index.html" if not path or path.endswith("/") else path)


STYLE = ".css"


def to_reload(
    site: Path, page: SitePath, shown: str, changed: Iterable[SitePath]
) -> tuple[Digest, tuple[SitePath, ...]]:
    """Return the digest of a page's bytes, and what a browser is to reload: style sheets alone, or the page.

    `shown` is the digest of the bytes that the browser shows, empty if it is not known; `changed` are files of the site
    that are no pages.
    """
    content = _served_content(site, page)
    current = digest(content)
    used = tuple(path for path in changed if _uses(site, page, content, path))
    if current != (shown or current) or not all(path.endswith(STYLE) for path in used):
        return current, (page,)
    return current, used


def _served_content(site: Path, page: SitePath) -> bytes:
    """Return the bytes that the server sends for a page: of the page, or of the 404 page if there is none."""
    for path in (page, NOT_FOUND):
        if not any(part.startswith(".") for part in PurePosixPath(path).parts):
            try:
                return read_bytes(site / path)
            except (Unusable, ValueError):  # ValueError: a null character in the path
                continue
    return b""


def _uses(site: Path, page: SitePath, content: bytes, path: SitePath) -> bool:
    """True if a page refers to a file of the site, directly or by a style or script that it refers to."""
    if path.startswith(f"{FOLDER}/"):
        return page == SEARCH
    return _mentions(content, path) or any(_mentions(asset, Path(path).name) for asset in _assets(site, content))


def _assets(site: Path, content: bytes) -> Iterator[bytes]:
    for path in sorted((site / "static").rglob("*")):
        name = SitePath(path.relative_to(site).as_posix())
        if path.suffix in (STYLE, ".js") and _mentions(content, name):
            yield _served_content(site, name)


def _mentions(text: bytes, path: str) -> bool:
    return path.encode() in text or quote(path).encode() in text
