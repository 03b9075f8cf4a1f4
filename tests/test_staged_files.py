"""`check --kept-back`: a look at what is staged for a commit to a public repository, without a build."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from PIL import Image

from glossator.cli import main
from tests.sites import lay

ARCHIVE = """\
-- content/articles/harbour.md --
---
title: A harbour
---
Marta Lindqvist came to Ravnsborg.
-- content/articles/letter.md --
---
title: A letter
rights: private
---
Nobody shall read this.
-- content/pages/plans.md --
---
title: Plans
draft: true
---
Not yet.
-- content/saved/pier.html --
<!doctype html><html lang="en"><head><title>A pier for Ravnsborg</title>
<link rel="canonical" href="https://courier.example/pier"></head><body><article><h1>A pier for Ravnsborg</h1>
<p>The town of Ravnsborg will have a pier by the spring, said Marta Lindqvist, who sits on the board of the harbour.</p>
<p>She would not say what it costs, but she had brought a drawing of it, and everybody liked the drawing very much.</p>
</article></body></html>
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = lay(tmp_path / "cuttings", ARCHIVE)
    git(folder, "init", "--quiet")
    git(folder, "config", "user.email", "marta@example.org")
    git(folder, "config", "user.name", "Marta")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


def look(archive: Path, *more: str) -> Result:
    arguments = ["check", "--kept-back", f"--content={archive / 'content'}", f"--site={archive / 'site'}", *more]
    return CliRunner(catch_exceptions=False).invoke(main, arguments)


def named(archive: Path) -> list[str]:
    found: list[str] = json.loads(look(archive, "--json").stdout)["staged"]
    return [path.removeprefix("content/") for path in found]


def test_names_what_is_staged_and_kept_back_and_refuses_the_commit(archive: Path) -> None:
    git(archive, "add", "content/articles", "content/pages")
    looked = look(archive)
    assert 1 == looked.exit_code
    assert ["content/articles/letter.md", "content/pages/plans.md"] == [
        line.partition(":")[0] for line in looked.stdout.splitlines()[:2]
    ]
    assert not (archive / ".glossator").exists(), "nothing is built"
    assert not (archive / "site").exists()


def test_lets_a_commit_pass_that_shows_only_what_is_public(archive: Path) -> None:
    git(archive, "add", "content/articles/harbour.md")
    looked = look(archive)
    assert (0, "") == (looked.exit_code, looked.output)


def test_what_was_committed_before_is_not_named_again(archive: Path) -> None:
    git(archive, "add", "content/articles")
    git(archive, "commit", "--quiet", "-m", "All")
    git(archive, "add", "content/pages")
    assert ["pages/plans.md"] == named(archive)


def test_reads_a_file_as_it_is_staged_not_as_it_became_since(archive: Path) -> None:
    git(archive, "add", "content/articles/letter.md")
    (archive / "content/articles/letter.md").write_text("---\ntitle: A letter\n---\nFor all.\n", "utf-8")
    assert ["articles/letter.md"] == named(archive)


def test_a_saved_file_is_named_with_its_article_and_before_it_has_one(archive: Path) -> None:
    (archive / "glossator.toml").write_text('[site]\nrights = "excerpt"\n', "utf-8")
    (archive / "content/saved/.gitkeep").touch()
    git(archive, "add", "content/saved")
    assert ["saved/pier.html"] == named(archive)
    build = ["build", f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    assert 0 == CliRunner(catch_exceptions=False).invoke(main, build).exit_code
    git(archive, "add", "content/articles/a-pier-for-ravnsborg.md")
    assert ["articles/a-pier-for-ravnsborg.md", "saved/pier.html"] == named(archive)
    (archive / "glossator.toml").write_text('[site]\nrights = "full"\n', "utf-8")
    assert [] == named(archive)


def test_a_page_in_the_inbox_is_named_before_it_has_an_article(archive: Path) -> None:
    inbox = archive / "content/saved/inbox"
    inbox.mkdir()
    (archive / "content/saved/pier.html").rename(inbox / "pier.html")
    git(archive, "add", "content/saved")
    assert ["saved/inbox/pier.html"] == named(archive)


def test_private_names_highlights_and_what_a_camera_wrote_are_named(archive: Path) -> None:
    content = archive / "content"
    (content / "entities.toml").write_text('private = ["Tom Ferris"]\n', "utf-8")
    (content / "highlights").mkdir()
    (content / "highlights/harbour.json").write_text('{"items": []}', "utf-8")
    picture = Image.new("RGB", (8, 8))
    exif = picture.getexif()
    exif[0x010F] = "A camera"
    picture.save(content / "pages/quay.jpg", exif=exif)
    git(archive, "add", "content/entities.toml", "content/highlights", "content/pages/quay.jpg")
    assert ["entities.toml", "highlights/harbour.json", "pages/quay.jpg"] == named(archive)


def test_decisions_and_notes_about_a_name_that_only_kept_back_text_has_are_named(archive: Path) -> None:
    lay(
        archive,
        """\
-- content/articles/letter.md --
---
title: A letter
rights: private
---
Velma Harrowgate wrote it.
-- content/entities.toml --
confirm = ["Velma Harrowgate"]
-- content/entities/velma.md --
---
name: Velma Harrowgate
---
She is ill.
-- content/entities/marta.md --
---
name: Marta Lindqvist
---
She is well.
""",
    )
    git(archive, "add", "content/entities.toml", "content/entities")
    assert ["entities.toml", "entities/velma.md"] == named(archive)
    (archive / "content/entities.toml").write_text('confirm = ["Marta Lindqvist"]\n', "utf-8")
    git(archive, "add", "content/entities.toml")
    assert ["entities/velma.md"] == named(archive)


def test_the_record_of_conversions_is_named_if_it_names_a_private_file(archive: Path) -> None:
    inbox = archive / "content/saved/inbox"
    inbox.mkdir()
    (archive / "content/saved/pier.html").rename(inbox / "what-velma-said.html")
    build = ["build", f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    assert 0 == CliRunner(catch_exceptions=False).invoke(main, build).exit_code
    assert "what-velma-said" in (archive / "content/articles.lock.json").read_text("utf-8")
    git(archive, "add", "content/articles.lock.json")
    assert ["articles.lock.json"] == named(archive)


def test_saved_files_that_say_so_themselves_are_named_before_they_are_articles(archive: Path) -> None:
    lay(
        archive,
        """\
-- content/saved/clip.md --
---
title: A clipping
rights: private
---
Not for others.
-- content/saved/letter.eml --
From: a@example.org

A letter.
-- content/saved/open.md --
---
title: Another
---
For all.
""",
    )
    git(archive, "add", "content/saved")
    assert ["saved/clip.md", "saved/letter.eml"] == named(archive)


def test_a_note_about_somebody_private_and_a_private_site_are_named(archive: Path) -> None:
    lay(
        archive,
        """\
-- content/entities.toml --
private = ["Marta Lindqvist"]
-- content/entities/marta.md --
---
name: Marta Lindqvist
---
She is well.
-- mine/.glossator-private --
-- mine/index.html --
All.
-- .site-glossator-new/steps.json --
[]
""",
    )
    git(archive, "add", "--force", "content/entities", "mine", ".site-glossator-new")
    assert [".site-glossator-new/steps.json", "entities/marta.md", "mine/.glossator-private"] == named(archive)


@pytest.mark.parametrize("kind", ["plain", "worktree"])
def test_the_hook_refuses_a_commit(archive: Path, kind: str) -> None:
    """Also in a worktree, whose hooks Git tells the repository in variables."""
    git(archive, "add", "content/articles/harbour.md")
    git(archive, "commit", "--quiet", "-m", "Harbour")
    program = f"{sys.executable} {Path(__file__).parents[1] / 'build.py'}"
    hook = archive / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {program} check --kept-back\n", "utf-8")
    hook.chmod(0o755)
    where = archive
    if kind == "worktree":
        where = archive.parent / "other"
        git(archive, "worktree", "add", "--quiet", str(where))
        lay(where, "-- content/articles/letter.md --\n---\ntitle: A letter\nrights: private\n---\nNo.\n")
    git(where, "add", "content/articles/letter.md")
    done = subprocess.run(["git", "-C", where, "commit", "-m", "x"], capture_output=True, text=True, check=False)
    assert (1, True) == (done.returncode, "content/articles/letter.md: staged" in done.stdout + done.stderr)


def test_an_archive_below_the_top_of_its_repository_is_looked_at_alone(archive: Path) -> None:
    git(archive, "add", "content")
    (archive / "notes.md").write_text("---\nrights: private\n---\n", "utf-8")
    deeper = archive / "cuttings"
    lay(deeper, ARCHIVE)
    git(archive, "add", ".")
    assert ["cuttings/content/articles/letter.md", "cuttings/content/pages/plans.md"] == named(deeper)


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    looked = look(lay(tmp_path / "cuttings", ARCHIVE))
    assert (2, True) == (looked.exit_code, "is in no Git repository" in looked.output)


def test_the_hook_for_pre_commit_runs_this_look() -> None:
    (hook,) = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert ("glossator", ["check", "--kept-back"], False) == (program, arguments, hook["pass_filenames"])
