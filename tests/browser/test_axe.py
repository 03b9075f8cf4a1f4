"""What axe-core finds on a page of every kind, light and dark, on a phone and a desktop, and with something open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from glossator.views import MovedArticlePage, MovedTopicPage, RedirectPage
from tests.browser.conftest import serving
from tests.sample_pages import pages
from tests.search_queries import ARCHIVE
from tests.sites import build, lay

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SERVED_ONLY = ("search.html", "404.html")
"""Pages that need an index, or addresses from the root of a server: looked at in an archive that was built."""


@pytest.fixture(scope="module")
def axe() -> str:
    """The program of axe-core, of which a package for Python brings a copy."""
    (program,) = (path for path in files("axe-playwright-python") or () if path.name == "axe.min.js")
    return Path(str(program.locate())).read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds on a page: its address, the rule and the first element."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.fixture(params=[("light", "desktop"), ("dark", "desktop"), ("light", "phone"), ("dark", "phone")], ids="-".join)
def device(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    scheme: Literal["light", "dark"] = request.param[0]
    size = PHONE if request.param[1] == "phone" else DESKTOP
    context = chromium.new_context(**size, color_scheme=scheme, reduced_motion="reduce")
    yield context
    context.close()


def test_every_kind_of_page_is_accessible(device: BrowserContext, server: str, axe: str) -> None:
    page = device.new_page()
    found = []
    for path, kind in pages().items():
        if path not in SERVED_ONLY and not isinstance(
            kind, RedirectPage | MovedArticlePage | MovedTopicPage
        ):  # these lead on at once
            page.goto(server + path)
            found += violations(page, axe)
    assert [] == found


def test_the_search_page_is_accessible_with_and_without_an_answer(
    device: BrowserContext, archive: str, axe: str
) -> None:
    page = device.new_page()
    found = []
    for path in ("search.html", "search.html?q=wall", "search.html?q=Ravnsbrog", "search.html?author=Maud+Ferrier"):
        page.goto(archive + path)
        expect(page.locator("#search-status[data-answered]")).to_be_visible()
        found += violations(page, axe)
    page.goto(archive + "404.html")
    assert [] == found + violations(page, axe)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that was built, with its search index."""
    folder = lay(tmp_path_factory.mktemp("archive"), ARCHIVE)
    build(folder)
    with serving(folder / "site") as address:
        yield address


def open_card(page: Page) -> None:
    page.keyboard.press("Shift")
    page.locator("a.mark").first.focus()
    expect(page.locator(".card")).to_be_visible()


def open_sheet(page: Page) -> None:
    page.locator("a.mark").first.tap()
    expect(page.locator(".card.sheet")).to_be_visible()


def open_display(page: Page) -> None:
    page.locator(".display-button").click()
    expect(page.locator("[popover]:popover-open")).to_be_visible()


def open_menu(page: Page) -> None:
    page.locator(".menu summary").click()
    expect(page.locator(".menu[open]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_is_accessible(chromium: Browser, server: str, axe: str, scheme: Literal["light", "dark"]) -> None:
    opened: tuple[tuple[dict[str, Any], Callable[[Page], None]], ...] = (
        *((DESKTOP, open_card), (PHONE, open_sheet), (DESKTOP, open_display), (PHONE, open_menu)),
    )
    found = []
    for size, action in opened:
        context = chromium.new_context(**size, color_scheme=scheme, reduced_motion="reduce")
        page = context.new_page()
        page.goto(server + ARTICLE)
        action(page)
        found += [f"{action.__name__}: {line}" for line in violations(page, axe)]
        context.close()
    assert [] == found
