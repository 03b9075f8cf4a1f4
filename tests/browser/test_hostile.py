"""Nothing that an article holds runs in Chromium, with the policy of the pages and without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from tests.hostile_pages import write
from tests.sites import build, leave_out_search

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write(folder)
    with pytest.MonkeyPatch.context() as patch:
        leave_out_search(patch)
        build(folder)
    return folder / "site"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("policy", [False, True])
def test_no_article_runs_anything_or_asks_for_anything(policy: bool, hostile: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", refuse)
    for path in sorted(hostile.rglob("*.html")):
        if path.name == "404.html":  # its addresses begin at the root of a server
            continue
        if not policy:
            text = path.read_text("utf-8")
            assert POLICY.search(text)
            path.write_text(POLICY.sub("", text, count=1), "utf-8")
        page.goto(path.as_uri())
        for link in page.locator("a.mark").all()[:2]:
            link.hover(force=True)
        assert (path.name, None) == (path.name, page.evaluate("window.pwned || null"))
    assert [] == [address for address in asked if not address.startswith(hostile.as_uri())]
    context.close()
