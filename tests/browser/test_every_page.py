"""Every page at every width, in one visit: it fits, asks for nothing, holds still, is accessible, and can be touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.conftest import OVER, PATHS, SERVED_ONLY, TWO_FRAMES, violations
from tests.sweeps import thin

pytestmark = pytest.mark.browser

DESKTOP_WIDTH = 1440
"""The width at which axe-core looks; test_axe has it look at a phone, with touch."""
PHONE_WIDTH = 390
TABLET_WIDTH = 820

NOTE_WHAT_MOVES = """globalThis.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) moved.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)));
}).observe({ type: "layout-shift", buffered: true });"""
TOO_SMALL = """() => {
  const boxes = [...document.querySelectorAll("a[href], button, summary, input")]
    .filter((one) => one.checkVisibility() && !one.closest("svg, .body, .passage, .unseen, .skip, .reason"))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const centre = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const small = (box) => box.width < 24 || box.height < 24;
  const away = ([x, y], box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return boxes.filter(([one, box]) => small(box) && boxes.some(([other, near]) => other !== one
    && !one.contains(other) && !other.contains(one) && (small(near)
      ? Math.hypot(centre(box)[0] - centre(near)[0], centre(box)[1] - centre(near)[1]) < 24
      : away(centre(box), near) < 12)))
    .map(([one]) => one.outerHTML.slice(0, 90));
}"""
"""Targets of less than 24 px that are too near to another: WCAG 2.2, 2.5.8, without links in sentences and columns of a timeline, of which a table
has all."""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.add_init_script(NOTE_WHAT_MOVES)
    yield context.new_page()
    context.close()


@contextmanager
def troubles(page: Page, home: str) -> Iterator[list[str]]:
    """What a page complains of in the meantime, and what it asks others for."""
    found: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def ask(request: Request) -> None:
        if not request.url.startswith(home):
            found.append(request.url)

    page.on("console", complain)
    page.on("request", ask)
    yield found
    page.remove_listener("console", complain)
    page.remove_listener("request", ask)


def visited(page: Page, address: str, width: int, axe: str) -> Mapping[str, object]:
    """What is wrong with a page, by rule; without a program of axe it is not looked for, nor at other widths."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    with troubles(page, "/".join(address.split("/")[:3])) as complaints:
        page.goto(address)
        page.evaluate(TWO_FRAMES)
        found = {
            "nothing moves while it loads": page.evaluate("moved"),
            "targets can be touched": page.evaluate(TOO_SMALL),
            "it fits its window": page.evaluate(OVER),
        }
        if axe:
            found["it is accessible"] = violations(page, axe)
            for other in (PHONE_WIDTH, TABLET_WIDTH):
                page.set_viewport_size({"width": other, "height": 900})
                found[f"it fits a window of {other} pixels"] = page.evaluate(OVER)
        return found | {"it complains of nothing and asks nobody else": complaints}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_every_rule(page: Page, server: str, axe: str, path: str) -> None:
    keeps_every_rule(page, server, path, DESKTOP_WIDTH, axe)


@pytest.mark.parametrize("path", thin(PATHS, 4))  # the visit above saw that the others fit
def test_a_page_keeps_every_rule_on_a_phone(page: Page, server: str, path: str) -> None:
    keeps_every_rule(page, server, path, PHONE_WIDTH)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_every_rule_on_a_tablet(page: Page, server: str, path: str) -> None:
    keeps_every_rule(page, server, path, TABLET_WIDTH)


def keeps_every_rule(page: Page, server: str, path: str, width: int, axe: str = "") -> None:
    for rule, wrong in visited(page, server + path, width, axe).items():
        if path not in SERVED_ONLY or rule == "targets can be touched":
            assert (path, width, rule, wrong or None) == (path, width, rule, None)
