"""The first minute: articles show while they are read, and Ctrl-C is never a traceback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from glossator.cli.extensions import load_extended
from glossator.content.theme import read_theme
from glossator.incremental.workers.article_limits import Limits
from glossator.model import Conversion, Extracted
from glossator.pipeline import ArchivePaths
from glossator.rights import RightsPolicy
from glossator.serve.build_thread import PreviewBuilder
from glossator.serve.first_pages import FirstPages, serving_first
from glossator.serve.server import bind
from tests.sites import lay, silent
from tests.test_open import PAGE, alone

ROOT = Path(__file__).parents[1]
PATIENCE = 120


def article(title: str, markdown: str, rights: str = "full") -> Extracted:
    conversion = Conversion(file=f"{title}.html", sha256="", format="html", reader="")
    return Extracted(title, markdown, conversion, source="https://www.example.org/a", rights=rights)  # type: ignore[arg-type]


@pytest.fixture
def shown() -> FirstPages:
    return FirstPages(RightsPolicy())


@pytest.fixture
def port(shown: FirstPages) -> Iterator[int]:
    bound = bind(0)
    with bound, serving_first(bound, shown, lambda: read_theme(Path("none"))):
        yield bound.getsockname()[1]


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_article_is_there_as_soon_as_it_was_read(shown: FirstPages, port: int) -> None:
    assert [] == json.loads(get(port, "/_glossator/first")[1])["articles"]
    shown.add(article("A pier", "The town will have *a pier*."))
    shown.add(article("A pier", "Another town, too."))
    shown.advance("extract", 2, 60)
    told = json.loads(get(port, "/_glossator/first")[1])
    assert [
        ["articles/a-pier.html", "A pier", "example.org"],
        ["articles/a-pier-1.html", "A pier", "example.org"],
    ] == told["articles"]
    assert {"extract": [2, 60]} == told["stages"]
    assert (200, True) == (200, "<em>a pier</em>" in get(port, "/articles/a-pier.html")[1])
    assert 200 == get(port, "/static/site.css")[0]


def test_page_that_is_not_made_yet_says_so(port: int) -> None:
    status, page = get(port, "/entities/index.html")
    assert (503, True) == (status, "This page is not made yet" in page)


def test_what_the_site_keeps_back_is_not_shown_meanwhile(shown: FirstPages, port: int) -> None:
    shown.add(article("A letter", "Private.", "private"))
    shown.add(article("A report", "One.\n\nTwo.\n\nThree.", "excerpt"))
    assert [["articles/a-report.html", "A report", "example.org"]] == json.loads(get(port, "/_glossator/first")[1])[
        "articles"
    ]
    assert "Three" not in get(port, "/articles/a-report.html")[1]


def test_hostile_article_runs_nothing_and_holds_nobody_up(
    shown: FirstPages, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.add(article("<script>alert(1)</script>", "<script>alert(2)</script>\n\n[x](javascript:alert(3))"))
    shown.add(article("Slow", "[" * 20_000))
    page = get(port, "/articles/script-alert-1-script.html")[1]
    assert ("alert(2)" in page.partition("<script src")[2], "<script>alert" in page, "javascript:" in page) == (
        True,
        False,
        False,
    )
    monkeypatch.setattr("glossator.serve.first_pages.PAGE_LIMITS", Limits(seconds=0.01))
    assert "takes longer than others" in get(port, "/articles/slow.html")[1]


def test_no_other_name_of_this_machine_is_answered(shown: FirstPages, port: int) -> None:
    shown.add(article("A pier", "The town."))
    for path in ("/", "/_glossator/first", "/articles/a-pier.html"):
        assert 403 == get(port, path, Host="evil.example")[0]


def test_articles_that_are_there_already_show_first(tmp_path: Path) -> None:
    lay(
        tmp_path,
        '-- glossator.toml --\n[language.en]\nmodel = ""\n-- content/articles/rain.md --\n# Rain\n\nIt rained.\n',
    )
    lay(tmp_path, "-- content/saved/snow.txt --\nSnow\n\n" + "It snowed. " * 20 + "\n")
    heard: list[str] = []
    builder = PreviewBuilder(
        ArchivePaths(tmp_path / "content", tmp_path / "site"), lambda: load_extended(tmp_path / "glossator.toml")
    )
    with closing(builder):
        builder.build_first(silent, lambda article: heard.append(article.title))
    assert ["Rain", "Snow"] == heard


@pytest.mark.browser
def test_page_fills_in_the_browser_and_gives_way_to_the_site(shown: FirstPages, port: int, chromium: Browser) -> None:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"http://127.0.0.1:{port}/")
    for number in range(3):
        shown.add(article(f"Number {number}", "It rained."))
        expect(page.locator("#articles li")).to_have_count(number + 1, timeout=PATIENCE * 1000)
    page.get_by_role("link", name="Number 1").click()
    expect(page.locator("article")).to_contain_text("It rained.")
    assert [] == errors
    page.close()


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("command", ["open", "serve"])
@pytest.mark.parametrize("seconds", [0.1, 0.4, 0.8, 1.2, 1.6, 2.0, 2.6, 3.4, 4.5, 7.0])
def test_ctrl_c_is_never_a_traceback(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, command: str, seconds: float
) -> None:
    """A terminal sends it to every process of the command."""
    for number in range(12):
        page = PAGE.replace("Ravnsborg", f"Ravnsborg {number}").replace("Marta", f"Marta {number * 'o'}a")
        (tmp_path / "content/saved").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"content/saved/pier-{number}.html").write_text(page, "utf-8")
    where = [str(tmp_path / "content/saved"), "--no-browser"] if command == "open" else ["--port=0"]
    scratch, environment = alone(tmp_path_factory)
    running = subprocess.Popen(
        [sys.executable, "-m", "glossator", command, *where],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)
    said, _ = running.communicate(timeout=PATIENCE)
    # Python ends itself by the signal if that came before it had begun, or while a class was made of source; a shell
    # tells 130 in both cases.
    assert running.returncode in (130, -signal.SIGINT)
    if said or running.returncode == 130:
        assert "Stopped." == said.splitlines()[-1], said
    assert ("Traceback" not in said, "Error" not in said) == (True, True), said
    assert [] == list(scratch.glob("glossator-open-*"))
