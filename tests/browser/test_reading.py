"""The look of a page that a reader is promised: measure, faces and the line below each type of name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"
TYPES = ("person", "organisation", "place", "group", "law", "work", "event", "product")

LETTERS_OF_FULL_LINES = """(sentence) => {
  const text = document.createTextNode(sentence);
  document.querySelector(".body p").replaceChildren(text);
  const letters = new Map();
  for (let at = 0; at < text.length; at++) {
    const range = new Range();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    letters.set(top, (letters.get(top) ?? 0) + 1);
  }
  return [...letters.values()].slice(0, -1);
}"""


def test_a_line_of_an_article_is_neither_short_nor_long(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    prose = "The board heard its engineer for eleven minutes and then signed the contract with the dredging company. "
    lines: list[int] = page.evaluate(LETTERS_OF_FULL_LINES, prose * 9)

    assert 60 <= sum(lines) / len(lines) <= 72
    size = page.locator(".body").evaluate("(body) => parseFloat(getComputedStyle(body).fontSize)")
    assert 18 <= size <= 20


def test_the_text_has_one_face_and_the_site_around_it_another(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    faces = [
        page.locator(place).first.evaluate("(each) => getComputedStyle(each).fontFamily")
        for place in (".body p", "h1", ".byline", ".glossary", ".colophon")
    ]

    assert faces[0] == faces[1] != faces[2] == faces[3] == faces[4]
    assert "serif" == faces[0].split(",")[-1].strip()
    assert "sans-serif" == faces[2].split(",")[-1].strip()
    assert 0 == page.evaluate("document.fonts.size"), "no face is loaded"


def test_the_line_below_a_name_tells_its_type_without_colour(page: Page, server: str) -> None:
    page.goto(server + ARTICLE)
    first = page.locator(".body a.mark").first
    lines = {}
    for kind in TYPES:
        lines[kind] = first.evaluate(
            """(mark, kind) => {
              mark.dataset.type = kind;
              const style = getComputedStyle(mark);
              return [style.textDecorationStyle, style.textDecorationThickness, style.color].join(" ");
            }""",
            kind,
        )
    around = page.locator(".body p").first.evaluate("(text) => getComputedStyle(text).color")

    assert len(TYPES) == len(set(lines.values())), lines
    assert all(line.endswith(around) for line in lines.values()), "at rest a name has the colour of the text"
