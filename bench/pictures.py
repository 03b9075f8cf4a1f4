"""The pictures of the README, taken from the sample's site in Chromium: an article, an entity, a card; light and dark.

usage: python bench/pictures.py [SITE]

SITE is the built sample, `site` by default. The pictures are written to docs/pages/images/.
"""

from __future__ import annotations

import argparse
import functools
import io
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, FloatRect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pages" / "images"
ARTICLE = "articles/the-quay-ledgers-how-a-port-made-heavy-boxes-light.html"
ENTITY = "entities/petra-lindqvar.html"
SHADES = 128
"""Colours of a picture: enough for text and two accents, and a third of the bytes."""


def pictures(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of each picture in a colour scheme."""
    context = browser.new_context(viewport={"width": 1200, "height": 760}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + ARTICLE)
    yield f"article-{scheme}", page.screenshot()
    mark = page.locator("a.mark[data-type=person]").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    card = page.locator(".card")
    card.wait_for()
    box = card.bounding_box()
    assert box
    clip = FloatRect(x=max(0, box["x"] - 120), y=max(0, box["y"] - 90), width=620, height=400)
    yield f"card-{scheme}", page.screenshot(clip=clip)
    page.set_viewport_size({"width": 900, "height": 760})
    page.goto(address + ENTITY)
    yield f"entity-{scheme}", page.screenshot()
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(parser.parse_args().site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving, sync_playwright() as playwright:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for name, png in pictures(browser, f"http://127.0.0.1:{serving.server_port}/", scheme):
                small = Image.open(io.BytesIO(png)).convert("RGB").quantize(SHADES)
                small.save(PICTURES / f"{name}.png", optimize=True)
        browser.close()
        serving.shutdown()


if __name__ == "__main__":
    main()
