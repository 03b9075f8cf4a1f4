"""Without any extension the core works as ever, and says of each thing that it lacks what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glossator.extension_points.own_extensions import OWN
from glossator.stages.extract.recognise_format import recognise
from tests.extract import exported
from tests.sites import contents, lay

ROOT = Path(__file__).parents[1]
INSTALL = "Install all of Glossator: "
ARCHIVE = """
-- content/saved/crane.md --
# The crane of Ravnsborg

It was mended in May, and it turns again.
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a program from which all extensions are taken away."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copytree(
        ROOT / "glossator", folder / "glossator", ignore=shutil.ignore_patterns("extensions", "__pycache__")
    )
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def run(program: Path, archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "glossator", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    return subprocess.run(command, cwd=archive, env=environment, capture_output=True, text=True, check=False)


def one_of_each_kind() -> dict[str, bytes]:
    """A file of each format that an extension opens, by format."""
    archives = (path for path in (exported.GOLDEN.parent / "golden_archives").iterdir() if path.suffix != ".md")
    marks = (exported.GOLDEN.parent / "golden_highlights").iterdir()
    own = (path for path in marks if not path.name.endswith(".expected.json"))
    paths = [*exported.cases(), *sorted(archives), *sorted(own)]
    files = {recognise(exported.data(path), path.name): exported.data(path) for path in reversed(paths)}
    return {form: data for form, data in files.items() if form in OWN["openers"]}


@pytest.mark.slow
def test_of_a_file_of_each_kind_it_is_said_what_to_install_and_the_rest_is_read(bare: Path, tmp_path: Path) -> None:
    files = one_of_each_kind()
    assert OWN["openers"].keys() == files.keys()
    lay(tmp_path, ARCHIVE)
    for form, data in files.items():
        (tmp_path / f"content/saved/{form}.saved").write_bytes(data)
    done = run(bare, tmp_path, "build", "--no-search", "--workers=1", "--json")
    for form in files:
        assert f"The extension {form} (openers) of glossator" in done.stdout, form
    assert len(files) == done.stdout.count(INSTALL)
    assert [tmp_path / "content/articles/the-crane-of-ravnsborg.md"] == list(
        (tmp_path / "content/articles").glob("*.md")
    )
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        *(("export", form, "--to", "there") for form in OWN["exports"]),
        ("mcp",),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_of_a_format_or_verb_it_is_said_what_to_install(bare: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    lay(tmp_path, ARCHIVE)
    done = run(bare, tmp_path, *arguments)
    assert 2 == done.returncode
    assert "of glossator" in done.stderr
    assert INSTALL in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.model
def test_the_sample_is_the_same_site_without_extensions(bare: Path, tmp_path: Path) -> None:
    sites: list[dict[str, bytes]] = []
    for program in (ROOT, bare):
        archive = tmp_path / f"archive{len(sites)}"
        archive.mkdir()
        shutil.copytree(ROOT / "content", archive / "content")
        shutil.copy(ROOT / "glossator.toml", archive)
        done = run(program, archive, "build", "--no-search", "--workers=1")
        assert 0 == done.returncode, done.stderr
        sites.append(contents(archive / "site"))
    assert "index.html" in {str(path) for path in sites[0]}
    assert sites[0] == sites[1]


@pytest.mark.slow
def test_a_library_that_is_missing_costs_the_format_that_needs_it(tmp_path: Path) -> None:
    files = one_of_each_kind()
    lay(tmp_path, ARCHIVE)
    for form in ("pdf", "docx", "warc", "epub"):
        (tmp_path / f"content/saved/{form}.saved").write_bytes(files[form])
    absent = tmp_path / "absent"
    absent.mkdir()
    names = ("mammoth", "pypdfium2", "warcio")
    code = f"import sys\nsys.modules.update(dict.fromkeys({names!r}))\n"
    (absent / "sitecustomize.py").write_text(code, "utf-8")  # Python reads it in each process
    environment = {**os.environ, "PYTHONPATH": f"{absent}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "glossator", "build", "--no-search", "--workers=1"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    for form, library in zip(("docx", "pdf", "warc"), names, strict=True):
        assert f"The extension {form} (openers) of glossator" in done.stderr
        assert f"{library} is not installed. Install it: " in done.stderr
    assert "saved/epub.saved" not in done.stderr
