"""A folder of sample pages in Chromium, from disk and from a server."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from glossator.views import MovedArticlePage, MovedTopicPage, RedirectPage
from tests.sample_pages import pages, write

PATHS = sorted(
    path for path, each in pages().items() if not isinstance(each, RedirectPage | MovedArticlePage | MovedTopicPage)
)
"""All but those that lead elsewhere at once."""
SERVED_ONLY = ("search.html", "404.html")
"""Pages that need an index, or addresses from the root of a server: test_axe and test_not_found look at them."""
SCHEMES: dict[Literal["light", "dark"], tuple[str, ...]] = {
    "light": (),
    "dark": ("color-contrast", "link-in-text-block"),
}
"""What axe-core looks for in a colour scheme, if not for everything: between the two nothing changes but colours."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""Pixels by which a page is wider than its window."""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden parameter
        pass


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site"))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder that is served, with a final slash."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as opened:
        thread = threading.Thread(target=opened.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{opened.server_port}/"
        finally:
            opened.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    """The address of the sample pages, with a final slash."""
    with serving(folder) as address:
        yield address


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def kept_page(chromium: Browser) -> Iterator[Page]:
    """A page for several tests, for those that leave nothing behind in it: a page of its own costs as much as two visits."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The program of axe-core, of which a package for Python brings a copy."""
    (program,) = (path for path in files("axe-playwright-python") or () if path.name == "axe.min.js")
    return Path(str(program.locate())).read_text("utf-8")


def wait_for_last_script(page: Page) -> None:
    """Wait until the reader's scripts, which come last, have added what they add, and it was drawn."""
    expect(page.locator("#display [data-reader]")).to_be_attached()
    page.evaluate(TWO_FRAMES)


def rest_on(target: Locator) -> None:
    """Move the pointer onto something after the page has scrolled to it: a scroll closes cards."""
    target.scroll_into_view_if_needed()
    target.page.evaluate(TWO_FRAMES)
    target.hover()


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds on a page, light and dark: the scheme, its address, the rule and the first element."""
    if page.evaluate("typeof globalThis.axe") == "undefined":
        page.evaluate(axe)
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        only = f", runOnly: {list(rules)}" if rules else ""
        broken = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{only}}})")["violations"]
        found += [f"{scheme}: {page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in broken]
    return found
