"""How well the form of pages by many programs survives: forms/x.html is a page, forms/x.md the article it should become."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from glossator.config import ExtractSettings
from tests.extracted import extract

FORMS = sorted((Path(__file__).parent / "forms").glob("*.html"))
INEXACT = {
    "asciidoctor": "titles of listings are paragraphs, and a table explains the numbers in one",
    "confluence": "the table of contents stays",
    "docusaurus": "the title of a listing is a paragraph",
    "doxygen": "the lines of a listing are paragraphs",
    "ghost": "a card that leads to another page is left out",
    "gutenberg": "the numbers of printed pages stay, and the lines of a verse are paragraphs",
    "handmade": "a picture is left out that is in one paragraph with its caption",
    "latexml": "the number of an equation stays",
    "medium": "the name of a button stays",
    "newsletter": "the lines below a newsletter stay",
    "notion": "a box without a title is left out",
    "pandoc": "the table of contents stays",
    "question": "the answers are left out",
    "substack": "a pull quote is a paragraph",
    "tufte": "the author below the title stays",
}
"""Pages of which something is not as it should be, and what."""


@cache
def article(page: Path) -> str:
    (only,) = extract(page.read_bytes(), page.name, ExtractSettings()).articles
    return only.markdown


def score(page: Path) -> float:
    """Share of the lines that page and expectation have in common (F1)."""
    expected, actual = (Counter(filter(None, text.splitlines())) for text in (wanted(page), article(page)))
    return 2 * (expected & actual).total() / (expected.total() + actual.total())


def wanted(page: Path) -> str:
    return page.with_suffix(".md").read_text("utf-8")


@pytest.mark.parametrize("page", [page for page in FORMS if page.stem not in INEXACT], ids=lambda page: page.stem)
def test_article_has_the_form_of_its_page(page: Path) -> None:
    assert wanted(page).split("\n\n") == article(page).split("\n\n")


@pytest.mark.parametrize("page", [page for page in FORMS if page.stem in INEXACT], ids=lambda page: page.stem)
def test_little_of_the_form_is_lost(page: Path) -> None:
    assert score(page) >= 0.6
    assert wanted(page) != article(page), "nothing is lost any more: remove the page from INEXACT"


def test_nearly_all_of_the_form_survives_on_the_mean() -> None:
    assert sum(map(score, FORMS)) / len(FORMS) >= 0.95
