"""Placing what was extracted: one article for each text, every edit kept, pictures beside the articles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from glossator.content.article_store import ArticleStore, read_article_store
from glossator.model import Conversion, Extracted, LinkListEntry, Picture, Problem
from glossator.pipeline.ingest.article_images import PictureFolder
from glossator.pipeline.ingest.write_articles import ReadFiles, WrittenArticles, write_articles
from glossator.stages.extract.text_comparison import likeness

LONG = " ".join(
    f"On day {day} the water at the weir stood {day * 7} fingers high, said the keeper." for day in range(40)
)
DRY = " ".join(f"In year {year} the mill had {year * 3} sacks to grind, said the miller." for year in range(40))
NONE: Mapping[str, tuple[LinkListEntry, ...]] = {}
PNG = b"\x89PNG\r\n\x1a\n" + b"." * 40


def extracted(file: str, title: str = "The weir", body: str = "Water came.", **fields: Any) -> Extracted:
    conversion = Conversion(file, "0" * 64, "text", "text 1", likeness=likeness(body))
    return Extracted(title, body, conversion, **fields)


def place(
    folder: Path,
    *found: Extracted,
    shelf: ArticleStore | None = None,
    lists: Mapping[str, tuple[LinkListEntry, ...]] = NONE,
) -> WrittenArticles:
    """Place articles as a build would, by default beside those that are in the folder already."""
    pictures = PictureFolder(folder / "pictures")
    read = ReadFiles(tuple(pictures.take(article) for article in found), lists, ())
    shelf = shelf or read_article_store(folder / "articles")
    return write_articles(folder / "articles", folder / "saved", read, shelf, pictures)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "articles").glob("*.md"))


def messages(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in problems]


def test_an_edit_made_during_the_conversion_is_kept(tmp_path: Path) -> None:
    place(tmp_path, extracted("a.txt"))
    shelf = read_article_store(tmp_path / "articles")
    file = tmp_path / "articles/the-weir.md"
    file.write_text(file.read_text("utf-8").replace("Water came.", "Water came, and went."), "utf-8")
    changed = Extracted("The weir", "Water came at noon.", Conversion("a.txt", "1" * 64, "text", "text 1"))

    placed = place(tmp_path, changed, shelf=shelf)

    assert 0 == placed.written
    assert "Water came, and went." in file.read_text("utf-8")
    text = "changed, but articles/the-weir.md was edited and stays; delete that to convert anew"
    assert [("a.txt", text)] == messages(placed.problems)


def test_two_articles_of_one_title_have_files_that_do_not_depend_on_which_comes_first(tmp_path: Path) -> None:
    pair = [extracted("a.txt"), extracted("b.txt", body="No water came.")]
    for folder, order in (("one", pair), ("two", pair[::-1])):
        place(tmp_path / folder, *order)

    assert 2 == len(names(tmp_path / "one"))
    assert names(tmp_path / "one") == names(tmp_path / "two")
    for name in names(tmp_path / "one"):
        one, two = (tmp_path / folder / "articles" / name for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_one_page_saved_twice_is_one_article(tmp_path: Path) -> None:
    first = extracted("a.txt", source="https://www.courier.example/weir?utm_source=mail")
    second = extracted("b.txt", "Weir overflows", source="http://courier.example/weir/")

    placed = place(tmp_path, second, first)

    assert (1, ["the-weir.md"]) == (placed.written, names(tmp_path))
    assert ["b.txt"] == [problem.path for problem in placed.problems]
    assert "has the same address and text as articles/the-weir.md" in placed.problems[0].message


def test_nearly_the_same_text_from_elsewhere_is_one_article_and_the_one_with_an_address_is_kept(tmp_path: Path) -> None:
    copy = extracted("copy.txt", "The weir: a diary", f"{LONG} Copied by hand.")
    page = extracted("page.html", body=LONG, source="https://courier.example/weir")

    placed = place(tmp_path, copy, page, extracted("mill.txt", "The mill", DRY))

    assert (2, ["the-mill.md", "the-weir.md"]) == (placed.written, names(tmp_path))
    text = "has the same text as articles/the-weir.md: no second article was made; delete the file that is not needed"
    assert [("copy.txt", text)] == messages(placed.problems)


def test_a_newer_save_of_a_page_that_changed_is_a_version_of_its_own_and_the_older_one_stays(tmp_path: Path) -> None:
    source = "https://courier.example/weir"
    place(tmp_path, extracted("old.html", body=LONG, source=source, saved="2024-05-01"))
    before = (tmp_path / "articles/the-weir.md").read_bytes()

    newer = extracted("new.html", body=f"{DRY} {LONG}", source=source, saved="2025-06-02T10:00:00+02:00")
    placed = place(tmp_path, newer)

    assert (1, ()) == (placed.written, placed.problems)
    assert ["the-weir-2025-06-02.md", "the-weir.md"] == names(tmp_path)
    assert before == (tmp_path / "articles/the-weir.md").read_bytes()


def test_of_two_versions_that_come_together_the_newer_has_the_plain_name(tmp_path: Path) -> None:
    source = "https://courier.example/weir"
    old = extracted("a.html", body=LONG, source=source, saved="2024-05-01")
    new = extracted("b.html", body=f"{DRY} {LONG}", source=source, saved="2025-06-02")

    place(tmp_path, old, new)

    assert ["the-weir-2024-05-01.md", "the-weir.md"] == names(tmp_path)
    assert "file: b.html" in (tmp_path / "articles/the-weir.md").read_text("utf-8")


def test_a_list_fills_in_what_an_article_does_not_say(tmp_path: Path) -> None:
    page = extracted("a.html", source="https://courier.example/weir/", tags=("rivers",))
    listed = LinkListEntry(
        "pocket list",
        "http://www.courier.example/weir?utm_medium=x",
        saved="2024-05-01",
        tags=("mills",),
        site="Courier",
    )
    unsaved = LinkListEntry("pocket list", "https://courier.example/mill")

    placed = place(tmp_path, page, lists={"list.csv": (listed, unsaved)})

    article = read_article_store(tmp_path / "articles").kept[0]
    assert ("2024-05-01", ("rivers",), "Courier") == (
        article.head.saved,
        article.head.tags,
        article.head.site,
    )
    assert article.conversion
    assert "pocket list" == dict(article.conversion.origins)["saved"]
    assert ("https://courier.example/mill",) == placed.unsaved
    text = "addresses in this list without an article: 1 of 2: https://courier.example/mill"
    assert [("list.csv", text)] == messages(placed.problems)


def test_a_list_that_comes_later_fills_in_too_but_leaves_an_edited_article_alone(tmp_path: Path) -> None:
    place(
        tmp_path,
        extracted("a.html", source="https://a.example/1"),
        extracted("b.html", source="https://b.example/2", body="Dry."),
    )
    kept = {one.head.source: one.file for one in read_article_store(tmp_path / "articles").kept}
    edited = tmp_path / "articles" / kept["https://b.example/2"]
    edited.write_text(edited.read_text("utf-8").replace("Dry.", "Wet."), "utf-8")
    listed = tuple(
        LinkListEntry("pocket list", source, saved="2024-05-01")
        for source in ("https://a.example/1", "https://b.example/2")
    )

    assert 1 == place(tmp_path, lists={"list.csv": listed}).written
    assert 0 == place(tmp_path, lists={"list.csv": listed}).written

    shelf = read_article_store(tmp_path / "articles")
    assert {("https://a.example/1", "2024-05-01", False), ("https://b.example/2", None, True)} == {
        (one.head.source, one.head.saved, one.edited) for one in shelf.kept
    }


def test_pictures_come_beside_the_articles_once_and_only_those_of_articles_that_are_kept(tmp_path: Path) -> None:
    shown = "![The weir](images/aa.png)"
    one = extracted("a.html", body=f"Water. {shown}", pictures=(Picture("aa.png", PNG),), source="https://a.example/1")
    two = extracted("b.html", "The mill", f"Flour. {shown}", pictures=(Picture("aa.png", PNG),))
    pictures = (Picture("aa.png", PNG), Picture("bb.png", PNG))
    twin = extracted("c.html", body=f"Water. {shown}", pictures=pictures, source="https://a.example/1")

    place(tmp_path, one, two, twin)

    assert ["aa.png"] == [path.name for path in (tmp_path / "articles/images").iterdir()]
    assert PNG == (tmp_path / "articles/images/aa.png").read_bytes()


def test_a_picture_beside_the_saved_page_is_copied_and_a_missing_one_keeps_its_path(tmp_path: Path) -> None:
    (tmp_path / "saved/The weir_files").mkdir(parents=True)
    (tmp_path / "saved/The weir_files/a.jpg").write_bytes(PNG)
    (tmp_path / "saved/The weir_files/script.png").write_text("alert()", "utf-8")
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "saved/The weir_files/link.png").symlink_to(tmp_path / "secret.png")
    names = ("a.jpg", "gone.jpg", "script.png", "link.png")
    body = " ".join(f"![{name}](saved:The%20weir_files/{name})" for name in names)

    placed = place(tmp_path, extracted("The weir.html", body=body))

    made = (tmp_path / "articles/the-weir.md").read_text("utf-8")
    copied = [path.name for path in (tmp_path / "articles/images").iterdir()]
    assert f"![a.jpg](images/{copied[0]}) ![gone.jpg](The%20weir_files/gone.jpg) ![script.png](The" in made
    assert 1 == len(copied)
    text = (
        "pictures that should lie beside it and do not: 3; the site shows their descriptions. "
        "Once they are there, build with --reconvert"
    )
    assert [("The weir.html", text)] == messages(placed.problems)


@pytest.mark.parametrize("path", ["../secret.png", "/etc/passwd", "%2e%2e/secret.png"])
def test_no_picture_comes_from_outside_the_folder_of_the_saved_page(tmp_path: Path, path: str) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)

    place(tmp_path, extracted("a.html", body=f"Water. ![x](saved:{path})"))

    assert not (tmp_path / "articles/images").exists()
