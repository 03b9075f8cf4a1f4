"""Files that are durable: what was said to be saved is on the disk, whatever happens to the machine then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glossator.atomic_files import FileBatch, write_whole
from glossator.config import Config
from glossator.content.article_files import write
from glossator.model import Conversion, Extracted
from glossator.pipeline.ingest.copy_to_saved import add_files
from tests.sites import contents, lay


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files and folders in the order in which they reach the disk, and "in place" for each rename."""
    reached: list[str] = []
    sync, rename = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        sync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        reached.append("a new file" if path.suffix == ".new" else f"folder {path.name}")

    def replace(self: Path, target: Path) -> Path:
        reached.append("in place")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return reached


def extracted(title: str) -> Extracted:
    return Extracted(title, "It stands.", Conversion("wall.html", "0" * 64, "html", "1"))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not tell which file is meant")
class TestWhatReachesTheDisk:
    def test_a_file_does_before_it_has_its_name_and_the_name_before_anybody_is_told(
        self, tmp_path: Path, steps: list[str]
    ) -> None:
        write_whole(tmp_path / "articles/wall.md", b"It stands.")
        assert [f"folder {tmp_path.name}", "a new file", "in place", "folder articles"] == steps

    def test_an_article_does(self, tmp_path: Path, steps: list[str]) -> None:
        assert write(tmp_path / "wall.md", extracted("The wall"))
        assert ["a new file", "in place", f"folder {tmp_path.name}"] == steps

    def test_files_that_are_added_do_and_their_folder_does_once(self, tmp_path: Path, steps: list[str]) -> None:
        lay(tmp_path, "-- given/a.md --\nIt stands.\n-- given/b.md --\nIt fell.\n")
        added, problems = add_files([tmp_path / "given"], tmp_path / "content/saved", Config())
        assert (2, ()) == (len(added), problems)
        assert ["a new file", "a new file", "in place", "in place", "folder given"] == steps[-5:]

    def test_what_a_build_can_make_again_need_not(self, tmp_path: Path, steps: list[str]) -> None:
        write_whole(tmp_path / "wall.png", b"a picture", durable=False)
        assert ["in place"] == steps


def test_a_batch_that_fails_leaves_whole_files_and_no_temporary_ones(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()  # in the place of a file
    (tmp_path / "b/c").touch()

    def write_all() -> None:
        with FileBatch() as batch:
            for name in ("a", "b", "d"):
                batch.replace(tmp_path / name, b"new")

    with pytest.raises(OSError, match="directory") as raised:
        write_all()
    assert str(tmp_path / "b") == raised.value.filename
    assert {"a": b"new", "b/c": b""} == contents(tmp_path)


def test_the_last_of_two_contents_of_one_file_is_kept(tmp_path: Path) -> None:
    with FileBatch() as batch:
        batch.replace(tmp_path / "a", b"old")
        batch.replace(tmp_path / "a", b"new")
    assert {"a": b"new"} == contents(tmp_path)
