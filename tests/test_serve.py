"""Live preview, as a real server: a save reaches the browser, and nobody from elsewhere reaches the archive."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from glossator import serve
from glossator.cli.extensions import load_extended
from glossator.config import Config, SiteError
from glossator.incremental.cache import Cache
from glossator.incremental.memo import Progress
from glossator.model import SitePath
from glossator.pipeline import ArchivePaths, Report
from glossator.pipeline.rebuild.interruptible_build import OnPagesWritten
from glossator.serve import live_preview, watching
from glossator.serve.build_thread import PreviewBuilder
from glossator.serve.server import bind
from glossator.serve.watching import Saves, matters
from tests.sites import build, command, contents, lay, silent

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds after which a message is taken not to come: much more than it ever takes."""
LONG = PATIENCE * 1000
NEXT_SAVE = 5
"""Seconds until somebody whose save was not noticed saves again."""
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


def start(folder: Path, *more: str) -> Preview:
    """Start a preview with more options; a private one has a site of its own."""
    site = [] if "--private" in more else [f"--site={folder / 'site'}"]
    options = [f"--content={folder / 'content'}", *site, "--workers=1", "--port=0", *more]
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


async def connect(port: int, origin: str | None) -> WebSocketClientConnection:
    headers = {"Origin": origin} if origin else {}
    return await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers=headers))


async def heard(page: WebSocketClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await page.read_message() or "{}")
    return message


async def opened(port: int, page: str) -> WebSocketClientConnection:
    """The connection of a page that is open in a browser."""
    hello = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
    socket = await connect(port, f"http://127.0.0.1:{port}")
    await socket.write_message(hello)
    assert "hello" == (await heard(socket))["command"]
    await socket.write_message(json.dumps({"command": "info", "url": f"http://127.0.0.1:{port}/{page}"}))
    # The answer to a second greeting says that what came before it was read.
    await socket.write_message(hello)
    await heard(socket)
    return socket


async def closed(socket: WebSocketClientConnection) -> None:
    socket.close()
    while await heard(socket):
        pass  # until the connection is closed on both sides


async def told(
    preview: Preview, save: Callable[[], object], page: str = "index.html", path: str = ""
) -> dict[str, Any]:
    """The message about a path that an open page is sent after a save; another may come of a save before it."""
    socket = await opened(preview.port, page)
    save()
    async with asyncio.timeout(PATIENCE):
        while (message := await heard(socket))["path"] != (path or page):
            pass
    await closed(socket)
    return message


def until_shown(preview: Preview, page: str, words: str) -> None:
    """Wait for words on a page, of which the first build after a save may show less: it can see half a file."""
    until(lambda: words in preview.get(page)[1])


def until(said: Callable[[], bool], pause: float = 0.05) -> None:
    """Ask until it is so, with pauses in which others have the processor."""
    patient_until = time.monotonic() + PATIENCE
    while not said():
        assert time.monotonic() < patient_until
        time.sleep(pause)


def test_a_page_is_served_with_the_script_that_listens(preview: Preview) -> None:
    status, body, headers = preview.get("/")
    assert (200, 1, "no-store") == (status, body.count(SCRIPT), headers["Cache-Control"])
    assert SCRIPT not in (preview.folder / "site/index.html").read_text("utf-8")
    assert preview.get("/livereload.js")[0] == 200


def test_what_is_not_there_gets_the_site_s_own_page(preview: Preview) -> None:
    status, body, _ = preview.get("/articles/nothing.html")
    assert (404, True) == (status, "Page not found" in body)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{}",
        "127.0.0.1.evil.example:{}",
        "localhost.evil:{}",
        "127.0.0.1",
        "localhost:1",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/articles/wall.html", "/livereload.js", "/_glossator/problems"])
def test_another_name_for_this_machine_is_refused(preview: Preview, host: str, path: str) -> None:
    status, body, _ = preview.get(path, Host=host.format(preview.port))
    assert (403, False) == (status, "Harbour" in body or "LiveReload" in body)


def test_both_names_of_this_machine_are_answered(preview: Preview) -> None:
    assert [200, 200] == [preview.get("/", Host=f"{host}:{preview.port}")[0] for host in ("localhost", "127.0.0.1")]


@pytest.mark.parametrize(
    "path",
    [
        "/.glossator-files.json",
        "/.nojekyll",
        "/../glossator.toml",
        "/%2e%2e/glossator.toml",
        "/..%2fglossator.toml",
    ],
)
def test_hidden_files_and_what_lies_beside_the_site_are_not_shown(preview: Preview, path: str) -> None:
    assert preview.get(path)[0] in (403, 404)


def test_a_request_that_calls_nobody_by_name_is_refused(preview: Preview) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b"403" == client.recv(100).split()[1]


@pytest.mark.parametrize("path", ["/", "/articles/nothing.html", "/_glossator/problems", "/livereload.js"])
@pytest.mark.parametrize("host", ["127.0.0.1:{}", "evil.example"])
def test_no_other_site_can_show_the_preview_in_a_frame(preview: Preview, path: str, host: str) -> None:
    headers = preview.get(path, Host=host.format(preview.port))[2]
    assert ("frame-ancestors 'none'", "DENY") == (headers["Content-Security-Policy"], headers["X-Frame-Options"])


@pytest.mark.parametrize(
    "path", ["/%00", "/wall%00.html", "/%ff", "/" + "x" * 5000, "//", "/?%00", "/%0a", "/livereload"]
)
def test_an_odd_address_is_refused_and_the_terminal_stays_quiet(preview: Preview, path: str) -> None:
    assert preview.get(path)[0] in (200, 400, 403, 404)
    assert "Traceback" not in preview.complaints.read_text("utf-8")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "file://",
        "https://127.0.0.1:{}",
        "evil://127.0.0.1:{}",
        None,
    ],
)
def test_a_page_from_elsewhere_may_not_listen(preview: Preview, origin: str | None) -> None:
    with pytest.raises(HTTPClientError) as raised:
        await_in_a_thread(connect(preview.port, origin and origin.format(preview.port)))
    assert 403 == raised.value.code


@pytest.mark.parametrize(
    "message",
    [b"", b"[", b"[]", b"null", b"{}", b'{"command": "info", "plugins": 1}', b'{"command": "info", "url": "http://["}'],
)
def test_a_message_of_another_kind_ends_the_connection_and_the_terminal_stays_quiet(
    preview: Preview, message: bytes
) -> None:
    async def said() -> object:
        socket = await connect(preview.port, f"http://127.0.0.1:{preview.port}")
        await socket.write_message(message)
        answer = await asyncio.wait_for(socket.read_message(), PATIENCE)
        socket.close()
        return answer

    assert await_in_a_thread(said()) is None
    assert "Traceback" not in preview.complaints.read_text("utf-8")


def test_a_request_that_never_ends_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.serve.server.TIMEOUT", 0.05)

    def ask(port: int) -> bytes:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as client, suppress(ConnectionError):
            client.sendall(b"GET / HTTP/1.1\r\nHost:")
            return client.recv(100)
        return b""  # it was hung up before this thread had its turn

    assert b"" == while_it_runs(in_process(lay(tmp_path, ARCHIVE)), ask)


def test_a_port_that_is_taken_is_an_error_before_anything_is_built(tmp_path: Path) -> None:
    taken = bind(0)
    port = taken.getsockname()[1]
    with pytest.raises(SiteError, match=f"Port {port} is taken"):
        serve.serve(
            ArchivePaths(tmp_path / "content", tmp_path / "site"),
            Config,
            silent,
            serve.Address(tmp_path, port, False),
            lambda: nullcontext(silent),
        )
    assert [] == list(tmp_path.iterdir())
    taken.close()


def test_a_save_is_built_and_the_open_page_is_told(preview: Preview) -> None:
    path = preview.folder / "content/articles/wall.md"
    text = path.read_text("utf-8") + "\nThe quay is closed until then.\n"
    message = await_in_a_thread(told(preview, lambda: path.write_text(text, "utf-8"), "articles/wall.html"))
    assert "reload" == message["command"]
    until_shown(preview, "/articles/wall.html", "The quay is closed until then.")


def test_a_new_saved_file_becomes_a_page(preview: Preview) -> None:
    saved = "-- content/saved/crane.md --\n---\ntitle: The crane turns again\n---\nIt stood still for a year.\n"
    await_in_a_thread(told(preview, lambda: lay(preview.folder, saved)))
    until_shown(preview, "/articles/the-crane-turns-again.html", "It stood still for a year.")


def test_a_file_that_is_made_to_be_read_for_ever_stops_no_request_and_no_other_file(preview: Preview) -> None:
    lay(preview.folder, f"-- content/saved/endless.txt --\n{'<!--a-->' * 60}\nThe quay.\n")
    assert 200 == preview.get("/")[0]
    lay(preview.folder, f"-- content/saved/quay.txt --\nThe quay of Ravnsborg\n\n{'It was mended in May. ' * 20}\n")
    until(lambda: preview.get("/articles/the-quay-of-ravnsborg.html")[0] == 200)


def test_saved_files_are_read_in_another_process_than_answers_requests(tmp_path: Path) -> None:
    """A process that ends while it reads one is replaced, and the preview goes on."""
    lay(tmp_path, ARCHIVE)
    builder = PreviewBuilder(
        ArchivePaths(tmp_path / "content", tmp_path / "site"), lambda: load_extended(tmp_path / "glossator.toml")
    )
    others = set(active_children())  # the preview that other tests of this file share reads in a process of its own
    with closing(builder):
        for says in ("It turns again.", "It turns no more."):
            lay(tmp_path, f"-- content/saved/crane.txt --\nThe crane\n\n{f'{says} ' * 20}\n")
            done(builder.build(frozenset(), lambda _: None))
            assert says in (tmp_path / "content/articles/the-crane.md").read_text("utf-8")
            (process,) = set(active_children()) - others
            process.kill()
            process.join()


def test_a_change_of_the_settings_or_of_the_theme_shows(preview: Preview) -> None:
    settings = '-- glossator.toml --\n[site]\ntitle = "Cuttings"\n[language.en]\nmodel = ""\n'
    await_in_a_thread(told(preview, lambda: lay(preview.folder, settings)))
    until_shown(preview, "/", "<title>Cuttings</title>")


def test_a_mistake_is_told_and_the_next_save_is_built_again(tmp_path: Path) -> None:
    started = start(lay(tmp_path, ARCHIVE))
    try:
        assert 200 == started.get("/")[0]
        lay(tmp_path, '-- content/entities.toml --\nignored = ["Rope Street"]\n')
        until(lambda: "ignored" in started.complaints.read_text("utf-8"))
        assert 200 == started.get("/")[0]
        repaired = "-- content/entities.toml --\n-- content/pages/about.md --\nUs\n"
        await_in_a_thread(told(started, lambda: lay(tmp_path, repaired), "about.html"))
        until_shown(started, "/about.html", "Us")
    finally:
        code, _ = stop(started)
    complaints = started.complaints.read_text("utf-8")
    assert (130, "Stopped.") == (code, complaints.splitlines()[-1])
    assert "Traceback" not in complaints


@pytest.mark.slow  # test_whatever_a_site_is_made_of_is_watched makes some of each later
def test_settings_and_a_theme_that_are_made_later_show(tmp_path: Path) -> None:
    started = start(lay(tmp_path, "-- content/pages/about.md --\nUs.\n"))
    try:
        await_in_a_thread(told(started, lambda: lay(tmp_path, '-- glossator.toml --\n[site]\ntitle = "Cuttings"\n')))
        until_shown(started, "/", "<title>Cuttings</title>")
        for words in ("A theme of mine.", "Another one."):
            await_in_a_thread(told(started, partial(lay, tmp_path, f"-- templates/home.html --\n{words}\n")))
            until_shown(started, "/", words)
    finally:
        stop(started)


def test_a_build_that_fails_is_told_and_costs_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faults = [
        (
            PermissionError(13, "Permission denied", "wall.html"),
            "wall.html could not be read or written: permission denied.",
        ),
        (SiteError("There is no folder.", "Make it."), "There is no folder. Make it."),
        (KeyError("wall"), "The change could not be built: please report it."),
    ]

    for fault, said in faults:
        builder = PreviewBuilder(ArchivePaths(tmp_path / "content", tmp_path / "site"), partial(throw, fault))
        built = live_preview._build(partial(builder.build, frozenset(), silent))
        assert built
        report, panel = built
        assert (None, 1) == (report, len(panel.entries))
        assert said == capsys.readouterr().err.splitlines()[-1]


def throw(fault: Exception) -> Config:
    raise fault


def test_what_is_saved_before_the_watch_begins_is_built(tmp_path: Path) -> None:
    preview = in_process(lay(tmp_path, ARCHIVE))
    lay(tmp_path, "-- content/pages/about.md --\nUs.\n")
    while_it_runs(preview, lambda _: until(lambda: "Us." in read(tmp_path / "site/about.html")))


def in_process(folder: Path, kind: type[PreviewBuilder] = PreviewBuilder) -> serve.Preview:
    """A preview of an archive that was built once, not started yet."""
    builder = kind(ArchivePaths(folder / "content", folder / "site"), partial(load_extended, folder / "glossator.toml"))
    return serve.Preview(builder, silent, done(builder.build(frozenset(), silent)), folder / "glossator.toml")


def done(report: Report | None) -> Report:
    assert report
    return report


def while_it_runs(preview: serve.Preview, act: Callable[[int], Any]) -> Any:
    """What comes of an act in a thread of its own, which gets the port, while the preview runs."""
    bound = bind(0)
    port = bound.getsockname()[1]

    async def run() -> Any:
        address = serve.Address(preview.builder.paths.content.parent / "glossator.toml", port, False)
        running = asyncio.create_task(preview.run(address, bound))
        try:
            return await asyncio.to_thread(act, port)
        finally:
            running.cancel()
            await asyncio.wait([running])

    return await_in_a_thread(run())


def read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    passed = [".wall.md.new", "wall.md~", ".wall.md.swp", "#wall.md#", ".obsidian/workspace.json", ".git/index"]
    assert [True] + [False] * len(passed) == [matters((tmp_path,), tmp_path / path) for path in ("wall.md", *passed)]


def test_a_save_that_follows_a_build_at_once_arrives(preview: Preview) -> None:
    path = preview.folder / "content/articles/wall.md"
    for words in ("The first of two saves.", "The second of two saves."):
        text = path.read_text("utf-8") + f"\n{words}\n"
        await_in_a_thread(told(preview, partial(path.write_text, text, "utf-8"), "articles/wall.html"))
        until_shown(preview, "/articles/wall.html", words)


def test_a_page_hears_of_its_own_changes_only(preview: Preview) -> None:
    async def messages() -> list[str]:
        about, wall = await opened(preview.port, "about.html"), await opened(preview.port, "articles/wall.html")
        path = preview.folder / "content/articles/wall.md"
        path.write_text(path.read_text("utf-8") + "\nNot everybody has to know this.\n", "utf-8")
        heard_first = [(await asyncio.wait_for(heard(wall), PATIENCE))["path"]]
        lay(preview.folder, f"-- content/pages/about.md --\nWe, at {time.time()}.\n")
        # Messages keep their order: one about the article would come first.
        heard_first.append((await asyncio.wait_for(heard(about), PATIENCE))["path"])
        await closed(about)
        await closed(wall)
        return heard_first

    assert ["articles/wall.html", "about.html"] == await_in_a_thread(messages())


def test_a_style_sheet_is_exchanged_and_a_script_loads_its_pages_again(preview: Preview) -> None:
    styled = "-- templates/static/theme.css --\nbody { color: teal; }\n"
    message = await_in_a_thread(told(preview, partial(lay, preview.folder, styled), path="static/theme.css"))
    assert message["liveCSS"]
    scripted = "-- templates/static/site.js --\n// Nothing any more.\n"
    await_in_a_thread(told(preview, partial(lay, preview.folder, scripted)))


def test_a_page_that_comes_to_be_and_one_that_goes_are_loaded_again(preview: Preview) -> None:
    path = preview.folder / "content/pages/guests.md"
    for change, status in ((partial(path.write_text, "Welcome."), 200), (path.unlink, 404)):
        path.parent.mkdir(exist_ok=True)
        await_in_a_thread(told(preview, change, "guests.html"))
        until(partial(answers, preview, "/guests.html", status))


WATCHED = {
    "a saved file in a new folder": (
        "content/saved/new/deep/rope.md",
        "# Rope\n\nIt is long.\n",
        "/articles/rope.html",
    ),
    "a decision": ("content/entities.toml", '[rename]\n"Ravnsborg" = "Ravnsburg"\n', "/entities/ravnsburg.html"),
    "a note": (
        "content/entities/jonas-aber.md",
        "---\nname: Jonas Aber\n---\nHe sings.\n",
        "/entities/jonas-aber.html",
    ),
    "a list of names": (
        "content/gazetteers/board.toml",
        '[[entity]]\nname = "May"\ntype = "event"\n',
        "/entities/may.html",
    ),
    "a page of one's own": ("content/pages/help.md", "Ask us.\n", "/help.html"),
    "a template": ("templates/home.html", "Quite another page.\n", "/index.html"),
    "the settings": ("glossator.toml", '[site]\ntitle = "Cuttings"\n', "/help.html"),
}


def answers(preview: Preview, page: str, status: int) -> bool:
    return preview.get(page)[0] == status


def differs(preview: Preview, page: str, before: object) -> bool:
    return preview.get(page)[:2] != before


def test_whatever_a_site_is_made_of_is_watched(tmp_path: Path) -> None:
    article = "-- content/articles/choir.md --\n---\ntitle: The choir\n---\nJonas Aber sang in Ravnsborg in May.\n"
    started = start(lay(tmp_path, article))
    try:
        for path, text, page in WATCHED.values():
            before = started.get(page)[:2]
            lay(tmp_path, f"-- {path} --\n{text}")
            until(partial(differs, started, page, before))
            until(partial(answers, started, page, 200))
    finally:
        stop(started)


def test_the_search_index_follows_when_nothing_is_saved_any_more(tmp_path: Path) -> None:
    started = start(lay(tmp_path / "previewed", ARCHIVE))
    try:
        index = tmp_path / "previewed/site/pagefind/pagefind-entry.json"
        until(index.is_file)
        changed = ARCHIVE.replace("in May", "in September")
        command(lay(tmp_path / "built", changed))
        lay(tmp_path / "previewed", changed)
        # The page that is shown first is indexed, and then the page as the whole build makes it.
        until(partial(_has, tmp_path / "previewed/site", contents(tmp_path / "built/site")), pause=0.5)
    finally:
        stop(started)


def _has(site: Path, files: dict[str, bytes]) -> bool:
    try:
        return contents(site) == files
    except FileNotFoundError:  # the index was replaced between its list of files and their bytes
        return False


class Slow(PreviewBuilder):
    """One that says early which page is on disk, and ends its build when it may."""

    done = threading.Event()

    def build(
        self,
        changed: frozenset[Path],
        early: OnPagesWritten,
        overtaken: Callable[[], bool] = lambda: False,
        progress: Progress = silent,
    ) -> Report | None:
        report = super().build(changed, early, overtaken, progress)
        page = SitePath("articles/wall.html")
        # A build may also see the file of a save that has only begun, or one that was there before.
        if changed and report and page in report.written:
            early([page])
            assert self.done.wait(PATIENCE)
        return report


def test_a_page_is_told_as_soon_as_it_is_on_disk(tmp_path: Path) -> None:
    preview = in_process(lay(tmp_path, ARCHIVE), Slow)

    async def told_early(port: int) -> str:
        page = await opened(port, "articles/wall.html")
        lay(tmp_path, ARCHIVE.replace("in May", "in September"))
        message = await asyncio.wait_for(heard(page), PATIENCE)
        Slow.done.set()
        await closed(page)
        return str(message["path"])

    assert "articles/wall.html" == while_it_runs(preview, lambda port: asyncio.run(told_early(port)))


class Halting(PreviewBuilder):
    """One that stands still when it has read some articles and has more to read, until it may go on."""

    may_go_on = threading.Event()

    def build(
        self,
        changed: frozenset[Path],
        early: OnPagesWritten,
        overtaken: Callable[[], bool] = lambda: False,
        progress: Progress = silent,
    ) -> Report | None:
        def halt(stage: str, done: int, total: int) -> None:
            progress(stage, done, total)
            if changed and stage == "annotate" and done < total:
                assert self.may_go_on.wait(PATIENCE)

        return super().build(changed, early, overtaken, halt)


def shown_problems(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_glossator/problems") as answer:
        problems: dict[str, Any] = json.load(answer)
    return problems


def test_a_build_that_reads_much_is_said_on_the_page_and_in_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    many = "".join(f"-- content/articles/{number}.md --\nGull {number} came.\n" for number in range(20))
    preview = in_process(lay(tmp_path, ARCHIVE + many), Halting)
    said = "The archive is being built: 21 articles are searched for names. You see the site as it was."

    def act(port: int) -> None:
        (tmp_path / "glossator.toml").write_text('[language.en]\nmodel = ""\n[entities]\ndemonyms = true\n', "utf-8")
        until(lambda: shown_problems(port)["title"] == said)
        Halting.may_go_on.set()
        until(lambda: not shown_problems(port)["title"])

    while_it_runs(preview, act)
    assert 1 == capfd.readouterr().err.count(said)


def test_a_preview_that_waits_for_a_command_says_for_which(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    preview = in_process(lay(tmp_path, ARCHIVE))
    code = "import sys, pathlib; from glossator.incremental.cache import Cache\nwith Cache(pathlib.Path(sys.argv[-1])): print(); input()"
    command = [sys.executable, "-c", code, "publish", str(tmp_path / ".glossator/content.sqlite3")]

    def act(port: int) -> None:
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout
            assert other.stdin
            other.stdout.readline()
            lay(tmp_path, ARCHIVE.replace("in May", "in September"))
            begun = f"Another build of this archive is running: `glossator publish {tmp_path}"
            until(lambda: shown_problems(port)["title"].startswith(begun))
            shown = shown_problems(port)
            assert f"process {other.pid}, since " in shown["title"]
            assert f"`kill {other.pid}`" in shown["entries"][0]["message"]
            other.stdin.close()
        until(lambda: not shown_problems(port)["title"])

    while_it_runs(preview, act)
    assert "in September" in read(tmp_path / "site/articles/wall.html")
    assert 1 == capfd.readouterr().err.count("The preview waits for it.")


def test_a_build_gives_way_to_a_save_and_its_own_article_is_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, early = tmp_path / "previewed", list[SitePath]()
    archive = ARCHIVE + "-- content/articles/gull.md --\nMarta Lindqvist fed a gull.\n"
    preview = in_process(lay(folder, archive.replace('[language.en]\nmodel = ""\n', "")))
    wall, gull = folder / "content/articles/wall.md", folder / "content/articles/gull.md"
    overtaken = partial(preview.builder.build, early=early.extend, overtaken=lambda: True)
    wall.write_text(wall.read_text("utf-8").replace("in May", "in September, says Jonas Aber"), "utf-8")
    assert overtaken(frozenset([wall])) is None
    assert ["articles/wall.html"] == early
    assert "in September" in read(folder / "site/articles/wall.html")
    assert not (folder / "site/entities/jonas-aber.html").exists()  # left to the next build
    gull.write_text("Marta Lindqvist fed two gulls.\n", "utf-8")
    monkeypatch.setattr(
        "glossator.pipeline.rebuild.interruptible_build.MOST_OVERTAKEN", 1
    )  # whoever never rests sees the rest at last
    assert overtaken(frozenset([gull]))
    assert ["articles/wall.html", "articles/gull.html"] == early
    shutil.copytree(folder / "content", tmp_path / "built/content")
    build(tmp_path / "built")
    assert html(tmp_path / "built/site") == html(folder / "site")


def html(site: Path) -> dict[str, bytes]:
    return {path: page for path, page in contents(site).items() if path.endswith(".html")}


def ready(*moments: Iterable[Path]) -> frozenset[Path]:
    """What is to be built first, when saves are noticed one after another."""

    async def run() -> frozenset[Path]:
        saves = Saves()
        for paths in moments:
            saves.add(paths)
            await asyncio.sleep(0)
        return await saves.take()

    taken: frozenset[Path] = await_in_a_thread(run())
    return taken


def test_saves_that_come_together_are_one_build(tmp_path: Path) -> None:
    lay(tmp_path, "-- a.md --\nA\n-- b.md --\nB\n-- c.md --\nC\n")
    three = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    assert frozenset(three) == ready(three[:1], three[1:2], three[2:]) == ready(three)


async def noticed(folder: Path, saves: dict[str, str]) -> set[str]:
    """Save the files one after another while the folder is watched; every path that is noticed."""
    paths, waiting, found = ArchivePaths(folder / "content", folder / "site"), Saves(), set[Path]()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(watching.watch(paths, folder / "glossator.toml", waiting, tasks))
        found |= await waiting.take()
        for path, text in saves.items():
            while folder / path not in found:  # a file that comes with its folder may be seen with its next save
                lay(folder, f"-- {path} --\n{text}")
                with suppress(TimeoutError):
                    found |= await asyncio.wait_for(waiting.take(), NEXT_SAVE)
        running.cancel()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_public_interface_of_watchfiles_notices_the_same_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves = {
        "content/articles/wall.md": "Work begins.\n",
        "glossator.toml": "[site]\n",
        "content/new/deep/rope.md": "It is long.\n",
        "templates/home.html": "A theme.\n",
        "content/pages/help.md": "Ask us.\n",
    }
    found = []
    for use_core in (True, False):
        monkeypatch.setattr(watching, "USE_CORE", use_core)
        folder = lay(tmp_path / str(use_core), "-- content/articles/.wall.md.swp --\n-- templates/text.html --\n")
        found.append(await_in_a_thread(noticed(folder, saves)))
    core, public = (paths - {"content/new", "content/new/deep", "content/pages"} for paths in found)
    assert core == public == {"content", "templates", "themes", *saves}


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


def visit(preview: Preview, chromium: Browser, path: str) -> Page:
    page = chromium.new_page()
    with page.expect_websocket():
        page.goto(f"http://127.0.0.1:{preview.port}/{path}")
    page.evaluate("window.untouched = true")
    return page


@pytest.mark.browser
def test_only_the_page_that_changed_is_loaded_again(preview: Preview, chromium: Browser) -> None:
    lay(preview.folder, "-- content/pages/quay.md --\nThe quay.\n-- content/pages/pier.md --\nThe pier.\n")
    until(lambda: 200 == preview.get("/pier.html")[0])
    quay, pier = visit(preview, chromium, "quay.html"), visit(preview, chromium, "pier.html")
    lay(preview.folder, "-- content/pages/quay.md --\nThe quay is closed.\n")
    expect(quay.locator("main")).to_contain_text("The quay is closed.", timeout=LONG)
    assert pier.evaluate("window.untouched")
    lay(preview.folder, "-- content/pages/pier.md --\nThe pier is closed.\n")
    expect(pier.locator("main")).to_contain_text("The pier is closed.", timeout=LONG)
    quay.close()
    pier.close()


@pytest.mark.browser
def test_a_style_changes_without_a_reload(preview: Preview, chromium: Browser) -> None:
    page = visit(preview, chromium, "articles/wall.html")
    lay(preview.folder, "-- templates/static/theme.css --\nbody { color: rgb(1, 2, 3); }\n")
    expect(page.locator("body")).to_have_css("color", "rgb(1, 2, 3)", timeout=LONG)
    assert page.evaluate("window.untouched")
    page.close()


@pytest.mark.browser
def test_a_page_that_was_changed_while_it_was_loaded_is_loaded_again(preview: Preview, chromium: Browser) -> None:
    """It says itself which bytes it shows, so it does not matter when it begins to listen."""
    page = chromium.new_page()

    def change(route: Route) -> None:
        lay(preview.folder, "-- content/pages/lock.md --\nThe lock is shut.\n")
        until(lambda: "The lock is shut." in preview.get("/lock.html")[1])
        route.continue_()

    lay(preview.folder, "-- content/pages/lock.md --\nThe lock.\n")
    until(lambda: 200 == preview.get("/lock.html")[0])
    page.route("**/livereload.js", change, times=1)
    page.goto(f"http://127.0.0.1:{preview.port}/lock.html")
    expect(page.locator("main")).to_contain_text("The lock is shut.", timeout=LONG)
    page.close()


def wait_until(page: Page, expression: str) -> None:
    """Ask a page again and again; Playwright's own waiting evaluates text in the page, which its policy forbids."""
    for _ in range(LONG // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{expression} did not become true")


@pytest.mark.browser
def test_what_is_wrong_is_said_on_the_page_until_it_is_put_right(preview: Preview, chromium: Browser) -> None:
    page = visit(preview, chromium, "articles/wall.html")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    lay(preview.folder, '-- content/entities.toml --\nignored = ["Rope Street"]\n')
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text("entities.toml", timeout=LONG)
    expect(panel).to_contain_text("did you mean ignore?")
    expect(page.locator("article")).to_contain_text("Work begins in")
    other = visit(preview, chromium, "index.html")
    expect(other.get_by_role("alert")).to_contain_text("entities.toml", timeout=LONG)
    other.get_by_role("button", name="Hide").click()
    other.reload()
    wait_until(other, "window.LiveReload?.connector?.protocol === 7")
    expect(other.get_by_role("alert")).to_have_count(0)
    (preview.folder / "content/entities.toml").unlink()
    expect(panel).to_have_count(0, timeout=LONG)
    assert [] == refused
    assert page.evaluate("window.untouched")
    page.close()
    other.close()


@pytest.mark.browser
def test_an_article_that_was_left_out_is_named_with_its_line(preview: Preview, chromium: Browser) -> None:
    page = visit(preview, chromium, "index.html")
    lay(preview.folder, "-- content/articles/torn.md --\n---\ntitle: [\n---\nTorn.\n")
    expect(page.get_by_role("alert").locator("code")).to_have_text(
        re.compile(r"articles/torn\.md, line \d"), timeout=LONG
    )
    (preview.folder / "content/articles/torn.md").unlink()
    expect(page.get_by_role("alert")).to_have_count(0, timeout=LONG)
    page.close()


def test_preview_waits_for_another_build_and_then_shows_the_save(tmp_path: Path) -> None:
    started = start(lay(tmp_path, ARCHIVE))
    try:
        with Cache(tmp_path / ".glossator/content.sqlite3"):
            lay(tmp_path, ARCHIVE.replace("in May", "in September"))
            until(lambda: "The preview waits for it." in started.complaints.read_text("utf-8"))
        until(lambda: "in September" in started.get("/articles/wall.html")[1])
    finally:
        stop(started)
