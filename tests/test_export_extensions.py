"""Formats of other packages: what they make is written with the safeguards of ours, and what fails is named."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.sites import contents, lay

ARCHIVE = """\
-- content/articles/harbour.md --
---
title: The harbour
---
Marta Lindqvist came to Ravnsborg.
-- content/articles/secret.md --
---
title: CANARY
rights: private
---
Jonas Aber slept.
"""
PACKAGE = """\
-- quay_formats-1.2.dist-info/METADATA --
Metadata-Version: 2.1
Name: quay-formats
Version: 1.2
-- quay_formats-1.2.dist-info/entry_points.txt --
[glossator.exports]
titles = quay_formats:TITLES
addresses = quay_formats:ADDRESSES
raising = quay_formats:RAISING
leaving = quay_formats:LEAVING
text = quay_formats:TEXT
within = quay_formats:WITHIN
unreadable = quay_formats:UNREADABLE
halved = quay_formats:HALVED
nothing = quay_formats:NOTHING
later = quay_formats:LATER
long = quay_formats:LONG
csv = quay_formats:TITLES
lacking = quay_formats_two:LACKING
-- quay_formats.py --
from glossator.extension_points.exports import Export


def titles(archive):
    return {f"notes/{article.id}.txt": article.title.encode() for article in archive.articles}


def addresses(site):
    return {"": "\\n".join(sorted(path for path in site.files if path.startswith("articles/"))).encode()}


def unreadable(archive):
    from glossator.extension_points.openers import Unreadable

    raise Unreadable("no text")


def raising(archive):
    raise ValueError(f"no\\nidea of {len(archive.articles)} articles")


TITLES = Export(contract=2, help="Titles", of_archive=titles)
ADDRESSES = Export(contract=2, help="Addresses of pages", of_site=addresses)
RAISING = Export(contract=2, help="Fails", of_archive=raising)
LEAVING = Export(contract=2, help="Leaves its folder", of_archive=lambda archive: {"a.txt": b"", "../b.txt": b""})
TEXT = Export(contract=2, help="Is no bytes", of_archive=lambda archive: {"": "text"})
WITHIN = Export(contract=2, help="Has a file for a folder", of_archive=lambda archive: {"a": b"", "a/b": b""})
HALVED = Export(contract=2, help="Has half a letter", of_archive=lambda archive: {"a": b"", "\\ud800": b""})
UNREADABLE = Export(contract=2, help="Raises the error of openers", of_archive=unreadable)
LATER = Export(contract=1000, help="Is of the future", of_archive=titles)
LONG = Export(contract=2, help="Has a long name", of_archive=lambda archive: {"a": b"", "b" * 300: b""})
NOTHING = 1
-- quay_formats_two.py --
import quayside_library
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(lay(tmp_path / "packages", PACKAGE))
    for module in ("quay_formats", "quay_formats_two"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    return lay(tmp_path / "archive", ARCHIVE)


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def test_a_format_of_a_package_is_listed_without_being_imported_and_written_over_its_own_files_alone(
    archive: Path,
) -> None:
    listed = " ".join(CliRunner().invoke(main, ["export", "--help"]).output.split())
    assert "page, addresses, " in listed
    assert "quay_formats" not in sys.modules
    every = CliRunner().invoke(main, ["--version", "--verbose"]).output
    assert re.search(r"exports +titles +quay-formats 1\.2: Titles\n", every)
    to = f"--to={archive / 'out'}"
    done = run(archive, "export", "titles", to)
    assert 0 == done.exit_code, done.output
    assert {"notes/harbour.txt": b"The harbour"} == contents(archive / "out")
    (archive / "out/notes/harbour.txt").write_text("mine", "utf-8")
    assert 2 == run(archive, "export", "titles", to).exit_code
    assert {"notes/harbour.txt": b"mine"} == contents(archive / "out")


def test_a_format_may_be_made_of_the_built_site(archive: Path) -> None:
    done = run(archive, "export", "addresses", f"--to={archive / 'out.txt'}")
    assert 0 == done.exit_code, done.output
    assert "articles/harbour.html" in (archive / "out.txt").read_text("utf-8").splitlines()
    assert "secret" not in (archive / "out.txt").read_text("utf-8")
    assert "whole site" in run(archive, "export", "addresses", "harbour", f"--to={archive / 'two.txt'}").output


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("raising", "it failed (ValueError: no idea of 1 articles)"),
        ("leaving", "the path '../b.txt' is hidden, or leads elsewhere"),
        ("text", "it returned something else than bytes by path"),
        ("unreadable", "it failed (Unreadable: no text)."),
        ("halved", "it failed (UnicodeEncodeError: "),
        ("within", "the path 'a/b' lies below another file"),
        ("nothing", "quay_formats:NOTHING is no Export of glossator.extension_points"),
        ("later", "it was written for version 1000 of the contract"),
        ("lacking", "quayside_library is not installed"),
    ],
)
def test_a_format_that_fails_is_named_in_a_sentence_and_nothing_is_written(
    archive: Path, form: str, reason: str
) -> None:
    before = contents(archive)
    done = run(archive, "export", form, f"--to={archive / 'out'}")
    assert 2 == done.exit_code
    assert reason in done.output
    assert f"{form} (exports) of quay-formats 1.2" in done.output
    assert "Traceback" not in done.output
    assert before == {path: content for path, content in contents(archive).items() if not path.startswith(".glossator")}


def test_what_an_export_wrote_before_the_system_stopped_it_is_replaced_by_the_next(archive: Path) -> None:
    to = f"--to={archive / 'out'}"
    stopped = run(archive, "export", "long", to)
    assert (2, True) == (stopped.exit_code, "could not be read or written" in stopped.output)
    assert {"a": b""} == contents(archive / "out")
    done = run(archive, "export", "titles", to)
    assert 0 == done.exit_code, done.output
    assert {"notes/harbour.txt": b"The harbour"} == contents(archive / "out")


@pytest.mark.parametrize(("form", "hint"), [("riss", "Did you mean ris?"), ("qqqq", "-m pip install PACKAGE.")])
def test_a_format_that_nothing_gives_is_answered_with_the_nearest_or_what_to_do(
    archive: Path, form: str, hint: str
) -> None:
    done = run(archive, "export", form, f"--to={archive / 'out'}")
    assert (2, True) == (done.exit_code, hint in done.output)


def test_a_format_of_ours_is_not_replaced_by_one_of_another_package(archive: Path) -> None:
    assert 0 == run(archive, "export", "csv", f"--to={archive / 'out'}").exit_code
    assert (archive / "out/entities.csv").is_file()


def test_without_extensions_the_core_s_formats_are_written_and_the_others_say_what_to_install(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [module for module in sys.modules if module.startswith("glossator.extensions.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "glossator.extensions", None)
    for form in ("json", "jsonl", "csv"):
        assert 0 == run(archive, "export", form, f"--to={archive / form}").exit_code
    for words in (
        ["export", "ris", f"--to={archive / 'ris'}"],
        ["export", "page", "harbour", f"--to={archive / 'page.html'}"],
        ["mcp"],
    ):
        done = CliRunner(catch_exceptions=False).invoke(main, words)
        assert 2 == done.exit_code
        assert "it is not installed" in done.output
        assert "pip install" in done.output
    help_text = CliRunner().invoke(main, ["entity", "--help"])
    assert (0, True) == (help_text.exit_code, "undo" in help_text.output)
