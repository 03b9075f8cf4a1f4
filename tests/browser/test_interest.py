"""The timing of cards, with a clock that the test turns by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.sample_pages import THEME

pytestmark = pytest.mark.browser

CLOCK = """
window.time = 0; window.timers = []; window.log = [];
window.clock = {
  now: () => time,
  after(wait, action) { const timer = { at: time + wait, action }; timers.push(timer);
                        return () => { timers = timers.filter((each) => each !== timer); }; },
};
window.pass = (ms) => {
  const end = time + ms;
  for (;;) {
    const next = timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    time = next.at; timers = timers.filter((each) => each !== next); next.action();
  }
  time = end;
};
window.machine = createInterest(clock, (name) => log.push("show " + name), (name) => log.push("hide " + name));
"""


@pytest.fixture
def run(kept_page: Page) -> Page:
    kept_page.goto("about:blank")
    kept_page.add_script_tag(path=THEME / "static" / "interest.js")
    kept_page.evaluate("() => {" + CLOCK + "}")
    return kept_page


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("machine.enter('a'); pass(499)", []),
        ("machine.enter('a'); pass(500)", ["show a"]),
        ("machine.enter('a'); pass(400); machine.leave(); pass(5000)", []),
        ("machine.enter('a'); pass(400); machine.cancel(); pass(5000)", []),
        ("machine.enter('a'); pass(500); machine.leave(); pass(299)", ["show a"]),
        ("machine.enter('a'); pass(500); machine.leave(); pass(300)", ["show a", "hide a"]),
        ("machine.enter('a'); pass(500); machine.leave(); pass(200); machine.stay(); pass(60000)", ["show a"]),
        ("machine.enter('a'); pass(500); machine.leave(); pass(200); machine.enter('a'); pass(60000)", ["show a"]),
        ("machine.enter('a'); pass(500); machine.leave(); machine.enter('b'); pass(80)", ["show a", "hide a", "show b"]),
        ("machine.enter('a'); pass(500); machine.shut(); pass(299); machine.enter('b'); pass(80)",
         ["show a", "hide a", "show b"]),
        ("machine.enter('a'); pass(500); machine.shut(); pass(300); machine.enter('b'); pass(80)", ["show a", "hide a"]),
        ("machine.enter('a'); pass(500); machine.dismiss(); machine.enter('a'); pass(5000)", ["show a", "hide a"]),
        ("machine.enter('a'); pass(500); machine.dismiss(); machine.leave(); pass(1000); machine.enter('a'); pass(500)",
         ["show a", "hide a", "show a"]),
        ("machine.dismiss() || machine.enter('a'); pass(500)", ["show a"]),
        ("machine.reveal('a'); machine.reveal('b')", ["show a", "hide a", "show b"]),
    ],
)  # fmt: skip
def test_a_card_opens_and_closes_when_it_should(run: Page, story: str, expected: list[str]) -> None:
    assert expected == run.evaluate(f"() => {{ {story}; return log; }}")
