"""What readers type, in Chromium: the right thing stands first, and nothing is pretended."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Quiet, serving, wait_for_last_script
from tests.search_queries import ARCHIVE, QUERIES, TYPO, Query
from tests.sites import build, lay
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

LINKS = ".found a, .names a, .results a"
LOADED = "performance.getEntriesByType('resource').map(({ name }) => name)"


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


@pytest.fixture
def page(kept_page: Page) -> Page:
    """Each question is a visit of its own, in the window of the last one."""
    return kept_page


def ask(page: Page, address: str, typed: str) -> None:
    """Ask, and wait for the answer."""
    page.goto(address)
    page.locator("#q").fill(typed)
    page.locator("#q").press("Enter")
    expect(page.locator("#search-status[data-answered]")).to_be_visible()


@pytest.mark.parametrize(
    "query", sweep([*QUERIES[::2], *QUERIES[1::2]], len(QUERIES) // 2), ids=lambda query: f"{query.kind}: {query.typed}"
)
def test_what_is_meant_stands_first(page: Page, search_page: str, query: Query) -> None:
    ask(page, search_page, query.typed)
    links = page.locator(f".suggestions a, {LINKS}" if query.kind == TYPO else LINKS)
    if query.first:
        expect(links.first).to_have_text(query.first)
    else:
        expect(links).to_have_count(0)


def first_title(page: Page) -> str:
    return page.locator(".results .item-title a").first.text_content() or ""


def test_a_word_that_no_article_has_is_named_and_not_shortened(page: Page, search_page: str) -> None:
    ask(page, search_page, "Balaboroughburg wall")
    expect(page.locator("#search-status")).to_contain_text("without “Balaboroughburg”, which no article has")
    ask(page, search_page, "Wallenstein")
    expect(page.locator("#search-status")).to_have_text("Nothing found: no article has “Wallenstein”.")
    expect(page.get_by_role("link", name="All names")).to_be_visible()


def test_what_is_found_for_the_nearest_name_is_shown_if_nothing_is_found(page: Page, search_page: str) -> None:
    ask(page, search_page, "Ravnsbrog")
    expect(page.locator("#search-suggestions")).to_contain_text(
        "Nothing found for “Ravnsbrog”; this is for “Ravnsborg”. "
    )
    expect(page.locator("#q")).to_have_value("Ravnsbrog")
    expect(page.locator(".found a")).to_have_text("Ravnsborg")


def test_initials_are_no_beginning_of_another_word(page: Page, search_page: str) -> None:
    for typed in ("L.A.", "(l.a.)", "L.A"):
        ask(page, search_page, typed)
        expect(page.locator(".results .item-title")).to_have_text(["Books of a second-hand dealer"])


def test_a_key_pressed_before_the_articles_come_keeps_its_place(context: BrowserContext, search_page: str) -> None:
    page, held = context.new_page(), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.pf_index", hold)
    page.goto(search_page + "?q=Lindqvist")
    expect(page.locator(".found a")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found a")).to_be_focused()
    page.unroute("**/*.pf_index")
    for route in held:
        route.continue_()
    expect(page.locator("#search-results li").first).to_be_visible()
    expect(page.locator(".found a")).to_be_focused()


def test_words_are_found_beside_the_page_so_that_typing_never_waits(context: BrowserContext, search_page: str) -> None:
    page = context.new_page()
    ask(page, search_page, "wall")
    programs = [asked.rpartition("/")[2] for asked in page.evaluate(LOADED)]
    assert ["search-words.js"] == [worker.url.rpartition("/")[2] for worker in page.workers]
    assert "pagefind.js" not in programs


def test_an_answer_that_comes_late_replaces_no_later_one(page: Page, search_page: str) -> None:
    page.goto(search_page)
    for typed in ("wall", "set", "ferry", "mills", "books"):
        page.locator("#q").fill(typed)
        page.locator("#q").press("Enter")
    expect(page.locator("#search-status[data-answered]")).to_have_text("2 results")
    assert "Books of a second-hand dealer" == first_title(page)


@pytest.mark.parametrize(("typed", "marked"), [("cars", ["cars"]), ("vote", ["voting", "vote"])])
def test_a_word_that_only_begins_alike_is_not_found_or_marked(
    context: BrowserContext, tmp_path: Path, typed: str, marked: list[str]
) -> None:
    texts = {
        "care": "They take care of the cargo, and are careful.",
        "cars": "No cars are on the wall.",
        "vote": "Voting? We vote now.",
    }
    lay(
        tmp_path,
        "".join(f"-- content/articles/{name}.md --\n---\ntitle: On {name}\n---\n{texts[name]}\n" for name in texts),
    )
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page = context.new_page()
        ask(page, f"{address}search.html", typed)
        found = page.locator(".results .item-text mark").all_inner_texts()
        expect(page.locator(".results .item-title")).to_have_text([f"On {typed}"])
    assert set(marked) == {word.lower() for word in found}


def test_from_disk_the_console_is_silent(context: BrowserContext, archive: Path) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    ask(page, (archive / "search.html").as_uri(), "Ravnsborg")
    page.goto((archive / "search.html").as_uri() + "?author=Maud+Ferrier")
    expect(page.locator("#search-status[data-answered]")).to_be_visible()
    assert [] == said


def test_before_a_question_there_are_ways_in_and_they_go_with_the_first_letter(page: Page, search_page: str) -> None:
    page.goto(search_page)
    ways = page.locator("#ways-in")
    expect(ways.get_by_role("link", name="2024")).to_be_visible()
    expect(ways.get_by_role("link", name="Marta Lindqvist", exact=True).last).to_be_visible()
    ways.get_by_role("link", name="February 2025").click()
    expect(page.locator(LINKS).first).to_have_text("Court hears the ferry case")
    expect(ways).to_be_hidden()


def test_names_in_a_longer_query_are_offered(page: Page, search_page: str) -> None:
    ask(page, search_page, "Marta Lindqvist Ravnsborg wall")
    expect(page.locator(".suggestions a")).to_have_text(
        ["Marta Lindqvist", "Ravnsborg", "How are Marta Lindqvist and Ravnsborg connected?"]
    )
    assert "Harbour wall to be raised" == first_title(page)


def test_the_address_of_a_result_marks_the_whole_phrase(page: Page, search_page: str) -> None:
    for typed, marked in (
        ('"second set of books"', "second%20set%20of%20books"),
        ("« second set of books »", "second%20set%20of%20books"),
        ("„second set of books“", "second%20set%20of%20books"),
        ("航天展览", "%E8%88%AA%E5%A4%A9%E5%B1%95%E8%A7%88"),
    ):
        ask(page, search_page, typed)
        address = page.locator(".results .item-title a").first.get_attribute("href") or ""
        assert address.endswith(f"#:~:text={marked}") or f"text={marked}&" in address


def test_articles_are_browsed_by_facets_without_words(page: Page, search_page: str) -> None:
    page.goto(search_page + "?author=Maud+Ferrier")
    expect(page.locator("#search-status")).to_have_text("3 results in: Maud Ferrier")
    assert "Court hears the ferry case" == first_title(page), "the newest first"
    page.get_by_label("Tag").select_option("textiles")
    expect(page.locator("#search-status")).to_have_text("1 result in: Maud Ferrier, textiles")
    assert page.url.endswith("?author=Maud+Ferrier&tag=textiles")
    page.go_back()
    expect(page.locator("#search-status")).to_have_text("3 results in: Maud Ferrier")


def test_a_query_is_narrowed_to_the_articles_of_a_name(page: Page, search_page: str) -> None:
    ask(page, search_page, "set")
    expect(page.locator("#search-status")).to_have_text("2 results")
    page.get_by_label("Name in the text").fill("Aldous Penhallow")
    page.get_by_label("Name in the text").press("Enter")
    page.get_by_label("Name in the text").blur()
    expect(page.locator("#search-status")).to_have_text("1 result")
    assert "Books of a second-hand dealer" == first_title(page)


@pytest.mark.parametrize("width", sweep([390, 1440], 1))
@pytest.mark.parametrize(
    "asked", sweep(["?q=Marta+Lindqvist", "?q=wall", "?author=Maud+Ferrier", "?q=Ravnsbrog", ""], 3)
)
def test_nothing_moves_when_the_answer_comes(context: BrowserContext, search_page: str, width: int, asked: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(
        """globalThis.moved = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved += entry.value; })
        .observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(search_page + asked)
    expect(page.locator("#search-status[data-answered]")).to_be_visible()
    wait_for_last_script(page)
    assert 0 == page.evaluate("moved")


def test_a_name_is_there_before_the_program_that_finds_words(context: BrowserContext, search_page: str) -> None:
    page = context.new_page()
    page.route("**/*.pf_index", lambda _: None)  # never answered
    page.goto(search_page + "?q=Lindqvist")
    expect(page.locator(".found a")).to_have_text("Marta Lindqvist")
    expect(page.locator("#search-results li")).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Lindqvist's", "Marta Lindqvist"),
        ("Lodz", "Łódź"),
        ("harbour wall", "Harbour wall to be raised"),
        ("航天展览", "北京航天展览开幕"),
        ("Ferrier", "Maud Ferrier"),
    ],
)
def test_names_and_titles_are_found_from_disk(page: Page, archive: Path, asked: str, first: str) -> None:
    ask(page, (archive / "search.html").as_uri(), asked)
    expect(page.locator(LINKS).first).to_have_text(first)
    expect(page.locator("#search-status")).to_contain_text("The words within articles are found once")


def test_a_typo_is_answered_from_disk(page: Page, archive: Path) -> None:
    ask(page, (archive / "search.html").as_uri(), "Ravnsbrog")
    expect(page.locator(".found a")).to_have_text("Ravnsborg")


def test_a_question_with_a_date_asks_for_the_articles_of_that_time_rather_than_for_a_name(
    page: Page, search_page: str
) -> None:
    ask(page, search_page, "Lindqvist January 2024")
    expect(page.locator(LINKS).first).to_have_text("Harbour wall to be raised")
    expect(page.locator(".found")).to_have_count(0)
    expect(page.locator(".suggestions a").first).to_have_text("Marta Lindqvist")


def test_lists_that_would_narrow_nothing_are_not_offered(page: Page, search_page: str) -> None:
    ask(page, search_page, "Wallenstein")
    expect(page.locator("#facets :is(select, input)")).to_have_count(0)
    ask(page, search_page, "Ravnsborg")
    offered = page.locator("#facets select").evaluate_all("(lists) => lists.map((list) => list.options.length)")
    assert offered
    assert min(offered) > 2, "all, and at least two values"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("of the town. The <mark>wall</mark> stood", "The wall stood"),
        ("of the <mark>wall</mark>. It stood", "… of the wall. It stood"),
    ],
)
def test_an_excerpt_begins_with_a_sentence_if_that_has_a_word_of_the_question(
    page: Page, search_page: str, found: str, shown: str
) -> None:
    page.goto(search_page)
    result = {"url": "a.html", "meta": {"title": "A"}, "filters": {}, "excerpt": found, "begins": False, "ends": True}
    assert shown == page.evaluate(
        "(it) => searchResults.lines([it], new Map())[0].querySelector('.item-text').textContent", result
    )


def test_a_single_name_more_is_shown_and_not_hidden_behind_a_button(page: Page, search_page: str) -> None:
    page.goto(search_page)
    name = {"name": "Mole", "type": "Place", "articles": 1, "path": "a.html", "aliases": [], "rank": 9, "article": "A"}
    count = "(names) => searchResults.entityParts(names, []).map((part) => part.querySelectorAll('li, button').length)"
    assert [[6], [5, 1]] == [page.evaluate(count, [name] * 6), page.evaluate(count, [name] * 7)]


def test_a_surname_beside_another_name_asks_how_the_two_are_connected(page: Page, search_page: str) -> None:
    ask(page, search_page, "penhallow ravnsborg")
    expect(page.locator(".suggestions")).to_contain_text("Aldous Penhallow")
    expect(page.locator(".suggestions")).to_contain_text("connected?")
    ask(page, search_page, "penhallow books")
    expect(page.locator(".suggestions a")).to_have_count(0)


def test_a_surname_that_is_said_with_its_first_name_means_nobody_else(context: BrowserContext, tmp_path: Path) -> None:
    people = ("Ada Brandt", "Otto Brandt", "Edda Holm")
    told = "".join(f"{name} left the town with a boat. " for name in people)
    lay(tmp_path, f"-- content/articles/boats.md --\n---\ntitle: Boats\nlanguage: en\n---\n{told}\n{told}")
    lay(tmp_path, "-- content/entities.toml --\n[type]\n" + "".join(f'"{name}" = "person"\n' for name in people))
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page = context.new_page()
        ask(page, f"{address}search.html", "otto brandt edda holm")
        expect(page.locator(".suggestions")).to_contain_text("Otto Brandt")
        expect(page.locator(".suggestions")).not_to_contain_text("Ada Brandt")
