"""The package that the documentation describes: built, installed beside Glossator, and used, from the words of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glossator.extension_points.checks import ArchiveData, ArticleData, Finding
from tests.sites import lay

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/pages/extending.md").read_text("utf-8")
ARCHIVE = """
-- content/saved/harbour.play --
SCENE The quay of Ravnsborg
The crane stands on the quay, and it turns again. Edda Marsh came to Veldhaven.

SCENE The lighthouse
It was dark for a week. Edda Marsh wrote to the council of Veldhaven.
-- content/saved/empty.play --
A play that is not written yet.
"""


def example() -> dict[str, str]:
    """The files of the worked example by name: the page names each in the line before its code."""
    return dict(re.findall(r"`([\w.]+)`:\n\n```\w+\n(.+?)```\n", PAGE, re.DOTALL))


def test_the_worked_example_has_forty_lines() -> None:
    lines = [line for text in example().values() for line in text.splitlines() if line.strip()]
    assert {"pyproject.toml", "glossator_plays.py"} == example().keys()
    assert len(lines) <= 40


def test_the_check_of_the_page_names_articles_without_authors() -> None:
    given: dict[str, Any] = {}
    exec(re.search(r"## Checks\n.+?```python\n(.+?)```", PAGE, re.DOTALL)[1], given)  # type: ignore[index]
    about = (None, None, ("Edda Marsh",), None, None, None, None, (), "full", "", "", (), ())
    signed = ArticleData("wall", "The wall", *about)
    archive = ArchiveData("Quay", "", (signed, msgspec.structs.replace(signed, id="quay", authors=())), ())
    found = given["AUTHORS"].find(None, archive)
    assert [Finding("authors", "articles/quay.md", "names no author", wrong=False)] == list(found)


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A virtual environment with Glossator and the package of the page, and the libraries of this Python beside them."""
    source, folder, wheels = tmp_path / "source", tmp_path / "environment", tmp_path / "wheels"
    source.mkdir()
    for name, text in example().items():
        (source / name).write_text(text, "utf-8")
    for package in (ROOT, source):
        run(package, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels))
    run(tmp_path, sys.executable, "-m", "venv", "--without-pip", str(folder))
    packages = Path(
        run(tmp_path, str(folder / "bin/python"), "-c", "import site; print(site.getsitepackages()[0])").strip()
    )
    (packages / "libraries.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n", "utf-8")
    install = ("-m", "pip", "--python", str(folder / "bin/python"), "install", "--quiet", "--no-index", "--no-deps")
    run(tmp_path, sys.executable, *install, *map(str, wheels.glob("*.whl")))
    return folder


def run(folder: Path, *command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.model
def test_the_package_of_the_page_opens_and_exports_beside_glossator(environment: Path, tmp_path: Path) -> None:
    archive = lay(tmp_path / "archive", ARCHIVE)
    glossator = str(environment / "bin/glossator")
    listed = run(archive, glossator, "--version", "--verbose")
    assert re.search(r"openers +play +glossator-plays 1.0\n", listed)
    assert re.search(r"exports +shelf +glossator-plays 1.0: A line for each article\n", listed)
    built = run(archive, glossator, "build", "--no-search", "--workers=1")
    assert "The play has no scene: begin each with a line such as SCENE The harbour." in built
    run(archive, glossator, "export", "shelf", "--to", "shelf.txt")
    shelf = (archive / "shelf.txt").read_text("utf-8")
    assert re.fullmatch(r"The lighthouse: [1-9] names\nThe quay of Ravnsborg: [1-9] names\n", shelf)
    assert "shelf" in run(archive, glossator, "export", "--help")
