"""Measures the cost of the search index: of all pages, after a change, and for a visitor's first question.

usage: python bench/search.py [FOLDER] [--articles N]

Builds an invented archive (bench/generate.py) of N articles (1,000) in FOLDER, or in a temporary one, twice: unchanged,
and with one article changed. (A FOLDER that has both sites is used as it is.) Its names are looked up in the list from
which they were drawn, because the language model would take an hour for 10,000 articles and make no difference here.
Then it prints CPU seconds of all processes and the memory of the largest one for each state of the index, and the bytes
that a visitor loads who opens the search page and types one question, from a server that compresses text, as GitHub
Pages does.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import generate  # noqa: E402  # beside this script
from glossator import output, search  # noqa: E402
from glossator.model import Output, SitePath  # noqa: E402
from glossator.search.index import RECENT  # noqa: E402

QUESTIONS = ("figures", "ground frozen", "Baloford", "treasurer of Dalderum Energy")
"""A word in many articles, two words in many, a surname, a phrase with the name of a firm."""
COMPRESSED = (".html", ".js", ".css", ".json", ".svg")
"""Suffixes of files that a server compresses; Pagefind's files are compressed already."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where archive and sites go (a temporary folder)")
    parser.add_argument("--articles", type=int, default=1000, help="how many articles the archive has (1000)")
    parser.add_argument("--refresh", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.refresh:
        refresh(options.refresh)
    elif options.prepare:
        prepare(options.folder, options.articles, *sites(options.folder))
    elif options.folder:
        measure(options.folder.resolve(), options.articles)
    else:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), options.articles)


def measure(folder: Path, articles: int) -> None:
    (before, after), site = sites(folder), folder / "site"
    if not after.exists():  # in a process of its own: children begin with the memory of this one
        subprocess.run([sys.executable, __file__, str(folder), "--articles", str(articles), "--prepare"], check=True)
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(before, site)
    print(f"{articles:,} articles, {sum(1 for _ in site.rglob('*.html')):,} pages; {os.cpu_count()} cores")
    print(f"{'':<28}{'wall s':>9}{'CPU s':>9}{'MB':>7}")
    report("all made anew", site)
    report("nothing changed", site)
    clean = {question: first_question(site, question) for question in QUESTIONS}
    pages, now = output.manifest(site), output.manifest(after)
    changed = sorted(path for path in now if pages.get(path) != now[path])
    kept = {path for path in pages if path.startswith(f"{search.FOLDER}/")}
    output.write(site, (Output(path, (after / path).read_bytes()) for path in changed), now.keys() | kept)
    report(f"one article: {len(changed)} pages changed", site)
    after_one = {question: first_question(site, question) for question in QUESTIONS}
    many = sorted((site / "articles").glob("0*.html"))[-RECENT + 1 :]
    added = b"<p>Nothing more was heard of it.</p></article>"
    more = [Output(SitePath(f"articles/{file.name}"), file.read_bytes().replace(b"</article>", added)) for file in many]
    output.write(site, more, output.manifest(site))
    report(f"{len(more)} articles more", site)
    print(f"\n{'first question, kB':<36}{'clean':>7}{'one changed':>14}{'many changed':>14}")
    for question, size in clean.items():
        sizes = (after_one[question], first_question(site, question))
        print(f"{question:<36}{size / 1000:>7.0f}{sizes[0] / 1000:>14.0f}{sizes[1] / 1000:>14.0f}")
    files = [file.stat().st_size for file in (site / search.FOLDER).rglob("*") if file.is_file()]
    print(f"\nindex on disk: {sum(files) / 1e6:.1f} MB in {len(files):,} files")


def sites(folder: Path) -> tuple[Path, Path]:
    return folder / "before", folder / "after"


def prepare(folder: Path, articles: int, before: Path, after: Path) -> None:
    """Build the two sites."""
    generate.write(folder, articles, "markdown")
    model = model_of_names(folder / "names")
    (folder / "glossator.toml").write_text(f"[language.en]\nmodel = {json.dumps(str(model))}\n", "utf-8")
    build(folder, before)
    shutil.copytree(before, after.with_suffix(".part"))
    edited = min((folder / "content" / "articles").glob("*.md"))
    edited.write_text(edited.read_text("utf-8") + f"\n{generate.person(0)} returned to {generate.place(0)}.\n", "utf-8")
    build(folder, after.with_suffix(".part"))
    after.with_suffix(".part").rename(after)


def model_of_names(folder: Path) -> Path:
    """Write a spaCy pipeline that knows only the invented names."""
    import spacy  # noqa: PLC0415 -- takes a second, and only building needs it

    model = spacy.blank("en")
    ruler = model.add_pipe("entity_ruler", name="ner")
    kinds = (
        ("PERSON", generate.person, generate.PEOPLE),
        ("ORG", generate.firm, generate.FIRMS),
        ("GPE", generate.place, generate.PLACES),
    )
    names = [(label, make(rank)) for label, make, count in kinds for rank in range(count)]
    surnames = {name.split()[1] for label, name in names if label == "PERSON"}
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": label, "pattern": name}
            for label, name in (*names, *(("PERSON", surname) for surname in sorted(surnames)))
        ]
    )
    model.to_disk(folder)
    return folder


def build(folder: Path, site: Path) -> None:
    paths = ["--content", str(folder / "content"), "--site", str(site)]
    subprocess.run([sys.executable, str(ROOT / "build.py"), "build", "--quiet", "--no-search", *paths], check=True)


def refresh(site: Path) -> None:
    """Update the search index as a build does."""
    files = output.manifest(site)
    update = search.refresh(output.Draft(site, files, {}), "en", "bench")
    output.write(
        site, update.outputs, {path for path in files if not path.startswith(f"{search.FOLDER}/")} | update.paths
    )


def report(label: str, site: Path) -> None:
    """Bring the index up to date in a process of its own, and print the cost."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--refresh", str(site)])
    _, status, used = os.wait4(process.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"Refreshing the index failed with exit code {code}.")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    seconds = time.perf_counter() - begun
    print(f"{label:<28}{seconds:>9.1f}{used.ru_utime + used.ru_stime:>9.1f}{used.ru_maxrss * unit / 1e6:>7.0f}")


def first_question(site: Path, question: str) -> int:
    """Return the bytes that a visitor loads who opens the search page and types a question."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- a group of its own

    sent: list[tuple[str, int]] = []
    with serve(site, lambda path, count: sent.append((path, count))) as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address + "search.html")
        page.wait_for_load_state("networkidle")
        page.locator("#q").press_sequentially(question, delay=40)
        page.locator("#search-status").filter(has_text=re.compile("result|Nothing")).wait_for()
        page.wait_for_load_state("networkidle")
        browser.close()
    if os.environ.get("EACH"):
        for path, count in sorted(sent, key=lambda entry: -entry[1]):
            print(f"    {count:>8,} {path}")
    return sum(count for _, count in sent)


@contextmanager
def serve(site: Path, count: Callable[[str, int], None]) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0].lstrip("/")
            file = site / path
            exists = file.is_file()
            data = file.read_bytes() if exists else b""
            self.send_response(200 if exists else 404)
            if path.endswith(COMPRESSED):
                data = gzip.compress(data)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", self.kind(path))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(BrokenPipeError):  # the browser closed the connection
                self.wfile.write(data)
            count(path, len(data))

        @staticmethod
        def kind(path: str) -> str:
            kinds = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
            return kinds.get(Path(path).suffix, "application/octet-stream")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the overridden parameter
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


if __name__ == "__main__":
    main()
