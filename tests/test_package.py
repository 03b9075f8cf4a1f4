"""What `pip install` brings: the command, the theme, and a build that needs nothing of the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from glossator import __version__
from requirements import licences
from tests.extension_packages import FOLDERS, stated

ROOT = Path(__file__).parents[1]
ARTICLE = """---
title: Harbour wall to be raised
---

Marta Lindqvist, the harbour master of Oslo, said the wall would be raised.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(pip, check=True)
    return target


def glossator(installed: Path, folder: Path, *arguments: str) -> str:
    """What the installed command prints, run where no file of the repository can be found by accident."""
    command = [str(installed / "bin" / "glossator"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_wheel_carries_every_file_of_the_theme(wheel: Path) -> None:
    theme = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    carried = {name.removeprefix("glossator/") for name in zipfile.ZipFile(wheel).namelist()}
    assert "templates/base.html" in theme
    assert set() == theme - carried


@pytest.mark.slow
def test_spacy_alone_loads_the_installed_pipeline(installed: Path, tmp_path: Path) -> None:
    folder = installed / "glossator" / "data" / "names" / "recogniser"
    code = f"import spacy; print(spacy.load({str(folder)!r})('They met Angela Merkel in Berlin.').ents)"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert told == "(Angela Merkel, Berlin)\n"


@pytest.mark.slow
def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 35_000_000


@pytest.mark.slow
def test_installed_command_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert __version__ in glossator(installed, tmp_path, "--version")


@pytest.mark.slow
@pytest.mark.model
def test_installed_command_builds_with_the_theme_it_carries(installed: Path, tmp_path: Path) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (articles / "harbour-wall.md").write_text(ARTICLE, "utf-8")
    glossator(installed, tmp_path, "build")
    assert "Marta Lindqvist" in (tmp_path / "site" / "articles" / "harbour-wall.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("MPL-2.0 AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GNU General Public License v3 (GPLv3)", False),
        ("AGPL-3.0-only", False),
        ("MIT AND LGPL-2.1-or-later", False),
        ("", False),
    ],
)
def test_a_licence_that_binds_others_is_refused(licence: str, accepted: bool) -> None:
    assert accepted == licences.is_accepted(licence)


def test_every_locked_package_has_a_licence_that_is_accepted() -> None:
    root = Path(__file__).parents[1]
    assert 0 == licences.main(["--quiet", str(root / "requirements/site.txt"), str(root / "requirements/dev.txt")])


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_package_beside_glossator_is_a_wheel_with_its_module_and_entry_points(folder: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=folder, check=True)
    (made,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(made) as opened:
        names = opened.namelist()
        (points,) = (opened.read(name).decode() for name in names if name.endswith("entry_points.txt"))
    assert f"glossator_{folder.name}.py" in names
    assert all(group in points for group in stated(folder)["entry-points"])
