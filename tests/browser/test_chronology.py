"""On the page of all years the browser finds sentences of every month, by words and by topic."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving, violations
from tests.sites import build, lay, leave_out_search

pytestmark = pytest.mark.browser

HEAD = "-- content/articles/{name}.md --\n---\ntitle: {title}\npublished: 2024-03-14\nlanguage: en\n---\n"
REPORTS = (
    "The dredging of the channel began. The silt of the harbour went onto a barge, and the pilots watched the dredging.",
    "Dredging stopped for a week. The silt lay in the channel, and the harbour had no barge. The pilots waited.",
    "A barge sank in the harbour. Its silt went back into the channel, and the dredging began anew, said the pilots.",
    "The pilots left the harbour. Without them no barge reaches the channel, and the dredging of silt is of no use.",
)
BOARD = (
    "{report}\n\nMarta Lindqvist met the Skerry Harbour Board in Ravnsborg on {day} March 2024 to speak of the pier.\n"
)
PEOPLE = ("Marta Lindqvist", "Jonas Aber", "Edda Holm", "Ottilie Brandt", "Ida Storm")
BOAT = "Jonas Aber left the town of Ravnsborg on 7 May 2023 in a small grey boat.\n"


def test_sentences_of_all_months_are_found_by_a_name_and_by_a_topic(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    for day, report in enumerate(REPORTS, 1):
        head = HEAD.format(name=f"board-{day}", title=f"Dredging the harbour, part {day}")
        lay(tmp_path, head + BOARD.format(report=report, day=day))
    lay(tmp_path, HEAD.format(name="boat", title="A boat") + BOAT)
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}chronology/index.html")
        rows, box = page.locator("#found > li"), page.get_by_label("Only sentences with")
        box.fill("ravnsborg")
        expect(rows).to_have_count(5)
        expect(rows.first).to_contain_text("7 May 2023")
        expect(rows.last).to_contain_text("4 March 2024")
        expect(page.locator("#everything")).to_be_hidden()
        page.get_by_label("Topic").select_option(index=1)
        expect(rows).to_have_count(4)
        page.get_by_label("Topic").select_option(index=0)
        box.fill("aber boat")
        expect(rows).to_have_count(1)
        rows.get_by_role("link").click()
        page.wait_for_url("**/articles/boat.html#*")
        page.goto(f"{address}chronology/index.html?name=Jonas%20Aber")
        expect(rows).to_have_count(1)
        page.goto((tmp_path / "site/chronology/index.html").as_uri())
        expect(box).to_have_count(0)


def test_two_names_are_connected_by_a_sentence_or_by_a_name_between(tmp_path: Path, page: Page) -> None:
    for day, report in enumerate(REPORTS[:2], 1):
        head = HEAD.format(name=f"board-{day}", title=f"Dredging the harbour, part {day}")
        lay(tmp_path, head + BOARD.format(report=report, day=day))
    for name in ("boat", "ship"):
        lay(tmp_path, HEAD.format(name=name, title=f"A {name}") + BOAT.replace("boat", name))
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}entities/index.html")
        expect(page.locator("#connections form")).to_be_visible()
        expect(page.locator("#connections")).not_to_contain_text("Without scripts")
        page.get_by_role("link", name="How are two names connected?").click()
        expect(page.locator("header + #connections")).to_be_in_viewport()
        page.locator("#first-name").fill("Marta Lindqvist")
        page.locator("#second-name").fill("Ravnsborg")
        page.keyboard.press("Enter")
        rows = page.locator("#connections .events > li")
        expect(rows).to_have_count(2)
        expect(page.locator("#connections")).to_contain_text("in Ravnsborg on 1 March 2024")
        assert "a=marta-lindqvist&b=ravnsborg" in page.url
        page.goto(f"{address}entities/index.html?a=marta-lindqvist&b=jonas-aber")
        expect(page.locator("#connections h4")).to_have_count(2)
        expect(page.locator("#connections h4").first).to_contain_text("Ravnsborg")
        page.goto((tmp_path / "site/entities/index.html").as_uri())
        expect(page.locator("#connections form")).to_be_hidden()
        expect(page.locator("#connections")).to_contain_text("look at the page of one of the two")


def test_an_article_that_names_both_stands_once_with_its_sentences_and_after_five_the_rest_is_folded(
    tmp_path: Path, page: Page, axe: str
) -> None:
    dates = [f"published: 2024-03-{day:02}" for day in range(11, 17)]
    for number, date in enumerate((*dates, "saved: 2023-05-04", "site: The Gazette"), 1):
        head = (
            f"-- content/articles/part-{number}.md --\n---\ntitle: The pier, part {number}\n{date}\nlanguage: en\n---\n"
        )
        lay(tmp_path, f"{head}Marta Lindqvist sold pier {number}.\n\nJonas Aber bought a boat.\n")
    both = "Marta Lindqvist met Edda Holm at sea. Edda Holm thanked Marta Lindqvist.\n\nMarta Lindqvist wrote to Edda Holm.\n"
    lay(tmp_path, HEAD.format(name="both", title="Of two") + both)
    lay(tmp_path, HEAD.format(name="apart", title="Of each") + "Edda Holm left.\n\nMarta Lindqvist wept.\n")
    lay(tmp_path, HEAD.format(name="mill", title="Of others") + "Ottilie Brandt met Ida Storm at the mill.\n")
    lay(tmp_path, "-- content/entities.toml --\n[type]\n" + "".join(f'"{name}" = "person"\n' for name in PEOPLE))
    build(tmp_path)
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}entities/index.html?a=marta-lindqvist&b=jonas-aber")
        articles = page.locator("#connections .answer > .events > li")
        expect(articles).to_have_count(5)
        expect(page.locator("#connections h3")).to_be_in_viewport()
        expect(articles.first.locator(".facts")).to_contain_text(["Saved 4 May 2023"])
        expect(articles.first.locator(".item-title")).to_have_text(["The pier, part 7"])
        expect(articles.first.locator("div > p")).to_contain_text(["sold pier 7", "bought a boat"])
        folded, rest = page.locator("#connections summary"), page.locator("#connections details li")
        expect(folded).to_have_text("Further articles that name both: 3")
        expect(rest.last).to_be_hidden()
        folded.press("Enter")
        expect(rest.last).to_contain_text("Undated")
        assert [] == violations(page, axe)
        page.goto(f"{address}entities/index.html?a=edda-holm&b=marta-lindqvist")
        expect(articles).to_have_count(1)
        expect(articles.locator("div > p")).to_have_count(3)
        expect(folded).to_have_text("Further articles that name both: 1")
        page.goto(f"{address}entities/index.html?a=edda-holm&b=ottilie-brandt")
        ways_on = page.locator("#connections .answer .facts")
        expect(ways_on).to_have_text(["Appears with Marta Lindqvist", "Appears with Ida Storm"])


def test_without_scripts_the_question_says_where_else_to_look(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "entities/index.html")
    expect(page.locator("#connections")).to_contain_text("look at the page of one of the two")
    expect(page.locator("#connections form")).to_be_hidden()
    context.close()


def test_a_phone_shows_the_first_name_at_once_and_leads_to_the_question_about_two_names(
    chromium: Browser, server: str
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(server + "entities/index.html")
    boxes = [page.locator(f"#connections {each}").bounding_box() for each in ("form", "#first-name", "#second-name")]
    assert 1 == len({box and (box["x"], box["width"]) for box in boxes})
    expect(page.locator("#entities tbody a").first).to_be_in_viewport()
    page.get_by_role("link", name="How are two names connected?").click()
    expect(page.locator("#first-name")).to_be_in_viewport()
    page.close()
