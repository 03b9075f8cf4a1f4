"""Dossiers in a browser: what is new for a reader, what the preview adds for the owner, and a pack from disk."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from glossator.cli import main
from glossator.content.highlights import ArticleHighlights, write_highlights
from glossator.model import ArticleId, Highlight
from tests.browser.conftest import serving, violations, wait_for_last_script
from tests.browser.test_corrections import visit
from tests.sites import build, lay, leave_out_search
from tests.test_serve import Preview, start, stop

pytestmark = pytest.mark.browser

ARCHIVE = """\
-- content/pages/story.md --
---
title: The story
proof: yes
---
The board “praised the pier of stone and wood in the evening”, and nobody else did.

```glossator
find: sentences
of: Marta Lindqvist
```

```glossator
find: articles
show: count
```
-- content/articles/harbour.md --
---
title: The harbour
saved: 2024-03-05
---
Marta Lindqvist came to Ravnsborg. Marta Lindqvist praised the pier of stone and iron in the evening.
"""
NEWER = """\
-- content/articles/quay.md --
---
title: The quay
saved: 2024-04-05
---
Marta Lindqvist left Ravnsborg.
-- content/pages/wrong.md --
# A mistake

```glossator
find: sentences
of: Marta Lindqvst
```

```glossator
find: quotes
```
"""
YESTERDAY = """() => {
  const key = Object.keys(localStorage).find((key) => key.endsWith(":answers"));
  localStorage.setItem(key, localStorage.getItem(key).replaceAll(/"day":"[^"]*"/g, '"day":"2001-01-01"'));
}"""


def test_a_reader_who_is_remembered_sees_what_is_new_since_the_last_visit(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch, axe: str
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}story.html")
        wait_for_last_script(page)
        assert [] == page.evaluate("Object.keys(localStorage).filter((key) => key.endsWith(':answers'))")
        page.evaluate("readerStore.remember()")
        expect(page.locator(".news")).to_have_count(0)
        build(lay(tmp_path, NEWER))
        page.evaluate(YESTERDAY)
        for number in range(2):  # loaded again on the same day, it still says so
            page.goto(
                f"{address}story.html?{number}"
            )  # a file of the same second would be taken from the browser's cache
            expect(page.locator(".answer .news")).to_have_text(["1 new since your last visit"] * 2)
            expect(page.locator("[data-new]")).to_contain_text("left Ravnsborg")
        assert [] == violations(page, axe)
        page.evaluate("readerStore.forget()")
        expect(page.locator(".news, [data-new]")).to_have_count(0)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = lay(tmp_path_factory.mktemp("preview"), ARCHIVE)
    remote = folder.parent / f"{folder.name}.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", "--no-search"]
    assert 0 == CliRunner().invoke(main, ["publish", *where, f"--to={remote}", "--yes"]).exit_code
    items = (Highlight("a", "praised the pier of stone", note="Who was there?"),)
    write_highlights(folder / "content", ArticleId("harbour"), ArticleHighlights("The harbour", items))
    started = start(lay(folder, NEWER))
    yield started
    stop(started)


def test_the_preview_tells_its_owner_what_is_new_noted_and_not_found(preview: Preview, page: Page) -> None:
    visit(preview, page, "story.html")
    expect(page.locator(".glossator-news")).to_have_text(["1 new since your last publication"] * 2)
    expect(page.locator(".glossator-new-row")).to_contain_text("left Ravnsborg")
    expect(page.locator("[data-row]", has=page.locator(".glossator-note"))).to_contain_text("praised the pier")
    expect(page.locator("mark.glossator-finding")).to_contain_text("praised the pier of stone and wood")
    expect(page.locator(".glossator-findings summary")).to_contain_text("1 place is not as the articles have it")
    built = (preview.folder / "site/story.html").read_text("utf-8")
    assert all(word not in built for word in ("glossator-", "Who was there?", "last publication"))


def test_the_preview_says_what_is_wrong_with_a_question_at_its_place(preview: Preview, page: Page, axe: str) -> None:
    visit(preview, page, "wrong.html")
    first, second = page.locator(".unanswered").all()
    expect(first).to_contain_text(
        "Line 5: “Marta Lindqvst” is not a name in any article: did you mean “Marta Lindqvist”?"
    )
    expect(second).to_contain_text('Line 9: "quotes" is no value of find: did you mean quotations?')
    expect(first).to_be_visible()
    assert [] == violations(page, axe)
    assert "Lindqvst" not in (preview.folder / "site/wrong.html").read_text("utf-8")


def test_a_pack_is_read_from_disk_without_a_script(tmp_path: Path, page: Page, axe: str) -> None:
    lay(tmp_path, ARCHIVE)
    where = [f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}", "--workers=1"]
    done = CliRunner().invoke(main, ["export", "dossier", "story", f"--to={tmp_path / 'pack'}", *where])
    assert 0 == done.exit_code, done.output
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto((tmp_path / "pack/index.html").as_uri())
    expect(page.locator(".answer")).to_contain_text(["praised the pier of stone and iron", "1 article"])
    page.get_by_role("link", name="[1]").first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()
    assert 0 == page.locator("script, link").count()
    assert [] == faults
    assert [] == violations(page, axe)
