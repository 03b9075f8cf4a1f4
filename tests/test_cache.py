"""The memory of builds: it may be lost, damaged or foreign, and never lies."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from glossator.config import SiteError
from glossator.incremental.cache import LOST, NEW, Cache, Cause, Key
from glossator.incremental.cache.database import FORMAT
from glossator.incremental.stage import changed_parts
from glossator.model import Digest, Fingerprint, Problem
from tests.sites import command, contents, lay, leave_out_search

ROOT = Path(__file__).parents[1]
KEY = Key("extract", Digest("c" * 32), Digest("1" * 32), Digest("5" * 32))
ONE, TWO = (Fingerprint(Digest(n), f"text:{n} names:0") for n in "12")


def test_a_result_is_remembered_from_one_build_to_the_next(tmp_path: Path) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        cache.put({KEY: b"result"})
    with Cache(tmp_path / "memory.sqlite3") as cache:
        assert {KEY: b"result"} == cache.get([KEY])


@pytest.mark.parametrize("part", ["stage", "code", "input", "settings"])
def test_a_result_is_of_no_use_when_any_of_its_inputs_differs(tmp_path: Path, part: str) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        cache.put({KEY: b"result"})
        assert {} == cache.get([msgspec.structs.replace(KEY, **{part: Digest("0" * 32)})])


def test_a_key_can_be_read_by_a_person() -> None:
    assert "extract: code cccccccc, input 11111111, settings 55555555" == str(KEY)


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0 and then nothing", b"\0" * 4096])
def test_a_damaged_file_is_set_aside_and_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "memory.sqlite3"
    path.write_bytes(content)
    with Cache(path) as cache:
        assert {} == cache.get([KEY])
        text = "is damaged, and was set aside as memory.sqlite3.damaged; everything is made again"
        assert [Problem("memory", str(path), text, fatal=False)] == cache.notices
        assert content == (tmp_path / "memory.sqlite3.damaged").read_bytes()
        cache.put({KEY: b"result"})
    with Cache(path) as cache:
        assert {KEY: b"result"} == cache.get([KEY])


def test_damage_that_shows_later_costs_what_was_remembered_and_the_build_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    keys = [msgspec.structs.replace(KEY, input=Digest(f"{number:032}")) for number in range(300)]
    with Cache(path) as cache:
        cache.put({key: key.input.encode() for key in keys})
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with Cache(path) as cache:
        assert {} == cache.get(keys)
        assert 1 == len(cache.notices)
        cache.put({KEY: b"result"})
    with Cache(path) as cache:
        assert {KEY: b"result"} == cache.get([KEY])


def test_a_damaged_result_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE results SET value = ?", (b"no result",))
    with Cache(path) as cache:
        assert {} == cache.get([KEY])
        cache.set_pages("/one", {"a.html": ONE})
        assert {"a.html": "1"} == cache.pages("/one")


def test_one_build_at_a_time_and_the_first_is_not_harmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.incremental.cache.database.LOCK_TIMEOUT", 0.0)
    path = tmp_path / "memory.sqlite3"
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
        with pytest.raises(SiteError) as raised:
            Cache(path)
        said = rf"Another build of this archive is running: `glossator.*`, process {os.getpid()}, since \d{{4}}-\d\d-\d\d \d\d:\d\d\."
        assert re.fullmatch(said, raised.value.message)
        assert f"`kill {os.getpid()}`" in raised.value.hint
        assert {KEY: b"result"} == cache.get([KEY])
    with Cache(path) as cache:
        assert {KEY: b"result"} == cache.get([KEY])


def test_a_command_that_is_not_utf_8_takes_the_lock_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.incremental.cache.database.LOCK_TIMEOUT", 0.0)
    monkeypatch.setattr(sys, "argv", ["glossator", "add", os.fsdecode(b"a\xff.md")])
    with Cache(tmp_path / "memory.sqlite3"), pytest.raises(SiteError, match=r"is running: `glossator add 'a.+md'`"):
        Cache(tmp_path / "memory.sqlite3")


def test_the_lock_of_a_build_that_was_killed_is_lifted(tmp_path: Path) -> None:
    code = "import sys, os, pathlib; from glossator.incremental.cache import Cache; c = Cache(pathlib.Path(sys.argv[1])); os._exit(9)"
    path = tmp_path / "memory.sqlite3"
    assert 9 == subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False).returncode
    with Cache(path) as cache:
        assert {} == cache.get([KEY])


def test_a_folder_in_the_place_of_the_file_is_set_aside_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    (tmp_path / "memory.sqlite3.damaged").write_text("of an earlier build", "utf-8")
    for number in (2, 3):
        lay(path, f"-- mine.txt --\n{number}\n")
        with Cache(path) as cache:
            assert [f"was set aside as memory.sqlite3.damaged-{number}"] == [
                one.message.partition(", and ")[2].partition(";")[0] for one in cache.notices
            ]
            cache.put({KEY: b"result"})
        path.unlink()
    kept = ["memory.sqlite3.damaged-2/mine.txt", "memory.sqlite3.damaged-3/mine.txt"]
    assert kept == [name for name in contents(tmp_path) if "/" in name]


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_folder_in_the_place_of_a_file_of_sqlites_own_is_set_aside(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "memory.sqlite3"
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
    (tmp_path / f"memory.sqlite3{suffix}").mkdir()
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
        assert {KEY: b"result"} == cache.get([KEY])


@pytest.mark.slow  # the lock is waited for
@pytest.mark.parametrize("occupy", [Path.mkdir, lambda path: path.write_bytes(b"\xff" * 4096)], ids=["folder", "noise"])
def test_what_stands_where_the_lock_goes_is_set_aside(tmp_path: Path, occupy: Callable[[Path], object]) -> None:
    occupy(tmp_path / "memory.lock")
    with Cache(tmp_path / "memory.sqlite3"), pytest.raises(SiteError, match="Another build"):
        Cache(tmp_path / "memory.sqlite3")


def test_a_file_whose_tables_are_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE results (key TEXT PRIMARY KEY, value BLOB)")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
        assert ({KEY: b"result"}, 1) == (cache.get([KEY]), len(cache.notices))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_costs_no_more_than_what_was_in_it(tmp_path: Path, share: float) -> None:
    path = tmp_path / "memory.sqlite3"
    keys = [msgspec.structs.replace(KEY, input=Digest(f"{number:032}")) for number in range(100)]
    with Cache(path) as cache:
        cache.put({key: random.Random(key.input).randbytes(2000) for key in keys})
        cache.set_pages("/one", {"a.html": ONE})
    os.truncate(path, int(path.stat().st_size * share))
    with Cache(path) as cache:
        assert all(random.Random(key.input).randbytes(2000) == value for key, value in cache.get(keys).items())
        cache.set_pages("/one", {"a.html": TWO})
        cache.put({KEY: b"result"})
        assert (b"result", {"a.html": "2"}) == (cache.get([KEY])[KEY], cache.pages("/one"))


def test_what_a_build_left_is_not_believed_when_it_was_damaged(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    with Cache(path) as cache:
        cache.set_last_build("/one", b"what was left")
        assert b"what was left" == cache.last_build("/one")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE last_builds SET record = ?", (b"noise",))
    with Cache(path) as cache:
        assert None is cache.last_build("/one")


def test_an_error_of_the_disk_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised, Cache(tmp_path / "memory.sqlite3"):
        raise sqlite3.OperationalError("database or disk is full")
    assert "cannot be used: database or disk is full." in raised.value.message


def test_a_file_of_another_format_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    with Cache(path) as cache:
        cache.put({KEY: b"result"})
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with Cache(path) as cache:
        assert {} == cache.get([KEY])


def test_a_file_that_grows_beyond_its_limit_loses_what_was_of_use_longest_ago(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    keys = [msgspec.structs.replace(KEY, input=Digest(f"{number:032}")) for number in range(400)]
    noise = {key: random.Random(key.input).randbytes(4000) for key in keys}
    for start in range(0, 400, 100):
        with Cache(path) as cache:
            cache.put({key: noise[key] for key in keys[start : start + 100]})
            cache.get(keys[:50])
            cache.evict(1_000_000)
            cache.count_build()
    with Cache(path) as cache:
        left = list(cache.get(keys))
    assert (keys[:50], keys[300:]) == (left[:50], left[-100:]), "those of use in every build, and those of the last"
    assert keys[50:100] == [key for key in keys[:200] if key not in left][:50]
    assert path.stat().st_size <= 1_000_000


def test_what_a_build_has_used_is_kept_though_the_limit_be_too_low(tmp_path: Path) -> None:
    keys = [msgspec.structs.replace(KEY, input=Digest(f"{number:032}")) for number in range(50)]
    with Cache(tmp_path / "memory.sqlite3") as cache:
        cache.put({key: random.Random(key.input).randbytes(4000) for key in keys})
        cache.evict(0)
        assert 50 == len(cache.get(keys))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    lay(tmp_path, '-- glossator.toml --\n[language.en]\nmodel = ""\n-- content/articles/wall.md --\nIt stands.\n')
    command(tmp_path)
    return tmp_path


def test_a_build_keeps_its_memory_to_the_limit_that_it_is_given(archive: Path) -> None:
    lay(archive, "-- content/articles/wall.md --\nIt fell.\n")
    command(archive, "--cache-limit=0")
    with closing(sqlite3.connect(archive / ".glossator/content.sqlite3")) as connection:
        assert (1,) == connection.execute("SELECT count(*) FROM results").fetchone()


def test_a_build_says_that_its_memory_was_damaged_and_goes_on(archive: Path) -> None:
    (archive / ".glossator/content.sqlite3").write_bytes(b"no database at all")
    code, said = command(archive)
    assert (0, 1) == (code, len(said))
    assert "was set aside as content.sqlite3.damaged; everything is made again" in said[0]


def test_a_second_build_at_the_same_time_is_a_sentence_and_touches_nothing(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.incremental.cache.database.LOCK_TIMEOUT", 0.0)
    before = contents(archive / "site")
    lay(archive, "-- content/articles/wall.md --\nIt fell.\n")
    with Cache(archive / ".glossator/content.sqlite3"):
        code, (said, _) = command(archive)
        assert (2, True) == (code, said.startswith("Another build of this archive is running: `glossator"))
        assert before == contents(archive / "site")
    assert (0, []) == command(archive)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: os.truncate(path, path.stat().st_size // 2),
        lambda path: path.write_bytes(random.Random(1).randbytes(path.stat().st_size)),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.with_suffix(".entities.json").unlink(), path.with_suffix(".entities.json").mkdir()),
    ],
    ids=["cut", "noise", "a folder", "a folder where the comparison of models goes"],
)
def test_whatever_happened_to_the_memory_the_site_is_the_same(archive: Path, harm: Callable[[Path], object]) -> None:
    lay(archive, "-- content/articles/wall.md --\nIt fell.\n")
    command(archive)
    right = contents(archive / "site")
    lay(archive, "-- content/articles/wall.md --\nIt stands.\n")
    command(archive)
    harm(archive / ".glossator/content.sqlite3")
    lay(archive, "-- content/articles/wall.md --\nIt fell.\n")
    code, said = command(archive)
    assert (0, True) == (code, len(said) <= 1)
    assert right == contents(archive / "site")


def test_it_is_remembered_which_input_had_changed(tmp_path: Path) -> None:
    changed = msgspec.structs.replace(KEY, input=Digest("2" * 32), settings=Digest("6" * 32))
    with Cache(tmp_path / "memory.sqlite3") as cache:
        for key, expected in ((KEY, NEW), (changed, "input settings"), (changed, LOST)):
            cache.put({key: b"result"}, {"wall.html": key})
            assert {"extract": Cause(tuple(expected.split()), 1)} == cache.causes("wall.html")
        assert {} == cache.causes("crane.html")


def test_pages_are_known_by_site(tmp_path: Path) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        cache.set_pages("/one", {"a.html": ONE, "b.html": TWO})
        cache.set_pages("/two", {"a.html": TWO})
        cache.forget_pages("/one", ["a.html"])
        assert ({"a.html": "", "b.html": "2"}, {"a.html": "2"}) == (cache.pages("/one"), cache.pages("/two"))
        cache.set_pages("/one", {}, ["a.html", "b.html"])
        assert ({}, {"a.html": "2"}) == (cache.pages("/one"), cache.pages("/two"))


def test_it_is_remembered_what_had_changed_on_a_page_and_when(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    for page in (ONE, ONE, TWO):
        with Cache(path) as cache:
            cache.set_pages("/one", {"a.html": page, "b.html": ONE})
            cache.count_build()
    with Cache(path) as cache:
        cache.forget_pages("/one", ["b.html"])
        assert (Cause(("text",), 3), Cause((NEW,), 1)) == (
            cache.page_cause("/one", "a.html"),
            cache.page_cause("/one", "b.html"),
        )
        cache.set_pages("/one", {"a.html": TWO, "b.html": ONE})
        assert Cause((LOST,), 4) == cache.page_cause("/one", "b.html")
        assert None is cache.page_cause("/one", "c.html")


def test_the_memory_is_kept_out_of_version_control(tmp_path: Path) -> None:
    with Cache(tmp_path / "deep/memory.sqlite3"):
        assert "*\n" == (tmp_path / "deep/.gitignore").read_text("utf-8")


def test_a_part_that_a_fingerprint_lacks_now_is_a_difference() -> None:
    assert ("hidden",) == changed_parts("site:a hidden:b", "site:a")
    assert ("hidden",) == changed_parts("site:a", "site:a hidden:b")
    assert (LOST,) == changed_parts("site:a hidden:b", "site:a hidden:b")
