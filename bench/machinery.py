"""Counts the lines of the modules that exist so that work is not done again.

usage: python bench/machinery.py [FOLDER]

FOLDER is a checkout, this one if none is given. A module that is moved or cut up is counted where it went: its new path
is added to the list, and a path that a checkout does not have counts nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

PATHS = (
    # what is stored, and under which keys
    "incremental",
    "pipeline/stage_runs.py",
    "pipeline/stored_archive.py",
    "pipeline/analysis/stored_archive.py",
    # stages that begin with what the last build left
    "stages/resolve/update",
    "stages/relate/update.py",
    "pipeline/find_related.py",
    "pipeline/analysis/find_related.py",
    "pipeline/find_topics.py",
    "pipeline/analysis/find_topics.py",
    "pipeline/analysis/find_highlights.py",
    "pipeline/analysis/find_dates.py",
    "pipeline/analysis/index_passages.py",
    # which pages are made again
    "stages/plan/article_facts.py",
    "stages/plan/invalidated.py",
    "stages/plan/invalidation",
    "stages/plan/changed_rows.py",
    "stages/plan/plan_pages.py",
    "stages/plan/catalogue.py",
    "stages/plan/catalogue/__init__.py",
    "stages/plan/catalogue/profiles.py",
    "stages/plan/catalogue/reads.py",
    "stages/plan/catalogue/tables.py",
    "stages/plan/catalogue/whole_archive.py",
    "pipeline/plan.py",
    "pipeline/rendering/plan.py",
    "pipeline/stale_pages.py",
    "pipeline/rendering/stale_pages.py",
    "pipeline/rendering/page_limits.py",
    "pipeline/rendering/render_workers.py",
    "pipeline/rendering/stored_excerpts.py",
    # builds in which nothing changed, and those of the preview
    "pipeline/up_to_date.py",
    "pipeline/preview",
    "pipeline/rebuild",
    "search/index.py",
)
"""Modules and packages below `glossator/`."""
APART = ("incremental/explain.py",)
"""Modules in these packages that only tell people what was done."""


def modules(package: Path) -> Iterator[Path]:
    """Yield the modules of a checkout's package that are counted."""
    for name in PATHS:
        path = package / name
        paths = sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
        yield from (module for module in paths if module.relative_to(package).as_posix() not in APART)


def main() -> None:
    checkout = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    package, total = checkout / "glossator", 0
    for module in modules(package):
        lines = len(module.read_text("utf-8").splitlines())
        total += lines
        print(f"{lines:>6,} {module.relative_to(package).as_posix()}")
    print(f"{total:>6,} lines")


if __name__ == "__main__":
    main()
