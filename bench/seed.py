"""Checks the conversion of one plain-text article, point by point.

usage: python bench/seed.py [--data FOLDER]

Needs a data folder that is not part of the repository: it holds the article in `data/seed/`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.data import add_option, require  # noqa: E402 (the project must be on the path first)
from glossator.config import ExtractSettings  # noqa: E402
from glossator.model import Extracted  # noqa: E402
from glossator.stages.extract import extract, saved_file  # noqa: E402

PARAGRAPHS = 24
TITLE_LINE, FIRST_STANDFIRST, LAST_STANDFIRST = 6, 8, 9
TAIL_FROM = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_option(parser)
    folder = require(parser.parse_args().data / "data" / "seed")
    path = folder / "saudi-press.txt"
    extraction = extract(saved_file(path.read_bytes(), path.name), ExtractSettings())
    for problem in extraction.problems:
        print(f"not ok  {problem.message}")
        return 1
    article = extraction.articles[0]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    results = list(points(article, path.read_text("utf-8"), gold))
    for passed, name in results:
        print(f"{'ok    ' if passed else 'not ok'}  {name}")
    return 0 if all(passed for passed, _ in results) else 1


def points(article: Extracted, source: str, gold: dict[str, list[int]]) -> Iterator[tuple[bool, str]]:
    """Yield each point of the checklist: True if it holds, and its name."""
    lines = source.split("\n")
    start, end = gold["body"]
    related = source[slice(*gold["in_text_link"])].strip()
    expected = [line for line in source[start:end].split("\n") if line.strip() and line.strip() != related]
    blocks = article.markdown.strip().split("\n\n")
    paragraphs = [block for block in blocks if not block.startswith(("> ", "#"))]
    tail = [line.strip() for line in lines[TAIL_FROM - 1 :] if len(line.strip()) > 1]
    everything = "\n".join((article.title, article.description or "", article.markdown))
    yield article.title == lines[TITLE_LINE - 1], "title"
    yield article.site == lines[0], "site"
    yield (article.saved, article.published) == ("2025-11-11", None), "masthead date is saved, published is unknown"
    yield (
        article.description == " ".join(lines[FIRST_STANDFIRST - 1 : LAST_STANDFIRST]),
        "standfirst is the description",
    )
    yield article.authors == () and article.source is None and article.image is None, "no author, address or image"
    yield article.language == "en", "language"
    yield len(paragraphs) == PARAGRAPHS, f"{PARAGRAPHS} paragraphs (found {len(paragraphs)})"
    yield paragraphs == expected, "body from first to last sentence, letter for letter"
    yield f"> [!related] {related}" in blocks, "headline of another article marked"
    yield blocks.index(f"> [!related] {related}") == 7 if f"> [!related] {related}" in blocks else False, "in its place"
    kept = [line for line in tail if re.search(rf"(?<!\w){re.escape(line)}(?!\w)", everything)]
    yield not kept, f"nothing of the {len(tail)} lines of the tail (kept {kept})"
    yield {"title", "site", "saved", "description", "language"} == dict(article.conversion.origins).keys(), "origins"


if __name__ == "__main__":
    sys.exit(main())
