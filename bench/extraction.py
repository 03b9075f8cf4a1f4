"""Converts real saved pages, scores text, structure and front matter, and compares the cost with trafilatura's.

usage: python bench/extraction.py [--data FOLDER] [--sets aeb readability] [--every 4] [--out DIR] [--per-page]
           [--folds FOLDER]

With `--folds`, which `training.readings --folds` has written, each page is converted by judges that have not seen its
domain.

Needs a data folder that is not part of the repository, because the pages are the work of others: it holds
`data/pages/<set>/html/*.html.gz` and the scoring programs in `tools/`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import markdown
import yaml
from trafilatura import bare_extraction

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.data import add_option, require  # noqa: E402  # beside this script
from glossator.config import ExtractSettings  # noqa: E402
from glossator.local_pictures import BESIDE  # noqa: E402
from glossator.model import Extracted  # noqa: E402
from glossator.stages.extract import extract, html, saved_file  # noqa: E402
from glossator.stages.extract.html.choice import choose_reading  # noqa: E402
from glossator.stages.extract.html.choice.blocks.posts import Post, StatedOpening, Thread, head_posts  # noqa: E402
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock  # noqa: E402
from glossator.stages.extract.html.choice.judge_readings import Judges, judges_from  # noqa: E402
from glossator.stages.extract.html.facts.dates import declared_day  # noqa: E402
from glossator.stages.extract.html.facts.head_and_marked_elements import Statements  # noqa: E402
from glossator.stages.extract.html.parse.page_text import page_text  # noqa: E402
from glossator.stages.extract.html.parse.parse_page import opened_page  # noqa: E402
from training.folds import FOLDS, fold_of  # noqa: E402

TYPES = "wcxb-types"
"""Set of pages that are no articles."""
FIXTURES = "defuddle-fixtures"
"""Set of pages whose text is known as Markdown."""
EXTENSIONS = ("tables", "fenced_code", "footnotes", "sane_lists")
NOTE = re.compile(r"^\[\^[^\]]+\]: *(.*)", re.MULTILINE)
NOTE_WORDS = 8
"""Words by which two notes are taken for the same."""
TEXTS = ("aeb", "wcxb-articles", "wcxb-more", "readability", TYPES)
"""Sets whose text is known."""
SETS = (*TEXTS, "fundus-meta", FIXTURES)
UNLABELLED = {"4542", "4681", "4893", "2906", "4788", "4802", "4829", "t4066"}
"""Pages whose ground truth is empty."""
NO_NAMES = {
    "0003": "its byline includes degrees",
    "0065": "its byline includes degrees",
    "0307": "its byline includes degrees",
    "4578": "its byline includes degrees",
    "0149": "its byline includes a degree",
    "0228": "its byline includes a degree",
    "0421": "its byline includes an account",
    "4106": "its byline is an account, but the page names the owner",
    "4117": "its byline joins two names by `with`, which the scorer takes for one name",
    "4704": "its byline includes the name of the site",
    "4601": "its byline includes the author's post",
    "0440": "its byline is `The Team, edited by Walter`",
    "4240": "its byline is `Staff`",
    "4576": "its byline is `Anonymous`",
    "0293": "its byline is `Paycom Blog Contributor`",
    "5168": "its byline is the writer of a comment",
    "fr_LeMonde_2023_09_01": "its byline is the newspaper, but the page names its reporter",
    "jp_TheJapanNews_2024_10_13": "its byline is the owner of an account, but the page names its reporters",
}
"""Pages whose byline in the ground truth is not the name of an author, and the reason."""
NO_TITLES = {
    "0180": "its title is the name of the site, but the page has a heading",
    "0341": "its title is the name of the site, but the page has a heading",
    "0351": "its title is the name of the site, but the page has a heading",
    "yahoo-2": "its title is the name of the site, but the page has a heading",
}
"""Pages whose title in the ground truth is not that of the article, and the reason."""


def front_matter(article: Extracted) -> str:
    names = ("title", "source", "site", "published", "saved", "language", "description", "image")
    head = {name: getattr(article, name) for name in names if getattr(article, name)}
    head["authors"] = list(article.authors)
    text = article.markdown.replace(f"]({BESIDE}", "](")  # as if no picture lay beside the saved file
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{text}"


@dataclass(slots=True)
class Cost:
    """CPU time of several pages. State: grows with each page."""

    pages: int = 0
    conversion: float = 0.0
    """CPU seconds of the whole conversion."""
    trafilatura: float = 0.0
    """CPU seconds that trafilatura takes to extract only the text from the same bytes."""

    def __str__(self) -> str:
        per_page = 1000 / max(1, self.pages)
        ratio = self.conversion / (self.trafilatura or 1)
        return (
            f"{self.pages} pages, CPU ms per page: {self.conversion * per_page:.0f}, "
            f"trafilatura alone {self.trafilatura * per_page:.0f} ({ratio:.2f} times)"
        )


@contextmanager
def noting_posts() -> Iterator[list[Post]]:
    """Note the posts of all threads that are converted."""
    posts: list[Post] = []

    def noted(blocks: Sequence[TextBlock], stated: StatedOpening) -> Thread:
        thread = head_posts(blocks, stated)
        posts.extend(thread.posts)
        return thread

    with patch.object(importlib.import_module("glossator.stages.extract.html.read_page"), "head_posts", noted):
        yield posts


def count_of(posts: Sequence[Post]) -> str:
    authors, days = (sum(bool(getattr(post, field)) for post in posts) for field in ("author", "day"))
    return f"{len(posts)} posts, {authors} with author, {days} with day"


def convert(pages: list[Path], out: Path, judged: Mapping[str, Judges]) -> tuple[Cost, list[str]]:
    """Write the articles; return the cost, and the problems of unreadable pages.

    `judged` has the judges of each page, if they are not those of the package.
    """
    out.mkdir(parents=True, exist_ok=True)
    problems, cost = [], Cost()
    for page in pages:
        name, data = page.name.removesuffix(".html.gz"), gzip.decompress(page.read_bytes())
        started = time.process_time()
        with by(judged[name]) if judged else nullcontext():
            extraction = extract(saved_file(data, f"{name}.html"), ExtractSettings())
        between = time.process_time()
        bare_extraction(data)
        cost.trafilatura += time.process_time() - between
        cost.conversion += between - started
        cost.pages += 1
        problems += [f"{name}: {problem.message}" for problem in extraction.problems]
        for article in extraction.articles:
            (out / f"{name}.md").write_text(front_matter(article), "utf-8")
    return cost, problems


@contextmanager
def by(judges: Judges) -> Iterator[None]:
    """Let these judges choose the text."""
    with patch.object(choose_reading, "judges", lambda: judges), patch.object(html, "judges", lambda: judges):
        yield


def judges_of(folder: Path, folds: Path) -> dict[str, Judges]:
    """Return for each page of a set the judges that have not seen its domain."""
    by_fold = {fold: judges_from((folds / f"{fold}.json").read_bytes()) for fold in range(FOLDS)}
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return {name: by_fold[fold_of(name, value)] for name, value in truth.items()}


def truth_of(pages: list[Path], folder: Path) -> dict[str, dict[str, object]]:
    names = {page.name.removesuffix(".html.gz") for page in pages} - UNLABELLED
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    named = {name: value for name, value in truth.items() if name in names}
    for field, listed in (("byline", NO_NAMES), ("title", NO_TITLES)):
        for name in listed.keys() & named.keys():
            named[name]["metadata"] = {key: value for key, value in named[name]["metadata"].items() if key != field}
    return named


def score_undeclared_days(out: Path, pages: list[Path], truth: Mapping[str, Mapping[str, Any]]) -> None:
    """Print how many days are right of those that no markup states."""
    right = total = 0
    for page in pages:
        name = page.name.removesuffix(".html.gz")
        day = str(truth.get(name, {}).get("metadata", {}).get("publishedTime") or "")[:10]
        tree = opened_page(text := page_text(gzip.decompress(page.read_bytes()), "")) if day else None
        if tree is not None and not declared_day(Statements(tree, text, ""))[0]:
            article = out / f"{name}.md"
            total += 1
            right += article.exists() and str(frontmatter_of(article).get("published"))[:10] == day
    print(f"truth has a day, no markup states one: {right}/{total}")


def frontmatter_of(article: Path) -> dict[str, object]:
    return yaml.safe_load(article.read_text("utf-8").split("---\n")[1]) or {}


def score_by_type(tool: Path, out: Path, truth: Mapping[str, Mapping[str, object]], more: list[str]) -> None:
    for kind in sorted({str(value["type"]) for value in truth.values()}):
        file = out.with_name(f"{out.name}-{kind}.json")
        file.write_text(json.dumps({name: value for name, value in truth.items() if value["type"] == kind}))
        print(f"-- {kind}", flush=True)
        score(tool, out, file, *more)


def score_form(tool: Path, out: Path, truth: Mapping[str, Mapping[str, object]]) -> None:
    """Score structure and notes of pages whose true Markdown is known."""
    expected = out.with_name(f"{out.name}-expected")
    expected.mkdir(exist_ok=True)
    right = stated = 0
    for name, value in truth.items():
        text = str(value["markdown"])
        html_text = markdown.markdown(text, extensions=EXTENSIONS)
        (expected / f"{name}.html.gz").write_bytes(gzip.compress(html_text.encode()))
        file = out / f"{name}.md"
        notes = notes_of(text)
        right += (notes & notes_of(file.read_text("utf-8") if file.exists() else "")).total()
        stated += notes.total()
    score(tool, out, expected)
    print(f"notes: {right} of {stated} are right", flush=True)


def notes_of(text: str) -> Counter[str]:
    """Return the beginnings of notes, in words without marks."""
    return Counter(" ".join(re.findall(r"\w+", note.casefold())[:NOTE_WORDS]) for note in NOTE.findall(text))


def score(tool: Path, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, tool, *arguments], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_option(parser)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--every", type=int, default=1, help="take each n-th page only")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "extraction")
    parser.add_argument("--per-page", action="store_true")
    parser.add_argument("--folds", type=Path, help="folder with the judges that have not seen a fold")
    options = parser.parse_args()
    more = ["--per-page"] if options.per_page else []
    tools = require(options.data / "tools")
    for name in options.sets:
        folder, out = options.data / "data" / "pages" / name, options.out / name
        pages = sorted(require(folder / "html").glob("*.html.gz"))[:: options.every]
        with noting_posts() as posts:
            cost, problems = convert(pages, out, judges_of(folder, options.folds) if options.folds else {})
        print(f"\n== {name}: {cost}", count_of(posts), *problems, sep="\n   ", flush=True)
        truth = out.with_suffix(".json")
        truths = truth_of(pages, folder)
        truth.write_text(json.dumps(truths), "utf-8")
        if name in TEXTS:
            score(tools / "score_extraction.py", out, truth, *more)
        if name == TYPES:
            score_by_type(tools / "score_extraction.py", out, truths, more)
        if name == "readability" and options.every == 1:
            score(tools / "score_structure.py", out, folder / "expected", *more)
        if name == FIXTURES:
            score_form(tools / "score_structure.py", out, truths)
        if name not in ("aeb", TYPES):
            score(tools / "score_metadata.py", out, truth, *more)
            score_undeclared_days(out, pages, truths)


if __name__ == "__main__":
    main()
