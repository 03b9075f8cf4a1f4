"""Scores of single saved pages, by which `rent.py` tells what a rule brings: text, title, authors, date, structure."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import markdown

from bench.data import require, scorer
from bench.extraction import EXTENSIONS, FIXTURES, SETS, TEXTS, UNLABELLED, front_matter, truth_of
from glossator.config import ExtractSettings
from glossator.stages.extract import extract, saved_file
from training.folds import fold_of

HALVES = 2
Scores = Mapping[str, float]


class SavedPage(NamedTuple):
    """Saved page of a set, with what is true of it."""

    group: str
    name: str
    path: Path
    truth: Mapping[str, Any]
    half: int
    """Which half of the domains its own is in."""

    def output(self) -> str:
        """Return the article that is made of the page now, with its metadata."""
        data = gzip.decompress(self.path.read_bytes())
        articles = extract(saved_file(data, f"{self.name}.html"), ExtractSettings()).articles
        return "\n".join(front_matter(article) for article in articles)


def saved_pages(data: Path, every: int) -> list[SavedPage]:
    """Return each n-th page of every set whose truth is known, in an order that takes the sets in turn."""
    pages: list[tuple[float, SavedPage]] = []
    for group in SETS:
        folder = require(data / "data" / "pages" / group)
        paths = sorted((folder / "html").glob("*.html.gz"))[::every]
        truths = truth_of(paths, folder)
        for place, path in enumerate(paths):
            name = path.name.removesuffix(".html.gz")
            if name not in UNLABELLED and name in truths:
                half = fold_of(name, truths[name]) % HALVES
                pages.append((place / len(paths), SavedPage(group, name, path, truths[name], half)))
    return [page for _, page in sorted(pages, key=lambda each: (each[0], each[1].group))]


class Scorer:
    """Scores outputs with the programs of a data folder."""

    def __init__(self, data: Path) -> None:
        self._text, self._facts, self._form = (
            scorer(data, f"score_{name}") for name in ("extraction", "metadata", "structure")
        )

    def scores(self, page: SavedPage, output: str) -> Scores:
        """Return the scores of a page's output, from 0 to 1, by name; those of which the truth says something."""
        found: dict[str, float] = {}
        if page.group in TEXTS:
            true, more, less = self._text.tp_fp_fn(_text_of(page.truth), self._text.markdown_to_text(output))
            found["text"] = 2 * true / (2 * true + more + less) if true + more + less else 1.0
        if page.group not in ("aeb", "wcxb-types"):
            found |= _facts(self._facts, page.truth.get("metadata") or {}, _head_of(self._facts, output))
        gold = _expected(page)
        if gold:
            found |= _form(self._form, gold, output)
        return found


def _text_of(truth: Mapping[str, Any]) -> str:
    return str(truth.get("articleBody", truth.get("text", "")))


def _head_of(tool: ModuleType, output: str) -> Mapping[str, Any]:
    try:
        return dict(tool.yaml.safe_load(output.split("---\n", 2)[1]) or {})
    except IndexError:  # no article was made
        return {}


def _facts(tool: ModuleType, truth: Mapping[str, Any], head: Mapping[str, Any]) -> Scores:
    found: dict[str, float] = {}
    mine, day = tool.people(head.get("authors")), str(head.get("published"))[:10]
    if truth.get("title"):
        found["title"] = float(tool.fold(head.get("title")) == tool.fold(truth["title"]))
    wanted = tool.people(truth["byline"]) if truth.get("byline") else []
    found["authors"] = float(sorted(wanted) == sorted(mine))
    if truth.get("publishedTime"):
        found["date"] = float(day == str(truth["publishedTime"])[:10])
    return found


def _expected(page: SavedPage) -> str:
    """Return the article as clean HTML, if that is known."""
    if page.group == FIXTURES:
        return markdown.markdown(str(page.truth["markdown"]), extensions=EXTENSIONS)
    path = page.path.parents[1] / "expected" / page.path.name
    return gzip.decompress(path.read_bytes()).decode() if path.exists() else ""


def _form(tool: ModuleType, expected: str, output: str) -> Scores:
    gold, _ = tool.elements(expected)
    got, words = tool.elements(markdown.markdown(tool.strip_front_matter(output), extensions=EXTENSIONS))
    values = [
        sum(number for text, number in gold[kind].items() if text in words) / gold[kind].total()
        if kind == "caption"
        else float(tool.f1(gold[kind], got.get(kind, Counter())) or 0)
        for kind in tool.KINDS
        if gold.get(kind)
    ]
    return {"structure": sum(values) / len(values)} if values else {}


def changes(pages: Sequence[SavedPage], before: Sequence[Scores], after: Mapping[int, Scores]) -> Mapping[str, float]:
    """Return by how much each score changes: the mean of the means of the sets, which weigh alike.

    Args:
        pages: All pages.
        before: The scores of each.
        after: The scores of those pages whose output is another, by their place.
    """
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for place, page in enumerate(pages):
        for score, value in before[place].items():
            sizes[score, page.group] += 1
            if place in after:
                sums[score, page.group] += after[place][score] - value
    means: dict[str, list[float]] = defaultdict(list)
    for (score, group), size in sizes.items():
        means[score].append(sums[score, group] / size)
    return {score: round(sum(each) / len(each), 6) for score, each in means.items()}
