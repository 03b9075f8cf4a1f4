"""What a build costs: cold, warm, and after one change of each kind, beside spaCy's own finding of names.

usage: python bench/build.py [--articles N] [--form markdown|saved] [--workers N]

Writes an invented archive (bench/generate.py) to a temporary folder, builds it with the command line and prints a
table: wall and processor seconds of all processes, the memory of the largest one, pages rendered, files written. The
search index has a line of its own. The last line is spaCy's pipeline for names alone, as it comes, over the same texts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import generate  # noqa: E402  # beside this script
from glossator import markup  # noqa: E402
from glossator.config import DEFAULT_MODEL  # noqa: E402

BATCH = 16


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    processor: float
    megabytes: float
    output: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000, help="how many articles the archive has (1000)")
    parser.add_argument("--form", choices=("markdown", "saved"), default="markdown")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--names-alone", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.names_alone:
        names_alone(given.names_alone)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.write(folder, given.articles, given.form)
        print(f"{given.articles:,} articles, {given.form}; {os.cpu_count()} cores")
        print(f"{'':<22}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'pages':>8}{'files':>8}")
        measure(folder, given.workers)


def measure(folder: Path, workers: int) -> None:
    apart = ("--no-search", "--workers", str(workers))
    report("cold", build(folder, *apart))
    report("nothing changed", build(folder, *apart))
    edited = min((folder / "content" / "articles").glob("*.md"))
    edited.write_text(edited.read_text("utf-8") + f"\n{generate.person(0)} returned to {generate.place(0)}.\n", "utf-8")
    report("one article changed", build(folder, *apart))
    (folder / "templates").mkdir()
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    (folder / "templates" / "base.html").write_text(base + "{# changed #}", "utf-8")
    report("one template changed", build(folder, *apart))
    (folder / "content" / "entities.toml").write_text(f'[rename]\n"{generate.person(0)}" = "Dr Somebody"\n', "utf-8")
    report("one decision changed", build(folder, *apart))
    report("search index", build(folder, "--workers", str(workers)))
    report("spaCy, names alone", run([sys.executable, __file__, "--names-alone", str(folder)], folder))


def build(folder: Path, *options: str) -> Cost:
    paths = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return run([sys.executable, str(ROOT / "build.py"), "build", *paths, "--json", *options], folder)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a process of its own, as a user would."""
    said = folder / "said"
    begun = time.perf_counter()
    with said.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed with exit code {code}.")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, said.read_text("utf-8"))


def report(what: str, cost: Cost) -> None:
    done = json.loads(cost.output) if cost.output else {"rendered": (), "written": ()}
    counts = f"{len(done['rendered']):>8,}{len(done['written']):>8,}" if cost.output else ""
    print(f"{what:<22}{cost.seconds:>9.1f}{cost.processor:>9.1f}{cost.megabytes:>7.0f}{counts}", flush=True)


def names_alone(folder: Path) -> None:
    """The pipeline reduced to what finds names, over the texts of the archive's articles."""
    import spacy  # noqa: PLC0415 -- only the process that measures it should load it

    nlp = spacy.load(DEFAULT_MODEL)
    nlp.select_pipes(enable=["ner"])
    texts = [markup.read(path.read_text("utf-8").split("---\n", 2)[2]).content for path in articles(folder)]
    for _ in nlp.pipe(texts, batch_size=BATCH):
        pass


def articles(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "articles").glob("*.md"))


if __name__ == "__main__":
    main()
