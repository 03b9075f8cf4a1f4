"""Highlights that are made in the preview: the files of the archive, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.config import SiteError
from glossator.content.highlights import (
    ArticleHighlights,
    Highlight,
    highlighted,
    highlights_file,
    read_highlights,
    write_highlights,
)
from glossator.model import ArticleId
from tests.sites import command, lay, leave_out_search

WALL = ArticleId("wall")
ARCHIVE = "-- content/articles/wall.md --\n---\ntitle: The wall\n---\nNothing happened in Ravnsborg.\n"
MADE = Highlight("a-1", "Nothing happened", "before it", "in Ravnsborg", 2, "Really?\nNothing?", "2026-03-01T09:00:00Z")


def test_highlights_come_back_as_they_were_written_and_go_with_the_last_one(tmp_path: Path) -> None:
    written = ArticleHighlights("The wall", (MADE, Highlight("a-2", "Ravnsborg")))
    write_highlights(tmp_path, WALL, written)
    assert written == read_highlights(tmp_path, WALL)
    assert [WALL] == highlighted(tmp_path)
    write_highlights(tmp_path, WALL, ArticleHighlights("", ()))
    assert None is read_highlights(tmp_path, WALL)
    assert [] == highlighted(tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"items": [{"target": 7}]}', b'{"items": 7}', b"\xff", b"null"])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = highlights_file(tmp_path, WALL)
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(SiteError, match=r"highlights/wall\.json is no page of annotations"):
        read_highlights(tmp_path, WALL)
    assert content == path.read_bytes()


def test_no_site_has_them_and_check_says_that_a_public_repository_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, ARCHIVE)
    write_highlights(tmp_path / "content", WALL, ArticleHighlights("The wall", (MADE,)))
    assert (0, []) == command(tmp_path)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert [] == [path for path in files if b"Really?" in path.read_bytes()]
    where = [f"--{one}={tmp_path / one}" for one in ("content", "site")]
    told = CliRunner(catch_exceptions=False).invoke(main, ["check", *where]).output
    assert "shows what the site keeps back: highlights/wall.json." in told
