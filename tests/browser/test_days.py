"""On the home page the browser knows the day, and shows articles of this day and week in other years."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

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


def test_home_shows_articles_of_this_week_in_other_years(site: Path, page: Page) -> None:
    build(site)
    page.clock.set_fixed_time("2026-03-14T12:00:00")
    with serve(site) as address:
        page.goto(address)
        shown = page.locator("#from-the-archive li")
        expect(shown).to_have_count(4)  # the fourth is near no other article
        expect(shown.first).to_contain_text("Quay")
        expect(shown.first).to_contain_text("On this day · 14 March 2024")
        expect(shown.nth(2)).to_contain_text("In this week of another year · 15 March 2023")
        shown.first.get_by_role("link").click()
        page.wait_for_url("**/articles/quay.html")


def test_a_week_without_articles_shows_nothing_of_the_section(site: Path, page: Page) -> None:
    build(site)
    page.clock.set_fixed_time("2026-07-01T12:00:00")
    with serve(site) as address:
        page.goto(address)
        expect(page.get_by_role("link", name="Articles by day of the year")).to_be_visible()
        expect(page.get_by_role("heading", name="From the archive")).to_be_hidden()


def test_from_disk_and_without_scripts_there_is_no_such_section(site: Path, chromium: Browser) -> None:
    build(site)
    for scripts, address in ((True, (site / "site/index.html").as_uri()), (False, (site / "site/index.html").as_uri())):
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", name="From the archive")).to_be_hidden()
        context.close()


def test_a_page_has_the_same_bytes_every_day(site: Path) -> None:
    build(site)
    files = json.loads((site / "site/front/03.json").read_text("utf-8"))
    assert {"14", "15"} == set(files["days"])
    assert ["Quay", "articles/quay.html", "2024-03-14"] == files["days"]["14"][0]
