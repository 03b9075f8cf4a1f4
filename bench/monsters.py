"""Builds one monstrous article after another, each alone, and prints the CPU seconds and the memory of its build.

usage: python bench/monsters.py [--only NAME] [--after NAME] [--folder FOLDER]

Each monster is built as an own article in Markdown and as a saved page in HTML. The last columns say whether its page
has all of its text, and what the build said. The CPU seconds are those of all processes of the build, the start of
Python and of the language model included (the row "plain" shows how many those are). Linux only.
"""

from __future__ import annotations

import argparse
import html
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST, LAST = "The first words of the harbour wall.", "The last words of the harbour wall."
SENTENCE = "Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg of the wall. "


def table(rows: int, columns: int) -> tuple[str, str]:
    head = "| a " * columns + "|\n" + "|---" * columns + "|\n"
    cells = ["Siemens of Berlin"] * columns
    markdown = head + ("| " + " | ".join(cells) + " |\n") * rows
    return markdown, "<table>" + ("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>") * rows + "</table>"


def text(content: str) -> tuple[str, str]:
    return content, f"<p>{html.escape(content)}</p>"


def links(count: int) -> tuple[str, str]:
    pairs = [(f"Berlin {number}", f"https://harbour.example/{number}") for number in range(count)]
    markdown = " ".join(f"[{words}]({address})" for words, address in pairs)
    return markdown, "<p>" + " ".join(f'<a href="{address}">{words}</a>' for words, address in pairs) + "</p>"


MONSTERS: dict[str, Callable[[], tuple[str, str]]] = {
    "plain": lambda: text(SENTENCE),
    "18,000 cells": lambda: table(300, 60),
    "50 kB of [": lambda: text("[" * 50_000),
    "1 MB of [": lambda: text("[" * 1_000_000),
    "80 kB of [a](": lambda: text("[a](" * 20_000),
    "1 MB of [a](": lambda: text("[a](" * 250_000),
    "1 MB of *a_b": lambda: text("*a_b" * 250_000),
    "1 MB of &lt;": lambda: ("&lt;" * 250_000, "<p>" + "&lt;" * 250_000 + "</p>"),
    "150,000 rows": lambda: table(150_000, 1),
    "25,000 lists": lambda: ("- x\n\n" * 25_000, '<ul class="lst-kix_a-1"><li>x</li></ul>' * 25_000),
    "25,000 listings": lambda: ("```\nx\n```\n\n" * 25_000, "<pre>x</pre>" * 25_000),
    "50,000 links": lambda: links(50_000),
    "1 MB of text": lambda: text(SENTENCE * (1_000_000 // len(SENTENCE))),
    "5 MB of text": lambda: text(SENTENCE * (5_000_000 // len(SENTENCE))),
    "1 MB of paragraphs": lambda: (
        f"{SENTENCE}\n\n" * (1_000_000 // len(SENTENCE)),
        f"<p>{SENTENCE}</p>" * (1_000_000 // len(SENTENCE)),
    ),
    "5 MB of paragraphs": lambda: (
        f"{SENTENCE}\n\n" * (5_000_000 // len(SENTENCE)),
        f"<p>{SENTENCE}</p>" * (5_000_000 // len(SENTENCE)),
    ),
    "1 MB of <": lambda: text("<" * 1_000_000),
    "1 MB of [a]{": lambda: text("[a]{" * 250_000),
    "1 MB of >": lambda: text(">" * 1_000_000),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="name of one monster")
    parser.add_argument("--after", help="name of the monster after which to begin")
    parser.add_argument("--folder", type=Path, help="where the archives are made and stay")
    options = parser.parse_args()
    print(f"{'monster':22}{'as':9}{'kB':>7}{'CPU s':>8}{'MB':>7}  page  said")
    with tempfile.TemporaryDirectory() as name:
        for monster, make in MONSTERS.items():
            if options.only not in (None, monster):
                continue
            if options.after and list(MONSTERS).index(monster) <= list(MONSTERS).index(options.after):
                continue
            markdown, page = make()
            for kind, content in (("article", markdown), ("saved", page)):
                folder = (options.folder or Path(name)) / f"{list(MONSTERS).index(monster)}-{kind}"
                measure(folder, monster, kind, content)


def measure(folder: Path, monster: str, kind: str, content: str) -> None:
    """Build an archive of one article or one saved page, and print what it cost."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "saved").mkdir()
    if kind == "article":
        written = f"---\ntitle: Monster\n---\n{FIRST}\n\n{content}\n\n{LAST}\n"
        (folder / "content" / "articles" / "monster.md").write_text(written, "utf-8")
    else:
        written = f"<!DOCTYPE html><html lang=en><title>Monster</title><article><h1>Monster</h1><p>{FIRST}</p>"
        written += f"{content}<p>{LAST}</p></article>"
        (folder / "content" / "saved" / "monster.html").write_text(written, "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", "--site", str(folder / "site")]
    command += ["--content", str(folder / "content")]
    used_before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - used_before.ru_utime - used_before.ru_stime
    output = " ".join(line for line in (done.stderr + done.stdout).splitlines() if line.strip())
    print(
        f"{monster:22}{kind:9}{len(written) // 1000:>7,}{seconds:>8.1f}{after.ru_maxrss // 1000:>7,}"
        f"  {page_state(folder / 'site' / 'articles' / 'monster.html', content):5} {done.returncode} {output[:160]}",
        flush=True,
    )


def page_state(page: Path, content: str) -> str:
    """Return `whole` if a page has the first and the last words, and about as many letters and digits as the source."""
    if not page.exists():
        return "none"
    words = page.read_text("utf-8")
    if FIRST not in words or LAST not in words:
        return "cut"
    given, there = (sum(map(str.isalnum, plain(source))) for source in (content, words))
    return "whole" if there >= given else "part"


def plain(source: str) -> str:
    """Return the text in HTML or Markdown without tags, addresses and what frames a table."""
    return html.unescape(re.sub(r"<[^<>]*>|\]\([^()\s]+\)", "", source))


if __name__ == "__main__":
    main()
