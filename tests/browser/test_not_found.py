"""The 404 page offers what has a similar address, and nothing that is not there."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet, wait_for_last_script
from tests.sites import build, lay
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

"""Milliseconds that several questions may take on a busy machine."""
ARCHIVE = """\
-- content/articles/harbour-wall-to-be-raised.md --
---
title: Harbour wall to be raised
---
Jonas Aber came to Ravnsborg.
-- content/articles/harbour-crane-sold.md --
---
title: Harbour crane sold
---
Jonas Aber left Ravnsborg.
-- content/articles/harbour-secrets.md --
---
title: Harbour secrets
rights: private
---
Jonas Aber hid them.
"""


class WithPage(Quiet):
    """A server that shows the site's own page for an address that leads nowhere, as GitHub Pages does."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - overridden
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = lay(tmp_path_factory.mktemp("archive"), ARCHIVE)
    build(folder)
    handler = functools.partial(WithPage, directory=str(folder / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever).start()
        yield f"http://127.0.0.1:{serving.server_port}/"
        serving.shutdown()


NEAREST = {
    "articles/harbour-wal-to-be-raised.html": ("Harbour wall to be raised", "articles/harbour-wall-to-be-raised.html"),
    "2024/05/harbour-crane-is-sold/": ("Harbour crane sold", "articles/harbour-crane-sold.html"),
    "entities/jonas-abel.html": ("Jonas Aber", "entities/jonas-aber.html"),
}


@pytest.mark.parametrize("asked", sweep(NEAREST, 1))
def test_the_nearest_title_is_offered(page: Page, address: str, asked: str) -> None:
    title, path = NEAREST[asked]
    page.goto(address + asked)
    first = page.locator("#nearest a").first
    expect(first).to_be_visible()
    expect(first).to_have_text(title)
    first.click()
    page.wait_for_url(address + path)


@pytest.mark.parametrize("asked", sweep(["articles/harbour-secrets.html", "zebra.html", "%E0%A4%A.html"], 2))
def test_nothing_is_offered_that_is_not_there_or_unlike(page: Page, address: str, asked: str) -> None:
    page.goto(address + asked)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Harbour secrets")).to_have_count(0)
    if "harbour" not in asked:
        expect(page.locator("#nearest")).to_be_hidden()


def test_a_missing_page_asks_what_the_reader_is_looking_for(page: Page, address: str) -> None:
    page.goto(address + "2024/05/no/such/page.html")
    page.keyboard.press("/")
    page.keyboard.type("crane")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "search.html?q=crane")


@pytest.mark.parametrize("width", sweep([390, 1440], 1))
def test_what_is_offered_moves_nothing(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(
        """globalThis.moved = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved += entry.value; })
        .observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(address + "articles/harbour-wal-to-be-raised.html")
    expect(page.locator("#nearest a").first).to_be_visible()
    wait_for_last_script(page)
    assert 0 == page.evaluate("moved")
