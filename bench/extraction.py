"""Converts real saved pages and scores text, structure and front matter; says what it costs beside trafilatura alone.

    python bench/extraction.py [--data ../shared] [--sets aeb readability] [--every 4] [--out DIR] [--per-page]

Reads `data/pages/<set>/html/*.html.gz` and the scoring programs in `tools/` below the data folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from trafilatura import bare_extraction

from glossator.config import ExtractSettings
from glossator.model import Extracted
from glossator.pictures import BESIDE
from glossator.stages.extract import extract

SETS = ("aeb", "wcxb-articles", "readability", "fundus-meta", "defuddle-fixtures")
UNTRUE = {"4542", "4681", "4893"}
"""Pages whose stated truth is empty."""


def front_matter(article: Extracted) -> str:
    names = ("title", "source", "site", "published", "saved", "language", "description", "image")
    head = {name: getattr(article, name) for name in names if getattr(article, name)}
    head["authors"] = list(article.authors)
    markdown = article.markdown.replace(f"]({BESIDE}", "](")  # as it is where no picture lies beside the saved file
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{markdown}"


@dataclass(slots=True)
class Cost:
    """What pages took. State: grows with each page."""

    pages: int = 0
    ours: float = 0.0
    """Seconds of the processor for the whole conversion."""
    extractor: float = 0.0
    """The same for what trafilatura makes of the same bytes when it is asked for nothing but text."""

    def __str__(self) -> str:
        each = 1000 / max(1, self.pages)
        times = self.ours / (self.extractor or 1)
        return (
            f"{self.pages} pages, CPU ms a page: {self.ours * each:.0f}, trafilatura alone {self.extractor * each:.0f} "
            f"({times:.2f} times)"
        )


def convert(pages: list[Path], out: Path) -> tuple[Cost, list[str]]:
    """Writes the articles; what it cost, and what was not readable."""
    out.mkdir(parents=True, exist_ok=True)
    refused, cost = [], Cost()
    for page in pages:
        name, data = page.name.removesuffix(".html.gz"), gzip.decompress(page.read_bytes())
        started = time.process_time()
        made = extract(data, f"{name}.html", ExtractSettings())
        between = time.process_time()
        bare_extraction(data)
        cost.extractor += time.process_time() - between
        cost.ours += between - started
        cost.pages += 1
        refused += [f"{name}: {problem.message}" for problem in made.problems]
        for article in made.articles:
            (out / f"{name}.md").write_text(front_matter(article), "utf-8")
    return cost, refused


def truth_of(pages: list[Path], folder: Path) -> Mapping[str, object]:
    names = {page.name.removesuffix(".html.gz") for page in pages} - UNTRUE
    stated = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return {name: value for name, value in stated.items() if name in names}


def score(tool: Path, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, tool, *arguments], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--every", type=int, default=1, help="take each n-th page only")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "extraction")
    parser.add_argument("--per-page", action="store_true")
    asked = parser.parse_args()
    more = ["--per-page"] if asked.per_page else []
    tools = asked.data / "tools"
    for name in asked.sets:
        folder, out = asked.data / "data" / "pages" / name, asked.out / name
        pages = sorted((folder / "html").glob("*.html.gz"))[:: asked.every]
        cost, refused = convert(pages, out)
        print(f"\n== {name}: {cost}", *refused, sep="\n   ", flush=True)
        truth = out.with_suffix(".json")
        truth.write_text(json.dumps(truth_of(pages, folder)), "utf-8")
        if name in ("aeb", "wcxb-articles", "readability"):
            score(tools / "score_extraction.py", out, truth, *more)
        if name == "readability" and asked.every == 1:
            score(tools / "score_structure.py", out, folder / "expected", *more)
        if name != "aeb":
            score(tools / "score_metadata.py", out, truth, *more)


if __name__ == "__main__":
    main()
