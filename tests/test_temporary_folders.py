"""Temporary folders: what a killed process leaves of the site does not stay, and what is in use is not touched."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from glossator.temporary_folders import temporary_folder

KILLED = """
import os, sys
from pathlib import Path
from glossator.temporary_folders import temporary_folder
with temporary_folder("publish") as folder:
    (folder / "page.html").write_text("private")
    print(folder.parent, flush=True)
    os._exit(9)
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_removed_by_the_next_for_the_same_purpose(shared: Path) -> None:
    left = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False).stdout.strip()
    assert (Path(left) / "files/page.html").exists()
    with temporary_folder("search"):
        assert Path(left).exists()
    with temporary_folder("publish") as folder:
        assert [folder.parent] == list(shared.iterdir())
    assert [] == list(shared.iterdir())


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
