"""What does the work is a part of what results are remembered by."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from glossator.config import AnnotateSettings
from glossator.extension_points.file_openers import LIBRARIES
from glossator.incremental import code_versions

STAGES = Path(code_versions.__file__).parents[1] / "stages"


@pytest.mark.parametrize(
    ("stage", "uses"),
    [
        ("extract", code_versions.EXTRACT_LIBRARIES),
        ("annotate", code_versions.ANNOTATE_LIBRARIES),
        ("resolve", code_versions.ANNOTATE_LIBRARIES),
        ("plan", ("babel",)),
        ("relate", ("numpy", "spacy")),
        ("render", code_versions.RENDER_LIBRARIES),
        ("../extensions/openers", (*code_versions.EXTRACT_LIBRARIES, *LIBRARIES)),
    ],
)
def test_a_new_version_of_any_library_that_a_stage_uses_makes_its_results_anew(
    stage: str, uses: tuple[str, ...]
) -> None:
    place = STAGES / stage
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    assert files
    assert set() == {name for file in files for name in libraries(file)} - {*uses, *code_versions.SHARED_LIBRARIES}


distributions = cache(packages_distributions)  # it reads the files of every package that is installed


def libraries(file: Path) -> Iterator[str]:
    """The distributions that a module imports from."""
    known = distributions()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in {name.partition(".")[0] for name in named} - sys.stdlib_module_names - {"", "glossator"}:
            yield known[module][0].lower()


def test_a_key_names_the_model_and_its_version() -> None:
    named = code_versions.requirements(AnnotateSettings(models=(("de", "not_there"), ("en", "spacy"))))
    assert "de not_there missing" in named
    assert any(line.startswith("en spacy 3.") for line in named)


@pytest.mark.parametrize(
    "file",
    [
        *("data/words/annotate.toml", "data/words/german.xz", "data/known/firms.tsv", "data/collation/letters.txt"),
        *("data/places/cities.json", "data/places/countries.json", "data/places/outlines.json"),
    ],
)
def test_a_changed_list_makes_results_anew(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    sources = code_versions._sources()
    code_of = code_versions.code_digest.__wrapped__
    before = code_of(("stages/annotate",), ())
    assert file in sources
    monkeypatch.setattr(code_versions, "_sources", lambda: {**sources, file: "other"})
    assert before != code_of(("stages/annotate",), ())
