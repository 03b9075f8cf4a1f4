"""The pages in other languages: what scripts say, and from right to left."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from glossator import output, search
from glossator.content.theme import read_theme, read_words
from glossator.model import Html, SitePath
from glossator.views import ArticleIndexPage, MovedArticlePage, MovedTopicPage, RedirectPage
from tests.browser.conftest import OVER, PATHS, serving
from tests.sample_pages import SITE, article_page, pages, write
from tests.sites import contents
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"


def folder_in(language: str, folder: Path, body: str = "") -> Path:
    words = read_words(read_theme(Path("none")).catalogues, language)
    assert words
    article = article_page()
    if body:
        article = structs.replace(article, body=Html(body), language="ar", direction="rtl")
    return write(folder, {**pages(), ARTICLE: article}, structs.replace(SITE, language=language, words=words))


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found
    return found


def test_a_card_speaks_german_from_disk(tmp_path: Path, page: Page) -> None:
    page.goto((folder_in("de", tmp_path) / ARTICLE).as_uri())
    page.locator("a.mark[data-entity=velm-port-authority]").first.hover()
    card = page.locator(".card")
    expect(card).to_contain_text("Auch: VPA")
    expect(card).to_contain_text("Maschinell gefunden")
    expect(card).to_contain_text("Alles über diesen Namen")


def test_from_right_to_left_a_card_ends_where_its_name_does(tmp_path: Path, page: Page) -> None:
    mark = (
        '<a class="mark" data-type="person" data-entity="ilse-marant" href="../entities/ilse-marant.html">المهندسة</a>'
    )
    body = f'<p id="p1">قالت {mark} إن القناة ضحلة.</p><pre><code>print("harbour")</code></pre>'
    page.goto((folder_in("ar", tmp_path, body) / ARTICLE).as_uri())
    name = page.locator("a.mark").first
    name.hover()
    expect(page.locator(".card")).to_contain_text("كل شيء عن هذا الاسم")
    card, link = box(page.locator(".card")), box(name)
    assert abs(card["x"] + card["width"] - link["x"] - link["width"]) < 2
    code = page.locator(".body code").evaluate("(code) => getComputedStyle(code).direction")
    assert "ltr" == code, "a program is read from left to right in every language"


def test_the_card_of_several_names_has_the_direction_of_the_site(tmp_path: Path, page: Page) -> None:
    page.goto((folder_in("ar", tmp_path) / ARTICLE).as_uri())
    page.keyboard.press("Shift")
    page.get_by_role("link", name="Tomas Okafor, Velm").focus()
    expect(page.locator(".card .name").first).to_have_text("Tomas Okafor")
    assert "rtl" == page.locator(".card").evaluate("(card) => getComputedStyle(card).direction")


ENDS_WRONGLY = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts.filter((text) => {
    const words = text.data.trim();
    if (!/^\\p{Script=Latin}{2}/u.test(words) || /\\p{Script=Arabic}/u.test(words)) return false;
    if (!text.parentElement.checkVisibility() || text.parentElement.closest("svg, .unseen")) return false;
    text.data = words + ".";
    const [first, last] = [0, words.length].map((at) => {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    });
    return first.top === last.top && last.left < first.left;
  }).map((text) => `${text.parentElement.parentElement.outerHTML.slice(0, 160)}`);
}"""


@pytest.mark.slow
def test_a_text_from_left_to_right_has_its_full_stop_at_its_end(tmp_path: Path, page: Page) -> None:
    folder = folder_in("ar", tmp_path)
    moved = RedirectPage | MovedArticlePage | MovedTopicPage
    for path in (path for path, shown in pages().items() if not isinstance(shown, moved)):
        page.goto((folder / path).as_uri())
        assert (path, []) == (path, page.evaluate(ENDS_WRONGLY))


def test_a_name_within_a_sentence_keeps_its_own_direction(tmp_path: Path, page: Page) -> None:
    page.goto((folder_in("ar", tmp_path) / ARTICLE).as_uri())
    expect(page.locator(".byline .original bdi")).to_have_text(["The Velm Courier", "The Oriel Gazette"])
    expect(page.locator("#g-velm-port-authority .aliases bdi")).to_have_text(["VPA", "the Port"])


@pytest.mark.parametrize("language", sweep(["de", "ar", "fr"], 1))
def test_the_names_of_months_do_not_run_into_each_other(tmp_path: Path, chromium: Browser, language: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    folder = folder_in(language, tmp_path)
    paths = [path for path, shown in pages().items() if isinstance(shown, ArticleIndexPage) and shown.heat]
    for path in paths:
        page.goto((folder / path).as_uri())
        months = [box(month) for month in page.locator(".heat abbr").all()]
        places = sorted((month["x"], month["x"] + month["width"]) for month in months)
        assert all(end <= start for (_, end), (start, _) in pairwise(places)), path
    page.close()
    assert paths


def test_what_the_site_says_of_an_article_stands_on_the_side_of_its_text(tmp_path: Path, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto((folder_in("ar", tmp_path) / ARTICLE).as_uri())
    title = box(page.locator("h1"))
    last = box(page.locator(".byline .facts > span:last-child"))
    context.close()
    assert title["x"] == last["x"]


@pytest.mark.parametrize("language", sweep(["ar", "de"], 1))
@pytest.mark.parametrize("third", sweep([0, 1, 2], 1))
def test_no_page_is_wider_than_its_window(tmp_path: Path, page: Page, language: str, third: int) -> None:
    folder = folder_in(language, tmp_path)
    for path in PATHS[third::3]:
        page.goto((folder / path).as_uri())
        for width in (390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert (path, width, 0) == (path, width, page.evaluate(OVER))


def test_the_search_answers_in_german_and_its_addresses_are_those_of_every_language(tmp_path: Path, page: Page) -> None:
    assert importlib.util.find_spec("pagefind"), "Install pagefind and pagefind-bin: they are dependencies."
    folder = folder_in("de", tmp_path)
    files = {SitePath(path): "" for path in contents(folder)}
    output.write(folder, (index := search.refresh(output.Draft(folder, files, {}), "de", "")).outputs, index.paths)
    with serving(folder) as address:
        page.goto(address + "search.html?q=marant")
        status = page.locator("#search-status")
        expect(status).to_have_text("3 Treffer")
        expect(page.get_by_label("Art der Seite").locator("option")).to_have_text(
            ["Alle", "Artikel (1)", "Name (1)", "Seite (1)"]
        )
        page.get_by_label("Art der Seite").select_option("Article")
        expect(status).to_have_text("1 Treffer")
        assert page.url.endswith("?q=marant&kind=Article")
        expect(page.locator(".results")).to_contain_text("11. November 2025")
        page.goto(address + "search.html?q=marnat")
        expect(page.locator("#search-suggestions")).to_contain_text("Nichts gefunden für „marnat“; dies ist für")


def test_a_long_title_from_left_to_right_gives_way_at_its_end_on_a_page_from_right_to_left(
    tmp_path: Path, chromium: Browser
) -> None:
    site = structs.replace(SITE, title="Cuttings from the harbour and its town", language="ar", words=SITE.words)
    words = read_words(read_theme(Path("none")).catalogues, "ar")
    assert words
    folder = write(tmp_path, pages(), structs.replace(site, words=words))
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((folder / ARTICLE).as_uri())
    title = page.locator(".site-title")
    direction = title.evaluate("(title) => getComputedStyle(title).direction")
    place, others = box(title), box(page.locator(".bar > :last-child"))
    context.close()
    assert "ltr" == direction, "its ellipsis stands at its end"
    assert place["x"] > others["x"], "it begins the line, at the right"
    assert place["x"] + place["width"] > 340
