"""An article whose file a person renames: whoever has its old address finds it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from glossator.content.lock_files import ARTICLES_LOCK
from tests.sites import build, contents, lay, leave_out_search

ARCHIVE = """\
-- content/saved/a.md --
---
title: Bridge of Ravnsborg
saved: 2024-04-01
---
The bridge is old, and nobody has counted its stones. It was painted in spring by men of the town.
-- content/articles/crane.md --
---
title: The crane
---
The crane was sold.
"""
BRIDGE = "bridge-of-ravnsborg"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    build(lay(tmp_path / "archive", ARCHIVE))
    return tmp_path / "archive"


def rename(archive: Path, old: str, new: str) -> None:
    (archive / f"content/articles/{old}.md").rename(archive / f"content/articles/{new}.md")


def page(archive: Path, name: str) -> str:
    return (archive / f"site/articles/{name}.html").read_text("utf-8")


def exists(archive: Path, name: str) -> bool:
    return (archive / f"site/articles/{name}.html").exists()


def renames(archive: Path) -> dict[str, str]:
    renamed: dict[str, str] = json.loads((archive / "content" / ARTICLES_LOCK).read_bytes()).get("renamed", {})
    return renamed


def forget(archive: Path) -> None:
    shutil.rmtree(archive / ".glossator")
    shutil.rmtree(archive / "site")


def test_the_old_address_leads_to_an_article_that_is_known_by_its_saved_file(archive: Path) -> None:
    forget(archive)  # a clone has the record alone
    rename(archive, BRIDGE, "bridge")
    build(archive)
    assert 'content="0; url=bridge.html"' in page(archive, BRIDGE)
    assert "Bridge of Ravnsborg</a>" in page(archive, BRIDGE)
    assert '<meta name="robots" content="noindex">' in page(archive, BRIDGE)


def test_the_old_address_leads_to_an_article_that_is_known_by_its_text(archive: Path) -> None:
    rename(archive, "crane", "the-sold-crane")
    build(archive)
    assert 'content="0; url=the-sold-crane.html"' in page(archive, "crane")
    before = contents(archive / "site")
    forget(archive)
    build(archive)
    assert before == contents(archive / "site")


def test_every_former_address_leads_to_the_last_one(archive: Path) -> None:
    for old, new in (("crane", "hoist"), ("hoist", "winch")):
        rename(archive, old, new)
        build(archive)
    assert {"crane": "winch", "hoist": "winch"} == renames(archive)
    assert 'content="0; url=winch.html"' in page(archive, "crane")
    assert 'content="0; url=winch.html"' in page(archive, "hoist")


def test_an_article_that_gets_its_name_back_has_its_page_back(archive: Path) -> None:
    before = contents(archive / "site")
    for old, new in (("crane", "hoist"), ("hoist", "crane")):
        rename(archive, old, new)
        build(archive)
    assert {"hoist": "crane"} == renames(archive)
    assert before.items() - contents(archive / "site").items() <= {
        (path, content) for path, content in before.items() if path == ".glossator-files.json"
    }


def test_a_new_article_takes_the_address_that_is_free(archive: Path) -> None:
    rename(archive, "crane", "hoist")
    build(archive)
    lay(archive, "-- content/articles/crane.md --\n---\ntitle: A bird\n---\nIt flies south.\n")
    build(archive)
    assert "It flies south." in page(archive, "crane")
    assert {} == renames(archive)


def test_a_removed_article_leaves_no_address(archive: Path) -> None:
    rename(archive, "crane", "hoist")
    build(archive)
    (archive / "content/articles/hoist.md").unlink()
    build(archive)
    assert not exists(archive, "crane")
    assert not exists(archive, "hoist")


@pytest.mark.parametrize("name", ["crane", BRIDGE])
def test_a_name_that_a_private_article_had_is_written_nowhere(archive: Path, name: str) -> None:
    file = archive / f"content/articles/{name}.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nrights: private\n", 1), "utf-8")
    build(archive)
    rename(archive, name, "plain")
    build(archive)
    assert {} == renames(archive)
    assert not exists(archive, name)
    moved = archive / "content/articles/plain.md"
    moved.write_text(moved.read_text("utf-8").replace("rights: private\n", ""), "utf-8")
    build(archive)
    assert not exists(archive, name)
    assert exists(archive, "plain")


def test_an_article_that_becomes_private_takes_its_old_address_along(archive: Path) -> None:
    rename(archive, "crane", "hoist")
    build(archive)
    file = archive / "content/articles/hoist.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nrights: private\n", 1), "utf-8")
    build(archive)
    assert not exists(archive, "crane")


def test_an_old_address_with_a_private_name_leads_nowhere(archive: Path) -> None:
    lay(archive, "-- content/articles/marta-lindqvist.md --\n---\ntitle: A speech\n---\nShe spoke.\n")
    build(archive)
    rename(archive, "marta-lindqvist", "speech")
    build(archive)
    assert exists(archive, "marta-lindqvist")
    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    build(archive)
    assert not exists(archive, "marta-lindqvist")


def test_what_a_person_writes_into_the_record_is_no_way_out_of_the_site(archive: Path) -> None:
    path = archive / "content" / ARTICLES_LOCK
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps(record | {"renamed": {"../../out": "crane", "was": "crane"}}), "utf-8")
    build(archive)
    assert exists(archive, "was")
    assert not (archive.parent / "out.html").exists()
    assert not (archive / "out.html").exists()
