"""What axe-core, the Nu HTML checker and Lighthouse find on a site that was built, and what a screen reader is told.

The three tools are not among the dependencies. Get them from npm into a folder of their own, beside Java and Chromium:

    npm install --prefix /tmp/checks axe-core vnu-jar lighthouse
    PYTHONPATH=. python bench/accessibility.py site --tools /tmp/checks

axe-core runs on a page of every kind, light and dark, on a phone and on a desktop, and with the card, the sheet, the
display menu and the folded navigation open. The Nu checker reads every page. Lighthouse measures home, an entity, an
article and search as a phone would load them. `--told` prints what Chromium's accessibility tree says of a card, of a
sheet and of a search.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DESKTOP: Mapping[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
KINDS = (
    *("index.html", "articles/index.html", "articles/source.html", "authors/index.html", "tags/index.html"),
    *("days/index.html", "topics/index.html", "map/index.html", "entities/index.html"),
    *(
        "types/person.html",
        "search.html",
        "search.html?q=the",
        "search.html?kind=Article",
        "about.html",
        "highlights.html",
        "404.html",
    ),
)
FIRST_OF = ("articles/*.html", "entities/*.html", "topics/*.html", "authors/*.html", "tags/*.html", "sources/*.html")
"""Of these the largest page is looked at, because it has the most on it."""
LISTS = ("index.html", "source.html")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site on this machine, also below the path at which it is to be published; yields the address."""
    address = re.search(r'href="(/[^"]*)static/theme.css"', (folder / "404.html").read_text("utf-8"))
    below = address[1] if address else "/"

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + path.removeprefix(below) if path.startswith(below) else path)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


def pages_of(site: Path) -> list[str]:
    """Return a page of every kind that the site has."""
    fixed = [path for path in KINDS if (site / path.partition("?")[0]).exists()]
    largest = []
    for pattern in FIRST_OF:
        pages = [path for path in site.glob(pattern) if path.name not in LISTS]
        largest += [max(pages, key=lambda path: path.stat().st_size).relative_to(site).as_posix()] if pages else []
    return [*fixed, *largest]


def opened_states(site: Path) -> Mapping[str, tuple[str, Mapping[str, Any], Callable[[Page], None]]]:
    """Return the states in which something is open: page, device, and what opens it."""
    article = next(path for path in pages_of(site) if path.startswith("articles/") and Path(path).name not in LISTS)

    def card(page: Page) -> None:
        page.locator("a.mark").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        page.locator("#card").wait_for()

    def sheet(page: Page) -> None:
        page.locator("a.mark").first.tap()
        page.locator("#card").wait_for()

    def display(page: Page) -> None:
        page.locator(".display-button").click()

    def menu(page: Page) -> None:
        page.locator(".menu summary").click()

    return {
        "card": (article, DESKTOP, card),
        "sheet": (article, PHONE, sheet),
        "display": (article, DESKTOP, display),
        "menu": ("index.html", PHONE, menu),
    }


def new_context(browser: Browser, device: Mapping[str, Any], scheme: Literal["light", "dark"]) -> BrowserContext:
    return browser.new_context(**device, color_scheme=scheme, reduced_motion="reduce")


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds on a page: rule, impact and the first element."""
    page.evaluate(axe)
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']} ({each['impact']}) {each['nodes'][0]['html'][:160]}" for each in violations]


def run_axe(browser: Browser, address: str, site: Path, axe: str) -> None:
    runs, counts = 0, Counter[str]()
    for name, device in (("desktop", DESKTOP), ("phone", PHONE)):
        for scheme in SCHEMES:
            context = new_context(browser, device, scheme)
            for path in pages_of(site):
                page = context.new_page()
                page.goto(address + path, wait_until="networkidle")
                for line in violations(page, axe):
                    counts[f"{path} {name} {scheme}: {line}"] += 1
                runs += 1
                page.close()
            context.close()
    for state, (path, device, action) in opened_states(site).items():
        for scheme in SCHEMES:
            context = new_context(browser, device, scheme)
            page = context.new_page()
            page.goto(address + path, wait_until="networkidle")
            action(page)
            for line in violations(page, axe):
                counts[f"{path} with {state} {scheme}: {line}"] += 1
            runs += 1
            context.close()
    print(f"axe-core: {runs} runs, {sum(counts.values())} violations")
    for line in sorted(counts):
        print("  " + line)


def run_vnu(site: Path, jar: Path) -> None:
    """Print the errors of the Nu HTML checker; what it says of the policy in the page is about reading from disk."""
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", "--errors-only", str(site)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(answer.stderr or '{"messages": []}')["messages"]
    counts = Counter(message["message"] for message in messages if message["type"] == "error")
    print(f"vnu: {sum(1 for _ in site.rglob('*.html'))} pages, {sum(counts.values())} errors")
    for text, count in counts.most_common(20):
        example = next(message["url"] for message in messages if message["message"] == text)
        print(f"  {count} x {text} ({example.rpartition('/site/')[2]})")


def run_lighthouse(address: str, site: Path, program: Path) -> None:
    """Print the four scores and the layout shift of four pages, as a phone with a slow connection loads them."""
    chosen = pages_of(site)
    paths = ["index.html", *(path for path in chosen if path.startswith("entities/") and Path(path).name not in LISTS)]
    paths += [path for path in chosen if path.startswith("articles/") and Path(path).name not in LISTS]
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-sync"
    for path in [*paths, "search.html?q=the"]:
        command = [str(program), address + path, "--quiet", "--output=json", f"--chrome-flags={flags}"]
        environment = {**os.environ, "CHROME_PATH": CHROMIUM}
        answer = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if answer.returncode:
            print(f"lighthouse: {path}: {answer.stderr.strip().splitlines()[-1:]}")
            continue
        report = json.loads(answer.stdout)
        scores = " ".join(f"{name} {round(each['score'] * 100)}" for name, each in report["categories"].items())
        print(f"lighthouse: {path}: {scores}, CLS {report['audits']['cumulative-layout-shift']['displayValue']}")
        for name, audit in report["audits"].items():
            counted = any(
                name == ref["id"] and ref["weight"]
                for each in report["categories"].values()
                for ref in each["auditRefs"]
            )
            if counted and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {name}: {audit['title']} {audit.get('displayValue', '')}")


def run_told(browser: Browser, address: str, site: Path) -> None:
    """Print what the accessibility tree says of card, sheet and search."""
    for state, (path, device, action) in opened_states(site).items():
        if state not in ("card", "sheet"):
            continue
        context = new_context(browser, device, "light")
        page = context.new_page()
        page.goto(address + path, wait_until="networkidle")
        mark = page.locator("a.mark").first
        print(f"\n{state}: the name before\n{mark.aria_snapshot()}")
        action(page)
        print(f"the name, with {state} open\n{page.locator('a.mark[aria-expanded]').aria_snapshot()}")
        print(f"the {state}\n{page.locator('#card').aria_snapshot()}")
        context.close()
    context = new_context(browser, DESKTOP, "light")
    page = context.new_page()
    page.goto(address + "search.html?q=the", wait_until="networkidle")
    page.locator("[data-answered]").wait_for()
    print(f"\nsearch\n{page.locator('main').aria_snapshot()[:4000]}")
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="folder of a site that was built, with its search index")
    parser.add_argument("--tools", type=Path, help="folder that npm installed the three tools into")
    parser.add_argument("--only", nargs="*", default=["axe", "vnu", "lighthouse"], help="which of the three to run")
    parser.add_argument("--told", action="store_true", help="print what a screen reader is told")
    options = parser.parse_args()
    modules = options.tools / "node_modules" if options.tools else None
    with served(options.site) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        if modules and "axe" in options.only:
            run_axe(browser, address, options.site, (modules / "axe-core/axe.min.js").read_text("utf-8"))
        if options.told:
            run_told(browser, address, options.site)
        browser.close()
        if modules and "vnu" in options.only:
            run_vnu(options.site.resolve(), modules / "vnu-jar/build/dist/vnu.jar")
        if modules and "lighthouse" in options.only:
            run_lighthouse(address, options.site, modules / ".bin/lighthouse")


if __name__ == "__main__":
    main()
