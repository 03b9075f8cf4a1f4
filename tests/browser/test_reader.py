"""What a returning reader has: highlights that are found again, a list to read, and nothing kept that was not asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from glossator.content.theme import read_theme
from tests.browser.conftest import rest_on
from tests.conftest import BROWSER_PATIENCE
from tests.sample_pages import THEME
from tests.sweeps import sweep_rows

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('glossator:')).sort()"
SELECT = """([paragraph, from, to]) => {
  document.getElementById(paragraph).scrollIntoView({ block: "center" });
  const text = document.getElementById(paragraph).firstChild;
  const range = new Range();
  range.setStart(text, from);
  range.setEnd(text, Math.min(to, text.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def selector(kept_page: Page) -> Page:
    if kept_page.evaluate("typeof quoteSelector") == "undefined":
        kept_page.add_script_tag(content=read_theme(THEME).statics["quote-selector.js"].decode())
    return kept_page


TEXT = """The board met on Monday. “We were told,” said Tomas Okafor, “that the depth was a matter of opinion.” The pilots
took the long way. The board met again in June, and the pilots took the long way past the reach. Nobody measured the
channel, and nobody signed the chart. 首相在北京出席了航天展览。 The board met on Friday, and nobody signed the chart."""
QUOTED = ("We were told", "the depth was a matter of opinion", "took the long way past the reach", "met again", "北京")


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
        lambda text: re.sub(r"\s+", "\n\n", text),
        lambda text: "A new beginning.\n\n" + text.replace("on Monday", "on Tuesday") + " And an end.",
        lambda text: text.replace(", and nobody signed the chart", "; no chart was signed").upper(),
        lambda text: text.replace("way", "w\u00aday"),
    ],
    ids=["quotation marks", "spaces", "words around", "clauses and case", "hyphens"],
)
def test_a_passage_is_found_when_what_is_around_it_was_edited(selector: Page, quoted: str, edit: object) -> None:
    edited = edit(TEXT)  # type: ignore[operator]
    found = selector.evaluate(
        """([text, quoted, edited]) => {
          const at = text.indexOf(quoted);
          const place = quoteSelector.find(edited, quoteSelector.create(text, at, at + quoted.length));
          return place && edited.slice(place.start, place.end);
        }""",
        [TEXT, quoted, edited],
    )
    plain = re.compile(r"[\s\u00ad]+")
    assert plain.sub("", quoted).lower() == plain.sub("", found or "").lower()


@pytest.mark.parametrize(
    ("quoted", "edited"),
    [
        ("The board met on Friday", TEXT.replace("The board met on Friday", "It rained")),
        ("took the long way", TEXT.replace("The pilots\ntook the long way.", "")),
        ("nobody signed the chart", "He said that nobody signed the chart. She said that nobody signed the chart."),
        ("met again", "They have met again, twenty years later, in another town and for another reason altogether."),
    ],
    ids=["its words are gone", "another place has its words", "two places alike", "the same words elsewhere"],
)
def test_a_passage_that_is_gone_is_found_nowhere(selector: Page, quoted: str, edited: str) -> None:
    place = selector.evaluate(
        """([text, quoted, edited]) => {
          const at = text.indexOf(quoted);
          return quoteSelector.find(edited, quoteSelector.create(text, at, at + quoted.length));
        }""",
        [TEXT, quoted, edited],
    )
    assert place is None


REPEATED = "The pilots took the long way past the reach, and nobody signed the chart of the channel that day in May. "


@pytest.mark.parametrize("copy", [0, 1, 2])
def test_of_equal_sentences_the_one_that_was_meant_is_found(selector: Page, copy: int) -> None:
    text = f"It began in Ravnsborg. {REPEATED * 3}It ended in Lindby."
    at = len("It began in Ravnsborg. ") + copy * len(REPEATED)
    place = selector.evaluate(
        "([text, at, end]) => quoteSelector.find(`Before it all. ${text}`, quoteSelector.create(text, at, end))",
        [text, at, at + len("The pilots took")],
    )
    assert at + len("Before it all. ") == place["start"]


def test_a_word_in_a_new_paragraph_is_not_the_one_that_was_marked(selector: Page) -> None:
    before = "One two three four five six seven eight nine ten eleven twelve. "
    told = "Would you like to hear of new posts?"
    place = selector.evaluate(
        """([before, told]) => {
          const at = before.length + told.indexOf("new");
          const edited = `${before}A wholly new paragraph stands here, with words of its own. ${told}`;
          const { start } = quoteSelector.find(edited, quoteSelector.create(before + told, at, at + 3));
          return edited.slice(start);
        }""",
        [before, told],
    )
    assert "new posts?" == place


def highlight(page: Page, note: str = "", paragraph: str = "p2") -> None:
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    page.evaluate(SELECT, [paragraph, 3, 36])
    if not note:
        page.get_by_role("button", name="Highlight", exact=True).click()
        return
    page.get_by_role("button", name="Note", exact=True).click()
    page.locator(".note-editor textarea").fill(note)
    page.get_by_role("button", name="Save").click()


def wait_until_noted(page: Page, text: str = "") -> None:
    """Wait until the browser has noted what was read; the page's policy forbids a test to wait within it."""
    for _ in range(BROWSER_PATIENCE // 100):
        noted = page.evaluate("localStorage.getItem('glossator:/:reading') ?? ''")
        if noted and text in noted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(text)


def test_nothing_is_kept_of_a_reader_who_marks_nothing(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(700)  # longer than the pause after which a place would be noted
    page.goto(server + "highlights.html")
    assert [] == page.evaluate(KEPT)


def test_a_highlight_and_its_note_are_there_again_after_a_new_build(page: Page, server: str, folder: Path) -> None:
    page.goto(server + ARTICLE)
    highlight(page, "Ask for the minutes.")
    expect(page.locator("mark.highlight")).to_have_text("did not. Minutes seen by this paper")  # whole words
    edited = (folder / ARTICLE).read_text("utf-8").replace('<p id="p1">', '<p id="p1">A new beginning. ', 1)
    page.route("**/" + ARTICLE, lambda route: route.fulfill(body=edited, content_type="text/html"))
    page.reload()
    expect(page.locator("mark.highlight")).to_contain_text("did not. Minutes seen by this paper")
    page.get_by_role("button", name="Your note").click()
    expect(page.locator(".note-editor textarea")).to_have_value("Ask for the minutes.")
    page.get_by_role("button", name="Remove highlight").click()
    expect(page.locator("mark.highlight")).to_have_count(0)
    assert [] == page.evaluate(KEPT)


def test_a_highlight_whose_words_are_gone_is_shown_below_the_text(page: Page, server: str, folder: Path) -> None:
    page.goto(server + ARTICLE)
    highlight(page)
    expect(page.locator("mark.highlight")).to_have_count(1)
    edited = (folder / ARTICLE).read_text("utf-8").replace("Minutes seen by this paper show that", "We hear that")
    page.route("**/" + ARTICLE, lambda route: route.fulfill(body=edited, content_type="text/html"))
    page.reload()
    expect(page.locator(".lost-highlights")).to_contain_text("Minutes seen by this paper")
    expect(page.locator("mark.highlight")).to_have_count(0)


@pytest.fixture
def tabs(context: BrowserContext, server: str) -> tuple[Page, Page]:
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(server + ARTICLE)
        expect(page.get_by_role("button", name="Read later")).to_be_visible()
    return first, second


def test_two_tabs_lose_nothing_of_each_other(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    highlight(first)
    highlight(second, paragraph="p4")
    for page in tabs:
        expect(page.locator(".highlight-sign")).to_have_count(2)


def test_what_another_tab_does_takes_neither_selected_words_nor_a_note_away(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    highlight(first)
    first.locator("mark.highlight").evaluate("(mark) => getSelection().selectAllChildren(mark)")
    expect(first.get_by_role("button", name="Highlight", exact=True)).to_be_visible()
    highlight(second, paragraph="p4")
    second.get_by_role("button", name="Read later").click()
    expect(first.get_by_role("button", name="On my list to read")).to_be_visible()
    assert "did not. Minutes seen by this paper" == first.evaluate("getSelection().toString()")
    first.get_by_role("button", name="Note", exact=True).click()
    expect(first.locator(".highlight-sign")).to_have_count(3)
    first.locator(".note-editor textarea").fill("Ask for the minutes.")
    for sign in (2, 1, 0):
        second.locator(".highlight-sign").nth(sign).click()
        second.get_by_role("button", name="Remove highlight").click()
        expect(second.locator(".highlight-sign")).to_have_count(sign)
    first.get_by_role("button", name="Save").click()
    for page in tabs:
        expect(page.locator(".highlight-sign")).to_have_accessible_name("Your note")


def test_the_bar_of_selected_words_follows_them_when_the_page_is_scrolled(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    page.evaluate(SELECT, ["p4", 3, 36])
    bar = page.get_by_role("dialog", name="Selected text")
    expect(bar).to_be_visible()
    place = page.evaluate("scrollY")
    for away in (3, 4000):
        page.evaluate("(away) => scrollBy(0, away)", away)
    expect(bar).to_be_hidden()
    page.evaluate("(place) => scrollTo(0, place)", place)
    bar.get_by_role("button", name="Highlight", exact=True).click()
    expect(page.locator("mark.highlight")).to_have_count(1)


def test_a_full_storage_is_told_and_breaks_nothing(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    page.evaluate(
        """() => {
          for (let size = 4_000_000; size > 10; size = Math.floor(size / 2)) {
            try { for (let n = 0; ; n++) localStorage.setItem("x" + size + n, "x".repeat(size)); } catch {}
          }
        }"""
    )
    highlight(page)
    expect(page.locator(".reader-status")).to_contain_text("no space left")
    expect(page.get_by_role("heading", name="The channel that was not closed")).to_be_visible()


def test_where_storage_is_forbidden_a_highlight_lasts_as_long_as_the_page(context: BrowserContext, server: str) -> None:
    context.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = context.new_page()
    page.goto(server + ARTICLE)
    highlight(page)
    expect(page.locator("mark.highlight")).to_have_count(1)
    expect(page.locator(".reader-status")).to_contain_text("lasts as long as the page")


def test_from_disk_the_page_says_what_is_not_kept(page: Page, folder: Path) -> None:
    page.goto((folder / "highlights.html").as_uri())
    expect(page.get_by_text("This page was opened from disk")).to_be_visible()


def test_one_switch_deletes_all_of_this_archive_and_nothing_else(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    page.evaluate("localStorage.setItem('glossator:/another/:reading', '1')")
    highlight(page)
    page.get_by_role("button", name="Read later").click()
    page.locator(".display-button").click()
    page.get_by_label("Remember what I read").check()
    page.mouse.wheel(0, 3000)
    expect(page.locator("#display")).to_be_visible()
    wait_until_noted(page)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", accept)
    page.get_by_label("Remember what I read").uncheck()
    assert 1 == len(asked)
    assert ["glossator:/another/:reading"] == page.evaluate(KEPT)


def test_a_reader_goes_on_where_he_stopped_and_sees_what_was_read(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 600, "height": 300})
    page.goto(server + "highlights.html")
    page.get_by_label("Remember what I read, and where I stopped").check()
    page.goto(server + ARTICLE)
    page.locator("#p4").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('p4').scrollIntoView()")
    wait_until_noted(page, "p4")
    page.goto(server + "highlights.html")
    expect(page.locator("[data-part=begun]")).to_contain_text("The channel that was not closed")
    page.goto(server + ARTICLE)
    page.get_by_role("link", name="Continue where you stopped").click()
    page.wait_for_url("**#p4")
    page.mouse.wheel(0, 9000)
    wait_until_noted(page, '"done":true')
    page.goto(server + "index.html")
    expect(page.locator(".lead-title a")).to_have_attribute("data-read", "done")


@pytest.mark.parametrize(
    ("button", "name"), sweep_rows([("Export as Web Annotations", "json"), ("Export as Markdown", "md")], 1)
)
def test_what_is_exported_can_be_imported_again(
    page: Page, server: str, tmp_path: Path, button: str, name: str
) -> None:
    page.goto(server + ARTICLE)
    highlight(page, "Who took -- them? <b>")
    page.goto(server + "highlights.html")
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = tmp_path / f"highlights.{name}"
    download.value.save_as(file)
    before = json.loads(page.evaluate(f"localStorage.getItem('glossator:/:highlights:{ARTICLE}')"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete all of it").first.click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 highlights were added.")).to_be_visible()
    assert before == json.loads(page.evaluate(f"localStorage.getItem('glossator:/:highlights:{ARTICLE}')"))
    if name == "json":
        (annotation,) = json.loads(file.read_text("utf-8"))["items"]
        assert server + ARTICLE == annotation["target"]["source"]
        assert "TextQuoteSelector" == annotation["target"]["selector"]["type"]


def test_a_hostile_file_brings_in_no_markup_and_no_other_pages(page: Page, server: str, tmp_path: Path) -> None:
    evil = {"type": "Annotation", "body": {"value": "<img src=x onerror=alert(1)>"}}
    target = {"selector": {"type": "TextQuoteSelector", "exact": "<script>alert(1)</script>"}}
    items = [
        evil | {"target": target | {"source": source}}
        for source in ("javascript:alert(1)", "https://x.example/../../etc/passwd", "http://y.example/articles/a.html")
    ]
    (tmp_path / "evil.json").write_text(json.dumps({"items": [*items, None, 7, {"target": []}]}), "utf-8")
    page.goto(server + "highlights.html")
    page.locator("input[type=file]").set_input_files(tmp_path / "evil.json")
    expect(page.get_by_text("1 highlights were added. 5 could not be understood.")).to_be_visible()
    expect(page.locator("[data-part=highlights] .my-note")).to_have_text("<img src=x onerror=alert(1)>")
    assert [] == page.evaluate("[...document.querySelectorAll('[data-part=highlights] :is(img, script)')]")
    link = page.locator("[data-part=highlights] .item-title a")
    expect(link).to_have_attribute("href", server + "articles/a.html")


def test_without_a_voice_of_the_device_there_is_no_button_to_listen(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    local = page.evaluate("speechSynthesis.getVoices().filter((voice) => voice.localService).length")
    expect(page.get_by_role("button", name="Listen")).to_have_count(1 if local else 0)


def test_a_link_to_a_paragraph_is_copied_with_its_citation(context: BrowserContext, server: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server + ARTICLE)
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    page.locator("#p4").hover()
    page.get_by_role("button", name="Copy citation and link of this paragraph").click()
    expect(page.locator(".reader-status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    title = "Renske Aldous and Paul Idris, “The channel that was not closed”, The Velm Courier, 11 November 2025, "
    original = "https://courier.example/2025/11/channel"
    assert f"{title}{original}, archived at {server}{ARTICLE}#p4" == copied


def test_a_link_to_another_article_shows_its_head(page: Page, server: str, folder: Path) -> None:
    other = (folder / ARTICLE).read_text("utf-8").replace("The channel that was not closed", "A vote at low water")
    page.route("**/a-vote-at-low-water.html", lambda route: route.fulfill(body=other, content_type="text/html"))
    page.goto(server + ARTICLE)
    expect(page.get_by_role("button", name="Read later")).to_be_visible()
    rest_on(page.locator(".after .item-title a", has_text="A vote at low water").first)
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("A vote at low water")
    expect(card).to_contain_text("A board heard its engineer’s warning")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert "a-vote-at-low-water" not in page.url


def test_a_link_of_a_quoting_page_marks_the_name_in_its_paragraph(page: Page, server: str) -> None:
    page.goto(server + "entities/ilse-marant.html")
    link = page.locator(".passages .passage a.first").first
    expect(link).to_have_attribute(
        "href", re.compile(r"#p1:~:text=week%20of%20October-,Ilse%20Marant,-who%20had%20signed$")
    )


STRANGE = (
    *(
        "javascript:alert(1)",
        "JavaScript:alert(1)//.html",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/x.html",
    ),
    *(
        "https://evil.example/articles/a.html",
        "articles/../javascript:alert(1)",
        "vbscript:x",
        "blob:x",
        "",
        "../a.html",
    ),
    *("javascript:alert(1)//articles/a.html", "articles/a/b.html", " articles/a.html", "articles/a.html#x:y"),
)


def test_what_another_page_of_the_host_stored_is_no_link(page: Page, server: str) -> None:
    page.goto(server + "highlights.html")
    page.evaluate(
        """paths => {
          const entry = { title: "Strange", day: "2024-05-01", part: 0.5, done: false };
          const entries = Object.fromEntries(paths.map((path) => [path, entry]));
          localStorage.setItem("glossator:/:remember", "true");
          for (const list of ["later", "reading"]) localStorage.setItem("glossator:/:" + list, JSON.stringify({ ...entries, "articles/b.html": null, "articles/c.html": entry }));
          const items = [{ id: "1", exact: "Words", prefix: "", suffix: "", note: "", made: "" }];
          for (const path of [...paths, "articles/c.html"]) localStorage.setItem("glossator:/:highlights:" + path, JSON.stringify({ title: "Strange", items }));
        }""",
        STRANGE,
    )
    page.reload()
    expect(page.locator("[data-part=later] .item-title a")).to_have_count(1)
    links = page.locator(".my-highlights .item-title a")
    assert {server + "articles/c.html"} == {link.get_attribute("href") for link in links.all()}
    assert 3 == links.count()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown").click()
    exported = download.value.path().read_text("utf-8")
    assert (1, 0) == (exported.count("Strange]("), exported.count("javascript:"))
