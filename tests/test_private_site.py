"""The settings of rights for a whole site, and the site that its owner alone reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator import pipeline
from glossator.addresses import web_address
from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.config import BuildSettings
from glossator.output import manifest
from glossator.publish.branch import open_branch
from tests.sites import build, contents, lay, leave_out_search, pages, silent

ARCHIVE = """\
-- content/articles/memo.md --
---
title: The memo
rights: private
---
Marta Lindqvist wrote MEMOCANARY.
-- content/articles/wall.md --
---
title: The wall
source: https://tidetable.example/wall
---
First. Jonas Aber came.

Second.

Third, WALLCANARY.
-- content/articles/crane.md --
---
title: The crane
---
First.

Second.

Third, CRANECANARY.
-- content/articles/stated.md --
---
title: The stated
source: https://tidetable.example/stated
rights: full
---
First.

Second.

Third, STATEDCANARY.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path, ARCHIVE)


def seen(site: Path) -> set[str]:
    text = b"".join(contents(site).values())
    return {word for word in ("MEMO", "WALL", "CRANE", "STATED") if f"{word}CANARY".encode() in text}


def build_private(folder: Path, site: Path) -> pipeline.Report:
    config = replace(
        load_extended(folder / "glossator.toml"),
        build=BuildSettings(workers=1),
        private=True,
    )
    return pipeline.bring_up_to_date(pipeline.ArchivePaths(folder / "content", site, True), config, silent)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--no-search", "--workers=1", f"--content={folder / 'content'}"])


def test_the_settings_give_the_rights_of_articles_from_elsewhere_that_state_none(archive: Path) -> None:
    build(archive)
    assert {"WALL", "CRANE", "STATED"} == seen(archive / "site")

    for rights in ("excerpt", "metadata", "private"):
        lay(archive, f'-- glossator.toml --\n[site]\nrights = "{rights}"\n')
        build(archive)
        assert {"CRANE", "STATED"} == seen(archive / "site")
    assert "articles/wall.html" not in contents(archive / "site")
    assert "rights: " not in (archive / "content/articles/wall.md").read_text("utf-8")

    lay(archive, "-- glossator.toml --\n[site]\n")
    build(archive)
    assert {"WALL", "CRANE", "STATED"} == seen(archive / "site")


def test_a_default_that_is_none_of_the_rights_is_an_error(archive: Path) -> None:
    lay(archive, '-- glossator.toml --\n[site]\nrights = "exerpt"\n')
    done = run(archive, "build", f"--site={archive / 'site'}")

    assert 2 == done.exit_code
    assert 'glossator.toml, line 2: [site] rights: "exerpt" is not known.' in done.output


def test_no_page_of_a_site_that_is_not_indexed_may_be_listed(archive: Path) -> None:
    lay(archive, "-- glossator.toml --\n[site]\nindexed = false\n")
    build(archive)
    for page in pages(archive / "site").values():
        assert {"name": "robots", "content": "noindex"} in [attrs for _, attrs in page.elements]


def test_a_private_site_shows_everything_and_changes_nothing_that_is_published(archive: Path) -> None:
    build(archive)
    public, content = contents(archive / "site"), contents(archive / "content")
    build_private(archive, archive / "mine")

    assert {"MEMO", "WALL", "CRANE", "STATED"} == seen(archive / "mine")
    assert b"marta-lindqvist" in contents(archive / "mine")["articles/memo.html"]
    assert content == contents(archive / "content")
    assert ".glossator-private" in manifest(archive / "mine")
    build(archive)
    assert public == contents(archive / "site")


def test_a_private_site_is_refused_where_sites_are_published(archive: Path) -> None:
    build_private(archive, archive / "mine")
    for arguments in (["publish", "--dry-run"], ["build"], ["check"]):
        done = run(archive, *arguments, f"--site={archive / 'mine'}")
        assert (2, True) == (done.exit_code, "holds a private site" in done.output)
    with open_branch(None) as branch, pytest.raises(Exception, match="private site"):
        branch.prepare(archive / "mine", history=False)
    assert {"MEMO", "WALL", "CRANE", "STATED"} == seen(archive / "mine")


def test_a_private_site_needs_a_folder_of_its_own(archive: Path) -> None:
    build(archive)

    assert "needs a folder of its own" in run(archive, "build", "--private").output
    done = run(archive, "build", "--private", f"--site={archive / 'site'}")
    assert (2, True) == (done.exit_code, "holds a public site" in done.output)


def test_names_and_passwords_are_cut_from_links(archive: Path) -> None:
    assert "https://tidetable.example:81/a?b=c@d" == web_address("https://me:PASS@tidetable.example:81/a?b=c@d")
    lay(
        archive,
        "-- content/articles/link.md --\n---\nsource: https://me:PASSCANARY@tidetable.example/x\n---\n"
        "[Here](https://me:PASSCANARY@tidetable.example/y) ![There](https://me:PASSCANARY@tidetable.example/z.png)\n",
    )
    build(archive)

    assert b"PASSCANARY" not in b"".join(contents(archive / "site").values())
    assert "https://tidetable.example/y" in pages(archive / "site")["articles/link.html"].addresses


def test_own_pages_that_are_kept_back_are_on_the_private_site_alone(archive: Path, tmp_path: Path) -> None:
    lay(archive, "-- content/pages/plan.md --\n---\ntitle: The plan\nrights: private\n---\nA PLANCANARY page.\n")
    build(archive)
    assert b"PLANCANARY" not in b"".join(contents(archive / "site").values())
    build_private(archive, tmp_path / "own")
    assert b"PLANCANARY" in contents(tmp_path / "own")["plan.html"]
