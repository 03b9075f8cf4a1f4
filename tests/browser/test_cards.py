"""Hover cards in a real browser: mouse, keyboard, finger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec import structs
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import TWO_FRAMES, rest_on
from tests.sample_pages import SITE, write
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"
LATE = "() => new Promise((done) => setTimeout(done, 700))"
"""Longer than any wait of a card: what has not opened by then does not open."""


@pytest.fixture(params=sweep(["disk", "server"], 1))
def article(request: pytest.FixtureRequest, page: Page, folder: Path) -> Iterator[Page]:
    """The article, opened; at the end it must not have complained or asked another origin for anything."""
    base = folder.as_uri() + "/" if request.param == "disk" else request.getfixturevalue("server")
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(base) else troubles.append(asked.url))
    page.goto(base + ARTICLE)
    yield page
    assert [] == troubles


@pytest.fixture
def card(article: Page) -> Locator:
    return article.locator(".card")


def name(page: Page, entity: str = "ilse-marant") -> Locator:
    return page.locator(f"a.mark[data-entity={entity}]").first


def focus(page: Page, entity: str = "ilse-marant") -> None:
    """As Tab does: so that the browser shows the focus."""
    page.keyboard.press("Shift")
    name(page, entity).focus()


def test_resting_on_a_name_opens_its_card_beside_it(article: Page, card: Locator) -> None:
    rest_on(name(article, "tomas-okafor"))
    expect(card).to_contain_text("Tomas Okafor")
    expect(card).to_contain_text("Person")
    expect(card).to_contain_text("Counts eels")
    expect(card).to_contain_text("Confirmed")
    link, box = name(article, "tomas-okafor").bounding_box(), card.bounding_box()
    assert link is not None
    assert box is not None
    assert box["y"] >= link["y"] + link["height"] or box["y"] + box["height"] <= link["y"]
    assert box["x"] >= 8


def test_the_sign_behind_a_link_opens_the_card_of_the_name_in_the_link(article: Page, card: Locator) -> None:
    sign = article.get_by_role("link", name="Marant", exact=True)
    sign.scroll_into_view_if_needed()
    rest_on(sign)
    expect(card).to_contain_text("Ilse Marant")
    expect(article.locator("a .card")).to_have_count(0)
    expect(card.get_by_role("link", name="Everything about this name")).to_be_visible()


def test_the_sign_of_several_names_opens_a_card_that_lists_them(article: Page, card: Locator) -> None:
    article.keyboard.press("Shift")
    article.get_by_role("link", name="Tomas Okafor, Velm").focus()
    expect(card.locator(".name")).to_have_text(["Tomas Okafor", "Velm"])
    expect(card).to_contain_text("Counts eels at low water")
    article.keyboard.press("Tab")
    expect(card.get_by_role("link", name="Tomas Okafor")).to_be_focused()
    article.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_signs_make_their_line_no_higher(article: Page) -> None:
    with_signs, without = article.locator(".body p:has(.sign)").first.evaluate(
        """(paragraph) => {
          paragraph.style.whiteSpace = "nowrap";
          const { height } = paragraph.getBoundingClientRect();
          for (const sign of paragraph.querySelectorAll(".sign")) sign.remove();
          return [height, paragraph.getBoundingClientRect().height];
        }"""
    )
    assert without == with_signs


def test_a_drag_within_a_mark_does_not_follow_it(article: Page) -> None:
    mark = name(article, "tomas-okafor")
    mark.scroll_into_view_if_needed()
    first_line = "({ left, right, top, bottom }) => [left + 2, right - 2, (top + bottom) / 2]"
    left, right, middle = mark.evaluate(f"(mark) => ({first_line})(mark.getClientRects()[0])")
    article.mouse.move(left, middle)
    article.mouse.down()
    article.mouse.move(right, middle, steps=4)
    article.mouse.up()
    article.evaluate(LATE)
    assert article.url.endswith(ARTICLE)


def test_a_mark_of_a_name_of_which_nothing_is_known_opens_no_card(article: Page, card: Locator) -> None:
    bare = name(article, "ilse-marant")
    bare.evaluate("(mark) => (mark.href = '#p4')")
    article.locator("#g-ilse-marant").evaluate(
        "(entry) => entry.replaceWith(Object.assign(document.createElement('span'), { id: entry.id }))"
    )
    rest_on(bare)
    article.evaluate(LATE)
    expect(card).to_have_count(0)
    bare.click()
    article.wait_for_url("**#p4")


def test_the_card_says_what_the_glossary_says(article: Page, card: Locator) -> None:
    name(article, "velm-port-authority").hover()
    for part in (".descriptor", ".aliases"):
        said = article.locator(f"#g-velm-port-authority {part}").inner_text()
        expect(card.locator(part)).to_have_text(said)
    expect(card).to_contain_text("Found by machine")
    assert article.locator("#g-velm-port-authority a.name").get_attribute("href") == card.locator(
        "a"
    ).first.get_attribute("href")


def test_behind_a_link_to_an_archived_article_stands_one_sign_that_leads_to_the_original(
    article: Page, card: Locator
) -> None:
    alone, beside_a_ring = article.locator("#p11 .original").all()
    expect(alone).to_have_accessible_name("original at courier.example")
    expect(beside_a_ring).to_be_hidden()
    rest_on(article.locator("#p11 .sign"))
    link = card.get_by_role("link", name="original at courier.example")
    expect(link).to_have_attribute("href", "https://courier.example/vote")
    article.emulate_media(media="print")
    expect(beside_a_ring).to_be_visible()


def test_a_name_is_an_ordinary_link_that_says_of_whom(article: Page) -> None:
    mark = name(article, "tomas-okafor")
    assert ["../entities/tomas-okafor.html", "tomas-okafor", "person", None, None] == [
        mark.get_attribute(given) for given in ("href", "data-entity", "data-type", "title", "aria-label")
    ]


def test_a_card_begins_with_name_and_type_and_ends_with_the_page(article: Page, card: Locator) -> None:
    orders = {
        "tomas-okafor": ["kind", "name", "note", "aliases", "onward"],
        "ilse-marant": ["kind", "name", "descriptor", "aliases", "onward"],
        "lower-quay": ["kind", "name", "sentence", "onward"],
        "velm": ["kind", "name", "descriptor listed", "facts spread", "onward"],
    }
    for entity, order in orders.items():
        focus(article, entity)
        expect(card.locator(".name")).to_have_attribute("href", f"../entities/{entity}.html")
        assert order == card.evaluate("(card) => [...card.children].map((part) => part.className)")
        counted = card.locator(".spread").all_inner_texts()
        article.keyboard.press("Escape")
        expect(card).to_have_count(0)
    assert ["With Lower Quay and Oriel Dredging · In 3 articles, 2024 to 2025"] == counted


def test_a_card_is_a_dialog_with_the_name_of_its_entity_and_belongs_to_the_name_while_it_is_open(
    article: Page, card: Locator
) -> None:
    assert name(article).get_attribute("aria-controls") is None
    focus(article)
    expect(card).to_be_visible()
    assert ["manual", "dialog", "Ilse Marant", None] == [
        card.get_attribute(given) for given in ("popover", "role", "aria-label", "aria-modal")
    ]
    assert card.get_attribute("id") == name(article).get_attribute("aria-controls")
    article.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert name(article).get_attribute("aria-controls") is None
    expect(article.locator(".article > .unseen")).to_contain_text("Names in the text link to pages about them")


def hold_time(page: Page) -> None:
    """From now on time passes for the page only as the test says."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


@pytest.mark.parametrize("interruption", ["key", "wheel", "press"])
def test_what_a_reader_does_while_waiting_keeps_the_card_away(article: Page, card: Locator, interruption: str) -> None:
    hold_time(article)
    name(article).hover()
    article.clock.run_for(150)
    if interruption == "key":
        article.keyboard.press("x")
    elif interruption == "wheel":
        article.mouse.wheel(0, 1)
    else:
        article.mouse.down(button="right")
    article.clock.run_for(700)
    expect(card).to_have_count(0)


def test_shift_is_no_interruption(article: Page, card: Locator) -> None:
    hold_time(article)
    name(article).hover()
    article.clock.run_for(150)
    article.keyboard.press("Shift")
    article.clock.run_for(700)
    expect(card).to_be_visible()


def test_a_click_that_gives_the_focus_opens_no_card(article: Page, card: Locator) -> None:
    article.evaluate("document.addEventListener('click', (event) => event.preventDefault(), true)")
    name(article).click()
    article.locator("h1").hover()
    expect(name(article)).to_be_focused()
    article.evaluate(LATE)
    expect(card).to_have_count(0)


def test_escape_is_the_page_s_again_when_no_card_is_open(article: Page, card: Locator) -> None:
    article.evaluate("""() => {
      globalThis.taken = [];
      document.addEventListener("keydown", (event) => event.key === "Escape" && taken.push(event.defaultPrevented));
    }""")
    focus(article)
    expect(card).to_be_visible()
    article.keyboard.press("Escape")
    article.keyboard.press("Escape")
    assert [True, False] == article.evaluate("taken")


def test_a_press_beside_the_card_closes_it(article: Page, card: Locator) -> None:
    name(article).hover()
    expect(card).to_be_visible()
    article.locator("h1").dispatch_event("pointerdown", {"pointerType": "mouse", "bubbles": True})
    expect(card).to_have_count(0)


def test_a_card_is_small_scrolls_within_itself_and_its_words_can_be_selected(article: Page, card: Locator) -> None:
    article.evaluate("""document.querySelector("#g-ilse-marant .descriptor").textContent = "word ".repeat(900)""")
    name(article).hover()
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["width"] <= 360
    assert box["height"] <= 320
    assert card.evaluate("(card) => card.scrollHeight > card.clientHeight")
    card.hover()
    article.mouse.wheel(0, 100)
    expect(card).to_be_visible()
    assert "none" != card.locator(".descriptor").evaluate("(text) => getComputedStyle(text).userSelect")


def test_a_long_sentence_leaves_the_link_of_its_card_in_sight(article: Page, card: Locator) -> None:
    article.locator("#g-ilse-marant .descriptor").evaluate(
        """(told) => {
          const sentence = Object.assign(document.createElement("div"), { className: "sentence" });
          sentence.append(Object.assign(document.createElement("p"), { textContent: "word ".repeat(200) }));
          told.replaceWith(sentence);
        }"""
    )
    name(article).hover()
    expect(card.locator(".onward a")).to_be_in_viewport(ratio=1)
    assert card.evaluate("(card) => card.scrollHeight === card.clientHeight")
    height = "getComputedStyle(text).lineHeight"
    assert 4 == round(card.locator(".sentence p").evaluate(f"(text) => text.clientHeight / parseFloat({height})"))


def test_leaving_closes_the_card_and_the_pointer_may_move_onto_it(article: Page, card: Locator) -> None:
    name(article).hover()
    expect(card).to_be_visible()
    card.hover()
    article.evaluate(LATE)
    expect(card).to_be_visible()
    article.locator("h1").hover()
    expect(card).to_have_count(0)


def test_passing_over_a_name_opens_nothing(article: Page, card: Locator) -> None:
    name(article).hover()
    article.locator("h1").hover()
    article.evaluate(LATE)
    expect(card).to_have_count(0)


def test_focus_opens_the_card_and_tab_goes_into_it_and_back(article: Page, card: Locator) -> None:
    focus(article)
    expect(card).to_be_visible()
    assert "true" == name(article).get_attribute("aria-expanded")
    article.keyboard.press("Tab")
    assert article.evaluate("document.querySelector('.card').contains(document.activeElement)")
    article.keyboard.press("Shift+Tab")
    expect(name(article)).to_be_focused()
    expect(card).to_be_visible()


def test_leaving_the_card_with_tab_closes_it_and_goes_on_in_the_text(article: Page, card: Locator) -> None:
    focus(article)
    expect(card).to_be_visible()
    for _ in range(3):
        article.keyboard.press("Tab")
    expect(name(article, "velm-port-authority")).to_be_focused()
    expect(card).not_to_contain_text("Ilse Marant")


def test_escape_closes_and_focus_stays_where_it_was(article: Page, card: Locator) -> None:
    focus(article)
    expect(card).to_be_visible()
    article.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(name(article)).to_be_focused()
    article.evaluate(LATE)
    expect(card).to_have_count(0)
    assert name(article).get_attribute("aria-expanded") is None


def test_escape_closes_what_the_mouse_opened_until_the_pointer_has_left(article: Page, card: Locator) -> None:
    name(article).hover()
    expect(card).to_be_visible()
    article.keyboard.press("Escape")
    expect(card).to_have_count(0)
    name(article).hover(position={"x": 3, "y": 8})
    article.evaluate(LATE)
    expect(card).to_have_count(0)
    article.locator("h1").hover()
    name(article).hover()
    expect(card).to_be_visible()


def test_escape_inside_the_card_gives_the_focus_back_to_the_name(article: Page, card: Locator) -> None:
    focus(article)
    expect(card).to_be_visible()
    article.keyboard.press("Tab")
    article.keyboard.press("Escape")
    expect(name(article)).to_be_focused()
    article.evaluate("() => new Promise((done) => setTimeout(done, 1000))")
    expect(card).to_have_count(0)
    expect(name(article)).to_be_focused()


def test_scrolling_closes_the_card(article: Page, card: Locator) -> None:
    name(article).hover()
    expect(card).to_be_visible()
    article.mouse.wheel(0, 300)
    expect(card).to_have_count(0)


def test_a_click_on_a_name_follows_it(article: Page) -> None:
    name(article).click()
    article.wait_for_url("**/entities/ilse-marant.html")
    expect(article.locator("h1")).to_have_text("Ilse Marant")


def test_switched_off_marks_are_no_links_and_stay_off(article: Page, card: Locator) -> None:
    article.locator(".display-button").click()
    article.get_by_label("Places").uncheck()
    expect(name(article, "velm")).not_to_have_attribute("href", "../entities/velm.html")
    expect(name(article)).to_have_attribute("href", "../entities/ilse-marant.html")
    article.get_by_role("button", name="None").click()
    article.reload()
    name(article).hover()
    article.evaluate(LATE)
    expect(card).to_have_count(0)
    assert "none" in str(name(article).evaluate("(mark) => getComputedStyle(mark).textDecorationLine"))
    article.locator(".display-button").click()
    expect(article.get_by_label("Laws")).not_to_be_checked()
    article.get_by_role("button", name="All").click()
    expect(name(article, "velm")).to_have_attribute("href", "../entities/velm.html")


@pytest.fixture
def phone(chromium: Browser, server: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server + "articles/index.html")
    page.goto(server + ARTICLE)
    yield page
    context.close()


def touch(page: Page, place: Locator) -> None:
    """Touch the middle of the first line of a place, whatever lies above it."""
    x, y = place.evaluate(
        "(one) => { const b = one.getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2] }"
    )
    page.touchscreen.tap(x, y)


def test_a_finger_opens_a_sheet_first_and_follows_the_name_second(phone: Page) -> None:
    name(phone).tap()
    expect(phone.locator(".card.sheet")).to_be_visible()
    phone.get_by_role("button", name="Close").tap()
    expect(phone.locator(".card")).to_have_count(0)
    phone.evaluate(LATE)
    name(phone).tap()
    touch(phone, name(phone))
    phone.wait_for_url("**/entities/ilse-marant.html")
    phone.go_back()
    phone.wait_for_url("**/" + ARTICLE)
    expect(phone.locator(".card")).to_have_count(0)
    phone.evaluate(LATE)
    phone.go_back()
    phone.wait_for_url("**/articles/index.html")


def test_no_sign_stands_between_a_name_and_the_comma_after_it(phone: Page) -> None:
    sign = "(mark) => getComputedStyle(mark, '::after').content"
    assert "none" == name(phone).evaluate(sign)


def test_the_sheet_says_type_and_two_lines_and_leads_to_the_page(phone: Page) -> None:
    name(phone, "velm-port-authority").tap()
    sheet = phone.locator(".card.sheet")
    for said in ("Organisation", "Velm Port Authority", "the body that has run", "Named 3 times here"):
        expect(sheet).to_contain_text(said)
    sheet.get_by_role("link", name="Open page").tap()
    phone.wait_for_url("**/entities/velm-port-authority.html")


def test_a_touch_of_a_link_follows_it_and_one_of_its_sign_opens_the_sheet(phone: Page) -> None:
    phone.get_by_role("link", name="Marant", exact=True).tap()
    expect(phone.locator(".card.sheet")).to_contain_text("Ilse Marant")
    phone.locator(".card.sheet").get_by_role("button", name="Close").tap()
    phone.route("https://moon.example/", lambda route: route.fulfill(body="The moon"))
    phone.get_by_text("Marant wrote").tap()
    phone.wait_for_url("https://moon.example/")


def test_a_touch_of_the_words_of_the_sheet_leaves_it_open(phone: Page) -> None:
    name(phone).tap()
    phone.locator(".card.sheet .descriptor").tap()
    phone.evaluate(LATE)
    expect(phone.locator(".card.sheet")).to_be_visible()


def test_back_closes_the_sheet_and_stays_on_the_page(phone: Page) -> None:
    name(phone).tap()
    expect(phone.locator(".card.sheet")).to_be_visible()
    phone.evaluate("history.back()")
    expect(phone.locator(".card")).to_have_count(0)
    assert phone.url.endswith(ARTICLE)
    name(phone).tap()
    expect(phone.locator(".card.sheet")).to_be_visible()


def test_a_touch_beside_the_sheet_closes_it_and_reaches_nothing_else(phone: Page) -> None:
    name(phone, "lower-quay").tap()
    expect(phone.locator(".card.sheet")).to_be_visible()
    touch(phone, phone.locator(".original a").first)
    expect(phone.locator(".card")).to_have_count(0)
    phone.evaluate(LATE)
    assert phone.url.endswith(ARTICLE)
    expect(phone.locator(".scrim")).to_have_count(0)


def test_a_swipe_down_closes_the_sheet(phone: Page) -> None:
    name(phone).tap()
    box = phone.locator(".card.sheet").bounding_box()
    assert box is not None
    session = phone.context.new_cdp_session(phone)
    for kind, down in (("touchStart", 10), ("touchMove", 40), ("touchMove", 90), ("touchMove", 130), ("touchEnd", 0)):
        points = [{"x": 150, "y": box["y"] + down}] if down else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(phone.locator(".card")).to_have_count(0)


def test_a_site_may_let_the_first_touch_follow_the_name(tmp_path: Path, chromium: Browser) -> None:
    folder = write(tmp_path, None, structs.replace(SITE, touch="follow"))
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((folder / ARTICLE).as_uri())
    name(page).tap()
    page.wait_for_url("**/entities/ilse-marant.html")
    context.close()


def test_what_the_page_has_no_space_for_is_fetched_from_the_page_of_the_name(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    page.evaluate(
        """() => {
          const entry = document.getElementById("g-ilse-marant");
          entry.dataset.more = "";
          entry.querySelectorAll(".descriptor, .aliases").forEach((part) => part.remove());
        }"""
    )
    name(page).hover()
    expect(page.locator(".card")).to_contain_text("Kept the harbour’s tide book before the 2019 reform.")
    expect(page.locator(".card")).to_contain_text("Also called Marant 12×, Dr Marant 3×")


def test_without_scripts_names_are_links_and_the_glossary_says_it_all(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + ARTICLE)
    expect(page.locator(".glossary")).to_contain_text("Counts eels at low water")
    expect(page.locator(".display-button")).to_be_hidden()
    name(page).click()
    page.wait_for_url("**/entities/ilse-marant.html")
    context.close()


def test_on_paper_the_marks_are_plain_and_the_glossary_is_there(article: Page) -> None:
    article.emulate_media(media="print")
    assert "none" == name(article).evaluate("(mark) => getComputedStyle(mark).textDecorationLine")
    expect(article.locator(".glossary")).to_be_visible()
    expect(article.locator(".masthead")).to_be_hidden()
    for what_paper_lacks in ("¶", "underlines", "behind a link"):
        expect(article.locator(".glossary")).not_to_contain_text(what_paper_lacks, use_inner_text=True)


@pytest.mark.parametrize("size", sweep([(360, 500), (900, 420), (1280, 800)], 1))
def test_a_card_is_never_on_its_name_and_never_at_the_edge(
    chromium: Browser, server: str, size: tuple[int, int]
) -> None:
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server + ARTICLE)
    for mark in page.locator("a.mark[href]").all()[:8]:
        mark.scroll_into_view_if_needed()
        page.evaluate(TWO_FRAMES)  # a scroll closes cards
        page.keyboard.press("Shift")
        mark.focus()
        expect(page.locator(".card")).to_be_visible()
        inside = page.evaluate(
            """() => {
              const card = document.querySelector(".card").getBoundingClientRect();
              const lines = [...document.querySelector("[aria-expanded]").getClientRects()];
              const over = lines.some((line) => line.left < card.right && line.right > card.left
                && line.top < card.bottom - 1 && line.bottom > card.top + 1);
              return [over, card.left >= 8, card.right <= document.documentElement.clientWidth - 7];
            }"""
        )
        assert [False, True, True] == inside
        page.keyboard.press("Escape")
    context.close()


def test_a_card_is_closed_when_the_reader_comes_back(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    focus(page)
    expect(page.locator(".card")).to_be_visible()
    page.locator(".card .onward a").click()
    page.wait_for_url("**/entities/**")
    page.go_back()
    page.wait_for_timeout(700)
    expect(page.locator(".card")).to_have_count(0)


@pytest.mark.parametrize(("wish", "seconds"), [("reduce", "0s"), ("no-preference", "0.12s")])
def test_a_card_fades_in_only_for_readers_who_do_not_mind_motion(
    chromium: Browser, server: str, wish: Literal["reduce", "no-preference"], seconds: str
) -> None:
    context = chromium.new_context(reduced_motion=wish)
    page = context.new_page()
    page.goto(server + ARTICLE)
    focus(page)
    expect(page.locator(".card")).to_be_visible()
    moving = page.locator(".card").evaluate(
        "(card) => [getComputedStyle(card).transitionDuration, getComputedStyle(card).animationName]"
    )
    context.close()
    assert [seconds, "none"] == moving


def test_a_sheet_comes_at_once_for_readers_who_mind_motion(chromium: Browser, server: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(server + ARTICLE)
    name(page).tap()
    expect(page.locator(".card.sheet")).to_be_visible()
    running = page.evaluate("document.getAnimations().length")
    context.close()
    assert 0 == running


def test_forced_colours_show_the_edge_of_a_card(chromium: Browser, server: str) -> None:
    context = chromium.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(server + ARTICLE)
    focus(page)
    expect(page.locator(".card")).to_be_visible()
    edge = page.locator(".card").evaluate(
        "(card) => [getComputedStyle(card).borderTopWidth, getComputedStyle(card).borderTopStyle]"
    )
    assert ["1px", "solid"] == edge
    context.close()
