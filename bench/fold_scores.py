"""Scores of each fifth of the annotated documents, which models annotated and built as a site that had not seen it.

`bench/truth.py --folds` prints them.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def print_folds(models: Path, data: Path, chosen: int | None = None) -> None:
    """Print the scores of each fold or of a chosen one, and their means."""
    # The folds are those by which the models were trained.
    from training.data import FOLDS, documents  # noqa: PLC0415

    texts = documents(data / "data")
    figures: list[dict[str, float]] = []
    annotated: dict[str, object] = {}
    for fold in range(FOLDS) if chosen is None else (chosen,):
        names = [document.name for document in texts if document.fold == fold]
        with tempfile.TemporaryDirectory() as temporary:
            answers = _copied(data / "data" / "marks" / "dev", names, Path(temporary))
            program = _program(models / str(fold), Path(temporary))
            found = _output(program, "annotate", *sorted(map(str, answers.glob("*.txt"))), "--format", "json")
            annotated |= json.loads(found)
            figures.append(_scores(found, "score_marks.py", answers, data) | site_scores(program, answers, data))
            print(f"fold {fold}: {_line(figures[-1])}", flush=True)
    print("mean: " + _line({name: statistics.fmean(scores[name] for scores in figures) for name in figures[0]}))
    with tempfile.TemporaryDirectory() as temporary:
        answers = _copied(data / "data" / "marks" / "dev", list(annotated), Path(temporary))
        quotes = _scores(json.dumps(annotated), "score_quotes.py", answers, data)
    together = quotes["wrong"] + quotes["not"]
    print(f"quotations of all: {_line(quotes)}  wrong and not together {together:.1f}")


def site_scores(program: Path, answers: Path, data: Path) -> dict[str, float]:
    """Return how many of the names that some documents have are marked on the site that is built of them."""
    content, site = program.parent / "content", program.parent / "site"
    _score(data, "score_marked.py", "write", str(answers), str(content))
    folders = ("--content", str(content), "--site", str(site))
    _output(program, "build", *folders, "--quiet", "--no-search", "--workers", "1")
    lines = _score(data, "score_marked.py", "score", str(answers), str(site)).splitlines()
    return {
        f"{group} {name}": value
        for line, group in zip(lines, ("looked for", "in passing"), strict=False)
        for name, value in _figures(line).items()
    }


def _copied(gold: Path, names: Sequence[str], folder: Path) -> Path:
    """Return a folder with copies of some annotated documents."""
    answers = folder / "gold"
    answers.mkdir()
    for name in names:
        for suffix in (".txt", ".json", ".not.json", ".quotes.json"):
            if (gold / (name + suffix)).exists():
                shutil.copy(gold / (name + suffix), answers)
    return answers


def _program(models: Path, folder: Path) -> Path:
    """Return a folder with a copy of the program that has other models."""
    program = folder / "program"
    for part in ("glossator", "templates"):
        shutil.copytree(ROOT / part, program / part)
    shutil.copy(ROOT / "build.py", program)
    shutil.copytree(models, program / "glossator" / "data" / "names", dirs_exist_ok=True)  # the other lists stay
    return program


def _output(program: Path, *arguments: str) -> str:
    return _run(program, "build.py", *arguments)


def _scores(found: str, scorer: str, answers: Path, data: Path) -> dict[str, float]:
    """Return the figures that a scorer gives to annotations of documents, in JSON."""
    file = answers.parent / "found.json"
    file.write_text(found, "utf-8")
    return _figures(_score(data, scorer, str(file), str(answers)))


def _score(data: Path, scorer: str, *arguments: str) -> str:
    return _run(data, str(data / "tools" / scorer), *arguments)


def _run(folder: Path, *arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def _figures(line: str) -> dict[str, float]:
    """Return the numbers with one decimal of a line that a scorer prints, each by the word before it."""
    return {name: float(value) for name, value in re.findall(r"(\w+) (\d+\.\d)", line)}


def _line(figures: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value:.1f}" for name, value in figures.items())
