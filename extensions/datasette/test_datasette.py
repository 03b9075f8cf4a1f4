"""Datasette is given a database, and told of the tables in it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites import lay
from tests.test_export import ARCHIVE, export


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


def test_datasette_gets_a_database_and_what_its_tables_are(archive: Path) -> None:
    assert 0 == export(archive, "datasette").exit_code
    folder = archive / "out/datasette"
    about = json.loads((folder / "metadata.json").read_text("utf-8"))
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(about["databases"]["archive"]["tables"]) <= tables
