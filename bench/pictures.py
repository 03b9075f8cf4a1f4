"""The pictures of the README, taken from the sample in Chromium: the kinds of pages, light and dark.

usage: python bench/pictures.py

The sample is built and shown by `serve` in a temporary folder. The pictures are written to docs/pages/images/.
"""

from __future__ import annotations

import argparse
import functools
import io
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright

from glossator.serve.proof import ADDRESS as PROOF

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pages" / "images"
ARTICLE = "articles/the-quay-ledgers-how-a-port-made-heavy-boxes-light.html"
ENTITY = "entities/petra-lindqvar.html"
DOSSIER = "the-ship.html"
DRAFT = """\
“A crane knows what it lifts,” said Tobias Velling, the pilot.

The Aurelia Bay lost 221 containers in Storm Ingrid. “They slid, from the bottom, as if somebody had taken out a stair,”
said Captain Oskar Dremmel.

“The scale is the honest one,” said Petra Lindqvar.
"""
"""A draft with three faults."""
WINDOW = ViewportSize(width=1200, height=760)
NARROW = ViewportSize(width=900, height=760)
PHONE = ViewportSize(width=390, height=760)
SHADES = 128
"""Colours of a picture: enough for text and two accents, and a third of the bytes."""


@contextmanager
def served_sample() -> Iterator[tuple[str, str]]:
    """The addresses of the sample's site, as readers see it, and of its preview; each with a final slash."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        shutil.copy(ROOT / "glossator.toml", folder)
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--port=0", f"--content={folder}/content"]
        with subprocess.Popen([*command, f"--site={folder}/site"], stdout=subprocess.PIPE, text=True) as serving:
            assert serving.stdout
            lines = (line.split()[0] for line in serving.stdout if line.startswith("http"))
            preview = next(lines)
            handler = functools.partial(SimpleHTTPRequestHandler, directory=f"{folder}/site")
            with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
                threading.Thread(target=site.serve_forever, daemon=True).start()
                yield f"http://127.0.0.1:{site.server_port}/", preview
                site.shutdown()
            serving.terminate()


def pictures(
    browser: Browser, address: str, preview: str, scheme: Literal["light", "dark"]
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of each picture in a colour scheme."""
    context = browser.new_context(viewport=WINDOW, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    yield f"home-{scheme}", page.screenshot()
    page.goto(address + ARTICLE, wait_until="networkidle")
    yield f"article-{scheme}", page.screenshot()
    yield f"card-{scheme}", card(page)
    page.set_viewport_size(NARROW)
    for name, path in (("entity", ENTITY), ("dossier", DOSSIER)):
        page.goto(address + path, wait_until="networkidle")
        yield f"{name}-{scheme}", page.screenshot()
    page.goto(preview.rstrip("/") + PROOF)
    page.locator("textarea").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#findings").wait_for()
    page.locator("#findings").scroll_into_view_if_needed()
    yield f"proof-{scheme}", page.screenshot()
    if scheme == "dark":
        page.set_viewport_size(PHONE)
        page.goto(address + ARTICLE, wait_until="networkidle")
        yield "phone-dark", page.screenshot()
    context.close()


def card(page: Page) -> bytes:
    """Open the card of the first person of an article, and return its picture."""
    mark = page.locator("a.mark[data-type=person]").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    opened = page.locator(".card")
    opened.wait_for()
    box = opened.bounding_box()
    assert box
    return page.screenshot(clip=FloatRect(x=max(0, box["x"] - 120), y=max(0, box["y"] - 90), width=620, height=400))


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with served_sample() as (address, preview), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for name, png in pictures(browser, address, preview, scheme):
                small = Image.open(io.BytesIO(png)).convert("RGB").quantize(SHADES)
                small.save(PICTURES / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
