"""What readers type, in Chromium: the right thing stands first, and nothing is pretended."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.search_queries import ARCHIVE, QUERIES, TYPO, Query
from tests.sites import build, lay

pytestmark = pytest.mark.browser

LINKS = ".found a, .names a, .results a"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("queries"), ARCHIVE)
    build(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def search_page(archive: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(archive))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever).start()
        yield f"http://127.0.0.1:{serving.server_port}/search.html"
        serving.shutdown()


def ask(page: Page, address: str, typed: str) -> None:
    """Ask, and wait for the answer."""
    page.goto(address)
    page.locator("#q").fill(typed)
    page.locator("#q").press("Enter")
    expect(page.locator("#search-status[data-answered]")).to_be_visible()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query.kind}: {query.typed}")
def test_what_is_meant_stands_first(page: Page, search_page: str, query: Query) -> None:
    ask(page, search_page, query.typed)
    links = page.locator(".suggestions a" if query.kind == TYPO and query.first else LINKS)
    if query.first:
        expect(links.first).to_have_text(query.first)
    else:
        expect(links).to_have_count(0)
