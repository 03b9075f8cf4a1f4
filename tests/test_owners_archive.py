"""The owner's whole archive on the command line, with the settings that `init` writes: texts by others are excerpts."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.content.published_ids import read_lock
from tests.sites import contents, lay, leave_out_search
from tests.test_corrections import ask
from tests.test_serve import start, stop

ARTICLES = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
source: https://gazette.example/wall
published: 2025-03-01
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg to the people of the town.

Marta Lindqvist was content with what the people of the town had said to her there.

Halvard Brandvik, the treasurer of the union, did not come to the meeting in Ravnsborg.

Halvard Brandvik said that the people of the Tidewater Union had not been asked.
-- content/articles/choir.md --
---
title: The choir sang
source: https://gazette.example/choir
published: 2025-04-01
---
The choir of Ravnsborg sang for the people of the town, and Brandvik paid for the evening.

The choir will sing again in the summer, if Brandvik pays, as the people of the town hope.

Marta Lindqvist did not come.
-- content/articles/secret.md --
---
title: What Velma Harrowgate said
rights: private
---
Velma Harrowgate met Jonas Aber in the town of Ravnsborg. Harrowgate was ill.

“We shall burn the ledger before the winter,” said Velma Harrowgate.
"""
SECRET = (
    "Halvard",
    "Velma",
    "Harrowgate",
    "Tidewater",
    "Jonas Aber",
    "jonas-aber",
    "halvard",
    "harrowgate",
    "tidewater",
)
"""Words of names that only kept-back text has."""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    monkeypatch.setenv("CI", "")
    folder = tmp_path / "archive"
    assert 0 == CliRunner().invoke(main, ["init", str(folder)]).exit_code
    assert 'rights = "excerpt"' in (folder / "glossator.toml").read_text("utf-8")
    settings = (folder / "glossator.toml").read_text("utf-8").replace('# url = ""', 'url = "https://cuttings.example/"')
    lay(folder, f"-- glossator.toml --\n{settings}\nworkers = 1\n")
    return lay(folder, ARTICLES)


def run(archive: Path, *arguments: str, keys: str | None = None) -> Result:
    """Run a command of `entity`."""
    command = ["entity", arguments[0], f"--content={archive / 'content'}", *arguments[1:]]
    return CliRunner(catch_exceptions=False).invoke(main, command, input=keys)


def glossator(archive: Path, *arguments: str) -> Result:
    where = [f"--{name}={archive / name}" for name in ("content", "site")]
    return CliRunner(catch_exceptions=False).invoke(main, [arguments[0], *where, *arguments[1:]])


def decisions(archive: Path) -> str:
    file = archive / "content/entities.toml"
    return file.read_text("utf-8") if file.exists() else ""


def published(archive: Path) -> dict[str, bytes]:
    """The files of the site and of the locks."""
    locks = {name: text for name, text in contents(archive / "content").items() if name.endswith(".lock.json")}
    return {**contents(archive / "site"), **locks}


def told(archive: Path) -> list[str]:
    """Words of names that only kept-back text has, which a published file or a lock holds."""
    files = [f"{name}\n{text.decode('utf-8', 'replace')}" for name, text in published(archive).items()]
    return [word for word in SECRET if any(word in file for file in files)]


# ---- the whole archive -----------------------------------------------------------------------------------------------


def test_the_owner_lists_and_sees_names_of_all_of_his_text(archive: Path) -> None:
    listed = {one["name"]: one for one in json.loads(run(archive, "list", "--json").stdout)}
    assert {"Marta Lindqvist", "Halvard Brandvik", "Velma Harrowgate", "Jonas Aber"} <= listed.keys()
    shown = run(archive, "show", "Halvard Brandvik", "--why").stdout
    assert "the treasurer of the union" in shown
    assert "why:" in shown
    explained = glossator(archive, "explain", "--names", "articles/secret.md").stdout
    assert "“Velma Harrowgate” in secret" in explained


def test_in_public_runs_nothing_is_listed_that_is_kept_back(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    names = {one["name"] for one in json.loads(run(archive, "list", "--json").stdout)}
    assert "Marta Lindqvist" in names
    assert not names & {"Halvard Brandvik", "Velma Harrowgate", "Jonas Aber"}


@pytest.mark.parametrize(
    ("decision", "written"),
    [
        (["confirm", "Halvard Brandvik"], "Brandvik"),
        (["confirm", "Jonas Aber"], "Jonas Aber"),
        (["rename", "Jonas Aber", "Jon Aber"], "Jon Aber"),
        (["retype", "Jonas Aber", "group"], "group"),
        (["ignore", "Jonas Aber"], "Jonas Aber"),
        (["private", "Jonas Aber"], "Jonas Aber"),
        (["not-the-same", "Jonas Aber", "Marta Lindqvist"], "Jonas Aber"),
        (["merge", "Velma Harrowgate", "Jonas Aber"], "Jonas Aber"),
        (["split", "Jonas Aber", "--as", "Jonas Aber (singer)", "--in", "secret"], "singer"),
    ],
)
def test_every_decision_on_a_kept_back_name_is_written_taken_back_and_leaks_nothing(
    archive: Path, decision: list[str], written: str
) -> None:
    before = decisions(archive)
    done = run(archive, *decision, "--yes")
    assert (0, True) == (done.exit_code, written in decisions(archive)), done.output
    assert "On the site: " in done.stdout
    built = glossator(archive, "build")
    assert "not a name in any article" not in built.stderr
    assert "there is no article" not in built.stderr
    assert [] == told(archive)
    assert 0 == run(archive, "undo", "--yes").exit_code
    assert before == decisions(archive)


def test_a_private_person_is_listed_as_private_and_the_effect_on_the_site_is_told(archive: Path) -> None:
    glossator(archive, "build")
    assert (archive / "site/entities/marta-lindqvist.html").exists()
    done = run(archive, "private", "Marta Lindqvist", "--yes")
    assert "It changes 2 articles:" in done.stdout
    assert re.search(r"On the site: 1 page goes, \d+ cards? go", done.stdout)
    row = next(line for line in run(archive, "list").stdout.splitlines() if line.endswith("\tMarta Lindqvist"))
    assert "\tperson, private\t" in row
    assert "private" in run(archive, "show", "Marta Lindqvist").stdout.splitlines()[0]
    assert "That is decided already." in run(archive, "private", "Marta Lindqvist", "--yes").stdout


def test_a_name_is_made_private_before_anything_was_built_even_if_no_name_was_found_there(archive: Path) -> None:
    lay(archive, "-- content/articles/odd.md --\n---\nrights: private\n---\nit was zyx qwv who came\n")
    assert 0 == run(archive, "private", "zyx qwv", "--yes").exit_code
    assert 'private = ["zyx qwv"]' in decisions(archive)
    assert 2 == run(archive, "private", "Nobody Atall", "--yes").exit_code


def test_a_private_name_takes_the_part_along_that_the_site_shows(archive: Path) -> None:
    run(archive, "private", "Halvard Brandvik", "--yes")
    glossator(archive, "build")
    assert not [name for name in published(archive) if "brandvik" in name]


@pytest.mark.parametrize(
    "written", ['private = ["Jonas Aber"]', 'confirm = ["Velma Harrowgate"]', '[rename]\n"Jonas Aber" = "Jon"']
)
def test_a_hand_written_line_about_a_kept_back_name_is_not_told_off(archive: Path, written: str) -> None:
    lay(archive, f"-- content/entities.toml --\n{written}\n")
    for name in ("build", "check"):
        assert "any article" not in glossator(archive, name).output
    lay(archive, '-- content/entities.toml --\nconfirm = ["Nobody Atall"]\n')
    assert "is not a name in any article" in glossator(archive, "build").output


# ---- no leak ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "decision",
    [
        ["rename", "Marta Lindqvist", "Tidewater"],
        ["merge", "Velma Harrowgate", "Marta Lindqvist"],
        ["split", "Marta Lindqvist", "--as", "Jonas Aber", "--in", "wall"],
    ],
)
def test_a_decision_that_would_show_a_kept_back_name_asks_and_yes_does_not_answer(
    archive: Path, decision: list[str]
) -> None:
    glossator(archive, "build")
    before = contents(archive / "content")
    done = run(archive, *decision, "--yes")
    assert (2, True) == (done.exit_code, "The site would show" in done.stdout), done.output
    assert "--yes does not answer it" in done.stderr
    assert before == contents(archive / "content")
    assert 0 == run(archive, *decision, "--yes", keys="n\n").exit_code
    assert before == contents(archive / "content")
    run(archive, *decision, "--yes", keys="y\n")
    assert before != contents(archive / "content")


def test_a_rename_to_a_name_that_holds_a_private_one_asks_too(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nprivate = ["Ulla Nordby"]\n')
    done = run(archive, "rename", "Marta Lindqvist", "Editor Ulla Nordby", "--yes")
    assert (2, True) == (done.exit_code, "The site would show “Editor Ulla Nordby”" in done.stdout), done.output


@pytest.mark.parametrize(
    "name", ["V. Harrowgate", "Harrowgate", "Mayor Harrowgate", "Harrowgate, Velma", "Mayor Velma Harr\u200bowgate"]
)
def test_a_rename_or_a_split_to_a_part_of_a_private_name_asks(archive: Path, name: str) -> None:
    lay(archive, '-- content/entities.toml --\nprivate = ["Velma Harrowgate"]\n')
    (archive / "content/articles/secret.md").unlink()
    for decision in (["rename", "Marta Lindqvist", name], ["split", "Marta Lindqvist", "--as", name]):
        done = run(archive, *decision, "--yes")
        assert (2, True) == (done.exit_code, "The site would show" in done.stdout), done.output


@pytest.mark.parametrize(
    "name",
    [
        *("Jonas O. Aber", "Aber, Jonas", "J. Aber", "Mr Jonas Aber", "Jonas Aber and Marta", "Jo\u00adnas Aber"),
        *("José Núñez", "Núñez, José"),
    ],
)
def test_a_rename_to_another_form_of_a_kept_back_name_asks(archive: Path, name: str) -> None:
    spelled = unicodedata.normalize("NFD", "José Núñez")
    text = f"---\nrights: private\n---\n{spelled}, a nurse, came. “It is late,” said {spelled}, the nurse.\n"
    lay(archive, f"-- content/articles/nurse.md --\n{text}")
    done = run(archive, "rename", "Marta Lindqvist", name, "--yes")
    assert (2, True) == (done.exit_code, "The site would show" in done.stdout), done.output


@pytest.mark.parametrize("name", ["M. Lindqvist", "Marta B. Lindqvist", "Ina Solberg", "Brandvik", "Skerry Board"])
def test_a_rename_to_a_name_that_tells_nothing_does_not_ask(archive: Path, name: str) -> None:
    done = run(archive, "rename", "Marta Lindqvist", name, "--yes")
    assert (0, False) == (done.exit_code, "The site would show" in done.stdout), done.output


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (["rename", "Marta Lindqvist", "Tidewater"], "--yes does not answer it"),
        (["merge", "Velma Harrowgate", "Marta Lindqvist"], "only in text that is not published"),
        (["split", "Marta Lindqvist", "--as", "Jonas Aber", "--in", "wall"], "--yes does not answer it"),
    ],
)
def test_in_public_runs_nothing_is_revealed_and_yes_does_not_answer_either(
    archive: Path, decision: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    done = run(archive, *decision, "--yes")
    assert (True, True) == (done.exit_code > 0, told in done.stderr), done.output
    assert "" == decisions(archive)


def test_what_decisions_leave_in_the_content_is_listed_for_a_public_repository(archive: Path) -> None:
    def listed() -> list[str]:
        return list(json.loads(glossator(archive, "check", "--json").stdout)["disclosure"]["repository"])

    assert not {"entities.toml", "entities/jonas-aber.md"} & {*listed()}
    assert "entities.toml then has “Jonas Aber”" in run(archive, "confirm", "Jonas Aber", "--yes").stdout
    assert "entities.toml" in listed()
    assert "“Velma Harrowgate”" in run(archive, "note", "Velma Harrowgate", "She is ill.", "-y").stdout
    assert "entities/velma-harrowgate.md" in listed()
    assert [] == told(archive)


def test_a_decision_that_names_a_private_article_is_listed_for_a_public_repository(archive: Path) -> None:
    run(archive, "split", "Ravnsborg", "--as", "Old Ravnsborg", "--in", "secret", "--yes")
    assert 'in = ["secret"]' in decisions(archive)
    told = json.loads(glossator(archive, "check", "--json").stdout)["disclosure"]["repository"]
    assert "entities.toml" in told


def test_nothing_that_decisions_leave_reaches_the_branch_that_is_published(archive: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    for decision in (["confirm", "Halvard Brandvik"], ["confirm", "Jonas Aber"], ["private", "Velma Harrowgate"]):
        run(archive, *decision, "--yes")
    run(archive, "note", "Jonas Aber", "He sings.", "-y")
    assert all(name in decisions(archive) for name in ("Brandvik", "Jonas Aber", "Velma Harrowgate"))
    done = glossator(archive, "publish", f"--to={remote}", "--yes")
    assert 0 == done.exit_code, done.output
    files = subprocess.run(
        ["git", "-C", str(remote), "archive", "--format=tar", "gh-pages"], check=True, capture_output=True
    ).stdout
    assert b"Marta Lindqvist" in files
    assert not [word for word in SECRET if word.encode() in files]
    assert [] == told(archive)
    assert {"halvard-brandvik", "jonas-aber", "velma-harrowgate"}.isdisjoint(
        one.id for one in read_lock(archive / "content")
    )


# ---- proof, export -----------------------------------------------------------------------------------------------------


def test_proof_knows_the_names_of_kept_back_text_for_its_owner_alone(archive: Path) -> None:
    lay(archive, "-- draft.md --\nVelma Harowgate came to Ravnsborg.\n")
    glossator(archive, "build")

    def kinds(*more: str) -> list[str]:
        done = glossator(archive, "proof", str(archive / "draft.md"), "--format=json", *more)
        return [one["kind"] for one in next(iter(json.loads(done.stdout).values()))["findings"]]

    assert ["spelling"] == kinds()
    assert ["unknown-name"] == kinds("--public")


def test_the_first_line_of_an_export_says_how_much_it_holds(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    shown = glossator(archive, "export", "json", f"--to={tmp_path / 'shown.json'}").stdout.splitlines()[0]
    whole = glossator(archive, "export", "json", f"--to={tmp_path / 'own.json'}", "--private").stdout.splitlines()[0]
    assert "what the site publishes" in shown
    assert "private copy" in whole
    assert "Halvard" not in (tmp_path / "shown.json").read_text("utf-8")
    assert "Halvard" in (tmp_path / "own.json").read_text("utf-8")


def test_an_excerpt_with_something_left_out_between_its_paragraphs_is_no_mistake_of_an_audit(archive: Path) -> None:
    paragraph = "Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg{} to the people of the town."
    text = f"{paragraph.format('[^1]')}\n\n## The wall\n\n![A wall](https://x.example/w.jpg)\n\n{paragraph.format('')}"
    head = "---\ntitle: The town\nsource: https://gazette.example/town\n---\n"
    lay(archive, f"-- content/articles/town.md --\n{head}{text}\n\nMore.\n\n[^1]: A note.\n")
    found = json.loads(glossator(archive, "check", "--claims", "--json").stdout)
    assert [] == [one for one in found["findings"] if one["wrong"]]
    assert found["texts"] > 20
    assert "[^1]" not in (archive / "site/articles/town.html").read_text("utf-8")


def test_the_table_states_a_type_where_the_site_does_and_the_data_have_the_guess_too(archive: Path) -> None:
    lay(archive, "-- content/articles/odd.md --\n---\ntitle: Odd\n---\nThe old Grorn, it was said, was red.\n")
    data = {one["name"]: one for one in json.loads(run(archive, "list", "--json").stdout)}
    rows = {line.split("\t")[-1]: line.split("\t")[1] for line in run(archive, "list").stdout.splitlines()}
    unsure = [name for name, one in data.items() if one["stated_type"] == "name"]
    assert "Grorn" in unsure
    for name in unsure:
        assert f"name ({data[name]['type']}?)" == rows[name]
        assert f"({rows[name]}, found by machine" in run(archive, "show", name).stdout
    assert "person" == rows["Marta Lindqvist"]


@pytest.mark.slow
def test_a_click_in_the_preview_of_the_site_tells_too_and_undoing_it_takes_the_name_out_of_the_lock(
    archive: Path,
) -> None:
    glossator(archive, "build")
    preview = start(archive)
    try:
        rename = {"kind": "rename", "names": ["Marta Lindqvist"], "value": "Velma Harrowgate", "write": False}
        answer = ask(preview, rename)[1]
        assert [
            "The site would show “Velma Harrowgate”, which is private or only in text that is kept back."
        ] == answer["problems"]
        assert ask(preview, {**rename, "write": True})[1]["written"]
    finally:
        stop(preview)
    glossator(archive, "build")
    assert "Velma" in told(archive)
    run(archive, "undo", "--yes")
    glossator(archive, "build")
    assert [] == told(archive)


def test_a_click_in_the_private_preview_tells_what_the_site_would_show_and_locks_no_kept_back_id(archive: Path) -> None:
    glossator(archive, "build")
    before = read_lock(archive / "content")
    preview = start(archive, "--private")
    try:
        rename = {"kind": "rename", "names": ["marta-lindqvist"], "value": "Tidewater", "write": False}
        status, answer = ask(preview, rename)
        assert (200, True) == (status, any("The site would show “Tidewater”" in one for one in answer["problems"])), (
            answer
        )
        confirm = {"kind": "confirm", "names": ["jonas-aber"], "write": True}
        assert ask(preview, confirm)[1]["written"]
    finally:
        stop(preview)
    assert before == read_lock(archive / "content")
    assert "Jonas Aber" in decisions(archive)
    assert "Jonas Aber" in run(archive, "undo", "--yes").stdout, "one list for commands and previews"
    assert "Jonas Aber" not in decisions(archive)
