"""Placing what was extracted: an edit is kept even where it is made while the saved files are being read."""

from pathlib import Path

from glossator.content import articles
from glossator.model import Conversion, Extracted
from glossator.pipeline import convert


def extracted(file: str, title: str = "The weir", body: str = "Water came.", source: str | None = None) -> Extracted:
    return Extracted(title, body, Conversion(file, "0" * 64, "text", "text 1"), source)


def test_an_edit_made_during_the_conversion_is_kept(tmp_path: Path) -> None:
    convert.place(tmp_path, [extracted("a.txt")], ())
    kept = articles.read_all(tmp_path).kept
    file = tmp_path / "the-weir.md"
    file.write_text(file.read_text("utf-8").replace("Water came.", "Water came, and went."), "utf-8")

    written, problems = convert.place(tmp_path, [extracted("a.txt", body="Water came at noon.")], kept)

    assert 0 == written
    assert "Water came, and went." in file.read_text("utf-8")
    assert ["changed, but articles/the-weir.md was edited and stays; delete that to convert anew"] == [
        problem.message for problem in problems
    ]


def test_two_articles_of_one_title_have_files_that_do_not_depend_on_which_comes_first(tmp_path: Path) -> None:
    pair = [extracted("a.txt"), extracted("b.txt", body="No water came.")]
    for folder, order in (("one", pair), ("two", pair[::-1])):
        (tmp_path / folder).mkdir()
        convert.place(tmp_path / folder, order, ())

    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert 2 == len(names)
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_one_address_is_one_article(tmp_path: Path) -> None:
    first = extracted("a.txt", source="https://www.courier.example/weir?utm_source=mail")
    second = extracted("b.txt", "Weir overflows", source="http://courier.example/weir/")

    written, problems = convert.place(tmp_path, [second, first], ())

    assert 1 == written
    assert ["b.txt"] == [problem.path for problem in problems]
    assert ["the-weir.md"] == [path.name for path in tmp_path.iterdir()]
