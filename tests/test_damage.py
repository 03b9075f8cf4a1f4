"""Damage of what a build stored: a flipped byte costs time, and neither a build nor a byte of the site."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.incremental import schema
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.cache.database import TABLES
from glossator.incremental.cache.rows import StoredValue, Table
from glossator.incremental.namespace import VALUES, read_stored
from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import thin

ROOT = Path(__file__).parents[1]
CACHE = ".glossator/content.sqlite3"
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
published: 2024-05-01
authors: [Marta Lindqvist]
tags: [harbour]
---
Marta Lindqvist of the Skerry Harbour Board met Jonas Aber in Ravnsborg. See [[The crane]]. The dredger deepened it.
-- content/articles/crane.md --
---
title: The crane
published: 2024-05-03
authors: [Marta Lindqvist]
tags: [harbour]
---
Jonas Aber said that the crane of the Skerry Harbour Board fell in Ravnsborg. The dredger deepened the channel.
-- content/articles/silt.md --
---
title: The silt
published: 2024-06-02
---
Lindqvist wrote to Jonas Aber. The dredger of Ravnsborg deepened the channel, said the Board of Skerry Harbour.
-- content/entities/marta-lindqvist.md --
---
name: Marta Lindqvist
type: person
---
She dives. See [[The wall]].
-- content/pages/about.md --
# About

See [[The silt]].
"""
EDIT = ARCHIVE.partition("-- content/articles/crane.md")[0].replace("met Jonas Aber in", "left")
BOOKS = (schema.ARCHIVE, schema.RELATION, schema.PASSAGES, schema.CHRONOLOGY)
DECLARED = {**schema.tables(), **{f"book of {namespace.name}": schema.book_of(namespace) for namespace in BOOKS}}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """An archive that was edited after its build, and the same archive in the hands of a build that knows nothing."""
    with pytest.MonkeyPatch.context() as patch:
        leave_out_search(patch)
        edited = lay(tmp_path_factory.mktemp("edited"), f"-- glossator.toml --\n{ARCHIVE}")
        build(edited)
        lay(edited, EDIT)
        (edited / "templates").mkdir()
        home = (ROOT / "templates/home.html").read_text("utf-8")
        (edited / "templates/home.html").write_text(f"{{# of one's own #}}{home}", "utf-8")
        clean = tmp_path_factory.mktemp("clean") / "archive"
        shutil.copytree(edited, clean, ignore=shutil.ignore_patterns(".glossator", "site"))
        build(clean)
        yield edited, clean


def flip(file: Path, table: str, column: str, where: str = "1", given: tuple[str, ...] = ()) -> int:
    """Flip a bit in the middle of a column of each row; return the number of rows."""
    with closing(sqlite3.connect(file)) as connection, connection:
        rows = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {where}", given).fetchall()
        for number, value in (row for row in rows if row[1] not in (None, "", b"")):
            damaged = bytearray(value if isinstance(value, bytes) else str(value).encode())
            damaged[len(damaged) // 2] ^= 8  # one of the numbers of the months would become another
            kept: Any = bytes(damaged) if isinstance(value, bytes) else damaged.decode("utf-8", "replace")
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (kept, number))
    return len(rows)


def stored_at(declared: Table[Any, Any] | StoredValue[Any]) -> tuple[str, str, str]:
    """The namespace, the table and the key of the rows of a declaration; an empty key stands for any."""
    if isinstance(declared, Table):
        return declared.namespace.name, declared.name, ""
    return declared.namespace.name, VALUES, declared.name


@pytest.mark.parametrize("name", DECLARED)
def test_no_row_of_any_table_is_read_after_a_byte_of_it_was_flipped(tmp_path: Path, name: str) -> None:
    namespace, table, key = stored_at(DECLARED[name])
    with Cache(tmp_path / "memory.sqlite3") as cache:
        cache.set_rows([(namespace, {table: {key or "key": b"a row of some bytes"}}, False)])
    assert 1 == flip(tmp_path / "memory.sqlite3", "rows", "value")
    with Cache(tmp_path / "memory.sqlite3") as cache, pytest.raises(DamagedRow):
        cache.rows(namespace, table)


@pytest.mark.parametrize("name", thin(DECLARED, 3))
def test_a_byte_flipped_in_every_row_of_a_table_costs_no_build_and_no_byte(
    archives: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edited, clean = archives
    namespace, table, key = stored_at(DECLARED[name])
    shutil.copytree(edited, tmp_path / "archive")
    where = "namespace = ? AND table_name = ?" + (" AND key = ?" if key else "")
    given = (namespace, table, key) if key else (namespace, table)
    if not flip(tmp_path / "archive" / CACHE, "rows", "value", where, given):
        pytest.skip("a small archive has no row of it; the test above has")
    leave_out_search(monkeypatch)
    report = build(tmp_path / "archive")
    assert [] == [problem for problem in report.problems if problem.fatal]
    assert contents(clean / "site") == contents(tmp_path / "archive/site")


@pytest.mark.parametrize("name", ["COMPONENTS", "ARTICLE_NAMES", "POSTINGS", "READERS", "STRONG_WORDS"])
def test_a_row_that_no_query_finds_any_more_costs_no_build_and_no_byte(
    archives: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edited, clean = archives
    shutil.copytree(edited, tmp_path / "archive")
    with closing(sqlite3.connect(tmp_path / "archive" / CACHE)) as connection, connection:
        connection.execute("DELETE FROM rows WHERE namespace = ? AND table_name = ?", stored_at(DECLARED[name])[:2])
    leave_out_search(monkeypatch)
    assert 1 == len([problem for problem in build(tmp_path / "archive").problems if "set aside" in problem.message])
    assert contents(clean / "site") == contents(tmp_path / "archive/site")


COLUMNS = [
    f"{table.partition(' ')[0]}-{column.split()[0]}"
    for table in TABLES
    for column in table.partition("(")[2].partition("PRIMARY KEY (")[0].rstrip(") ").split(", ")
    if column.strip() and not table.startswith(("rows", "uses"))
]


@pytest.mark.parametrize("place", thin(COLUMNS, 3))
def test_a_byte_flipped_in_any_column_costs_no_build_and_no_byte(
    archives: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    edited, clean = archives
    shutil.copytree(edited, tmp_path / "archive")
    table, column = place.split("-")
    flip(tmp_path / "archive" / CACHE, table, column)
    leave_out_search(monkeypatch)
    assert [] == [problem for problem in build(tmp_path / "archive").problems if problem.fatal]
    assert contents(clean / "site") == contents(tmp_path / "archive/site")


@pytest.mark.parametrize(
    "arguments",
    [("explain", "articles/wall.md"), ("entity", "list"), ("export", "json"), ("build", "--workers=1")],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("damaged", ["rows value", "results value", "runs why"])
def test_each_command_that_reads_what_is_stored_goes_on_after_damage(
    archives: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    damaged: str,
) -> None:
    shutil.copytree(archives[0], tmp_path / "archive")
    (tmp_path / "archive/glossator.toml").write_text('[language.en]\nmodel = ""\n', "utf-8")
    table, column = damaged.split()
    flip(tmp_path / "archive" / CACHE, table, column)
    leave_out_search(monkeypatch)
    where = [f"--content={tmp_path / 'archive/content'}"]
    to = {"export": [f"--to={tmp_path / 'out.json'}"], "build": [f"--site={tmp_path / 'archive/site'}"]}.get(
        arguments[0], []
    )
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where, *to])
    assert done.exit_code == 0, done.output


def test_an_error_of_our_own_code_is_not_called_damage(
    archives: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise msgspec.ValidationError("a mistake of ours")

    shutil.copytree(archives[0], tmp_path / "archive")
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.pipeline.build_steps.find_related", broken)
    with pytest.raises(msgspec.ValidationError):
        build(tmp_path / "archive")
    assert [] == list(tmp_path.rglob("*.damaged"))


def test_a_file_that_is_begun_anew_on_the_way_leaves_no_half_of_an_archive(
    archives: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, clean = archives[0], shutil.copytree(archives[1], tmp_path / "clean")
    shutil.copytree(edited, tmp_path / "archive")
    flip(tmp_path / "archive" / CACHE, "results", "value")  # which is noticed when some tables were read already
    leave_out_search(monkeypatch)
    build(tmp_path / "archive")
    with Cache(tmp_path / "archive" / CACHE) as cache:
        assert {"crane", "silt", "wall"} == set(read_stored(cache, schema.RESOLVED))
    for folder in (tmp_path / "archive", clean):
        lay(folder, "-- content/articles/silt.md --\nJonas Aber stayed in Ravnsborg.\n")
        build(folder)
    assert contents(clean / "site") == contents(tmp_path / "archive/site")
