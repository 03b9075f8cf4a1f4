"""Below an article the browser tells of later articles: only the page of the name knows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.sites import build, lay, leave_out_search

pytestmark = pytest.mark.browser

ARTICLE = (
    "-- content/articles/{name}.md --\n---\ntitle: {name}\npublished: {day}\n---\n"
    "Marta Lindqvist, the head of the Skerry Harbour Board, came to Ravnsborg. Marta Lindqvist left it again.\n"
)
DAYS = {"Crane": "2021-03-14", "Quay": "2024-03-14", "Wall": "2023-03-15"}
LATER = "Later articles that name Marta Lindqvist: 2, the last on 14 March 2024"


def test_an_older_article_tells_of_later_ones_and_the_newest_does_not(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    for name, day in DAYS.items():
        lay(tmp_path, ARTICLE.format(name=name, day=day))
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}articles/crane.html")
        link = page.get_by_role("link", name=LATER)
        link.click()
        page.wait_for_url("**/entities/marta-lindqvist*.html")
        page.goto(f"{address}articles/quay.html")
        page.wait_for_load_state("networkidle")
        expect(page.locator("#since")).to_be_hidden()
