"""Switches each rule of a stage off in turn and tells what it brings, by the output and the scores of saved pages.

usage: python bench/rent.py stages/extract [--data FOLDER] [--out FOLDER] [--every 5] [--kinds functions tables ifs]

A rule is a mutant of the syntax tree, put into the running process in place of a function's code or of a table: nothing
of the package is written. Pages on which its lines never ran are not read again. The table `rent.tsv` in the folder has
a row for each rule; a run that was stopped goes on where it was. Verdicts: *dead*, no output differs; *worthless*, an
output differs but no score moves; *harmful*, a score rises and none falls; *pays*; *needed*, the stage raises or takes
too long without it. What is scored are articles of saved pages, so that this serves `stages/extract`. What no score
sees (safety, rights, formats) is told by the tests that fail when a rule goes.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib
import json
import multiprocessing
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.data import add_option  # noqa: E402  # beside this script
from bench.rent_mutants import KINDS, Mutant, mutants, names_of, neutral_table  # noqa: E402
from bench.rent_scores import HALVES, Scorer, Scores, changes, saved_pages  # noqa: E402
from glossator.stages import extract  # noqa: E402, F401  # or nothing is loaded that could be switched off

FIRST = 60
"""Pages that are read first; if they tell that a rule pays, the others are not read."""
MOVES = 0.0002
"""Change of a score that counts."""
CLEAR = 0.001
"""Loss over all pages, on the first alone, that needs no others."""
PATIENCE = 10
"""Seconds that a page may take."""
MASK_BASE = 16


class Slow(Exception):
    """A page takes too long."""


class Bench:
    """What does not change from rule to rule. State: the coverage and scores of the package as it is, once measured."""

    def __init__(self, stage: str, data: Path, every: int) -> None:
        self.pages = saved_pages(data, every)
        self.scorer = Scorer(data)
        self.modules = stage_modules(stage)
        self.digests: list[str] = []
        self.scores: list[Scores] = []
        self.lines: Mapping[str, int] = {}

    def measured(self, place: int) -> tuple[str, Scores, list[str]]:
        """Return the digest and scores of a page's output, and the lines of the stage that made it."""
        with recorded_lines({str(module.__file__): name for name, module in self.modules.items()}) as lines:
            output = self.pages[place].output()
        return digest(output), self.scorer.scores(self.pages[place], output), sorted(lines)

    def start(self, path: Path, processes: int) -> None:
        """Measure the package as it is, or read what an earlier run measured."""
        if not path.exists():
            found = [
                row for _, row in sorted(in_processes(self.measured, len(self.pages), processes), key=itemgetter(0))
            ]
            masks: Counter[str] = Counter()
            for place, (_, _, lines) in enumerate(found):
                for line in lines:
                    masks[line] |= 1 << place
            known = {"digests": [row[0] for row in found], "scores": [row[1] for row in found]}
            coverage = {line: f"{mask:x}" for line, mask in masks.items()}
            path.write_text(json.dumps(known | {"lines": coverage}), "utf-8")
        known = json.loads(path.read_text("utf-8"))
        self.digests, self.scores = known["digests"], known["scores"]
        self.lines = {line: int(str(mask), MASK_BASE) for line, mask in known["lines"].items()}

    def touched(self, mutant: Mutant) -> list[int]:
        """Return the pages on which a mutant's lines ran, those of a table if a function that names it did."""
        mask = 0
        for line in mutant.lines:
            mask |= self.lines.get(line, 0)
        return [place for place in range(len(self.pages)) if mask >> place & 1]

    def tried(self, mutant: Mutant) -> Mapping[str, Any]:
        """Return the row of a mutant."""
        row = {"rule": mutant.name, "lines": mutant.size, "pages": 0, "differ": 0, "verdict": "dead"}
        places = self.touched(mutant)
        try:
            with applied(mutant, self.modules):
                after, read = self._outputs_without(places)
        except Exception as error:  # noqa: BLE001  # whatever it raises: it is needed
            return row | {"pages": len(places), "verdict": "needed", "why": f"{type(error).__name__}: {error}"[:80]}
        moved = changes(self.pages, self.scores, after)
        halves = [
            changes(
                self.pages, self.scores, {place: each for place, each in after.items() if self._half(place) == half}
            )
            for half in range(HALVES)
        ]
        verdict = verdict_of(moved) if after else "dead"
        fewer = {f"{score} {half}": halves[half][score] for score in moved for half in range(HALVES)}
        return row | {"pages": len(places), "read": read, "differ": len(after), "verdict": verdict, **moved, **fewer}

    def _half(self, place: int) -> int:
        return self.pages[place].half

    def _outputs_without(self, places: Sequence[int]) -> tuple[dict[int, Scores], int]:
        """Return the scores of the pages whose output differs, and how many were read."""
        after: dict[int, Scores] = {}
        for number, place in enumerate(places):
            if number == FIRST and min(changes(self.pages, self.scores, after).values()) < -CLEAR:
                return after, number
            with limited(PATIENCE):
                output = self.pages[place].output()
            if digest(output) != self.digests[place]:
                after[place] = self.scorer.scores(self.pages[place], output)
        return after, len(places)


def verdict_of(moved: Mapping[str, float]) -> str:
    if min(moved.values()) <= -MOVES:
        return "pays"
    return "harmful" if max(moved.values()) >= MOVES else "worthless"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def stage_modules(stage: str) -> Mapping[str, ModuleType]:
    """Return the modules of a part of the package by name."""
    folder = ROOT / "glossator" / stage
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
    ]
    return {name: importlib.import_module(name) for name in sorted(names)}


@contextmanager
def recorded_lines(files: Mapping[str, str]) -> Iterator[set[str]]:
    """Record the lines of files that run, each as the name of its module and its number."""
    found: set[str] = set()
    monitoring: Any = vars(sys)["monitoring"]  # new in Python 3.12

    def ran(code: CodeType, line: int) -> object:
        if code.co_filename in files:
            found.add(f"{files[code.co_filename]}:{line}")
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "rent")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, ran)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)
    monitoring.restart_events()
    clear_caches()
    try:
        yield found
    finally:
        monitoring.set_events(monitoring.COVERAGE_ID, 0)
        monitoring.free_tool_id(monitoring.COVERAGE_ID)


def clear_caches() -> None:
    """Forget what functions of the stage remember, but not what is read from files of data."""
    for cached in _CACHES:
        cached.cache_clear()


_CACHES: list[Any] = []


def note_caches(modules: Mapping[str, ModuleType]) -> None:
    """Note the functions of modules that remember their results, except those that load the judges."""
    _CACHES.extend(
        value
        for module in modules.values()
        for value in vars(module).values()
        if hasattr(value, "cache_clear") and value.__module__ in modules and value.__wrapped__.__code__.co_argcount
    )


@contextmanager
def applied(mutant: Mutant, modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Put a mutant into the process, and take it out again."""
    clear_caches()
    undo: list[tuple[Any, str, object]] = []
    module = modules[mutant.module]
    if mutant.code is None:
        table = vars(module)[mutant.path]
        for holder in [sys.modules[name] for name in list(sys.modules) if name.startswith("glossator")]:
            undo += [(holder, name, table) for name, value in list(vars(holder).items()) if value is table]
        for holder, name, _ in undo:
            setattr(holder, name, neutral_table(table))
    else:
        function = live_function(module, mutant.path)
        undo.append((function, "__code__", function.__code__))
        function.__code__ = mutant.code
    try:
        yield
    finally:
        for holder, name, value in undo:
            setattr(holder, name, value)
        clear_caches()


def live_function(module: ModuleType, path: str) -> FunctionType:
    """Return a function of a module, without what decorates it."""
    found: Any = module
    for name in path.split("."):
        found = vars(found)[name]
    found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    assert isinstance(found, FunctionType), path
    return found


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise Slow

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def main() -> None:
    if not hasattr(sys, "monitoring"):
        sys.exit(
            "rent.py needs Python 3.12 or newer, which tells what lines run: make rent VENV=.venv-new PYTHON=python3.13"
        )
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_option(parser)
    parser.add_argument("stage", help="folder of the package, such as stages/extract")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "rent")
    parser.add_argument("--every", type=int, default=1, help="take each n-th page only")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS[:3])
    parser.add_argument("--match", default="", help="try only rules whose name matches this pattern")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    bench = Bench(options.stage, options.data, options.every)
    sources = {name: Path(str(module.__file__)).read_text("utf-8") for name, module in bench.modules.items()}
    note_caches(bench.modules)
    folder = options.out / digest("".join(sources.values()) + str(options.every))[:12]
    folder.mkdir(parents=True, exist_ok=True)
    bench.start(folder / "start.json", options.processes)
    if not bench.lines:
        sys.exit(f"rent.py: reading a saved page runs nothing of {options.stage}, so nothing of it can be told.")
    table = folder / "rent.jsonl"
    rows = [json.loads(line) for line in table.read_text("utf-8").splitlines()] if table.exists() else []
    done = {row["rule"] for row in rows}
    used = names_of(sources)
    wanted = (mutant for mutant in mutants(sources, used, options.kinds) if re.search(options.match, mutant.name))
    left = sorted((mutant for mutant in wanted if mutant.name not in done), key=lambda mutant: -mutant.size)
    gc.freeze()
    print(f"{folder}: {len(bench.pages)} pages, {len(left)} rules to try", flush=True)
    with table.open("a", encoding="utf-8") as file:
        for _, row in in_processes(lambda number: bench.tried(left[number]), len(left), options.processes):
            rows.append(row)
            print(json.dumps(row), file=file, flush=True)
    write_table(folder / "rent.tsv", rows)


_WORK: list[Callable[[int], Any]] = []


def in_processes(work: Callable[[int], Any], count: int, processes: int) -> Iterator[tuple[int, Any]]:
    """Yield each number below a count with what is made of it, as they come; processes inherit what the work needs."""
    _WORK.append(work)
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(_worked, range(count))


def _worked(number: int) -> tuple[int, Any]:
    return number, _WORK[-1](number)


def write_table(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the rows with tabs between, by verdict and size, and print how many lines each verdict has."""
    rows = sorted(rows, key=lambda row: (row["verdict"], -row["lines"]))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(columns), *("\t".join(str(row.get(name, "")) for name in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    counts = Counter(str(row["verdict"]) for row in rows)
    print(path, *(f"{verdict}: {count} rules" for verdict, count in counts.most_common()), sep="\n")


if __name__ == "__main__":
    main()
