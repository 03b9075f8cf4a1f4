"""A guess put right by a click, in the preview: on a card and on the page of an entity."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.sites import build, lay
from tests.test_build import DOUBTFUL, save_doubtful
from tests.test_corrections import ARCHIVE
from tests.test_repeated_lines import LINE, settings
from tests.test_repeated_lines import page as saved
from tests.test_serve import PATIENCE, Preview, start, stop

pytestmark = pytest.mark.browser

LONG = PATIENCE * 1000


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    started = start(lay(tmp_path, ARCHIVE))
    yield started
    stop(started)


def visit(preview: Preview, page: Page, path: str) -> None:
    with page.expect_websocket():
        page.goto(f"http://127.0.0.1:{preview.port}/{path}")


COMMON = ("is right", "is called …", "is the same as …", "is no name anywhere")


def choose(dialog: Locator, choice: str) -> None:
    expect(dialog.locator("[aria-pressed=true]")).to_have_count(0)
    expect(dialog.get_by_text("What would change?")).to_be_disabled()
    if choice in COMMON:
        dialog.get_by_role("button", name=choice).click()
    else:
        dialog.get_by_label("Another correction").select_option(choice)


def decide(page: Page, choice: str, value: str = "") -> Locator:
    """Choose, look what it changes, and write it: what was told before it was written."""
    dialog = page.locator("dialog.corrections")
    choose(dialog, choice)
    if value:
        dialog.get_by_label("Name").fill(value)
    dialog.get_by_text("What would change?").click()
    expect(dialog.locator(".outcome")).to_contain_text("It changes", timeout=LONG)
    return dialog


def written(preview: Preview) -> dict[str, object]:
    return tomllib.loads((preview.folder / "content/entities.toml").read_text("utf-8"))


@pytest.mark.slow
def test_an_entity_s_page_offers_to_rename_it_and_the_rebuild_shows_it(preview: Preview, page: Page) -> None:
    visit(preview, page, "entities/ravnsborg.html")
    page.get_by_role("button", name="Correct").click()
    dialog = decide(page, "is called …", "Ravnsburg")
    expect(dialog.locator(".outcome li")).to_have_text(["The choir sang", "Harbour wall to be raised"], timeout=LONG)
    assert not (preview.folder / "content/entities.toml").exists()
    dialog.get_by_text("Write it").click()
    page.wait_for_url("**/entities/ravnsburg.html", timeout=LONG)  # the old address leads on
    expect(page.locator("h1")).to_have_text("Ravnsburg", timeout=LONG)
    assert {"rename": {"Ravnsborg": "Ravnsburg"}} == written(preview)


def test_a_card_offers_to_ignore_its_name_in_this_article(preview: Preview, page: Page) -> None:
    visit(preview, page, "articles/choir.html")
    mark = page.locator("a.mark", has_text="Ravnsborg")
    mark.hover()
    page.locator(".card").get_by_role("button", name="Correct").click()
    decide(page, "is no name in this article").get_by_text("Write it").click()
    expect(mark).to_have_count(0, timeout=LONG)
    expect(page.locator(".glossary .plain")).to_contain_text(["Jonas Aber"])
    assert {"ignore-in": {"Ravnsborg": ["choir"]}} == written(preview)


@pytest.mark.slow
def test_a_name_without_a_page_is_confirmed_in_the_glossary_and_marked_from_then_on(
    preview: Preview, page: Page
) -> None:
    visit(preview, page, "articles/choir.html")
    page.locator("#g-jonas-aber").get_by_role("button", name="Correct").click()
    decide(page, "is right").get_by_text("Write it").click()
    expect(page.locator("a.mark[href*=entities]", has_text="Jonas Aber")).to_have_count(1, timeout=LONG)
    assert {"confirm": ["Jonas Aber"]} == written(preview)


@pytest.mark.slow
def test_the_latest_decision_is_taken_back_in_the_dialog(preview: Preview, page: Page) -> None:
    visit(preview, page, "entities/ravnsborg.html")
    page.get_by_role("button", name="Correct").click()
    decide(page, "is right").get_by_text("Write it").click()
    dialog = page.locator("dialog.corrections")
    expect(dialog).to_have_count(0, timeout=LONG)  # the page was built and loaded again
    page.get_by_role("button", name="Correct").click()
    dialog.get_by_text("Undo the last one").click()
    expect(dialog.locator(".outcome pre")).to_contain_text('-confirm = ["Ravnsborg"]', timeout=LONG)
    assert {"confirm": ["Ravnsborg"]} == written(preview)
    dialog.get_by_text("Write it").click()
    expect(dialog).to_have_count(0, timeout=LONG)
    assert {} == written(preview)


@pytest.mark.slow
def test_a_mistake_is_told_in_the_dialog(preview: Preview, page: Page) -> None:
    visit(preview, page, "entities/ravnsborg.html")
    page.get_by_role("button", name="Correct").click()
    dialog = page.locator("dialog.corrections")
    assert ["en", "ltr"] == [dialog.get_attribute(name) for name in ("lang", "dir")], "on pages in any language"
    choose(dialog, "is the same as …")
    dialog.get_by_label("Name").fill("Marta Lindkvist")
    dialog.get_by_text("What would change?").click()
    expect(dialog.locator(".error")).to_contain_text("Did you mean “Marta Lindqvist”", timeout=LONG)
    expect(dialog.get_by_text("Write it")).to_be_hidden()


def test_the_published_page_offers_nothing(tmp_path: Path, page: Page) -> None:
    build(lay(tmp_path, ARCHIVE))
    page.goto((tmp_path / "site/entities/ravnsborg.html").as_uri())
    expect(page.locator("h1")).to_have_text("Ravnsborg")
    assert 0 == page.get_by_role("button", name="Correct").count()


@pytest.mark.slow
def test_article_offers_to_drop_a_line_that_its_site_adds_to_every_article(tmp_path: Path, page: Page) -> None:
    pages = "".join(saved(name, "courier.example", LINE) for name in ("wall", "crane", "ferry"))
    preview = start(lay(tmp_path, settings() + pages + saved("lamp", "gazette.example", LINE)))
    try:
        with page.expect_response("**/_glossator/doubt*") as answer:
            visit(preview, page, "articles/the-lamp.html")
        assert {"comparable": False, "doubtful": False, "lines": False} == answer.value.json()
        expect(page.get_by_role("button", name="Leave lines out")).to_have_count(0)
        visit(preview, page, "articles/the-wall.html")
        page.get_by_role("button", name="Leave lines out").click()
        dialog = page.locator("dialog.corrections")
        expect(dialog.locator("li")).to_contain_text(f"{LINE} (3 articles)", timeout=LONG)
        dialog.get_by_role("button", name="Is never part of an article").click()
        expect(dialog.locator(".outcome")).to_contain_text("Written to glossator.toml", timeout=LONG)
        rules = tomllib.loads((tmp_path / "glossator.toml").read_text("utf-8"))["extract"]["site"]
        assert {"courier.example": {"lines": [LINE]}} == rules
    finally:
        stop(preview)


@pytest.mark.slow
def test_doubtful_article_offers_the_texts_of_its_page_and_a_click_takes_one(tmp_path: Path, page: Page) -> None:
    lay(tmp_path, settings())
    (tmp_path / "content/saved").mkdir(parents=True)
    save_doubtful(tmp_path)
    preview = start(tmp_path)
    try:
        visit(preview, page, "articles/the-museum-of-cranes-reviewed.html")
        before = page.locator(".article > .body").inner_text()
        dialog = page.locator("dialog.corrections")
        held: list[Route] = []

        def hold(route: Route) -> None:
            """Let the page wait, as on a busy machine."""
            held.append(route)

        page.route("**/_glossator/readings?*", hold)
        page.get_by_role("button", name="Compare readings").click()
        expect(dialog.get_by_role("progressbar")).to_be_visible()
        held[0].continue_()
        page.unroute("**/_glossator/readings?*")
        now = dialog.locator("li", has_text="the article now")
        expect(now.get_by_role("button")).to_have_text(["This text is right"], timeout=LONG)
        dialog.get_by_role("button", name="Take this text").first.click()
        expect(page.locator(".article > .body")).not_to_have_text(before, use_inner_text=True, timeout=LONG)
        assert "  reading: " in (tmp_path / DOUBTFUL).read_text("utf-8")

        page.get_by_role("button", name="Compare readings").click()
        expect(now).to_have_count(1, timeout=LONG)
        expect(dialog.get_by_role("button", name="This text is right")).to_have_count(0)  # the choice ended the doubt
    finally:
        stop(preview)


@pytest.mark.slow
def test_click_says_that_a_doubtful_text_is_right(tmp_path: Path, page: Page) -> None:
    lay(tmp_path, settings())
    (tmp_path / "content/saved").mkdir(parents=True)
    save_doubtful(tmp_path)
    preview = start(tmp_path)
    try:
        visit(preview, page, "articles/the-museum-of-cranes-reviewed.html")
        body = (tmp_path / DOUBTFUL).read_text("utf-8").partition("\n---\n")[2]
        page.get_by_role("button", name="Compare readings").click()
        dialog = page.locator("dialog.corrections")
        dialog.get_by_role("button", name="This text is right").click(timeout=LONG)
        expect(dialog.locator(".outcome")).to_contain_text("no longer doubtful", timeout=LONG)
        head, _, text = (tmp_path / DOUBTFUL).read_text("utf-8").partition("\n---\n")
        assert (body, False) == (text, "doubt:" in head)
    finally:
        stop(preview)
