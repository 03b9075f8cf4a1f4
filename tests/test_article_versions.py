"""A page that was saved again with another text, and the pictures beside the articles, on the site."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from glossator.content.revisions import revision_of
from tests.sites import build, contents, lay, leave_out_search, pages

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
source: https://tidetable.example/wall
saved: 2025-06-02
---
![The wall at low tide](images/aa.png) ![Lost](images/gone.png) ![Far](https://tidetable.example/far.png)

The wall was raised, said Marta Lindqvist.
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


NEW, OLD = (part.partition(" --\n")[2].partition("\n-- ")[0].rstrip() for part in ARCHIVE.split("articles/wall")[1:3])


def pieces(html: str, tag: str) -> list[str]:
    """The texts of the elements, without what only screen readers are told."""
    found = re.findall(rf"<{tag}><span[^>]*>[^<]*</span>([^<]*)</{tag}>", html)
    return [text.strip() for text in found]


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


def test_the_page_of_an_older_version_shows_what_changed_sentence_by_sentence(archive: Path) -> None:
    lay(archive, "-- content/articles/wall-2024-05-01.md --\n" + OLD + " Nobody was asked. The sea came twice.\n")
    lay(archive, "-- content/articles/wall.md --\n" + NEW + " The sea came twice. It held.\n")
    build(archive)
    older = contents(archive / "site")["articles/wall-2024-05-01.html"].decode()
    changes = older.partition('class="changes"')[2].partition("</ol>")[0]

    assert ["will be", "Jonas Aber", "Nobody was asked."] == pieces(changes, "del")
    assert ["was", "Marta Lindqvist", "It held."] == pieces(changes, "ins")
    assert "The sea came twice" not in changes
    assert changes.index("Nobody was asked.") < changes.index("It held.")
    assert "wall-2024-05-01.html#changes" in pages(archive / "site")["articles/wall.html"].addresses


def test_a_change_of_the_newest_version_reaches_the_page_of_the_older_one(archive: Path) -> None:
    build(archive)
    wall = archive / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8") + "\nThe mayor wept.\n", "utf-8")
    build(archive)
    assert "The mayor wept." in contents(archive / "site")["articles/wall-2024-05-01.html"].decode()


@pytest.mark.parametrize("version", ["wall.md", "wall-2024-05-01.md"])
@pytest.mark.parametrize("rights", ["excerpt", "private"])
def test_what_rights_keep_back_is_in_no_comparison(archive: Path, version: str, rights: str) -> None:
    path = archive / "content/articles" / version
    text = path.read_text("utf-8").replace("saved:", f"rights: {rights}\nsaved:")
    path.write_text(text + "\nSecond.\n\nThe hidden paragraph.\n", "utf-8")
    build(archive)
    for name, content in contents(archive / "site").items():
        assert b"hidden paragraph" not in content, name
        assert b'id="changes"' not in content, name


def test_without_a_sign_which_is_newer_no_version_is_called_older(archive: Path) -> None:
    for path in (archive / "content/articles").glob("wall*.md"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("saved:")]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    build(archive)
    text = " ".join(pages(archive / "site")["articles/wall-2024-05-01.html"].text.split())

    assert "This is another version of The wall" in text
    assert "older version" not in text
    assert "Another version" in pages(archive / "site")["articles/wall.html"].text


@pytest.mark.parametrize("note", ["Updated: the board replied.", "*This article was corrected on 3 May.*"])
def test_a_note_that_says_so_makes_a_version_the_newer_one(archive: Path, note: str) -> None:
    for path in (archive / "content/articles").glob("wall*.md"):
        path.write_text(path.read_text("utf-8").replace("saved: 20", "published: 20"), "utf-8")
    old = archive / "content/articles/wall-2024-05-01.md"
    old.write_text(f"{old.read_text('utf-8')}\n{note}\n", "utf-8")
    build(archive)

    assert "This is an older version" in " ".join(pages(archive / "site")["articles/wall.html"].text.split())


def test_the_number_of_a_wire_report_tells_its_order() -> None:
    assert 0 == revision_of("Sea wall breaks", "The update of the plan was late, the board said.")
    assert 1 == revision_of("CORRECTED-Sea wall breaks", "")
    assert 3 == revision_of("UPDATE 3-Sea wall breaks", "")


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


def test_what_is_shared_shows_the_first_picture_if_the_address_of_the_site_is_known(archive: Path) -> None:
    def pictures() -> list[str | None]:
        elements = pages(archive / "site")["articles/wall.html"].elements
        return [attrs["content"] for _, attrs in elements if attrs.get("property") == "og:image"]

    build(archive)
    assert [] == pictures()

    (archive / "glossator.toml").write_text('[site]\nurl = "https://a.example/b/"\n', "utf-8")
    build(archive)
    assert ["https://a.example/b/images/aa.png"] == pictures()


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
