"""`--json`: one document on standard output that a script can parse, whatever is said besides."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.sites import contents, lay, leave_out_search

ARCHIVE = """\
-- glossator.toml --
[site]
rights = "full"
-- content/entities.toml --
private = ["Tom Ferris"]
-- content/articles/harbour.md --
---
title: A harbour
source: https://courier.example/harbour
published: 2024-03-01
language: en
---
Marta Lindqvist, the mayor of Ravnsborg, met Tom Ferris. Lindqvist praised Jonas Aber of the Corvane Line.
-- content/articles/tom-ferris-resigns.md --
---
title: Tom Ferris resigns
rights: private
language: en
---
Marta Lindqvist thanked Tom Ferris and Jonas Aber.
-- content/saved/broken.pdf --
%PDF-1.4
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    monkeypatch.delenv("CI", raising=False)
    return lay(tmp_path, ARCHIVE)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "remote.git"], check=True)
    return tmp_path / "remote.git"


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}"]
    if arguments[0] in ("publish", "export"):
        where += [f"--site={archive / 'site'}", "--workers=1"]
    elif arguments[0] == "init":
        where = []
    return CliRunner().invoke(main, [*arguments, *where, "--json"])


def parsed(archive: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    done = run(archive, *arguments)
    assert code == done.exit_code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_init_names_the_files_of_the_new_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    made = parsed(tmp_path, "init", str(tmp_path / "cuttings"), "--sample")
    assert (str(tmp_path / "cuttings"), "Cuttings", "excerpt") == (made["archive"], made["title"], made["rights"])
    assert {"glossator.toml", "content/articles/the-lighthouse-at-sandvar.md"} <= set(made["written"])
    assert set(made["written"]) <= contents(tmp_path / "cuttings").keys()


def test_publish_says_what_would_be_published_and_what_was(archive: Path, remote: Path) -> None:
    tried = parsed(archive, "publish", f"--to={remote}", "--dry-run")
    assert (False, True) == (tried["published"], "articles/harbour.html" in tried["new"])
    done = parsed(archive, "publish", f"--to={remote}", "--yes", code=1)
    assert (True, tried["new"]) == (done["published"], done["new"])
    assert ["saved/broken.pdf"] == [f"saved/{problem['path']}" for problem in done["problems"]]
    assert ["articles/tom-ferris-resigns.md"] == [text["file"] for text in done["disclosure"]["kept_back"]]
    again = parsed(archive, "publish", f"--to={remote}", "--yes", code=1)
    assert (False, []) == (again["published"], again["new"])


def test_publish_writes_the_workflow(archive: Path) -> None:
    done = parsed(archive, "publish", "--workflow", "--install-from=glossator==0.1.0")
    assert ".github/workflows/pages.yml" in done["written"]


def test_convert_names_each_file_with_its_article_and_what_is_wrong(archive: Path) -> None:
    lay(archive, "-- in/wall.html --\n<title>The wall</title><p>The wall of the harbour will be raised.</p>\n")
    lay(archive, "-- in/broken.pdf --\n%PDF-1.4\n")
    done = parsed(archive, "convert", str(archive / "in"), f"--to={archive / 'out'}", code=1)
    (made,) = done["written"]
    assert ("wall.html", True) == (Path(made["file"]).name, Path(made["article"]).is_file())
    assert ["broken.pdf"] == [problem["path"] for problem in done["problems"]]
    (page,) = parsed(archive, "convert", str(archive / "in/wall.html"), "--explain")["pages"]
    assert {"kept", "reason", "beginning"} == page["blocks"][0].keys()
    assert {"again": 0} == parsed(archive, "convert", str(archive / "content/saved/broken.pdf"), "--again")


def test_export_counts_what_it_wrote_and_names_its_files(archive: Path) -> None:
    done = parsed(archive, "export", "csl", f"--to={archive / 'references.json'}")
    assert (1, False, [str(archive / "references.json")]) == (done["articles"], done["private"], done["written"])
    page = parsed(archive, "export", "page", "harbour", f"--to={archive / 'harbour.html'}")
    assert [str(archive / "harbour.html")] == page["written"]


DECISIONS = [
    ["confirm", "Jonas Aber"],
    ["ignore", "Corvane Line"],
    ["private", "Jonas Aber"],
    ["rename", "Ravnsborg", "Ravnsburg"],
    ["retype", "Corvane Line", "product"],
    ["merge", "Marta Lindqvist", "Jonas Aber"],
    ["not-the-same", "Marta Lindqvist", "Jonas Aber"],
    ["split", "Lindqvist", "--as", "Tobias Lindqvist", "--in", "harbour"],
]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision[0])
def test_a_decision_says_what_it_changes_and_whether_it_was_written(archive: Path, decision: list[str]) -> None:
    before = contents(archive / "content")
    tried = parsed(archive, "entity", *decision, "--dry-run")
    assert (False, before["entities.toml"]) == (tried["written"], (archive / "content/entities.toml").read_bytes())
    done = parsed(archive, "entity", *decision, "--yes")
    assert (True, tried["lines"], tried["articles"]) == (done["written"], done["lines"], done["articles"])
    decided = (archive / "content/entities.toml").read_text("utf-8")
    assert all((line[1:] in decided) is (line[0] == "+") for line in done["lines"])
    undone = parsed(archive, "entity", "undo", "--yes")
    assert (True, before["entities.toml"]) == (undone["written"], (archive / "content/entities.toml").read_bytes())


def test_a_note_is_a_decision_too(archive: Path) -> None:
    (note,) = parsed(archive, "entity", "note", "Marta Lindqvist", "She is the mayor.")["written"]
    assert "She is the mayor." in Path(note).read_text("utf-8")


@pytest.mark.parametrize("arguments", [["publish"], ["entity", "confirm", "Jonas Aber"]])
def test_nobody_is_asked(archive: Path, arguments: list[str]) -> None:
    done = run(archive, *arguments)
    assert (2, "") == (done.exit_code, done.stdout)
    assert "add --yes or --dry-run" in done.stderr


def test_where_everybody_may_read_it_there_are_numbers_and_no_private_names(
    archive: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    done = run(archive, "publish", f"--to={remote}", "--yes")
    told = json.loads(done.stdout)
    assert (1, 1, 1) == (*(told["disclosure"][key] for key in ("kept_back", "private_names")), told["problems"])
    assert told["new"] > 10
    merged = run(archive, "entity", "merge", "Marta Lindqvist", "Jonas Aber", "--dry-run")
    assert (1, False) == ((found := json.loads(merged.stdout))["articles"], found["written"])
    exported = run(archive, "export", "vault", "--private", f"--to={archive / 'out'}")
    assert 2 == json.loads(exported.stdout)["articles"]
    for output in (done.output, merged.output, exported.output):
        assert "ferris" not in output.casefold()
