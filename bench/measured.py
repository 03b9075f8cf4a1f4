"""Commands measured in processes of their own, and tables of what they cost as a page of the documentation has them."""

from __future__ import annotations

import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
"""Environment in which each library of matrix products has one thread."""
STEEP = 1.1
"""Exponent above which a cost grows too fast, and is printed in bold."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of a command: its wall time, the CPU seconds of all its processes, the memory of the largest one."""

    seconds: float
    processor: float
    megabytes: float
    output: str


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a process of its own, as a user would, with Python's bytecode cache, and one thread.

    Linux counts the memory of the process that starts a command as the command's own: a bench whose processes shall be
    measured stays small, and loads no model.
    """
    captured, complaints = folder / "output", folder / "complaints"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | ONE_THREAD
    begun = time.perf_counter()
    with captured.open("wb") as output, complaints.open("wb") as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{complaints.read_text('utf-8')}\n{' '.join(command)} failed with exit code {code}.")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, captured.read_text("utf-8"))


def script(name: str, *arguments: str, folder: Path) -> Cost:
    """Run a script of this folder."""
    return run([sys.executable, str(ROOT / "bench" / name), *arguments], folder)


def build(folder: Path, *options: str) -> Cost:
    """Build the archive in a folder with the command line."""
    paths = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return run([sys.executable, str(ROOT / "build.py"), "build", *paths, "--json", *options], folder)


def articles(folder: Path) -> list[Path]:
    """Return the files of the articles of an archive."""
    return sorted((folder / "content" / "articles").glob("*.md"))


@contextmanager
def workspace(keep: Path | None) -> Iterator[Path]:
    """Yield an empty folder: `keep`, which stays and must not exist yet, or one that goes in the end."""
    if keep:
        keep.mkdir(parents=True)
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="glossator-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def bytes_below(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def exponent(sizes: tuple[float, float], costs: tuple[float, float]) -> str:
    """Return by which power of the size a cost grows from one to the other; in bold if it is steep."""
    if min(costs) <= 0:
        return "–"
    power = math.log(costs[1] / costs[0]) / math.log(sizes[1] / sizes[0])
    return f"**{power:.2f}**" if power > STEEP else f"{power:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    first, *others = ["|" + "".join(f" {cell} |" if cell else " |" for cell in cells) for cells in (head, *rows)]
    return "\n".join([first, "|" + "---|" * len(head), *others])


def command_line(sizes: Sequence[int] = ()) -> str:
    """Return this command as it stands in the documentation, without what says where the table goes.

    `sizes` are those of the table, if it has more than this command measured.
    """
    arguments = re.sub(r" --(page|keep) \S+", "", " ".join(["", *sys.argv[1:]]))
    if sizes:
        arguments = re.sub(r"(?<=--articles)( \d+)+", "".join(f" {size}" for size in sizes), arguments)
    return f"python bench/{Path(sys.argv[0]).name}{re.sub(r'(?<=--pages )[^ ]+', 'FOLDER', arguments)}"


def machine() -> str:
    """Return the day, the kind of processor and the version of Python, by which figures of two runs are told apart."""
    today = date.today()  # noqa: DTZ011 -- the day of whoever measures
    return f"{today.day} {today:%B %Y}, {_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    name = re.search(r"^model name\s*: (.+)", text, re.MULTILINE)
    width = next((kind for kind in ("avx512f", "avx2", "asimd") if re.search(rf"\b{kind}\b", text)), "")
    vectors = {"avx512f": " with AVX-512", "avx2": " with AVX2", "asimd": ""}.get(width, "")
    return (name[1].strip() if name else platform.machine()) + vectors


def publish(page: Path | None, text: str, sizes: Sequence[int] = ()) -> None:
    """Print a table; if a page is named, put it in place of the one that the command made with other numbers."""
    caption = f"`{command_line(sizes)}`"
    block = f"{caption} ({machine()}):\n\n{text}\n"
    print(f"\n{block}", flush=True)
    if page:
        page.write_text(replaced(page.read_text("utf-8"), caption, block), "utf-8")


def replaced(text: str, caption: str, block: str) -> str:
    """Return a page in which a block stands in place of the table with its caption, or at the end.

    The numbers in captions, which are sizes and rounds, may differ.
    """
    former = re.compile(rf"^{_with_any_numbers(caption)} \(.*\n\n(?:\|.*\n)+", re.MULTILINE)
    if former.search(text):
        return former.sub(lambda _: block, text, count=1)
    return f"{text.rstrip()}\n\n{block}"


def former_cells(page: Path | None) -> list[list[str]]:
    """Return the cells of the table of a page that this command made on this day and machine with other numbers."""
    same = re.escape(f" ({machine()}):")
    pattern = rf"^{_with_any_numbers(f'`{command_line()}`')}{same}\n\n((?:\|.*\n)+)"
    former = re.search(pattern, page.read_text("utf-8"), re.MULTILINE) if page else None
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in former[1].splitlines()] if former else []


def _with_any_numbers(caption: str) -> str:
    """Return a pattern of a caption in which the numbers, which are sizes and rounds, may differ."""
    return re.sub(r"(?:\\ \d+)+", r"(?: \\d+)+", re.escape(caption))
