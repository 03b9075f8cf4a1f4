"""An archive that an earlier release made is built by this one: nothing of a person's is lost, and what changed is told."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator import __version__
from glossator.cli import main
from glossator.content import lock_files
from tests.sites import contents, leave_out_search

EARLIER = Path(__file__).parent / "earlier_release"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    shutil.copytree(EARLIER / "content", tmp_path / "content")
    shutil.copy(EARLIER / "glossator.toml", tmp_path)
    stored = tmp_path / ".glossator"
    stored.mkdir()
    (stored / "content.sqlite3").write_bytes(gzip.decompress((EARLIER / "stored/content.sqlite3.gz").read_bytes()))
    shutil.copy(EARLIER / "stored/content.entities.json", stored)
    return tmp_path


def build(archive: Path) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1"]
    return CliRunner(catch_exceptions=False).invoke(main, ["build", *where])


@pytest.mark.model
def test_upgrade_keeps_what_is_a_person_s_and_says_what_it_does(archive: Path) -> None:
    before = contents(archive / "content")
    done = build(archive)
    assert 0 == done.exit_code
    assert "was made by Glossator 0.1.0; everything is made again" in done.stderr
    after = contents(archive / "content")
    assert before == {name: text for name, text in after.items() if name in before} | {
        name: before[name] for name in lock_files.LOCKS if name in before
    }
    shown = (archive / "site/entities/marta-lindqvist.html").read_text("utf-8")
    assert ("She keeps the minutes." in shown, "Tom Ferris" in shown) == (True, False)
    assert "Jonas H. Aber" in (archive / "site/entities/jonas-h-aber.html").read_text("utf-8")
    assert not (archive / "site/articles/ferry.html").exists()


@pytest.mark.model
def test_addresses_of_the_earlier_site_are_there(archive: Path) -> None:
    build(archive)
    addresses = (EARLIER / "addresses.txt").read_text("utf-8").split()
    kept = [path for path in addresses if path.startswith(("./articles/", "./entities/"))]
    assert [] == [path for path in kept if not (archive / "site" / path).exists()]


@pytest.mark.model
def test_entities_that_are_gone_or_of_another_type_are_counted_once(archive: Path) -> None:
    snapshot = archive / ".glossator/content.entities.json"
    recorded = json.loads(snapshot.read_text("utf-8"))
    recorded["entities"] |= {"old-bell": ["Old Bell", "work"], "ravnsborg": ["Ravnsborg", "person"]}
    snapshot.write_text(json.dumps(recorded), "utf-8")
    count = len(recorded["entities"])
    changed = f"1 of {count} entities is gone, 1 has another type"
    said = f"Names that were found anew: {changed}: `entity review --since` lists them"
    assert said in build(archive).stderr
    assert said not in build(archive).stderr
    listed = CliRunner().invoke(main, ["entity", "review", "--since", f"--content={archive / 'content'}"]).output
    assert "Old Bell" in listed


@pytest.mark.model
def test_what_was_set_aside_goes_when_the_next_build_has_ended_well(archive: Path) -> None:
    aside = archive / ".glossator/content.sqlite3.damaged"
    build(archive)
    assert aside.is_file()
    (archive / "content/articles/wall.md").write_text("---\ntitle: A wall\n---\nIt rained.\n", "utf-8")
    done = build(archive)
    assert (False, False) == (aside.exists(), "everything is made again" in done.stderr)


@pytest.mark.model
def test_another_version_with_the_same_format_is_named(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(archive)
    monkeypatch.setattr("glossator.incremental.cache.store.__version__", "9.9.9")
    (archive / "content/articles/wall.md").write_text("---\ntitle: A wall\n---\nIt rained.\n", "utf-8")
    assert f"was made by Glossator {__version__}; everything is made again" in build(archive).stderr
