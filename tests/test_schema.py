"""The stored tables are declared once, in one place."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from glossator.incremental import schema
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import Namespace, commit
from glossator.model import SitePath

ROW = schema.ComposedPage("digest", b"view", ("heads a",))
PACKAGE = Path(schema.__file__).parent.parent


def test_no_table_is_named_twice() -> None:
    names = Counter((table.namespace.name, table.name) for table in schema.tables().values())
    assert [] == [name for name, count in names.items() if count > 1]


def test_no_table_is_declared_elsewhere() -> None:
    makers = {"Table", "StoredValue", "NamespaceSchema"}
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers
    }
    assert {"incremental/schema.py"} == found


def test_rows_of_another_basis_are_not_read_but_can_be_compared_with(tmp_path: Path) -> None:
    path = SitePath("a/index.html")
    with Cache(tmp_path / "memory.sqlite3") as cache:
        first = Namespace(cache, schema.SITE, site="one", plan_settings="")
        first.write(schema.COMPOSED_PAGES, {path: ROW})
        commit(cache, first)
        again = Namespace(cache, schema.SITE, site="one", plan_settings="")
        other = Namespace(cache, schema.SITE, site="two", plan_settings="")
        assert (False, {path: ROW}) == (again.fresh, again.read(schema.COMPOSED_PAGES, [path]))
        assert (True, {}) == (other.fresh, other.read_all(schema.COMPOSED_PAGES))
        assert {path: ROW} == other.previous(schema.COMPOSED_PAGES)


def test_nothing_is_stored_before_the_commit(tmp_path: Path) -> None:
    path = SitePath("a/index.html")
    with Cache(tmp_path / "memory.sqlite3") as cache:
        namespace = Namespace(cache, schema.SITE, site="", plan_settings="")
        namespace.write(schema.COMPOSED_PAGES, {path: ROW})
        assert {path: ROW} == namespace.read_all(schema.COMPOSED_PAGES)
        assert {} == Namespace(cache, schema.SITE, site="", plan_settings="").read_all(schema.COMPOSED_PAGES)


def test_a_namespace_is_opened_with_the_inputs_that_its_schema_names() -> None:
    with pytest.raises(AssertionError, match="site depends on"):
        Namespace(None, schema.SITE, site="")
