"""Highlights and notes in the preview, made with the mouse: they are files of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

import glossator.serve
from glossator.content.highlights import ArticleHighlights, read_unplaced, write_highlights, write_unplaced
from glossator.content.theme import read_theme
from glossator.model import SAVED_PAGE, ArticleId, Highlight, UnplacedHighlight
from tests.browser.test_corrections import visit
from tests.sample_pages import THEME
from tests.sites import lay
from tests.test_corrections import ARCHIVE
from tests.test_serve import LONG, Preview, start, stop

pytestmark = pytest.mark.browser

ENDS = """(paragraph) => {
  const range = new Range();
  range.selectNodeContents(paragraph);
  const { left, right, top, bottom } = range.getBoundingClientRect();
  return [left + 1, right - 1, (top + bottom) / 2];
}"""
"""Where a paragraph of one line begins and ends."""
TOLD = "Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg."


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    started = start(lay(tmp_path_factory.mktemp("preview"), ARCHIVE))
    yield started
    stop(started)


@pytest.fixture(autouse=True)
def unmarked(preview: Preview) -> Iterator[None]:
    yield
    kept(preview).unlink(missing_ok=True)


def kept(preview: Preview) -> Path:
    return preview.folder / "content/highlights/wall.json"


def passages(preview: Preview) -> list[str]:
    return [item["target"]["selector"]["exact"] for item in json.loads(kept(preview).read_text("utf-8"))["items"]]


def drag(page: Page, half: int = 0) -> None:
    """Select the article's only line with the mouse; its first or second half if `half` is 1 or 2."""
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    left, right, line = page.locator("#p1").evaluate(ENDS)
    middle = (left + right) / 2
    page.mouse.move(middle if half == 2 else left, line)
    page.mouse.down()
    page.mouse.move(middle if half == 1 else right, line, steps=4)
    page.mouse.up()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_words_are_marked_with_the_mouse_noted_in_a_file_and_there_again(preview: Preview, page: Page) -> None:
    visit(preview, page, "articles/wall.html")
    drag(page)
    press(page, "Note")
    page.locator(".note-editor textarea").fill("Who else spoke?")
    press(page, "Save")
    expect(page.get_by_role("button", name="Your note")).to_be_visible()
    assert [TOLD] == passages(preview)
    assert "Who else spoke?" in kept(preview).read_text("utf-8")

    page.reload()
    page.get_by_role("button", name="Your note").click()
    assert TOLD == "".join(page.locator("mark.highlight").all_inner_texts())
    expect(page.locator(".note-editor textarea")).to_have_value("Who else spoke?")
    page.goto(f"http://127.0.0.1:{preview.port}/highlights.html")
    expect(page.locator("[data-part=highlights]")).to_contain_text("Who else spoke?")
    expect(page.locator("[data-part=kept]")).to_contain_text("files of the archive, in content/highlights/")
    assert [] == page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('glossator:'))")


def test_what_a_page_brought_is_text_in_a_list_until_it_is_accepted_and_what_has_no_place_can_be_removed(
    preview: Preview, page: Page
) -> None:
    forged = "Marta Lindqvist of the Skerry Harbour Board"
    script = "<img src=x onerror='document.title = 7'><script>document.title = 7</script>"
    content = preview.folder / "content"
    brought = Highlight("b-1", forged, "", "spoke in Ravnsborg", note=script, source=SAVED_PAGE, accepted=False)
    write_highlights(content, ArticleId("wall"), ArticleHighlights("Wall", (brought,)))
    write_unplaced(content, "kindle.json", [UnplacedHighlight(Highlight("u-1", "A lost passage", source="kindle"))])
    visit(preview, page, "articles/wall.html")
    drag(page, 2)
    press(page, "Highlight")
    expect(page.locator(".highlight-sign")).to_have_count(1)
    assert 2 == len(passages(preview)), "what waits stays in the file"

    page.goto(f"http://127.0.0.1:{preview.port}/highlights.html")
    waiting = page.locator(".imported-highlights")
    expect(waiting).to_contain_text(script)
    assert 0 == waiting.locator("img, script").count()
    assert "7" != page.title()
    expect(page.locator("[data-part=highlights]")).not_to_contain_text("onerror")
    waiting.locator("li", has_text="A lost passage").get_by_role("button", name="Remove").click()
    expect(waiting).not_to_contain_text("A lost passage")
    press(page, "Accept this page's")
    expect(waiting).not_to_contain_text("onerror")
    assert ({}, ()) == read_unplaced(content)
    page.reload()
    expect(page.locator("[data-part=highlights]")).to_contain_text(script)


def test_highlights_that_follow_one_another_faster_than_the_preview_writes_are_all_kept(
    preview: Preview, page: Page
) -> None:
    held: list[Route] = []
    with page.expect_response("**/_glossator/highlights?*"):  # or what the page reads when it is loaded would be held
        visit(preview, page, "articles/wall.html")
    page.route("**/_glossator/highlights?*", lambda route: held.append(route) if not held else route.continue_())
    drag(page, 1)
    with page.expect_request("**/_glossator/highlights?*"):
        press(page, "Highlight")
    drag(page, 2)
    press(page, "Highlight")
    held[0].continue_()
    expect(page.get_by_role("button", name="Your highlight")).to_have_count(2)
    assert 2 == len(passages(preview))


def test_a_file_that_cannot_be_read_is_named_and_left_as_it_is(preview: Preview, page: Page) -> None:
    lay(preview.folder, "-- content/highlights/wall.json --\nNotes of my own\n")
    visit(preview, page, "articles/wall.html")
    drag(page)
    press(page, "Highlight")
    expect(page.locator(".reader-status")).to_contain_text("wall.json is no page of annotations")
    assert "Notes of my own\n" == kept(preview).read_text("utf-8")


def test_a_note_that_is_being_written_outlives_a_save_of_its_article(preview: Preview, page: Page) -> None:
    with page.expect_websocket() as opened:
        page.goto(f"http://127.0.0.1:{preview.port}/articles/wall.html")
    drag(page)
    press(page, "Note")
    page.locator(".note-editor textarea").fill("Who else")
    with opened.value.expect_event("framereceived", lambda frame: '"reload"' in str(frame), timeout=LONG):
        lay(preview.folder, ARCHIVE.replace("spoke in Ravnsborg.", "spoke in Ravnsborg.\n\nNobody answered."))
    page.locator(".note-editor textarea").press_sequentially(" spoke?")
    press(page, "Save")
    expect(page.locator(".article .body")).to_contain_text("Nobody answered.", timeout=LONG)
    page.get_by_role("button", name="Your note").click()
    expect(page.locator(".note-editor textarea")).to_have_value("Who else spoke?")


def test_no_script_or_style_of_the_preview_has_the_name_of_one_of_the_site() -> None:
    previews = {path.name for path in Path(glossator.serve.__file__).parent.iterdir() if path.suffix in (".js", ".css")}
    assert previews
    assert set() == previews & {Path(name).name for name in read_theme(THEME).statics}
