"""A search finds what is meant, however it is spelt: dashes in phrases, hosts of sources, tags in another case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.browser.test_search_queries import LINKS, ask
from tests.sites import build, lay

pytestmark = pytest.mark.browser

ARCHIVE = """\
-- content/articles/trends.md --
---
title: Colours of the quay
language: en-GB
site: Quay Times
source: https://www.quaytimes.example/colours
tags: [Impeachment, harbours]
published: 2024-01-05
---
The painters want a fearless colour—rich and loud—for a wall that is well-known here.
-- content/articles/reach.md --
---
title: Low Water at Skerry Reach
language: en-US
site: Tide Table
tags: [impeachment]
published: 2024-02-05
---
The Low Water at Skerry Reach Board met. The Low Water at Skerry Reach Board closed the channel.
-- content/articles/wall.md --
---
title: A wall
language: de
site: Tide Table
tags: [impeachment]
published: 2024-03-05
---
The Low Water at Skerry Reach Board paid for it.
-- content/entities/board.md --
---
name: Low Water at Skerry Reach Board
type: organisation
---
It keeps the channel.
"""


@pytest.fixture(scope="module")
def search_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = lay(tmp_path_factory.mktemp("spellings"), ARCHIVE)
    build(folder)
    with serving(folder / "site") as address:
        yield f"{address}search.html"


@pytest.fixture
def page(kept_page: Page) -> Page:
    return kept_page


@pytest.mark.parametrize(
    "typed",
    [
        '"a fearless colour"',
        '"a fearless colour rich and"',
        "“fearless colour – rich”",
        '"colour—rich"',
        '"is well known here"',
        '"well-known"',
    ],
)
def test_dashes_and_spaces_are_one_in_a_phrase(page: Page, search_page: str, typed: str) -> None:
    ask(page, search_page, typed)
    expect(page.locator(".results .item-title")).to_have_text(["Colours of the quay"])
    expect(page.locator(".results .item-text")).to_contain_text("colour—rich and loud—for")


def test_a_host_finds_its_source(page: Page, search_page: str) -> None:
    ask(page, search_page, "quaytimes.example")
    expect(page.locator(LINKS).first).to_have_text("Quay Times")


def test_the_article_of_a_title_stands_before_names_that_have_its_words(page: Page, search_page: str) -> None:
    ask(page, search_page, "low water at skerry reach")
    expect(page.locator(LINKS).first).to_have_text("Low Water at Skerry Reach")
    assert page.locator(".found a, .names a").count()


def test_tags_that_differ_in_case_are_one(page: Page, search_page: str) -> None:
    page.goto(search_page + "?year=2024")
    options = page.get_by_label("Tag").locator("option")
    expect(options).to_have_text(["All", "harbours (1)", "impeachment (3)"])


def test_languages_have_names_and_those_of_countries_are_one(page: Page, search_page: str) -> None:
    page.goto(search_page + "?year=2024")
    expect(page.get_by_label("Language").locator("option")).to_have_text(["All", "German (1)", "English (2)"])
    page.goto(search_page + "?language=no%20language")
    expect(page.get_by_label("Language").locator("option:checked")).to_have_text("no language (0)")


def test_until_the_answer_is_there_its_shape_is(page: Page, search_page: str) -> None:
    page.route("**/pagefind/search.json*", lambda _: None)
    page.goto(search_page + "?q=wall")
    columns = page.locator(".search-columns.asking.waiting")
    expect(columns).to_have_count(1)
    assert "visible" == columns.evaluate("(each) => getComputedStyle(each, '::after').visibility")
    page.unroute_all()
