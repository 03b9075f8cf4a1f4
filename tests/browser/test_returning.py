"""What a reader who comes back finds: what is new, keys for lists, and pages that were kept for when there is no network."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import serving, wait_for_last_script
from tests.sample_pages import SITE, pages, write

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"

DAYS = 3
AGO = f"""() => {{
  const visit = JSON.parse(localStorage.getItem("glossator:/:visit"));
  visit.time -= {DAYS} * 86_400_000;
  localStorage.setItem("glossator:/:visit", JSON.stringify(visit));
}}"""
KEPT = "async () => (await caches.keys()).length"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
READY = "async () => Boolean(await navigator.serviceWorker.ready)"


def rows(*names: str) -> str:
    return json.dumps([[name.title(), f"articles/{name}.html", "2025-01-01"] for name in names])


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample pages, with the files that a build adds."""
    copy = tmp_path / "site"
    shutil.copytree(folder, copy)
    (copy / "front").mkdir(exist_ok=True)
    (copy / "front/newest.json").write_text(rows("crane", "quay", "wall"), "utf-8")
    shutil.move(copy / "static/offline-worker.js", copy / "offline-worker.js")
    return copy


def switch(page: Page, words: str) -> None:
    page.locator(".display-button").click()
    page.get_by_label(words).click()
    page.keyboard.press("Escape")


def test_home_says_what_is_new_since_the_last_visit_once_a_reader_wants_it(site: Path, page: Page) -> None:
    line = page.locator("#visit")
    with serving(site) as address:
        page.goto(address + "index.html")
        wait_for_last_script(page)
        expect(line).to_contain_text("in this browser only")
        assert 0 == page.evaluate("localStorage.length"), "nothing is stored before"
        page.get_by_role("button", name="Remember what I read").click()
        expect(line).to_have_text("From the next visit on, what is new stands here.")

        # One that left takes an older one into the list, which is not new.
        newest = site / "front/newest.json"
        newest.write_text(rows("tide", "crane", "boat", "wall", "old"), "utf-8")
        os.utime(newest, (2_000_000_000, 2_000_000_000))  # the server tells files apart by the second of their change
        page.evaluate(AGO)
        for _ in range(2):  # a page that is loaded again belongs to the same visit
            page.reload()
            expect(line).to_have_text(re.compile(r"^2 new since (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"))
        line.locator("summary").click()
        expect(line.locator("li a")).to_have_text(["Tide", "Boat"])

        page.evaluate(
            """() => {
              const entry = { title: "Begun", day: "2025-01-01", part: 0.5, at: "", done: false };
              localStorage.setItem("glossator:/:reading", JSON.stringify({ "articles/a.html": entry }));
              localStorage.setItem("glossator:/:later", JSON.stringify({ "articles/a.html": entry, "articles/b.html": entry }));
            }"""
        )
        page.reload()
        expect(line.get_by_role("link")).to_have_text(["1 begun", "2 to read"])


def test_single_keys_go_through_a_list_until_they_are_switched_off(page: Page, server: str) -> None:
    page.goto(server + "index.html")
    wait_for_last_script(page)
    titles = page.locator("main :is(.lead-title, .item-title) > a")
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#q").press("j")
    expect(page.locator("#q")).to_have_value("j")

    switch(page, "Single keys")
    page.reload()
    wait_for_last_script(page)
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.locator("body")).to_be_focused()
    switch(page, "Single keys")
    page.keyboard.press("j")
    href = titles.first.get_attribute("href")
    page.keyboard.press("o")
    page.wait_for_url(f"**/{href}")


def test_what_was_listed_is_there_without_a_network_until_the_site_drops_it(
    site: Path, context: BrowserContext
) -> None:
    page = context.new_page()
    with serving(site) as address:
        page.goto(address + ARTICLE)
        wait_for_last_script(page)
        assert [0, 0] == [page.evaluate(KEPT), page.evaluate(WORKERS)], "nothing is kept before a reader wants it"
        switch(page, "Keep what I read")
        assert page.evaluate(READY)
        page.get_by_role("button", name="Read later").click()
        page.locator(".display-button").click()
        expect(page.locator(".kept-pages")).to_contain_text("Kept pages: 1")
    page.goto(address + ARTICLE)  # nobody serves it any more
    wait_for_last_script(page)
    expect(page.locator("h1")).to_have_css("font-weight", "700")
    page.goto(address + "index.html")
    expect(page.locator("h1")).to_be_visible()
    with pytest.raises(Exception, match=r"ERR_|net::"):
        page.goto(address + "entities/ilse-marant.html")


def test_a_page_that_is_gone_is_not_kept_and_one_switch_deletes_all(site: Path, context: BrowserContext) -> None:
    page = context.new_page()
    with serving(site) as address:
        page.goto(address + ARTICLE)
        wait_for_last_script(page)
        switch(page, "Keep what I read")
        assert page.evaluate(READY)
        page.get_by_role("button", name="Read later").click()
        page.locator(".display-button").click()
        expect(page.locator(".kept-pages")).to_contain_text("Kept pages: 1")
        (site / ARTICLE).unlink()
        page.goto(address + ARTICLE)
        page.goto(address + "index.html")
        wait_for_last_script(page)
        expect(page.locator(".kept-pages")).to_be_hidden()
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator(".display-button").click()
        page.get_by_role("button", name="Delete all of it").click()
        expect(page.get_by_label("Keep what I read")).not_to_be_checked()
        page.wait_for_function(
            f"Promise.all([({KEPT})(), ({WORKERS})()]).then((all) => all.every((each) => each === 0))"
        )


def test_a_private_site_offers_to_keep_nothing(tmp_path: Path, page: Page) -> None:
    folder = write(tmp_path, {ARTICLE: pages()[ARTICLE]}, site=structs.replace(SITE, public=False))
    with serving(folder) as address:
        page.goto(address + ARTICLE)
        wait_for_last_script(page)
        expect(page.get_by_label("Keep what I read")).to_have_count(0)
