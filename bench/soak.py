"""Edits an archive at random under the preview, thousands of times, and compares its memory at the end and early on.

usage: python bench/soak.py [--edits N] [--articles N] [--seed N] [--standin]

The edits are those of bench/edits.py. After each, an own page is written with the number of the edit, and the next edit
waits until the site shows the number. Ends with exit code 1 if an edit is not shown, or if the preview needs more than
GROWTH times the memory that it needed after EARLY edits. With --standin names are looked up (bench/standin.py) instead
of found by the language model. Linux only.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import edits, serve, standin  # noqa: E402  # beside this script

EARLY = 200
GROWTH = 1.1
PATIENCE = 120
"""Seconds within which an edit has to be shown."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--standin", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="glossator-soak-") as temporary:
        folder = Path(temporary) / "archive"
        names = Path(temporary) / "names"
        if options.standin:
            standin.write(names)
        edits.grow(folder, names, options.articles)
        if not options.standin:
            settings = folder / "glossator.toml"
            settings.write_text(settings.read_text("utf-8").partition("[language")[0], "utf-8")
        with serve.running(folder) as preview:
            return soak(preview, random.Random(options.seed), options.edits)


def soak(preview: serve.Preview, chance: random.Random, count: int) -> int:
    """Make so many edits, print the memory now and then, and return the exit code."""
    begun, early = time.monotonic(), 0.0
    for number in range(1, count + 1):
        chance.choice(edits.EDITS)(preview.folder, chance)
        if not shown(preview.folder, number):
            print(f"edit {number} was not shown within {PATIENCE} s")
            return 1
        if number % EARLY == 0:
            serve.wait_until_idle(preview.process)
            tree = serve.processes(preview.process)
            used = sum(map(serve.memory, tree))
            early = early or used
            articles = len(edits.articles(preview.folder))
            took = time.monotonic() - begun
            print(
                f"{number:>6} edits, {took:6.0f} s: {used / 1e6:6.0f} MB PSS in {len(tree)} process(es), "
                f"{used / early:.3f} of that after {EARLY}; {articles} articles",
                flush=True,
            )
    return 0 if used <= GROWTH * early else 1


def shown(folder: Path, number: int) -> bool:
    """Write a page with the number of an edit; return True as soon as the site has the number."""
    source, words = folder / "content" / "pages" / "tick.md", f"Edit number {number}."
    source.parent.mkdir(exist_ok=True)
    source.write_text(f"---\ntitle: Tick\n---\n{words}\n", "utf-8")
    page, end = folder / "site" / "tick.html", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if page.exists() and words in page.read_text("utf-8"):
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    sys.exit(main())
