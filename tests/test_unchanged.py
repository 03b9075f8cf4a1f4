"""A build that has nothing to do finds that out at once, and never takes for unchanged what was changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glossator import pipeline
from tests.sites import build, contents, lay, leave_out_search

ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
---
Marta Lindqvist said the wall of Ravnsborg would be raised.
-- content/articles/odd.md --
---
title: Odd
published: the day before yesterday
---
Nobody knows when.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """After two builds, of which the second had nothing to do."""
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    build(tmp_path)
    return tmp_path


def refuse(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("glossator.content.articles.read_all", lambda _: pytest.fail("the archive was read"))


def test_where_nothing_changed_the_archive_is_not_even_read_and_its_problems_are_told_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch)
    report = build(archive)
    assert (2, 2, (), ()) == (report.articles, report.entities, report.rendered, report.written)
    assert ["articles/odd.md"] == [problem.path for problem in report.problems]


def test_a_change_that_keeps_size_and_time_is_seen(archive: Path) -> None:
    path = archive / "content/articles/wall.md"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("raised", "mended"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert before.st_size == path.stat().st_size
    assert "articles/wall.html" in build(archive).rendered


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/articles/new.md", "Jonas Aber sang."),
        ("content/entities.toml", 'ignore = ["Ravnsborg"]'),
        ("content/pages/about.md", "We are two."),
        ("content/saved/new.txt", "News\n\nJonas Aber sang on the quay of Ravnsborg, and the choir with him."),
        ("templates/static/site.css", "body { color: red }"),
        ("templates/base.html", "{{ page.frame.title }}"),
        ("glossator.toml", '[site]\ntitle = "Cuttings"'),
        ("site/index.html", "mine"),
    ],
)
def test_a_change_anywhere_is_seen(archive: Path, file: str, text: str) -> None:
    lay(archive, f"-- {file} --\n{text}\n")
    assert build(archive).written


def test_what_was_taken_away_is_seen(archive: Path) -> None:
    before = contents(archive / "site")
    (archive / "site/articles/wall.html").unlink()
    assert build(archive).written
    assert before == contents(archive / "site")
    (archive / "content/articles/wall.md").unlink()
    assert build(archive).removed


def test_an_archive_with_links_is_read_each_time(
    archive: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "gull.md"
    elsewhere.write_text("Gulls.\n", "utf-8")
    (archive / "content/articles/gull.md").symlink_to(elsewhere)
    build(archive)
    build(archive)
    refuse(monkeypatch)
    with pytest.raises(pytest.fail.Exception, match="the archive was read"):
        build(archive)


def test_an_order_to_convert_anew_is_followed_though_nothing_changed(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch)
    with pytest.raises(pytest.fail.Exception, match="the archive was read"):
        build(archive, reconvert=True)


def test_another_site_of_the_same_archive_is_built(archive: Path) -> None:
    (archive / "site").rename(archive / "old")
    assert isinstance(report := build(archive), pipeline.Report)
    assert report.written
    assert contents(archive / "old") == contents(archive / "site")
