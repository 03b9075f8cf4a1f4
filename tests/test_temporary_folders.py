"""Temporary folders: what a killed process leaves of the site does not stay, and what is in use is not touched."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glossator.serve import build_thread
from glossator.temporary_folders import temporary_folder
from tests.sites import build, lay

KILLED = """
import os, sys
from pathlib import Path
from glossator.temporary_folders import temporary_folder
with temporary_folder(sys.argv[1]) as folder:
    (folder / "page.html").write_text("private")
    print(folder.parent, flush=True)
    os._exit(9)
"""


def left_by_a_killed_process(purpose: str) -> Path:
    command = [sys.executable, "-c", KILLED, purpose]
    return Path(subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip())


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_removed_by_the_next_for_the_same_purpose(shared: Path) -> None:
    left = left_by_a_killed_process("publish")
    assert (left / "files/page.html").exists()
    with temporary_folder("search"):
        assert left.exists()
    with temporary_folder("publish") as folder:
        assert [folder.parent] == list(shared.iterdir())
    assert [] == list(shared.iterdir())


def test_what_a_killed_preview_left_of_the_search_index_is_removed_by_the_next_one(
    shared: Path, tmp_path: Path
) -> None:
    left = left_by_a_killed_process("index")
    site = tmp_path / "archive/site"
    build(
        lay(tmp_path / "archive", '-- glossator.toml --\n[language.en]\nmodel = ""\n-- content/articles/a.md --\nA.\n')
    )

    async def prepare() -> None:
        async with build_thread._prepared(site, "en") as folder:
            assert [folder.parent] == list(shared.glob("glossator-index-*"))

    assert left.exists()
    with ThreadPoolExecutor(1) as thread:  # a browser of another test may have a loop in this one
        thread.submit(asyncio.run, prepare()).result()
    assert [] == list(shared.glob("glossator-index-*"))


def test_a_folder_that_is_in_use_and_one_without_a_lock_stay(shared: Path) -> None:
    (shared / "glossator-publish-mine").mkdir()
    with temporary_folder("publish") as first:
        (first / "page.html").write_text("1", "utf-8")
        with temporary_folder("publish"):
            assert (first / "page.html").exists()
    assert ["glossator-publish-mine"] == [path.name for path in shared.iterdir()]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_with_the_name_of_such_a_folder_leads_to_nothing_that_is_removed(shared: Path) -> None:
    mine = shared / "mine"
    (mine / "files").mkdir(parents=True)
    (mine / "in-use").write_bytes(b"")
    (shared / "glossator-publish-x").symlink_to(mine)
    with temporary_folder("publish"):
        pass
    assert (mine / "files").exists()


@pytest.mark.parametrize("name", ["of-another-purpose", "abcdefgh9", "ABCDEFGH"])
def test_a_folder_whose_name_we_do_not_make_stays(shared: Path, name: str) -> None:
    lay(shared, f"-- glossator-open-{name}/mine.txt --\nMine.\n")
    (shared / f"glossator-open-{name}/in-use").touch()
    with temporary_folder("open"):
        pass
    assert (shared / f"glossator-open-{name}/mine.txt").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_somebody_else_stays_whoever_made_its_lock(shared: Path) -> None:
    theirs = shared / "glossator-open-abcdefgh"
    lay(theirs, "-- in-use --\n-- theirs.txt --\nTheirs.\n")
    (theirs / "in-use").write_bytes(b"")
    os.chown(theirs, 65534, 65534)
    with temporary_folder("open"):
        pass
    assert (theirs / "theirs.txt").exists()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_lock_that_is_a_link_is_not_followed(shared: Path) -> None:
    mine = shared / "glossator-open-abcdefgh"
    lay(mine, "-- mine.txt --\nMine.\n")
    (mine / "in-use").symlink_to(shared / "made")
    with temporary_folder("open"):
        pass
    assert (True, False) == ((mine / "mine.txt").exists(), (shared / "made").exists())
