"""A list of private names, or a setting, that stands where nobody reads it: nothing is built, and a sentence says why."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.content.lock_files import ARTICLES_LOCK
from tests.sites import command, contents, lay, leave_out_search

ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
source: https://tidetable.example/wall
---
Jonas Aber met Vexil Harrowgate in Ravnsborg.
-- content/articles/crane.md --
---
title: The crane
source: https://tidetable.example/crane
---
Vexil Harrowgate sold the crane to Jonas Aber.
"""
PRIVATE = 'private = ["Vexil Harrowgate"]\n'
PAGE = "entities/vexil-harrowgate.html"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path / "archive", ARCHIVE)


def linked(target: Path, text: str) -> Callable[[Path], None]:
    """Make a link to a file of another folder, which is there if it has a text."""

    def make(path: Path) -> None:
        if text:
            target.write_text(text, "utf-8")
        path.symlink_to(target)

    return make


LINK = "is a link, which is not followed: copy the file itself."
OTHER_NAMES = (
    *("Entities.toml", "ENTITIES.TOML", "entities.TOML", "entities.toml ", " entities.toml", "entities.toml."),
    *("ｅntities.toml", "\u200bentities.toml", "entities.toml.txt", "Entities.toml.txt", "entitie.toml"),
    *("entites.toml", "entities.tml", "entities-toml", "../entities.toml"),
    *("entities.txt", "entities.toml.toml", "Entities.txt", "entities/entities.toml", "saved/entities.toml"),
    *(".entities.toml.icloud", "entities.toml.icloud", "entities (1).toml", "entities copy.toml", "Entities 2.toml"),
    *("entities-conflict.toml", "../Entities.toml", "saved/ENTITIES.toml", "articles/entities.toml"),
    *("pages/entities.toml", "gazetteers/entities.toml"),
)
SETTINGS = (
    *("Glossator.toml", "GLOSSATOR.TOML", "glossator.Toml", "glossator.toml ", "glossator.toml.txt", "glosator.toml"),
    *("glossator.tom", "glossator .toml", "glossators.toml", "content/glossator.toml"),
    *("content/Glossator.toml", "glossator (1).toml", ".glossator.toml.icloud"),
)


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_list_of_private_names_in_a_file_of_another_name_ends_the_build(archive: Path, name: str) -> None:
    (archive / "content" / name).parent.mkdir(exist_ok=True)
    (archive / "content" / name).write_text(PRIVATE, "utf-8")
    code, lines = command(archive)

    assert (2, 1) == (code, len(lines))
    assert lines[0].startswith("entities.toml is ")
    assert not (archive / "site").exists()

    (archive / "content" / name).rename(archive / "content/entities.toml")
    assert 0 == command(archive)[0]
    assert PAGE not in contents(archive / "site")


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_in_a_file_of_another_name_end_the_build(archive: Path, name: str) -> None:
    (archive / name).write_text('[site]\nrights = "metadata"\n', "utf-8")
    code, lines = command(archive)

    assert (2, True) == (code, lines[0].startswith("glossator.toml is "))
    assert not (archive / "site").exists()

    (archive / name).rename(archive / "glossator.toml")
    assert 0 == command(archive)[0]
    assert b"met Vexil" not in contents(archive / "site")["articles/wall.html"]


@pytest.mark.parametrize("file", ["content/entities.toml", "glossator.toml"])
@pytest.mark.parametrize("there", [True, False])
def test_links_are_refused_wherever_they_lead(archive: Path, tmp_path: Path, file: str, there: bool) -> None:
    text = PRIVATE if "entities" in file else '[site]\nrights = "metadata"\n'
    linked(tmp_path / "elsewhere.toml", text if there else "")(archive / file)

    assert (2, [f"{Path(file).name} {LINK}"]) == command(archive)
    assert not (archive / "site").exists()


def test_nothing_is_published_while_the_list_of_private_names_is_not_read(archive: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    lay(archive, '-- glossator.toml --\n[site]\nrights = "full"\n')
    linked(tmp_path / "gone.toml", "")(archive / "content/entities.toml")
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", f"--to={remote}"]
    done = CliRunner(catch_exceptions=False).invoke(main, ["publish", *where, "--workers=1", "--no-search", "--yes"])

    assert (2, True) == (done.exit_code, LINK in done.output)
    listed = subprocess.run(["git", f"--git-dir={remote}", "branch"], check=True, capture_output=True, text=True)
    assert "" == listed.stdout


@pytest.mark.parametrize("name", ["articles.lock.json", "entities.lock.json", "topics.lock.json"])
def test_records_of_an_archive_are_not_looked_for_in_vain(archive: Path, name: str) -> None:
    (archive / "content" / name).symlink_to("nowhere")
    code, lines = command(archive)
    assert (2, True) == (code, lines[0].startswith(f"{name} cannot be read: is a link"))

    (archive / "content" / name).unlink()
    (archive / "content" / name.title()).write_text("{}", "utf-8")
    code, lines = command(archive)
    assert (
        2,
        f'{name} cannot be read: is called "{name.title()}" here, which not every system reads: rename it to {name}.',
    ) == (
        code,
        lines[0],
    )


def test_removed_article_stays_away_whatever_the_case_of_the_record(archive: Path) -> None:
    lay(archive, f"-- content/saved/quay.txt --\nThe quay\n\n{'It was built of stones in May. ' * 40}\n")
    command(archive)
    (archive / "content/articles/the-quay.md").unlink()
    command(archive)
    (archive / "content" / ARTICLES_LOCK).rename(archive / "content" / ARTICLES_LOCK.title())

    assert 2 == command(archive)[0]
    assert not (archive / "content/articles/the-quay.md").exists()


@pytest.mark.parametrize(
    "name", ["entities.toml~", ".entities.toml.swp", "entities.toml.orig", "entities.toml.bak", "#entities.toml#"]
)
def test_copy_that_an_editor_left_is_no_list_of_private_names(archive: Path, name: str) -> None:
    lay(archive, f"-- content/entities.toml --\n{PRIVATE}-- content/{name} --\n{PRIVATE}")

    assert (0, []) == command(archive)


def test_empty_file_does_not_stand_for_the_list_of_private_names_beside_it(archive: Path) -> None:
    lay(archive, f"-- content/entities.toml --\n\n-- content/entities.toml.txt --\n{PRIVATE}")
    code, lines = command(archive)
    assert (2, True) == (code, lines[0].startswith('entities.toml is empty, but "entities.toml.txt" is there'))

    (archive / "content/entities.toml.txt").unlink()
    assert (0, []) == command(archive)


@pytest.mark.parametrize("name", ["entities-old.toml", "entities (1).toml", "entities 2.toml"])
def test_copy_beside_the_list_of_private_names_is_told(archive: Path, name: str) -> None:
    lay(archive, f"-- content/entities.toml --\n{PRIVATE}-- content/{name} --\n{PRIVATE}")
    told = f"{name}: is not read, but entities.toml beside it: compare them, and delete it"
    assert (0, [told]) == command(archive)


@pytest.mark.parametrize(
    "key",
    ["redact", "keep-back", "suppress", "unlisted", "do-not-publish", "nopublish", "exclude", "geheim", "ignored"],
)
def test_list_of_names_at_an_unknown_key_ends_the_build(archive: Path, key: str) -> None:
    lay(archive, f'-- content/entities.toml --\n{key} = ["Vexil Harrowgate"]\n')
    code, lines = command(archive)
    assert (2, True) == (code, lines[0].startswith(f'entities.toml, line 1: "{key}" is not a kind of decision: '))
    assert not (archive / "site").exists()


UNKNOWN = (
    '[PRIVATE]\nnames = ["Vexil Harrowgate"]',
    '[[private-names]]\nname = "Vexil Harrowgate"',
    'x.private = ["Vexil Harrowgate"]',
    'people.x.private = ["Vexil Harrowgate"]',
    '[people]\nprivate = ["Vexil Harrowgate"]',
    '[[people]]\nname = "Vexil Harrowgate"\nprivate = true',
    'private-names = ["Vexil Harrowgate"]',
    'private_people = ["Vexil Harrowgate"]',
    'PRIVATE = ["Vexil Harrowgate"]',
    '"private " = ["Vexil Harrowgate"]',
    '"ｐrivate" = ["Vexil Harrowgate"]',
    'not-private = ["Jonas Aber"]',
    'privacy = ["Vexil Harrowgate"]',
    'privates = ["Vexil Harrowgate"]',
    'is_private."Vexil Harrowgate" = true',
    '[rename]\nprivate = ["Vexil Harrowgate"]',
    '[merge]\nPrivate = ["Vexil Harrowgate"]',
    '[type]\n"Ravnsborg" = "place"\nprivate = "Vexil Harrowgate"',
    '[ignore-in]\nprivate = ["Vexil Harrowgate"]',
    '[[split]]\nname = "Jonas Aber"\nas = "Jonas Aber (mason)"\nin = ["wall"]\nprivate = ["Vexil Harrowgate"]',
    'hidden = ["Vexil Harrowgate"]',
    'secret-people = ["Vexil Harrowgate"]',
    'confidential = ["Vexil Harrowgate"]',
    'anonymous = ["Vexil Harrowgate"]',
    'withhold = ["Vexil Harrowgate"]',
    '[hide]\nnames = ["Vexil Harrowgate"]',
    '[verified]\nprivate = ["Vexil Harrowgate"]',
)


@pytest.mark.parametrize("text", UNKNOWN)
def test_key_that_may_be_meant_for_private_ends_the_build(archive: Path, text: str) -> None:
    lay(archive, f"-- content/entities.toml --\n# mine\n{text}\n")
    code, lines = command(archive)

    word = re.search("priv|ｐriv|hid|secret|conf|anon|withh", text.lower())
    assert word
    line = 2 + text[: word.start()].count("\n")
    assert (2, f"entities.toml, line {line}:") == (code, lines[0][: len(f"entities.toml, line {line}:")])
    assert "private" in lines[0]
    assert not (archive / "site").exists()


@pytest.mark.parametrize("text", ['[merge]\n"Private Eye" = ["Jonas Aber"]', '[rename]\n"Private Harbour" = "Harbour"'])
def test_name_that_has_the_word_private_in_it_is_a_name(archive: Path, text: str) -> None:
    lay(archive, f"-- content/entities.toml --\n{text}\n")

    assert 2 != command(archive)[0]
    assert PAGE in contents(archive / "site")
