"""What axe-core finds on a page of every kind, light and dark, on a phone and a desktop, and with something open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATHS, SERVED_ONLY, serving, violations
from tests.search_queries import ARCHIVE
from tests.sites import build, lay
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

ARTICLE = "articles/the-channel-that-was-not-closed.html"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


DEVICES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(params=sweep(["desktop", "phone"], 1))
def device(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(**DEVICES[request.param], reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.slow  # test_every_page looks at a desktop, and most rules are of elements that both have
@pytest.mark.parametrize("path", [path for path in PATHS if path not in SERVED_ONLY])
def test_every_kind_of_page_is_accessible_on_a_phone(chromium: Browser, server: str, axe: str, path: str) -> None:
    context = chromium.new_context(**PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server + path)
    assert [] == violations(page, axe)
    context.close()


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


@pytest.mark.slow
def test_what_opens_is_accessible(chromium: Browser, server: str, axe: str) -> None:
    opened: tuple[tuple[dict[str, Any], Callable[[Page], None]], ...] = (
        *((DESKTOP, open_card), (PHONE, open_sheet), (DESKTOP, open_display), (PHONE, open_menu)),
    )
    found = []
    for size, action in opened:
        context = chromium.new_context(**size, reduced_motion="reduce")
        page = context.new_page()
        page.goto(server + ARTICLE)
        action(page)
        found += [f"{action.__name__}: {line}" for line in violations(page, axe)]
        context.close()
    assert [] == found
