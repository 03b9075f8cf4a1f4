"""The whole way with the installed program: a wheel, an archive, a branch; its checkout is served below a folder."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PAGE = """\
<html lang="en"><head><title>{title}</title><meta property="article:published_time" content="2024-0{number}-01"></head>
<body><article><h1>{title}</h1>
<p>The town of Ravnsborg will have a pier by the spring, said Marta Lindqvist, the harbour master of Ravnsborg.</p>
<p>She would not say what it costs, but Marta Lindqvist had brought a drawing, and everybody liked the {thing}.</p>
</article></body></html>
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment of its own, which sees the libraries of this one and nothing of ours."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    venv.create(folder / "env", with_pip=False)
    (packages,) = (folder / "env" / "lib").glob("python*/site-packages")
    libraries = Path(pytest.__file__).parents[1]
    (packages / "libraries.pth").write_text(f"{libraries}\n", "utf-8")
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "--python", str(folder / "env" / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", "--ignore-installed", str(wheel)], check=True)
    return folder / "env" / "bin" / "glossator"


def run(program: Path, folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def address(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the published branch, in a folder of a server."""
    folder = tmp_path_factory.mktemp("work")
    remote, host = folder / "remote.git", tmp_path_factory.mktemp("host")
    for number, thing in enumerate(("drawing", "pier", "railing"), 1):
        title = f"A {thing} for Ravnsborg"
        (folder / f"{thing}.html").write_text(PAGE.format(title=title, number=number, thing=thing), "utf-8")
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    run(program, folder, "init", "a")
    archive = folder / "a"
    subprocess.run(["git", "-C", archive, "remote", "add", "origin", remote], check=True)
    run(program, archive, "add", *(str(path) for path in folder.glob("*.html")))
    for command in (["build"], ["check"], ["publish", "--dry-run"], ["publish", "--yes"]):
        run(program, archive, *command)
    subprocess.run(["git", "clone", "--quiet", "--branch", "gh-pages", remote, host / "a"], check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(host))) as serving:
        threading.Thread(target=serving.serve_forever).start()
        yield f"http://127.0.0.1:{serving.server_port}/a/"
        serving.shutdown()


def test_every_page_of_the_published_branch_loads_all_that_it_names(page: Page, address: str) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else troubles.append(asked.url))
    page.goto(address)
    seen, waiting = set[str](), {address}
    while waiting:
        here = waiting.pop()
        seen.add(here)
        page.goto(here)
        links = page.eval_on_selector_all(
            "a[href]", "every => every.map(one => new URL(one.getAttribute('href'), location).href.split('#')[0])"
        )
        waiting |= {link for link in links if link.startswith(address) and link.endswith(".html")} - seen
    assert [] == troubles
    assert {f"{address}articles/a-{thing}-for-ravnsborg.html" for thing in ("drawing", "pier", "railing")} <= seen


def test_card_and_search_of_the_published_branch_work(page: Page, address: str) -> None:
    page.goto(f"{address}articles/a-pier-for-ravnsborg.html")
    page.locator("a.mark[data-entity=marta-lindqvist]").first.hover()
    expect(page.locator(".card")).to_contain_text("harbour master")
    page.goto(f"{address}search.html?q=railing")
    expect(page.locator("main")).to_contain_text("A railing for Ravnsborg")
