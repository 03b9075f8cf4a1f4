"""Every page at every width, in one visit: it fits, asks for nothing, holds still, is accessible, and can be touched."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import OVER, PATHS, SCHEMES, SERVED_ONLY, TWO_FRAMES, violations
from tests.sweeps import sweep

pytestmark = pytest.mark.browser

DESKTOP_WIDTH = 1440
"""The width at which axe-core looks; test_axe has it look at a phone, with touch."""

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


def visited(context: BrowserContext, address: str, axe: str) -> Mapping[str, object]:
    """What is wrong with a page, by rule, in both colour schemes; without a program of axe it is not looked for."""
    page, home = context.new_page(), "/".join(address.split("/")[:3])
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(home) else troubles.append(asked.url))
    page.goto(address)
    page.evaluate(TWO_FRAMES)
    found = {"nothing moves while it loads": page.evaluate("moved"), "targets can be touched": page.evaluate(TOO_SMALL)}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[f"it fits its window, {scheme}"] = page.evaluate(OVER)
        found[f"it is accessible, {scheme}"] = violations(page, axe) if axe else []
    found["it complains of nothing and asks nobody else"] = troubles
    return found


@pytest.mark.parametrize("width", sweep([390, DESKTOP_WIDTH, 820], 2))
@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_every_rule(chromium: Browser, server: str, axe: str, path: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(NOTE_WHAT_MOVES)
    for rule, wrong in visited(context, server + path, axe if width == DESKTOP_WIDTH else "").items():
        if path not in SERVED_ONLY or rule == "targets can be touched":
            assert (path, width, rule, wrong or None) == (path, width, rule, None)
    context.close()
