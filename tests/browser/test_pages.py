"""Every page in a real browser: fits its window, complains of nothing, and its few controls work."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from glossator import output, search
from glossator.model import SitePath
from tests.sample_pages import pages
from tests.sites import build, contents, lay

pytestmark = pytest.mark.browser

PATHS = sorted(set(pages()) - {"entities/i-marant.html"})
"""All but the one that leads elsewhere at once."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_page_is_wider_than_its_window_or_complains(chromium: Browser, server: str, width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(server) else troubles.append(asked.url))
    for path in set(PATHS) - {"search.html"}:  # its index is another test's
        page.goto(server + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, 0) == (path, over)
    assert [] == troubles
    context.close()


def test_a_moved_page_leads_on(page: Page, server: str) -> None:
    page.goto(server + "entities/i-marant.html")
    page.wait_for_url("**/entities/ilse-marant.html")


@pytest.mark.parametrize("path", ["index.html", "about.html"])
def test_slash_leads_to_the_search_box(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("a/b")


def test_the_search_box_is_a_plain_form(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "articles/the-channel-that-was-not-closed.html")
    page.locator("#q").fill("eel & silt")
    page.keyboard.press("Enter")
    page.wait_for_url(server + "search.html?q=eel+%26+silt")
    context.close()


def test_the_theme_is_remembered_and_there_before_the_first_paint(page: Page, server: str) -> None:
    page.goto(server + "index.html")
    page.locator(".display-button").click()
    page.get_by_label("Dark").check()
    assert "rgb(24, 23, 21)" == page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.goto(server + "about.html", wait_until="commit")
    page.wait_for_selector("h1")
    assert "dark" == page.evaluate("document.documentElement.dataset.theme")


def test_the_index_filters_by_name_and_alias_without_regard_to_accents(page: Page, server: str) -> None:
    page.goto(server + "entities/index.html")
    page.get_by_label("Only names with").fill("ÓRIEL")
    expect(page.locator("#entities tbody tr:visible")).to_have_count(2)  # its letter and itself
    expect(page.locator(".filter output")).to_have_text("1 of 14")


def test_the_index_sorts_by_count_and_back_to_the_alphabet(page: Page, server: str) -> None:
    page.goto(server + "entities/index.html")
    rows = page.locator("#entities tbody tr:visible")
    before = rows.all_inner_texts()
    page.get_by_role("button", name="Articles").click()
    expect(rows.first).to_contain_text("Velmers")
    expect(rows).to_have_count(14)
    page.get_by_role("button", name="Articles").click()
    expect(rows.first).to_contain_text("Brigid Marant")
    page.get_by_role("button", name="Name").click()
    assert before == rows.all_inner_texts()


def test_a_part_of_the_index_filters_and_sorts_what_it_lists(page: Page, server: str) -> None:
    page.goto(server + "types/person/br.html")
    rows = page.locator("#entities tbody tr:not(.letter):visible")
    page.get_by_role("button", name="Articles").click()
    expect(rows.first).to_contain_text("Ilse Marant")
    page.get_by_label("Only names with").fill("cllr")
    expect(rows).to_have_count(1)


def test_sources_that_have_pages_of_their_own_are_filtered_by_name(page: Page, server: str) -> None:
    page.goto(server + "articles/sources.html")
    page.get_by_label("Only sources with").fill("velm")
    expect(page.locator("#parts li:visible")).to_have_count(1)
    expect(page.locator(".filter output")).to_have_text("1 of 2")


def test_from_disk_the_search_page_says_what_to_do(page: Page, folder: Path) -> None:
    page.goto(folder.as_uri() + "/search.html?q=silt")
    expect(page.locator("#search-status")).to_contain_text("python build.py serve")
    expect(page.locator("#q")).to_have_value("silt")


@pytest.fixture(scope="session")
def indexed(folder: Path) -> None:
    assert importlib.util.find_spec("pagefind"), "Install pagefind and pagefind-bin: they are dependencies."
    files = {SitePath(path): "" for path in contents(folder)}
    output.write(folder, (index := search.refresh(output.Draft(folder, files, {}), "en", "")).outputs, index.paths)


@pytest.mark.usefixtures("indexed")
class TestSearch:
    def test_a_word_finds_the_article_and_marks_it(self, page: Page, server: str) -> None:
        page.goto(server + "search.html?q=dredger")
        result = page.locator(".results li").first
        expect(result).to_contain_text("The channel that was not closed")
        expect(result).to_contain_text("The Velm Courier · 11 November 2025")
        expect(result.locator("mark").first).to_have_text("dredger")
        result.get_by_role("link").click()
        page.wait_for_url("**/articles/the-channel-that-was-not-closed.html**")

    def test_an_alias_finds_the_entity_first_as_its_card(self, page: Page, server: str) -> None:
        page.goto(server + "search.html?q=dr+marant")
        expect(page.locator(".found")).to_contain_text("Ilse Marant")
        expect(page.locator(".found")).to_contain_text("Person")

    def test_typing_searches_and_the_question_is_in_the_address(self, page: Page, server: str) -> None:
        page.goto(server + "search.html")
        page.locator("#q").fill("soundings")
        page.wait_for_url("**/search.html?q=soundings")
        expect(page.locator("#search-status")).to_have_text("1 result")

    def test_a_facet_narrows_and_comes_back_with_the_address(self, page: Page, server: str) -> None:
        page.goto(server + "search.html?q=marant")
        expect(page.locator("#search-status")).to_have_text("2 results")
        page.get_by_label("Kind of page").select_option("Article")
        expect(page.locator("#search-status")).to_have_text("1 result")
        assert page.url.endswith("?q=marant&kind=Article")
        page.go_back()
        expect(page.locator("#search-status")).to_have_text("2 results")

    def test_arrows_go_through_the_results_and_escape_comes_back(self, page: Page, server: str) -> None:
        page.goto(server + "search.html?q=marant")
        expect(page.locator(".found")).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".found a")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#q")).to_be_focused()

    def test_nothing_found_says_so_and_nothing_is_fetched_from_elsewhere(self, page: Page, server: str) -> None:
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(server) else troubles.append(asked.url))
        page.goto(server + "search.html?q=xylophone")
        expect(page.locator("#search-status")).to_contain_text("Nothing found")
        assert [] == troubles


def test_on_a_phone_who_it_is_comes_before_the_mentions(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(server + "entities/ilse-marant.html")
    tops = [
        page.locator(f"#{name}-title").evaluate("(title) => title.getBoundingClientRect().top")
        for name in ("introduced", "quotations", "companions", "timeline", "passages")
    ]
    assert sorted(tops) == tops
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Mentions").click()
    expect(page.locator("#passages-title")).to_be_in_viewport()
    expect(page.locator(".quotation:visible")).to_have_count(5)
    page.get_by_role("button", name="2 more quotes").click()
    expect(page.locator(".quotation:visible")).to_have_count(7)
    page.emulate_media(media="print")
    expect(page.locator(".quotation:visible")).to_have_count(7)
    context.close()


def test_on_a_wide_window_the_mentions_are_beside_the_rest(page: Page, server: str) -> None:
    page.goto(server + "entities/ilse-marant.html")
    mentions, beside = page.locator("#passages-title").bounding_box(), page.locator(".beside").bounding_box()
    assert mentions is not None
    assert beside is not None
    assert beside["y"] == mentions["y"]
    assert beside["x"] > mentions["x"]


ENDLESS = "donaudampf" * 68
"""A word of 680 letters."""
ENDLESS_ARCHIVE = f"""\
-- content/articles/a.md --
---
title: {ENDLESS}
site: Tide Table
authors: [{ENDLESS}]
published: 2024-01-01
---
Marta Lindqvist of the Skerry Harbour Board spoke in {ENDLESS}.
-- content/articles/b.md --
---
title: {"Word " * 1000}
site: {ENDLESS}
published: 2024-01-02
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg.
-- content/articles/c.md --
---
title: The quay
published: 2024-01-03
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg.
-- content/gazetteers/a.toml --
[[entity]]
name = "{ENDLESS}"
type = "place"
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_an_endless_word_or_title_breaks_no_page_that_lists_it(tmp_path: Path, chromium: Browser, width: int) -> None:
    build(lay(tmp_path, ENDLESS_ARCHIVE))
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page.goto(path.as_uri())
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path.name, 0) == (path.name, over)
    context.close()


def test_no_script_can_turn_text_into_elements(page: Page, server: str) -> None:
    """Trusted Types, asked for in <meta>: a mistake in a script of ours would not run what a saved page says."""
    page.goto(server + "index.html")
    attempt = (
        "() => { try { document.querySelector('main').innerHTML = '<b>x</b>'; } catch (error) { return error.name; } }"
    )
    assert "TypeError" == page.evaluate(attempt)
