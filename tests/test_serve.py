"""Live preview, as a real server: a save reaches the browser, and nobody from elsewhere reaches the archive."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any
from unittest.mock import Mock

import pytest
from playwright.sync_api import Browser, expect
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from glossator.config import Config, SiteError
from glossator.pipeline import Places, Report
from glossator.serve import Address, _rebuild, _serve, _wanted
from tests.sites import lay

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds after which a message is taken not to come: much more than it ever takes."""
ARCHIVE = """\
-- glossator.toml --
[language.en]
model = ""
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Work begins in May.
"""
SCRIPT = '<script src="/livereload.js" defer></script>'


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: its archive, the process, the port, and where it complains."""

    folder: Path
    process: subprocess.Popen[str]
    port: int
    complaints: Path

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of an answer; the path is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
        finally:
            connection.close()


def start(folder: Path) -> Preview:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    options = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", f"--port={free}"]
    with (folder / "complaints.txt").open("w", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "glossator", "serve", *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
    line = next((line for line in stdout(process) if line.startswith("http://")), "")
    address = re.match(r"http://127\.0\.0\.1:(\d+)/", line)
    assert address, (folder / "complaints.txt").read_text("utf-8")
    return Preview(folder, process, int(address[1]), folder / "complaints.txt")


def stdout(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout
    return process.stdout


def stop(preview: Preview) -> tuple[int, str]:
    """Press Ctrl-C; the exit code, and what the preview still had to say."""
    preview.process.send_signal(signal.SIGINT)
    said, _ = preview.process.communicate(timeout=PATIENCE)
    return preview.process.returncode, said


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    started = start(lay(tmp_path_factory.mktemp("preview"), ARCHIVE))
    yield started
    stop(started)


def await_in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """The browser tests keep an event loop in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def connect(port: int, origin: str) -> WebSocketClientConnection:
    return await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers={"Origin": origin}))


async def heard(page: WebSocketClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await page.read_message() or "{}")
    return message


async def told(preview: Preview, save: Callable[[], object]) -> dict[str, Any]:
    """The message that an open page is sent after a save."""
    hello = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
    page = await connect(preview.port, f"http://127.0.0.1:{preview.port}")
    await page.write_message(hello)
    assert "hello" == (await heard(page))["command"]
    await page.write_message(json.dumps({"command": "info", "url": "http://127.0.0.1/"}))
    # The answer to a second greeting says that what came before it was read.
    await page.write_message(hello)
    await heard(page)
    save()
    message = await asyncio.wait_for(heard(page), PATIENCE)
    page.close()
    while await heard(page):
        pass  # until the connection is closed on both sides
    return message


def test_a_page_is_served_with_the_script_that_listens(preview: Preview) -> None:
    status, body, headers = preview.get("/")
    assert (200, 1, "no-store") == (status, body.count(SCRIPT), headers["Cache-Control"])
    assert SCRIPT not in (preview.folder / "site/index.html").read_text("utf-8")
    assert preview.get("/livereload.js")[0] == 200


def test_what_is_not_there_gets_the_site_s_own_page(preview: Preview) -> None:
    status, body, _ = preview.get("/articles/nothing.html")
    assert (404, True) == (status, "Page not found" in body)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example"]
)
@pytest.mark.parametrize("path", ["/", "/articles/wall.html", "/livereload.js"])
def test_another_name_for_this_machine_is_refused(preview: Preview, host: str, path: str) -> None:
    status, body, _ = preview.get(path, Host=host)
    assert (404, False) == (status, "Harbour" in body or "LiveReload" in body)


def test_both_names_of_this_machine_are_answered(preview: Preview) -> None:
    assert [200, 200] == [preview.get("/", Host=f"{host}:{preview.port}")[0] for host in ("localhost", "127.0.0.1")]


@pytest.mark.parametrize(
    "path",
    ["/.glossator-files.json", "/.nojekyll", "/../glossator.toml", "/%2e%2e/glossator.toml", "/..%2fglossator.toml"],
)
def test_hidden_files_and_what_lies_beside_the_site_are_not_shown(preview: Preview, path: str) -> None:
    assert preview.get(path)[0] in (403, 404)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_a_page_from_elsewhere_may_not_listen(preview: Preview, origin: str) -> None:
    with pytest.raises(HTTPClientError) as raised:
        await_in_a_thread(connect(preview.port, origin))
    assert 403 == raised.value.code


def test_a_save_is_built_and_the_open_page_is_told(preview: Preview) -> None:
    path = preview.folder / "content/articles/wall.md"
    text = path.read_text("utf-8") + "\nThe quay is closed until then.\n"
    assert "reload" == await_in_a_thread(told(preview, lambda: path.write_text(text, "utf-8")))["command"]
    assert "The quay is closed until then." in preview.get("/articles/wall.html")[1]


def test_a_new_saved_file_becomes_a_page(preview: Preview) -> None:
    saved = "-- content/saved/crane.md --\n---\ntitle: The crane turns again\n---\nIt stood still for a year.\n"
    await_in_a_thread(told(preview, lambda: lay(preview.folder, saved)))
    assert "It stood still for a year." in preview.get("/articles/the-crane-turns-again.html")[1]


def test_a_change_of_the_settings_or_of_the_theme_shows(preview: Preview) -> None:
    settings = '-- glossator.toml --\n[site]\ntitle = "Cuttings"\n[language.en]\nmodel = ""\n'
    await_in_a_thread(told(preview, lambda: lay(preview.folder, settings)))
    assert "<title>Cuttings</title>" in preview.get("/")[1]


def test_a_mistake_is_told_and_the_next_save_is_built_again(tmp_path: Path) -> None:
    started = start(lay(tmp_path, ARCHIVE))
    try:
        assert 200 == started.get("/")[0]
        lay(tmp_path, '-- content/entities.toml --\nignored = ["Rope Street"]\n')
        patient_until = time.monotonic() + PATIENCE
        while "ignored" not in (said := started.complaints.read_text("utf-8")):
            assert time.monotonic() < patient_until, said
            time.sleep(0.05)
        assert 200 == started.get("/")[0]
        await_in_a_thread(
            told(started, lambda: lay(tmp_path, "-- content/entities.toml --\n-- content/pages/about.md --\nUs\n"))
        )
        assert "Us" in started.get("/about.html")[1]
    finally:
        code, said = stop(started)
    assert (0, "Stopped.") == (code, said.splitlines()[-1])
    assert "Traceback" not in started.complaints.read_text("utf-8")


def test_settings_and_a_theme_that_are_made_later_show(tmp_path: Path) -> None:
    started = start(lay(tmp_path, "-- content/pages/about.md --\nUs.\n"))
    try:
        await_in_a_thread(told(started, lambda: lay(tmp_path, '-- glossator.toml --\n[site]\ntitle = "Cuttings"\n')))
        assert "<title>Cuttings</title>" in started.get("/")[1]
        for words in ("A theme of mine.", "Another one."):
            await_in_a_thread(told(started, partial(lay, tmp_path, f"-- templates/home.html --\n{words}\n")))
            assert words in started.get("/")[1]
    finally:
        stop(started)


def test_a_build_that_fails_is_told_and_costs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = [
        (
            PermissionError(13, "Permission denied", "wall.html"),
            "wall.html could not be read or written: permission denied.",
        ),
        (SiteError("There is no folder.", "Make it."), "There is no folder. Make it."),
        (KeyError("wall"), "The change could not be built: please report it."),
    ]
    for fault, said in faults:
        monkeypatch.setattr("glossator.serve.build", Mock(side_effect=fault))
        assert _rebuild(Places(tmp_path / "content", tmp_path / "site"), Config) is None
        assert said == capsys.readouterr().err.splitlines()[-1]


def test_what_is_saved_while_the_first_build_runs_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch begins after the first build, so that there is a build when it has begun."""
    report, built = Report(0, 0, 0, 0, (), (), (), ()), Mock()
    built.return_value = report
    monkeypatch.setattr("glossator.serve.build", built)
    monkeypatch.setattr("glossator.serve._listen", lambda _, port: port)
    (tmp_path / "content").mkdir()

    async def watched() -> None:
        places, address = Places(tmp_path / "content", tmp_path / "site"), Address(tmp_path / "a.toml", 8700, False)
        preview = asyncio.create_task(_serve(places, Config, Mock(), address, report))
        while not built.called:
            await asyncio.sleep(0.01)
        preview.cancel()

    await_in_a_thread(asyncio.wait_for(watched(), PATIENCE))


def test_saves_in_the_site_and_what_editors_leave_behind_are_passed_over(tmp_path: Path) -> None:
    wanted = _wanted(Places(tmp_path / "site-content", tmp_path / "site"))
    passed = ["site/index.html", "site-content/.wall.md.new", "site-content/wall.md~", "site-content/.wall.md.swp"]
    assert [True] + [False] * 4 == [wanted(tmp_path / path) for path in ("site-content/wall.md", *passed)]


@pytest.mark.browser
def test_a_save_shows_in_the_open_browser(preview: Preview, chromium: Browser) -> None:
    page = chromium.new_page()
    with page.expect_websocket():
        page.goto(f"http://127.0.0.1:{preview.port}/articles/wall.html")
    expect(page.locator("article")).to_contain_text("Work begins in May.")
    path = preview.folder / "content/articles/wall.md"
    path.write_text(path.read_text("utf-8").replace("in May", "in September"), "utf-8")
    expect(page.locator("article")).to_contain_text("Work begins in September.", timeout=PATIENCE * 1000)
    page.close()
