"""Audits what a site and its exports say of real saved pages: every text must stand in the article it names.

usage: python bench/claims.py [--data FOLDER] [--pages 200] [--keep FOLDER] [--workers N]

Needs a data folder that is not part of the repository, because the pages are the work of others. It takes pages evenly
from all sets, builds a site with all its data for programs, runs `glossator check --claims`, prints the exceptions and
the number of texts that were looked for, and ends with 1 if there is an exception.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.data import add_option, require  # noqa: E402  # beside this script

SETTINGS = """\
[site]
title = "Audit"
url = "https://audit.example/"
data = ["markdown", "json", "llms", "api"]
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_option(parser)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder in which the archive stays, to look at exceptions")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        saved = folder / "content" / "saved"
        saved.mkdir(parents=True, exist_ok=True)
        (folder / "glossator.toml").write_text(SETTINGS, "utf-8")
        for page in islice(pages(require(options.data / "data" / "pages")), options.pages):
            copy = saved / f"{page.parents[1].name}-{page.name.removesuffix('.gz')}"
            copy.write_bytes(gzip.decompress(page.read_bytes()))
        return audit(folder, options.workers)


def pages(folder: Path) -> Iterator[Path]:
    """Yield saved pages, in turns from each set."""
    sets = [sorted(each.glob("html/*.html.gz")) for each in sorted(folder.iterdir()) if (each / "html").is_dir()]
    return (page for page in chain.from_iterable(zip_longest(*sets)) if page is not None)


def audit(folder: Path, workers: int) -> int:
    """Build and check the archive in a folder; print what was found, and return the exit code."""
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", f"--workers={workers}", "--no-search"]
    command = [sys.executable, "-m", "glossator", "check", "--claims", "--json", *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if not done.stdout:
        print(done.stderr)
        return 2
    audited = json.loads(done.stdout)
    exceptions = [finding for finding in audited["findings"] if finding["kind"] == "claims"]
    for finding in exceptions:
        print(f"{finding['path']}: {finding['message']}")
    print(f"{audited['disclosure']['whole']} articles, {audited['texts']:,} texts of exports and data looked up")
    print(f"{len(exceptions)} exceptions")
    return 1 if exceptions else 0


if __name__ == "__main__":
    sys.exit(main())
