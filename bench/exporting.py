"""Measures the cost of feeds, of data for programs and of exports, in CPU seconds of all processes.

usage: python bench/exporting.py [--articles 10000] [--workers 1] [--keep FOLDER]

It builds an invented archive (bench/generate.py) with names from a list (bench/standin.py), some of them confirmed, so
that there is training data to export. Then it builds all pages again after a change of the title, and once more with an
address, feeds and all data: the difference is what these cost. The last lines are the formats of export.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import build, generate, measured, standin  # noqa: E402  # beside this script
from glossator.cli.extensions import load_extended  # noqa: E402
from glossator.cli.options import with_installed  # noqa: E402
from glossator.config import BuildSettings  # noqa: E402
from glossator.export.gather import archive_data  # noqa: E402
from glossator.export.write import write_export  # noqa: E402
from glossator.pipeline import ArchivePaths  # noqa: E402
from glossator.pipeline.review.survey import open_survey  # noqa: E402
from tests.exported_texts.formats import FORMATS  # noqa: E402

CONFIRMED = 100
"""People that a person has confirmed."""
DATA = 'url = "https://archive.example/"\ndata = ["markdown", "json", "llms", "api"]'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder in which the archive stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        generate.write(folder, options.articles, "markdown")
        standin.write(folder / "standin")
        confirmed = ", ".join(f'"{generate.person(rank)}"' for rank in range(CONFIRMED))
        (folder / "content" / "entities.toml").write_text(f"confirm = [{confirmed}]\n", "utf-8")
        print(f"{options.articles:,} articles\n{'':<34}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'pages':>8}{'files':>8}")
        extra = measure_site(folder, options.workers)
        print(f"{'feeds and data':<43}{extra:>9.1f}")
        exports = measure_exports(folder)
        print(f"{'feeds, data and exports':<43}{extra + exports:>9.1f}")


def measure_site(folder: Path, workers: int) -> float:
    """Build with and without feeds and data; return the CPU seconds that they cost."""
    arguments = (build.NO_SEARCH, "--workers", str(workers))
    costs = {}
    for label, settings in (
        ("cold", ""),
        ("nothing changed", ""),
        ("all pages again", 'title = "Another"'),
        ("all pages again, with feeds and data", f'title = "A third"\n{DATA}'),
        ("nothing changed, with data", f'title = "A third"\n{DATA}'),
    ):
        text = f'[site]\n{settings}\n[language.en]\nmodel = "{folder / "standin"}"\n'
        file = folder / "glossator.toml"
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
        time.sleep(3)  # a file that was changed just now would be read to be sure
        costs[label] = measured.build(folder, *arguments)
        build.report(label, costs[label])
    build.edit(folder, 0)
    build.report("one article changed, with data", measured.build(folder, *arguments))
    return costs["all pages again, with feeds and data"].processor - costs["all pages again"].processor


def measure_exports(folder: Path) -> float:
    """Write every format; return the CPU seconds of all together."""
    paths = ArchivePaths(folder / "content", folder / "site")
    # The settings are those of the command, by which the build has stored what it found; all work is of this process.
    config = replace(with_installed(load_extended(folder / "glossator.toml")), build=BuildSettings(workers=1))
    begun = last = time.process_time()
    with open_survey(paths, config, lambda *_: None) as survey:
        last = told("the resolved archive", last)
        archive = archive_data(survey)
    last = told("the data of all formats", last)
    for form, write in FORMATS.items():
        files = write(archive)
        write_export(files, folder / "exports" / form, paths.cache.parent)
        last = told(f"{form}, {sum(map(len, files.values())) / 1e6:,.0f} MB in {len(files):,} files", last)
    return last - begun


def told(label: str, since: float) -> float:
    """Print the CPU seconds since a moment; return the present one."""
    now = time.process_time()
    print(f"{label:<43}{now - since:>9.1f}", flush=True)
    return now


if __name__ == "__main__":
    main()
