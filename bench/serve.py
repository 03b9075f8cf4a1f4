"""Measures how soon the preview shows a save, and what it costs while nobody saves.

usage: python bench/serve.py [--articles N] [--saves N] [--clicks N] [--listings N] [--folder FOLDER] [--browser]
                             [--stand-in]

Writes an invented archive (bench/generate.py), starts `build.py serve` on it and opens an article's page as a browser
does, with livereload's protocol (with --browser, also in Chromium). Then it adds a sentence to one article after
another, a second or two apart, and measures the time from the save until the new page is on disk, and until the open
page is notified. With --listings it saves articles and pages whose listings a lexer reads for seconds, and asks for
pages until each is shown. Then it asks, as the dialog does, what a decision about a name in ten articles would change
(a click: what the entity is, and what its new name changes). At the end it measures CPU time while nothing is saved,
and the memory of all processes. Linux only.
FOLDER keeps the archive, so that a second run need not build it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import generate, standin  # noqa: E402  # beside this script
from bench.build import person_in_articles  # noqa: E402
from glossator import slugs  # noqa: E402

POLL = 0.0005
"""Seconds between two looks at the disk."""
ASK = 0.01
"""Seconds between two requests."""
PATIENCE = 120
QUIET_BEFORE_IDLE = 16
"""Seconds without work after which the preview is taken to be idle."""
BUSY = 0.1
"""CPU seconds of all processes within a second that are work."""
IDLE = 20
"""Seconds for which the idle preview is measured."""
PORT = 8700


@dataclass(frozen=True, slots=True)
class Preview:
    folder: Path
    process: int
    port: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000, help="how many articles the archive has (1000)")
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=5)
    parser.add_argument("--listings", type=int, default=0, help="pages with listings that are read for seconds (0)")
    parser.add_argument("--stand-in", action="store_true", help="names from a list, as in bench/build.py")
    parser.add_argument("--folder", type=Path, help="where the archive is and stays; else it is made for this run")
    parser.add_argument("--browser", action="store_true", help="also until Chromium shows it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        if not (folder / "content").is_dir():
            generate.write(folder, options.articles, "markdown")
            if options.stand_in:
                standin.write(folder / "standin")
                settings = f'[language.en]\nmodel = "{folder / "standin"}"\n'
                (folder / "glossator.toml").write_text(settings, "utf-8")
        articles = sum(1 for _ in (folder / "content" / "articles").glob("*.md"))
        with running(folder) as preview:
            print(f"{articles:,} articles, {options.saves} saves; milliseconds from the save until ...", flush=True)
            if options.saves:
                asyncio.run(measure_saves(preview, options.saves))
            if options.listings:
                asyncio.run(measure_answers(preview, options.listings))
            asyncio.run(measure_clicks(preview, options.clicks))
            if options.browser:
                measure_browser(preview, options.saves)
            measure_idle(preview)


@contextmanager
def running(folder: Path) -> Iterator[Preview]:
    """Yield a preview whose pages and search index are up to date."""
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", "--port", str(PORT)]
    command += ["--content", str(folder / "content"), "--site", str(folder / "site")]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        address = next(match for line in lines if (match := re.match(r"http://127\.0\.0\.1:(\d+)/", line)))
        threading.Thread(target=deque, args=(lines, 0), daemon=True).start()  # what is not read would stop the preview
        print(f"pages shown after {time.perf_counter() - begun:.1f} s", flush=True)
        wait_until_idle(process.pid)
        try:
            yield Preview(folder, process.pid, int(address[1]))
        finally:
            process.send_signal(signal.SIGINT)


async def measure_saves(preview: Preview, saves: int) -> None:
    on_disk, notified = [], []
    for number in range(saves):
        await asyncio.sleep(random.uniform(1, 2))  # so that saves are not in step with the watcher
        written, heard = await save(preview, number)
        on_disk.append(written)
        notified.append(heard)
    report("the new page is on disk", on_disk)
    report("the open page is told", notified)


async def measure_answers(preview: Preview, pages: int) -> None:
    """Measure how long answers take while pages are built whose listings a lexer reads for seconds."""
    address, client = f"http://127.0.0.1:{preview.port}", AsyncHTTPClient()
    answered, shown = [], []
    for number in range(pages):
        source, page, words = article(preview, number)
        if number % 2:  # a page that was saved, instead of an own article
            source = preview.folder / "content" / "saved" / f"listing-{time.time_ns()}.md"
            page = page.with_name(f"{source.stem}.html")
            source.parent.mkdir(exist_ok=True)
            source.write_text(f"---\ntitle: {source.stem}\n---\n", "utf-8")
        slow = "".join(f"```csharp\n{'word' * 950}\n```\n\n".replace("word", f"word{piece}\n") for piece in range(4))
        begun = add(source, f"wrote code.\n\n{slow}It {words}")
        while not page.is_file() or words.encode() not in page.read_bytes():
            asked = time.perf_counter()
            await client.fetch(f"{address}/index.html", request_timeout=PATIENCE)
            answered.append((time.perf_counter() - asked) * 1000)
            if time.perf_counter() - begun > PATIENCE:
                sys.exit(f"{page} was not made within {PATIENCE} s.")
            await asyncio.sleep(ASK)
        shown.append((time.perf_counter() - begun) * 1000)
    report("a page with slow listings", shown)
    report(f"one of {len(answered)} answers", answered)
    print(f"{'  99 of 100 within':<26} {quantiles(answered, n=100)[-1]:>14.1f}", flush=True)


async def measure_clicks(preview: Preview, clicks: int) -> None:
    """Measure a click as a person waits for it, and the CPU time of all processes meanwhile."""
    address, client = f"http://127.0.0.1:{preview.port}", AsyncHTTPClient()
    person = person_in_articles(preview.folder, 10)
    page = (await client.fetch(f"{address}/index.html")).body.decode()
    token = re.search(r'data-token="([^"]+)"', page)
    assert token
    headers = {"X-Glossator-Token": token[1], "Origin": address, "Content-Type": "application/json"}
    decision = json.dumps({"kind": "rename", "names": [person], "value": "Dr Nobody", "write": False})
    waited, used, answer = [], [], b""
    for _ in range(clicks):
        before, begun = processor(processes(preview.process)), time.perf_counter()
        names = f"{address}/_glossator/names?id={slugs.slug(person)}"
        await client.fetch(names, headers=headers, request_timeout=0)
        url = f"{address}/_glossator/decisions"
        request = HTTPRequest(url, method="POST", headers=headers, body=decision, request_timeout=0)
        answer = (await client.fetch(request)).body
        waited.append((time.perf_counter() - begun) * 1000)
        used.append((processor(processes(preview.process)) - before) * 1000)
    report(f"a click ({json.loads(answer)['count']} articles)", waited)
    report("  CPU", used)


async def save(preview: Preview, number: int) -> tuple[float, float]:
    """Return milliseconds from a save until its page is on disk, and until the browser that shows it is notified."""
    source, page, words = article(preview, number)
    with closing(await connect(preview, f"articles/{page.name}")) as socket:
        begun = add(source, words)
        hearing = asyncio.ensure_future(heard(socket, begun))
        while words.encode() not in page.read_bytes():
            await asyncio.sleep(POLL)
            if time.perf_counter() - begun > PATIENCE:
                sys.exit(f"{page} was not made anew within {PATIENCE} s.")
        written = time.perf_counter() - begun
        return written * 1000, await asyncio.wait_for(hearing, PATIENCE) * 1000


def article(preview: Preview, number: int) -> tuple[Path, Path, str]:
    """Return an article's file, its page, and words that neither contains."""
    sources = sorted((preview.folder / "content" / "articles").glob("*.md"))
    source = sources[number * 7 % len(sources)]
    page = preview.folder / "site" / "articles" / f"{source.stem}.html"
    return source, page, f"returned after {time.time_ns()} days"


def add(source: Path, words: str) -> float:
    """Save an article with one more sentence about a person; return the time of the save."""
    text = source.read_text("utf-8") + f"\n{generate.person(random.randrange(1000))} {words}.\n"
    source.write_text(text, "utf-8")
    return time.perf_counter()


async def connect(preview: Preview, page: str) -> WebSocketClientConnection:
    address = f"http://127.0.0.1:{preview.port}"
    request = HTTPRequest(f"ws://127.0.0.1:{preview.port}/livereload", headers={"Origin": address})
    socket = await websocket_connect(request)
    greeting = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
    await socket.write_message(greeting)
    await socket.read_message()
    await socket.write_message(json.dumps({"command": "info", "url": f"{address}/{page}"}))
    # The answer to a second greeting shows that earlier messages were read.
    await socket.write_message(greeting)
    await socket.read_message()
    return socket


async def heard(socket: WebSocketClientConnection, begun: float) -> float:
    message = await socket.read_message()
    assert message
    assert json.loads(message)["command"] == "reload"
    return time.perf_counter() - begun


def measure_browser(preview: Preview, saves: int) -> None:
    """Measure the time from a save until Chromium shows the new sentence."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- most runs do not need it

    shown = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        for number in range(saves):
            source, page, words = article(preview, number)
            with tab.expect_websocket():
                tab.goto(f"http://127.0.0.1:{preview.port}/articles/{page.name}")
            time.sleep(random.uniform(1, 2))
            begun = add(source, words)
            tab.locator("article", has_text=words).wait_for(timeout=PATIENCE * 1000)
            shown.append((time.perf_counter() - begun) * 1000)
        browser.close()
    report("Chromium shows it", shown)


def wait_until_idle(process: int) -> None:
    """Wait until the search index is made and no process has done anything to speak of for a while."""
    busy, end, used = time.monotonic(), time.monotonic() + PATIENCE, 0.0
    while time.monotonic() - busy < QUIET_BEFORE_IDLE and time.monotonic() < end:
        time.sleep(1)
        before, used = used, processor(processes(process))
        if abs(used - before) > BUSY:
            busy = time.monotonic()


def measure_idle(preview: Preview) -> None:
    wait_until_idle(preview.process)
    tree = processes(preview.process)
    before = processor(tree)
    time.sleep(IDLE)
    used = (processor(tree) - before) / IDLE
    print(f"idle: {used:.2%} of a core, {sum(map(memory, tree)) / 1e6:.0f} MB in {len(tree)} process(es)")


def processes(root: int) -> list[int]:
    """Return the ids of a process and all its descendants."""
    children = Path(f"/proc/{root}/task").glob("*/children")
    below = [int(number) for file in children for number in file.read_text().split()]
    return [root, *(process for child in below for process in processes(child))]


def processor(tree: list[int]) -> float:
    """Return the CPU seconds that processes have used."""
    fields = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in tree)
    return sum(int(user) + int(system) for *_, user, system in (row[:13] for row in fields)) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """Return the bytes of a process, with shared ones divided by the number of processes that share them."""
    match = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    return int(match[1]) * 1024 if match else 0


def report(label: str, values: list[float]) -> None:
    print(f"{label:<26} median {median(values):>7.1f}   worst {max(values):>7.1f}", flush=True)


if __name__ == "__main__":
    main()
