"""On the home page the browser chooses the day, and shows the articles of this day in other years."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.sites import build, lay, leave_out_search

pytestmark = pytest.mark.browser

ARTICLE = "-- content/articles/{name}.md --\n---\ntitle: {name}\npublished: {day}\n---\nNothing happened.\n"
DAYS = {"Crane": "2021-03-14", "Quay": "2024-03-14", "Wall": "2023-03-15", "Mill": "2022-11-02"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden parameter
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    for name, day in DAYS.items():
        lay(tmp_path, ARTICLE.format(name=name, day=day))
    return tmp_path


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of the home page of an archive's site."""
    handler = functools.partial(Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/index.html"
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("limit", [300, 3, 2], ids=["one page", "months", "days"])
def test_home_shows_the_articles_of_this_day(
    site: Path, page: Page, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", limit)
    build(site)
    page.clock.set_fixed_time("2026-03-14T12:00:00")
    with serve(site) as address:
        page.goto(address)
        shown = page.locator("#this-day li")
        expect(shown).to_have_count(2)
        expect(shown.first).to_contain_text("Quay")
        expect(shown.first).to_contain_text("14 March 2024")
        shown.first.get_by_role("link").click()
        page.wait_for_url("**/articles/quay.html")


def test_a_day_without_articles_says_so(site: Path, page: Page) -> None:
    build(site)
    page.clock.set_fixed_time("2026-07-01T12:00:00")
    with serve(site) as address:
        page.goto(address)
        expect(page.get_by_text("No article is of this day.")).to_be_visible()


def test_from_disk_the_link_leads_to_the_day(site: Path, page: Page) -> None:
    build(site)
    page.clock.set_fixed_time("2026-03-14T12:00:00")
    page.goto((site / "site/index.html").as_uri())
    page.get_by_role("link", name="Articles by day of the year").click()
    page.wait_for_url("**/days/index.html#d03-14")
    expect(page.locator("#d03-14")).to_be_visible()
