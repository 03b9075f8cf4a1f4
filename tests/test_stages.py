"""Stages are functions of values: they open no files, ask for no time and know nothing of the disk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import glossator

ROOT = Path(glossator.__file__).parent
FOLDERS = ("stages", "extensions/openers")
OPENING = frozenset(
    "open read_text read_bytes write_text write_bytes exists is_file is_dir iterdir glob rglob stat lstat scandir listdir "
    "mkdir unlink rmdir touch fdopen urlopen mkstemp".split()
)
"""Functions and methods that reach for a file, by name."""
PACKAGE_DATA = (
    *(
        "stages/annotate/models/pipelines.py",
        "stages/annotate/well_known_places.py",
        "stages/annotate/models/classify/tables.py",
        "stages/annotate/models/tagger/component.py",
        "stages/annotate/descriptors/__init__.py",
        "stages/annotate/mentions/other_languages/german_words.py",
    ),
    "stages/extract/html/choice/judge_readings.py",
)
"""Modules that read the data of packages, ours too, which do not change while a version of theirs is installed."""
IN_MEMORY = {
    "stages/extract/containers/zip_members.py": {"self.archive.open"},
    "extensions/openers/docx.py": {"image.open"},
}
"""Calls that open a member of an archive or of a document that is in memory."""


def test_no_stage_opens_a_file() -> None:
    found = [
        f"{name}:{line}: {call}"
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (name := path.relative_to(ROOT).as_posix()) not in PACKAGE_DATA
        for line, call in calls(ast.parse(path.read_text("utf-8")))
        if call.rpartition(".")[2] in OPENING and call not in IN_MEMORY.get(name, ())
    ]
    assert [] == found


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every call by the name of what is called, and every mention of `open`, which could be passed on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.lineno, ast.unparse(node.func)
        elif isinstance(node, ast.Name) and node.id == "open":
            yield node.lineno, "open"
        elif isinstance(node, ast.ImportFrom) and node.module == "pathlib":
            yield from ((node.lineno, "Path.open") for alias in node.names if alias.name == "Path")


def test_the_search_for_opened_files_finds_them() -> None:
    source = "from pathlib import Path\nPath('x').read_text()\nopen('y')\nlist(map(open, z))\nio.open(a)\n"
    assert [1, 2, 3, 4, 5] == sorted(
        {line for line, call in calls(ast.parse(source)) if call.rpartition(".")[2] in OPENING}
    )
