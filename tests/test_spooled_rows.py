"""Rows that wait to be stored: on disk they are those that they were in memory, and a branch keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.incremental import schema, spooled_rows
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import ComposedPage
from glossator.model import SitePath

PATHS = [SitePath(f"{number}/index.html") for number in range(50)]


def page(number: int) -> ComposedPage:
    return ComposedPage(str(number), bytes(number * 10), ("articles a",))


def opened(cache: Cache) -> Namespace:
    return Namespace(cache, schema.SITE, site="", plan_settings="")


@pytest.mark.parametrize("in_memory", [1, 1 << 21])
def test_rows_that_wait_are_read_replaced_removed_and_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(spooled_rows, "BYTES_IN_MEMORY", in_memory)
    with Cache(tmp_path / "memory.sqlite3") as cache:
        namespace = opened(cache)
        namespace.write(schema.COMPOSED_PAGES, {path: page(number) for number, path in enumerate(PATHS)})
        assert {PATHS[7]: page(7)} == namespace.read(schema.COMPOSED_PAGES, [PATHS[7]])
        namespace.write(schema.COMPOSED_PAGES, {PATHS[7]: page(8), PATHS[9]: None})
        expected = {path: page(8 if number == 7 else number) for number, path in enumerate(PATHS) if number != 9}
        assert expected == namespace.read_all(schema.COMPOSED_PAGES)
        commit(cache, namespace)
        assert expected == opened(cache).read_all(schema.COMPOSED_PAGES)


@pytest.mark.parametrize("in_memory", [1, 1 << 21])
def test_neither_a_branch_nor_its_origin_sees_what_the_other_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(spooled_rows, "BYTES_IN_MEMORY", in_memory)
    with Cache(tmp_path / "memory.sqlite3") as cache:
        origin = opened(cache)
        origin.write(schema.COMPOSED_PAGES, {PATHS[0]: page(0)})
        branch = origin.branch()
        branch.write(schema.COMPOSED_PAGES, {PATHS[0]: None, PATHS[1]: page(1)})
        origin.write(schema.COMPOSED_PAGES, {PATHS[2]: page(2)})
        assert {PATHS[0]: page(0), PATHS[2]: page(2)} == origin.read_all(schema.COMPOSED_PAGES)
        assert {PATHS[1]: page(1)} == branch.read_all(schema.COMPOSED_PAGES)


def test_rows_that_were_not_stored_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooled_rows, "BYTES_IN_MEMORY", 1)
    with Cache(tmp_path / "memory.sqlite3") as cache:
        files = {path.name for path in tmp_path.iterdir()}
        namespace = opened(cache)
        namespace.write(schema.COMPOSED_PAGES, {PATHS[3]: page(3)})
        assert files == {path.name for path in tmp_path.iterdir()}
