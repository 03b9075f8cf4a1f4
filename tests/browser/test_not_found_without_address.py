"""The 404 page of a site that states no address, below a folder of the host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.sample_pages import pages, write

pytestmark = pytest.mark.browser


class _Host(SimpleHTTPRequestHandler):
    """Host that answers as GitHub Pages does: with the 404 page of the site below `/papers/`."""

    def send_error(self, code: int, *_: Any) -> None:
        page = (Path(self.directory) / "papers/404.html").read_bytes() if self.path.endswith(".html") else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    write(tmp_path / "papers", {name: page for name, page in pages().items() if name in ("404.html", "index.html")})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/papers"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["gone.html", "articles/gone.html", "entities/b/gone.html"])
def test_the_404_page_has_its_styles_and_leads_to_the_site_at_any_depth(page: Page, host: str, path: str) -> None:
    page.goto(f"{host}/{path}")
    page.wait_for_function("getComputedStyle(document.querySelector('.bar')).display === 'flex'")
    assert f"{host}/index.html" == page.locator("main a").first.evaluate("link => link.href")
    assert f"{host}/search.html" == page.locator("main form").evaluate("form => form.action")
