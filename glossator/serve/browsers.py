"""The open browsers: which page each shows, and what is said to it.

livereload's protocol says of a page its address only. The script that the preview adds to its pages says, as a plugin
of livereload's, also which bytes of it are shown; so a page is loaded again when its bytes are others, and only then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler

from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.model import SitePath
from glossator.search import FOLDER
from glossator.serve.own import PREFIX
from glossator.serve.troubles import Troubles
from glossator.urls import NOT_FOUND, SEARCH

PLUGIN = "glossator"
PROBLEMS = f"{PREFIX}problems"
"""Where a page asks what is wrong; said as the path of a reload, which the plugin takes for itself."""
STYLE = ".css"


class Browsers:
    """All that are connected. State: their sockets, and what is wrong with the last build."""

    def __init__(self, site: Path, opened: Callable[[SitePath], None]) -> None:
        """`opened` is told each page that comes up."""
        self.site = site
        self.opened = opened
        self.sockets: set[Socket] = set()
        self.troubles = Troubles()

    def tell(self, changed: Iterable[SitePath]) -> None:
        """Let each page that is open be loaded again if it, or a file that it shows, is another than before."""
        aside = sorted(path for path in changed if not path.endswith(".html"))
        for socket in tuple(self.sockets):
            self._tell(socket, aside)

    def complain(self, troubles: Troubles) -> None:
        """Show on each page what is wrong now, and take away what was."""
        if troubles == self.troubles:
            return
        self.troubles = troubles
        for socket in self.sockets:
            socket.say_problems()

    def greet(self, socket: Socket) -> None:
        """A page has come up, maybe while the site was written."""
        self.sockets.add(socket)
        self.opened(socket.page)
        self._tell(socket, ())
        if self.troubles.title:
            socket.say_problems()

    def _tell(self, socket: Socket, aside: Iterable[SitePath]) -> None:
        page = content(self.site, socket.page)
        now = digest(page)
        socket.shown = socket.shown or now
        concerned = [path for path in aside if _concerns(self.site, path, socket.page, page)]
        if now != socket.shown or not all(path.endswith(STYLE) for path in concerned):
            socket.shown = now
            socket.reload(socket.page)
            return
        for path in concerned:
            socket.reload(path)


class Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The connection of one page, which must be one of this preview. State: what it shows."""

    def initialize(self, browsers: Browsers) -> None:
        self.browsers = browsers
        self.page = SitePath("")
        self.shown = ""
        self.has_plugin = False

    def check_origin(self, origin: str) -> bool:
        return origin != "null" and urlsplit(origin).netloc == self.request.host

    def on_message(self, message: str | bytes) -> None:
        super().on_message(message)
        said: dict[str, Any] = json.loads(message)
        if said.get("command") == "info":
            plugin = said.get("plugins", {}).get(PLUGIN, {})
            self.page = page_of(str(said.get("url", "")))
            self.shown, self.has_plugin = str(plugin.get("shown", "")), bool(plugin)
            self.browsers.greet(self)

    def on_close(self) -> None:
        super().on_close()
        self.browsers.sockets.discard(self)

    def reload(self, path: str) -> None:
        """Load the page again; if the path is that of a style sheet, only exchange that."""
        self.send_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})

    def say_problems(self) -> None:
        if self.has_plugin:
            self.reload(PROBLEMS)


def page_of(url: str) -> SitePath:
    """The page of the site that is shown at an address of the preview."""
    path = unquote(urlsplit(url).path).lstrip("/")
    return SitePath(f"{path}index.html" if not path or path.endswith("/") else path)


def content(site: Path, page: SitePath) -> bytes:
    """What the server shows as that page: the page itself, or that there is none."""
    for path in (page, NOT_FOUND):
        if not any(part.startswith(".") for part in PurePosixPath(path).parts):
            try:
                return read_bytes(site / path)
            except (Unusable, ValueError):  # ValueError: a null character in the path
                continue
    return b""


def _concerns(site: Path, path: SitePath, page: SitePath, shown: bytes) -> bool:
    """Whether a page shows another file of the site: one that it names, or a style or script that it names does."""
    if path.startswith(f"{FOLDER}/"):
        return page == SEARCH
    return _names(shown, path) or any(_names(one, Path(path).name) for one in _parts(site, shown))


def _parts(site: Path, shown: bytes) -> Iterator[bytes]:
    for path in sorted((site / "static").rglob("*")):
        name = SitePath(path.relative_to(site).as_posix())
        if path.suffix in (STYLE, ".js") and _names(shown, name):
            yield content(site, name)


def _names(text: bytes, path: str) -> bool:
    return path.encode() in text or quote(path).encode() in text
