"""A build that has nothing to do finds that out at once, and never takes for unchanged what was changed."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator import pipeline
from glossator.cli import main
from tests.sites import build, command, contents, lay, leave_out_search

ROOT = Path(__file__).parents[1]
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
---
Marta Lindqvist said the wall of Ravnsborg would be raised.
-- content/articles/odd.md --
---
title: Odd
published: 45 May
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
    patch.setattr(
        "glossator.pipeline.ingest.convert.read_article_store", lambda *_: pytest.fail("the archive was read")
    )


def test_where_nothing_changed_the_archive_is_not_even_read_and_its_problems_are_told_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch)
    report = build(archive)
    assert (2, 0, (), ()) == (report.articles, report.entities, report.rendered, report.written)
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
        ("content/entities/ravnsborg.md", "---\nname: Ravnsborg\n---\nA town by the sea."),
        ("content/gazetteers/sea.csv", "name,type\nwall,work"),
        ("content/pages/about.md", "We are two."),
        ("content/saved/new.txt", "News\n\nJonas Aber sang on the quay of Ravnsborg, and the choir with him."),
        ("templates/static/site.css", "body { color: red }"),
        ("templates/base.html", "{{ page.frame.title }}"),
        ("glossator.toml", '[site]\ntitle = "Cuttings"'),
        ("glossator.toml", '[site]\nurl = "https://tidetable.example/"'),
        ("site/index.html", "mine"),
    ],
)
def test_a_change_anywhere_is_seen(archive: Path, file: str, text: str) -> None:
    lay(archive, f"-- {file} --\n{text}\n")
    assert build(archive).written


def test_another_order_for_the_same_archive_is_followed(archive: Path) -> None:
    for options, index, address in (
        ((), True, False),
        (("--no-search",), False, False),
        (("--no-search", "--url=https://tidetable.example/"), False, True),
    ):
        for _ in range(2):  # a build that did something and has a problem to tell is not the last
            command(archive, *options)
        site = contents(archive / "site")
        assert (index, address) == ("pagefind/none" in site, b"https://tidetable.example/" in site["index.html"])


def test_what_was_taken_away_is_seen(archive: Path) -> None:
    before = contents(archive / "site")
    (archive / "site/articles/wall.html").unlink()
    assert build(archive).written
    assert before == contents(archive / "site")
    lock = archive / "content/entities.lock.json"
    ids = lock.read_bytes()
    lock.unlink()
    build(archive)
    assert ids == lock.read_bytes()
    (archive / "content/articles/wall.md").unlink()
    assert build(archive).removed


def test_an_archive_with_links_is_read_each_time(
    archive: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "gull.md"
    elsewhere.write_text("Gulls.\n", "utf-8")
    (archive / "content/articles/gull.md").symlink_to(elsewhere)
    monkeypatch.setattr("glossator.content.file_stamps.FINE", 0)
    build(archive)
    build(archive)
    refuse(monkeypatch)
    with pytest.raises(pytest.fail.Exception, match="the archive was read"):
        build(archive)


def test_an_archive_in_which_a_folder_may_not_be_read_is_built(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(folder: str | Path) -> object:
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    (archive / "content/saved/locked").mkdir(parents=True)
    monkeypatch.setattr("os.scandir", refusing)
    for _ in range(2):
        assert ["articles/odd.md", "locked"] == [problem.path for problem in build(archive).problems]


def test_no_stage_is_loaded_where_nothing_changed(tmp_path: Path) -> None:
    lay(tmp_path, "-- content/articles/eels.md --\n---\ntitle: Eels\nlanguage: fr\n---\nRien.\n")
    told = (
        "import atexit, sys; from glossator.cli import main;"
        "atexit.register(lambda: print(*sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv[1:]))));"
        "main(['--quiet', '--no-search'])"
    )
    heavy = ["jinja2", "lxml", "markdown", "numpy", "rich", "spacy", "trafilatura"]
    command = [sys.executable, "-c", told, *heavy]
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = [subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, check=True).stdout for _ in range(2)]
    assert b"markdown" in said[0]
    assert b"" == said[1].strip()


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


def test_a_change_that_one_site_shows_reaches_the_other_site_of_the_archive(archive: Path) -> None:
    other = [f"--content={archive / 'content'}", f"--site={archive / 'other'}", "--workers=1", "--no-search"]
    run = partial(CliRunner(catch_exceptions=False).invoke, main, ["build", *other])
    run()
    lay(archive, "-- content/pages/more.md --\nA page that came later.\n")
    path = archive / "content/articles/wall.md"
    path.write_text(path.read_text("utf-8").replace("raised", "torn down"), "utf-8")
    build(archive)
    run()
    assert "torn down" in (archive / "other/articles/wall.html").read_text("utf-8")
    assert (archive / "other/more.html").is_file()


def test_after_articles_were_converted_the_next_build_has_nothing_to_do_either(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "content/articles/odd.md").unlink()
    lay(
        archive,
        "-- content/saved/new.txt --\nNews\n\nJonas Aber sang on the quay of Ravnsborg, and the choir with him.\n",
    )
    assert build(archive).converted == 1
    with monkeypatch.context() as patch:
        refuse(patch)
        assert build(archive).rendered == ()
    path = archive / "content/articles/news.md"
    path.write_text(path.read_text("utf-8").replace("choir", "chorus"), "utf-8")
    assert "articles/news.html" in build(archive).rendered


def test_what_is_said_of_saved_files_is_said_again_as_long_as_it_holds(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "News\n\nJonas Aber sang on the quay of Ravnsborg, and the choir with him.\n"
    missing = (
        "-- content/saved/crane.html --\n<h1>The crane</h1><p>It turns <img src='crane.png'> over the harbour.</p>\n"
    )
    copies = f"-- content/saved/a.txt --\n{text}-- content/saved/b.txt --\n{text}"
    lay(archive, f"{copies}-- content/saved/c.pdf --\nno\n{missing}")
    said = build(archive).problems
    assert ["b.txt", "c.pdf", "crane.html"] == [problem.path for problem in said if problem.stage != "articles"]
    # The crane has its article now, and is not read again: its next build is not one of which that is known.
    said = build(archive).problems
    assert ["b.txt", "c.pdf"] == [problem.path for problem in said if problem.stage != "articles"]
    lay(archive, "-- content/saved/d.txt --\nOther news\n\nMarta Lindqvist was silent, and nobody else spoke either.\n")
    assert build(archive).problems == said
    refuse(monkeypatch)
    assert build(archive).problems == said


def test_a_second_look_for_names_that_failed_is_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    article = "---\ntitle: One\n---\nWe met in May, and it rained.\n"
    lay(
        tmp_path,
        f"-- content/articles/one.md --\n{article}-- content/gazetteers/mine.csv --\nname,type\nMay,event\n",
    )
    with monkeypatch.context() as patch:
        patch.setattr("glossator.stages.annotate.rematch", lambda *_: 1 / 0)
        failed = build(tmp_path)
    assert ["rematch"] == [problem.stage for problem in failed.problems]
    mended = build(tmp_path)
    assert (0, 1, ()) == (failed.entities, mended.entities, mended.problems)
