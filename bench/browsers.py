"""Pictures of a site in Firefox and in WebKit, to be looked at: home, an article with a card open, an entity, a search.

    apt-get install firefox-esr webkit2gtk-driver xvfb
    PYTHONPATH=. python bench/browsers.py site pictures the-ship.html

Further pages can be named, such as a dossier. What is wider than the window is named, and so is a card that did not
open. WebKit is driven by its own WebDriver; Firefox, whose driver Debian does not have, by WebDriver BiDi.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.accessibility import served

WIDTH, HEIGHT = 1280, 950
WAIT = 3
"""Seconds until a page has settled, and until a card is open."""
START = 10
"""Seconds that a browser has to start."""
FIREFOX_PORT, WEBKIT_PORT = 9377, 9378
MINI_BROWSER = "usr/lib/*/webkit2gtk-*/MiniBrowser"
MARK = "document.querySelector('.body a.mark')"
CARD = "Boolean(document.querySelector('.card:popover-open'))"
WIDER = "document.documentElement.scrollWidth > innerWidth"
MIDDLE = f"[{MARK}.getClientRects()[0]].map((box) => [box.x + 9, box.y + 9].map(Math.round))[0]"


@contextmanager
def started(*command: str) -> Iterator[None]:
    """A program and what it starts, with a home of its own, until the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        quiet = subprocess.DEVNULL
        environment = {**os.environ, "HOME": home, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # only our own site
        program = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            program.wait()


def hover(x: int, y: int) -> Sequence[Mapping[str, Any]]:
    moves = [{"type": "pointerMove", "x": x, "y": to, "duration": 200} for to in (y + 60, y)]
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}]


class Browser(Protocol):
    name: str

    async def show(self, address: str) -> None: ...
    async def ask(self, script: str) -> Any: ...
    async def point(self, x: int, y: int) -> None: ...
    async def picture(self) -> bytes: ...


async def look(browser: Browser, address: str, pages: Sequence[str], into: Path) -> None:
    """Take pictures of pages, with the card of a page's first mark open if it has marks."""
    for page in pages:
        await browser.show(address + page)
        await asyncio.sleep(WAIT)
        if await browser.ask(f"Boolean({MARK})"):
            await browser.ask(f"{MARK}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
            await browser.point(*await browser.ask(MIDDLE))
            await asyncio.sleep(WAIT)
            if not await browser.ask(CARD):
                print(f"{browser.name}: {page}: no card opens")
        if await browser.ask(WIDER):
            print(f"{browser.name}: {page}: wider than the window")
        stem = page.split("?")[0].removesuffix(".html").replace("/", "-")
        (into / f"{browser.name}-{stem}.png").write_bytes(await browser.picture())


class Firefox:
    """Firefox by WebDriver BiDi."""

    name = "firefox"

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.tab = ""

    async def call(self, method: str, **values: Any) -> Any:
        await self.socket.write_message(json.dumps({"id": 1, "method": method, "params": values}))
        while (answer := json.loads(await self.socket.read_message() or "{}")).get("id") != 1:
            pass
        return answer["result"] if answer["type"] == "success" else sys.exit(f"Firefox: {answer}")

    async def begin(self) -> None:
        await self.call("session.new", capabilities={})
        self.tab = (await self.call("browsingContext.getTree"))["contexts"][0]["context"]
        await self.call("browsingContext.setViewport", context=self.tab, viewport={"width": WIDTH, "height": HEIGHT})

    async def show(self, address: str) -> None:
        await self.call("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    async def ask(self, script: str) -> Any:
        text = f"JSON.stringify({script}) ?? 'null'"
        answer = await self.call("script.evaluate", expression=text, target={"context": self.tab}, awaitPromise=False)
        return json.loads(answer["result"]["value"])

    async def point(self, x: int, y: int) -> None:
        await self.call("input.performActions", context=self.tab, actions=hover(x, y))

    async def picture(self) -> bytes:
        return base64.b64decode((await self.call("browsingContext.captureScreenshot", context=self.tab))["data"])


class WebKit:
    """WebKit by its WebDriver."""

    name = "webkit"

    def __init__(self) -> None:
        self.session = "/session"

    def call(self, method: str, path: str, values: Mapping[str, Any] | None = None) -> Any:
        data = None if values is None else json.dumps(values).encode()
        address = f"http://127.0.0.1:{WEBKIT_PORT}{self.session}{path}"
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - of this machine
            return json.load(answer)["value"]

    def begin(self) -> None:
        browser = str(next(Path("/").glob(MINI_BROWSER)))
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        begun = self.call("POST", "", {"capabilities": {"alwaysMatch": options}})
        self.session = f"/session/{begun['sessionId']}"
        self.call("POST", "/window/rect", {"width": WIDTH, "height": HEIGHT})

    async def show(self, address: str) -> None:
        self.call("POST", "/url", {"url": address})

    async def ask(self, script: str) -> Any:
        return self.call("POST", "/execute/sync", {"script": f"return {script}", "args": []})

    async def point(self, x: int, y: int) -> None:
        self.call("POST", "/actions", {"actions": hover(x, y)})

    async def picture(self) -> bytes:
        return base64.b64decode(self.call("GET", "/screenshot"))


async def look_in_both(address: str, pages: Sequence[str], into: Path) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port = ("--remote-debugging-port", str(FIREFOX_PORT))
        with started("firefox-esr", "--headless", "--profile", profile, *port):
            await asyncio.sleep(START)
            firefox = Firefox(await websocket_connect(f"ws://127.0.0.1:{FIREFOX_PORT}/session", max_message_size=10**8))
            await firefox.begin()
            await look(firefox, address, pages, into)
    screen = f"-screen 0 {WIDTH}x{HEIGHT + 100}x24"
    with started("xvfb-run", "-a", "-s", screen, "WebKitWebDriver", f"--port={WEBKIT_PORT}"):
        await asyncio.sleep(START)
        webkit = WebKit()
        webkit.begin()
        await look(webkit, address, pages, into)
        webkit.call("DELETE", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="folder of a site that was built, with its search index")
    parser.add_argument("into", type=Path, help="folder for the pictures")
    parser.add_argument("pages", nargs="*", help="further pages of the site")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    largest = [
        max(files, key=lambda file: file.stat().st_size).relative_to(options.site).as_posix()
        for folder in ("articles", "entities")
        if (files := [file for file in (options.site / folder).glob("*.html") if file.stem not in ("index", "source")])
    ]
    pages = ["index.html", *largest, "search.html?q=the", *options.pages]
    with served(options.site) as address:
        asyncio.run(look_in_both(address, pages, options.into))


if __name__ == "__main__":
    main()
