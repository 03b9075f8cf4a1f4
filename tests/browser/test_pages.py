"""Every page in a real browser: fits its window, complains of nothing, and its few controls work."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from glossator import output, search
from glossator.model import SitePath
from tests.browser.conftest import PATHS
from tests.sample_pages import SITE, article_page, write
from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import sweep

pytestmark = pytest.mark.browser


@pytest.fixture
def page(kept_page: Page) -> Page:
    """Nothing that is done here stays with a page, but for the colour scheme."""
    return kept_page


def test_a_moved_page_leads_on(page: Page, server: str) -> None:
    page.goto(server + "entities/i-marant.html")
    page.wait_for_url("**/entities/ilse-marant.html")
    page.goto(server + "articles/the-old-channel.html")
    page.wait_for_url("**/articles/the-channel-that-was-not-closed.html")


@pytest.mark.parametrize("path", sweep(["index.html", "about.html"], 1))
def test_slash_leads_to_the_search_box(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("a/b")


@pytest.mark.parametrize("path", sweep(["search.html", "index.html", "about.html"], 2))
def test_control_k_leads_to_the_search_box_and_enter_to_the_answer(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    page.locator("body").click(position={"x": 1, "y": 1})
    page.keyboard.press("Control+k")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("eel")
    page.keyboard.press("Enter")
    page.wait_for_url(server + "search.html?q=eel")


LINKS = """[...document.querySelectorAll("main a[href], footer a[href], header a[href]")]
  .filter((link) => link.checkVisibility({ visibilityProperty: true }))
  .map((link) => new URL(link.getAttribute("href"), location).pathname)"""


@pytest.mark.slow
def test_without_scripts_a_page_has_every_link_that_it_has_with_them(chromium: Browser, server: str) -> None:
    seen: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for scripts, found in seen.items():
        context = chromium.new_context(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        for path in set(PATHS) - {"search.html", "404.html"}:
            page.goto(server + path)
            found[path] = set(page.evaluate(LINKS))
        context.close()
    assert {} == {path: more for path, links in seen[True].items() if (more := links - seen[False][path])}


def test_the_search_box_is_a_plain_form(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "articles/the-channel-that-was-not-closed.html")
    page.locator("#q").fill("eel & silt")
    page.keyboard.press("Enter")
    page.wait_for_url(server + "search.html?q=eel+%26+silt")
    context.close()


def test_the_theme_is_remembered_and_there_before_the_first_paint(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto(server + "index.html")
    page.locator(".display-button").click()
    page.get_by_label("Dark").check()
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert 0.25 > float(paper.removeprefix("oklab(").split()[0])  # its lightness, of 1
    page.goto(server + "about.html", wait_until="commit")
    page.wait_for_selector("h1")
    assert "dark" == page.evaluate("document.documentElement.dataset.theme")


def test_the_index_filters_by_name_and_alias_without_regard_to_accents(page: Page, server: str) -> None:
    page.goto(server + "entities/index.html")
    page.get_by_label("Only names with").fill("ÓRIEL")
    expect(page.locator("#entities tbody tr:visible")).to_have_count(2)  # its letter and itself
    expect(page.locator(".filter output")).to_have_text("1 of 14")


@pytest.mark.parametrize(("path", "below"), [("entities/index.html", "#entities"), ("articles/index.html", "#groups")])
def test_a_list_stands_where_it_will_before_its_script_has_come(page: Page, server: str, path: str, below: str) -> None:
    page.route("**/static/index.js*", lambda route: route.abort())
    page.goto(server + path)
    early = page.locator(below).bounding_box()
    page.unroute("**/static/index.js*")
    page.goto(server + path)
    expect(page.locator(".filter:not([hidden])")).to_be_visible()
    assert early == page.locator(below).bounding_box()


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


def test_sources_with_one_article_are_filtered_and_their_heading_goes_with_the_last(page: Page, server: str) -> None:
    page.goto(server + "articles/source.html")
    page.get_by_label("Only titles with").fill("tideline")
    expect(page.locator("#groups li:visible")).to_have_count(1)
    expect(page.locator("#groups h2:visible")).to_have_text("Sources with one article")
    page.get_by_label("Only titles with").fill("no such title")
    expect(page.locator("#groups h2:visible")).to_have_count(0)


def test_sources_that_have_pages_of_their_own_are_filtered_by_name(page: Page, server: str) -> None:
    page.goto(server + "articles/sources.html")
    page.get_by_label("Only sources with").fill("velm")
    expect(page.locator("#parts li:visible")).to_have_count(1)
    expect(page.locator(".filter output")).to_have_text("1 of 2")


def test_from_disk_the_search_page_says_what_to_do(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path).as_uri() + "/search.html?q=silt")  # in a folder of its own: others index theirs
    expect(page.locator("#search-status")).to_contain_text("it has no search. The lists of articles and names")
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
        expect(page.locator("#search-status")).to_have_text("3 results")
        page.get_by_label("Kind of page").select_option("Article")
        expect(page.locator("#search-status")).to_have_text("1 result")
        assert page.url.endswith("?q=marant&kind=Article")
        page.go_back()
        expect(page.locator("#search-status")).to_have_text("3 results")

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


LONG_TITLE = "The collected papers of the Velm harbour"


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages of a site whose title has forty letters."""
    assert len(LONG_TITLE) == 40
    return write(tmp_path_factory.mktemp("titled"), None, structs.replace(SITE, title=LONG_TITLE))


@pytest.mark.parametrize(
    "path", sweep(["index.html", "articles/the-channel-that-was-not-closed.html", "search.html"], 1)
)
@pytest.mark.parametrize("scripts", sweep([True, False], 1))
def test_the_masthead_is_one_row_at_every_width(chromium: Browser, titled: Path, path: str, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((titled / path).as_uri())
    for width in range(360, 1601, 62):
        page.set_viewport_size({"width": width, "height": 700})
        tops = page.locator(".bar > :visible").evaluate_all(
            "(parts) => parts.map((part) => part.getBoundingClientRect()).map((box) => box.top + box.height / 2)"
        )
        assert (width, True) == (width, max(tops) - min(tops) < 3)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (width, 0) == (width, over)
        title = "h1" if path == "index.html" else ".site-title"  # home has it in large letters below the bar
        assert page.locator(title).evaluate("(title) => title.offsetWidth") >= 96
    context.close()


def test_the_menu_of_a_narrow_window_opens_without_scripts(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "about.html")
    expect(page.get_by_role("link", name="Sources")).to_have_count(0)
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Sources").click()
    page.wait_for_url("**/articles/source.html")
    context.close()


def test_the_menu_of_a_narrow_window_closes_with_escape_and_behind_the_focus(chromium: Browser, server: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(server + "about.html")
    summary, sections = page.locator(".menu summary"), page.locator(".menu nav")
    summary.press("Enter")
    page.keyboard.press("Tab")
    expect(sections.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(sections).to_be_hidden()
    expect(summary).to_be_focused()
    summary.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(sections).to_be_hidden()
    page.close()


def test_an_article_without_a_glossary_keeps_its_foot_below_the_text(tmp_path: Path, page: Page) -> None:
    path = "articles/the-channel-that-was-not-closed.html"
    bare = structs.replace(article_page(), glossary=())
    page.goto((write(tmp_path, {path: bare}) / path).as_uri())
    text, foot = page.locator(".article").bounding_box(), page.locator(".after").bounding_box()
    assert text is not None
    assert foot is not None
    assert foot["x"] == text["x"]
    assert foot["y"] >= text["y"] + text["height"]


def test_the_address_of_a_name_without_a_page_leads_to_its_sentence(chromium: Browser, server: str) -> None:
    def without_page(route: Route) -> None:
        response = route.fetch()
        link = 'class="name" href="../entities/saltmarsh-reach.html"'
        assert link in response.text()
        route.fulfill(response=response, body=response.text().replace(link, 'class="name" href="#g-saltmarsh-reach"'))

    page = chromium.new_page()
    page.set_default_timeout(10_000)
    page.route("**/the-channel-that-was-not-closed.html", without_page)
    page.goto(server + "articles/the-channel-that-was-not-closed.html#g-saltmarsh-reach")
    line = page.locator(".body > .facts[data-reader]")
    expect(line).to_have_text("Saltmarsh Reach (Place): named once, here")
    expect(line).to_be_in_viewport()
    assert "#g-" not in page.url
    page.close()


def test_what_is_named_in_passing_is_folded_in_a_long_glossary(chromium: Browser, server: str) -> None:
    path = server + "articles/the-channel-that-was-not-closed.html"
    context = chromium.new_context()
    page = context.new_page()
    page.goto(path)
    place = page.locator("#g-saltmarsh-reach")
    expect(place).to_be_hidden()
    expect(page.locator("#g-ilse-marant")).to_be_visible()
    page.get_by_role("button", name="11 more in passing").click()
    expect(place).to_be_visible()
    page.goto(path + "?#g-saltmarsh-reach")
    expect(place).to_be_visible()
    page.goto(path)
    page.emulate_media(media="print")
    expect(place).to_be_visible()
    context.close()
    plain = chromium.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(path)
    expect(page.locator("#g-saltmarsh-reach")).to_be_visible()
    expect(page.locator(".more")).to_have_count(1)
    expect(page.locator(".more:visible")).to_have_count(0)
    plain.close()


def test_on_a_phone_who_it_is_comes_before_the_mentions(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(server + "entities/ilse-marant.html")
    tops = [
        page.locator(f"#{name}-title").evaluate("(title) => title.getBoundingClientRect().top")
        for name in ("timeline", "quotations", "introduced", "passages", "companions")
    ]
    assert sorted(tops) == tops
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Mentions").click()
    expect(page.locator("#passages-title")).to_be_in_viewport()
    quoted = page.get_by_role("region", name="Quotes").locator(".quotation:visible")
    expect(quoted).to_have_count(4)
    page.get_by_role("button", name="2 more quotes").click()
    expect(quoted).to_have_count(6)
    page.emulate_media(media="print")
    expect(quoted).to_have_count(6)
    context.close()


def test_a_guess_stands_behind_its_day_without_a_dot_between(page: Page, server: str) -> None:
    page.goto(server + "articles/the-channel-that-was-not-closed.html")
    guess = page.get_by_role("region", name="Related articles").locator(".guess")
    assert "none" == guess.evaluate("(guess) => getComputedStyle(guess, '::before').content")
    assert "block" == guess.locator("..").evaluate("(facts) => getComputedStyle(facts).display")


def test_a_picture_keeps_its_place_before_it_is_loaded(page: Page, server: str) -> None:
    page.route("**/never.png", lambda _: None)  # never answered
    page.goto(server + "articles/the-channel-that-was-not-closed.html")
    size = page.locator(".body").evaluate(
        """(body) => {
          const picture = Object.assign(document.createElement("img"), { src: "never.png", width: 1600, height: 400 });
          body.prepend(picture);
          return [picture.offsetWidth / body.clientWidth, picture.offsetWidth / picture.offsetHeight];
        }"""
    )
    assert [1, 4] == [round(part, 1) for part in size]


def test_on_a_wide_window_each_part_of_an_entity_has_the_whole_width(page: Page, server: str) -> None:
    page.goto(server + "entities/ilse-marant.html")
    widths = [
        title.evaluate("(title) => title.getBoundingClientRect().width") for title in page.locator("main h2").all()
    ]
    assert len(widths) > 3
    assert {round(width) for width in widths} == {round(widths[0])}


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


LEADS_ON = 'http-equiv="refresh"'
"""Mark of a page at a former address: it is left before anything can be measured."""


@pytest.mark.parametrize("width", sweep([320, 1280], 1))
def test_an_endless_word_or_title_breaks_no_page_that_lists_it(
    tmp_path: Path, chromium: Browser, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ENDLESS_ARCHIVE))
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in sorted((tmp_path / "site").rglob("*.html")):
        if LEADS_ON in path.read_text("utf-8"):
            continue
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
