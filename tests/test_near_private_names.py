"""A private name that is misspelt, or a surname alone, protects whom its writer meant, and every build says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.export.gather import archive_data
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests.sites import build, command, contents, lay, leave_out_search, silent

ARCHIVE = """\
-- glossator.toml --
[site]
url = "https://velm.example/"
data = ["markdown", "json", "llms", "api"]
-- content/articles/quarrel.md --
---
title: The quarrel
authors: [Vexil Harrowgate, Olin Brask]
published: 2024-05-01
---
Vexil Harrowgate, the treasurer, met Petra Lindqvar in Ravnsborg. “I saw Vexil Harrowgate,” said Petra Lindqvar.

Olin Brask, the accuser of Vexil Harrowgate, left Ravnsborg. Petra Lindqvar stayed.
-- content/articles/harbour.md --
---
title: The harbour
authors: [Vexil Harrowgate]
published: 2024-05-02
---
Petra Lindqvar, the wife of Harrowgate, counted ships with Mira Harrowgate in Ravnsborg. Olin Brask has one.
-- content/articles/sea.md --
---
title: The sea
published: 2024-05-03
---
Petra Lindqvar saw the sea in Ravnsborg with Olin Brask. Mira Harrowgate, the captain, left Ravnsborg. “The sea is calm,” said Mira Harrowgate.
"""
SECRET = """\
-- content/articles/secret.md --
---
title: The secret
rights: private
---
Vexil Harowgate is somebody else.
"""
TEXTS = {f"articles/{name}.{end}" for name in ("quarrel", "harbour") for end in ("html", "md", "json")}
NEAR = "entities.toml, line 1: private: “Vexil Harowgate” is in no article, and is nearly “Vexil Harrowgate”"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    monkeypatch.delenv("CI", raising=False)
    return lay(tmp_path / "archive", ARCHIVE)


def keep_private(archive: Path, *names: str, more: str = "") -> Path:
    listed = ", ".join(f'"{name}"' for name in names)
    return lay(archive, f"-- content/entities.toml --\nprivate = [{listed}]\n{more}")


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}"]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def naming(archive: Path) -> set[str]:
    """Files of the site that tell of Vexil Harrowgate, besides the articles with the name."""
    found = {
        path
        for path, content in contents(archive / "site").items()
        if b"vexil" in content.lower() or "vexil" in path or b"wife of Harrowgate" in content
    }
    return found - TEXTS


def anew(archive: Path) -> dict[str, bytes]:
    clean = archive.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(archive / "content", clean / "content")
    shutil.copy(archive / "glossator.toml", clean)
    build(clean)
    return contents(clean / "site")


@pytest.mark.parametrize(
    "entry", ["Vexil Harowgate", "Vexil Harrogwate", "Harowgate, Vexl", "V. Harowgate", r"Vexil Harr\u200bowgate"]
)
def test_nothing_tells_of_the_person_whose_private_name_is_misspelt(archive: Path, entry: str) -> None:
    build(archive)
    assert {"entities/vexil-harrowgate.html", "entities/petra-lindqvar.html"} <= naming(archive)

    keep_private(archive, entry)
    build(archive)
    assert set() == naming(archive)
    assert "entities/mira-harrowgate.html" in contents(archive / "site")
    assert anew(archive) == contents(archive / "site")
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        data = archive_data(survey)
    assert not any("Vexil" in repr(entity) for entity in data.entities)
    assert not any("Vexil" in repr((article.authors, article.dated)) for article in data.articles)
    assert [] == [quote for article in data.articles for quote in article.quotes if article.id == "quarrel"]


def test_a_name_that_was_never_published_is_in_no_lock_file(archive: Path) -> None:
    keep_private(archive, "Vexil Harowgate")
    build(archive)
    assert "Vexil" not in (archive / "content/entities.lock.json").read_text("utf-8")


def test_each_build_and_publication_tells_of_it_until_the_person_is_confirmed(archive: Path) -> None:
    keep_private(archive, "Vexil Harowgate")
    for _ in range(2):
        code, lines = command(archive)
        assert 0 == code
        assert 1 == sum(line.startswith(NEAR) for line in lines)
    published = run(archive, "publish", f"--site={archive / 'site'}", "--dry-run")
    assert NEAR in published.stderr

    decided = run(archive, "entity", "confirm", "Vexil Harrowgate", "--yes")
    assert "It changes 2 articles" in decided.stdout
    assert not any("is nearly" in line for line in command(archive)[1])
    assert "entities/vexil-harrowgate.html" in contents(archive / "site")
    assert anew(archive) == contents(archive / "site")


def test_a_log_that_everybody_reads_names_nobody(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_private(archive, "Vexil Harowgate")
    monkeypatch.setenv("CI", "true")
    for _ in range(2):
        told = [line for line in command(archive)[1] if line.startswith("entities.toml, line 1")]
        assert 1 == len(told)
        assert "Vexil" not in told[0]
    checked = run(archive, "check", f"--site={archive / 'site'}")
    assert "Vexil" not in checked.stdout + checked.stderr
    built = json.loads(run(archive, "build", f"--site={archive / 'site'}", "--json").stdout)
    assert ["entities.toml"] == [problem["path"] for problem in built["problems"]]
    assert "Vexil" not in json.dumps(built["problems"])


DECISIONS = """\
[ignore-in]
"Petra Lindqvar" = ["secrets"]
[rename]
"Vexil Harowgate" = "V"
"""


def test_a_log_that_everybody_reads_names_nobody_and_nothing_that_is_kept_back(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(keep_private(archive, "Ulla Brandvik", "Vexil Harrowgate", more=DECISIONS), SECRET)
    lay(archive, "-- content/pages/about.md --\nSee [them](../entities/vexil-harrowgate.html).\n")
    logged = shutil.copytree(archive, archive.parent / "logged")
    _, lines = command(archive)
    assert [] == [text for text in ("“Ulla", "“Vexil", "/vexil", "mean secret?") if text not in "".join(lines)]

    monkeypatch.setenv("CI", "true")
    _, log = command(logged)
    assert [line.partition(": ")[0] for line in lines] == [line.partition(": ")[0] for line in log]
    checked = run(logged, "check", f"--site={logged / 'site'}")
    built = json.loads(run(logged, "build", f"--site={logged / 'site'}", "--json").stdout)
    said = "\n".join((*log, checked.stdout, checked.stderr, json.dumps(built["problems"])))
    assert [] == [text for text in ("Ulla", "exil", "Harrowgate", "mean secret") if text in said]


def test_a_name_that_resembles_nothing_is_told_once_and_nobody_is_advised_to_remove_it(archive: Path) -> None:
    keep_private(archive, "Ulla Brandvik")
    told = "entities.toml, line 1: private: “Ulla Brandvik” is in no article; it stays private."
    assert [told] == command(archive)[1]
    assert [] == command(archive)[1]


def test_a_name_that_stands_in_text_that_is_kept_back_is_meant_as_it_is(archive: Path) -> None:
    lay(keep_private(archive, "Vexil Harowgate"), SECRET)
    assert [] == command(archive)[1]
    assert "entities/vexil-harrowgate.html" in contents(archive / "site")

    (archive / "content/articles/secret.md").unlink()
    assert any(line.startswith(NEAR) for line in command(archive)[1])
    assert set() == naming(archive)
    assert anew(archive) == contents(archive / "site")


def test_it_counts_while_the_archive_has_the_person(archive: Path) -> None:
    keep_private(archive, "Vexil Harowgate", "Ulla Brandvik")
    quarrel, harbour = archive / "content/articles/quarrel.md", archive / "content/articles/harbour.md"
    texts = quarrel.read_text("utf-8"), harbour.read_text("utf-8")
    build(archive)
    quarrel.unlink()
    harbour.write_text(texts[1].replace("Vexil Harrowgate", "Olin Brask"), "utf-8")
    build(archive)
    assert anew(archive) == contents(archive / "site")
    quarrel.write_text(texts[0], "utf-8")
    build(archive)
    assert set() == naming(archive)
    assert anew(archive) == contents(archive / "site")
    keep_private(archive, "Ulla Brandvik")
    build(archive)
    assert "entities/vexil-harrowgate.html" in contents(archive / "site")
    assert anew(archive) == contents(archive / "site")


def test_two_people_who_are_equally_near_are_both_protected(archive: Path) -> None:
    lay(archive, "-- content/articles/twin.md --\n---\ntitle: The twin\n---\nVexim Harrowgate met Petra Lindqvar.\n")
    keep_private(archive, "Vexik Harrowgate")
    (told,) = [line for line in command(archive)[1] if "line 1" in line]
    assert "is nearly “Vexil Harrowgate” and “Vexim Harrowgate”" in told
    assert not {"entities/vexil-harrowgate.html", "entities/vexim-harrowgate.html"} & contents(archive / "site").keys()


def test_a_surname_alone_hides_its_bearers_but_for_those_who_are_confirmed(archive: Path) -> None:
    build(archive)
    keep_private(archive, "Harrowgate")
    command(archive)
    _, lines = command(archive)
    assert ["“Mira Harrowgate” and “Vexil Harrowgate” count as private with it"] == [
        line.partition("so ")[2].partition(". ")[0] for line in lines if "surname alone" in line
    ]
    assert set() == naming(archive)
    assert "entities/mira-harrowgate.html" not in contents(archive / "site")

    assert 0 == run(archive, "entity", "confirm", "Mira Harrowgate", "--yes").exit_code
    command(archive)
    assert "entities/mira-harrowgate.html" in contents(archive / "site")
    assert "entities/vexil-harrowgate.html" not in contents(archive / "site")
    assert anew(archive) == contents(archive / "site")


def test_a_place_and_a_firm_that_are_nearly_called_so_stay(archive: Path) -> None:
    lay(
        archive,
        "-- content/articles/pier.md --\n---\ntitle: The pier\n---\n"
        "The town of Port Harrowgate has a pier. The company Vexil Harrowgate Lines has ships in Port Harrowgate.\n",
    )
    build(archive)
    kept = {path for path in contents(archive / "site") if path.startswith("entities/port-")}
    keep_private(archive, "Porta Harrowgate")
    build(archive)
    assert kept
    assert kept <= contents(archive / "site").keys()


def test_proof_for_everybody_tells_of_nobody_whose_private_name_is_misspelt(archive: Path) -> None:
    draft = lay(archive.parent, "-- draft.md --\nVexil Harrowgat met Petra Lindqvar.\n") / "draft.md"
    build(archive)
    arguments = ("proof", str(draft), "--public", f"--config={archive / 'glossator.toml'}")
    assert "Vexil Harrowgate" in run(archive, *arguments).stdout
    keep_private(archive, "Vexil Harowgate")
    build(archive)
    assert "Vexil Harrowgate" not in run(archive, *arguments).stdout
