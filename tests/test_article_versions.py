"""A page that was saved again with another text, and the pictures beside the articles, on the site."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.sites import build, contents, lay, leave_out_search, pages

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
source: https://tidetable.example/wall
saved: 2025-06-02
---
The wall was raised, said Marta Lindqvist.

![The wall at low tide](images/aa.png) ![Lost](images/gone.png) ![Far](https://tidetable.example/far.png)
-- content/articles/wall-2024-05-01.md --
---
title: The wall
source: http://www.tidetable.example/wall?utm_source=mail
saved: 2024-05-01
---
The wall will be raised, said Jonas Aber.
-- content/articles/crane.md --
---
title: The crane
---
[The wall](https://tidetable.example/wall) stands, said Marta Lindqvist.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    lay(tmp_path, ARCHIVE)
    (tmp_path / "content/articles/images").mkdir()
    (tmp_path / "content/articles/images/aa.png").write_bytes(PNG)
    return tmp_path


def test_an_older_version_keeps_its_page_and_leads_to_the_newest(archive: Path) -> None:
    report = build(archive)
    seen = pages(archive / "site")
    older, newest = seen["articles/wall-2024-05-01.html"], seen["articles/wall.html"]

    assert 2 == report.articles
    assert "will be raised, said Jonas Aber" in older.text
    assert "This is an older version, saved 1 May 2024" in " ".join(older.text.split())
    assert "wall.html" in older.addresses
    assert "wall-2024-05-01.html" in newest.addresses


def test_names_and_lists_know_the_newest_version_only(archive: Path) -> None:
    build(archive)
    seen = pages(archive / "site")

    assert "entities/marta-lindqvist.html" in seen
    assert "entities/jonas-aber.html" not in seen
    assert "../articles/wall-2024-05-01.html" not in seen["articles/index.html"].addresses
    assert "wall.html" in seen["articles/crane.html"].addresses


def test_a_version_that_comes_changes_the_pages_of_that_article_only(archive: Path) -> None:
    build(archive)
    second = (archive / "content/articles/wall-2024-05-01.md").read_text("utf-8").replace("2024", "2023")
    (archive / "content/articles/wall-2023-05-01.md").write_text(second, "utf-8")
    report = build(archive)

    assert ["articles/wall-2023-05-01.html", "articles/wall-2024-05-01.html", "articles/wall.html"] == [
        path for path in report.rendered if path.startswith("articles/wall")
    ]
    assert [] == [path for path in report.rendered if path.startswith(("articles/crane", "entities/marta"))]


def test_a_picture_beside_the_articles_is_shown_and_no_other_is_loaded(archive: Path) -> None:
    build(archive)
    images = [attrs for tag, attrs in pages(archive / "site")["articles/wall.html"].elements if tag == "img"]

    assert [("../images/aa.png", "The wall at low tide")] == [(one["src"], one["alt"]) for one in images]
    assert PNG == contents(archive / "site")["images/aa.png"]


def test_a_picture_is_written_once_and_goes_when_no_article_shows_it(archive: Path) -> None:
    build(archive)
    assert () == build(archive).written

    wall = archive / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8").replace("![The wall at low tide](images/aa.png)", ""), "utf-8")
    assert ("images/aa.png",) == build(archive).removed


def test_a_picture_of_a_private_article_stays_at_home(archive: Path) -> None:
    wall = archive / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8").replace("saved: 2025", "rights: private\nsaved: 2025"), "utf-8")
    build(archive)

    assert "images/aa.png" not in contents(archive / "site")
