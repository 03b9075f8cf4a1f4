"""A saved file is known by its content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.config import ExtractSettings
from glossator.model import Problem
from glossator.stages.extract.format_in_words import FOREIGN
from glossator.stages.extract.recognise_format import recognise
from tests.extract.exported import packed
from tests.extracted import extract


@pytest.mark.parametrize(
    ("expected", "data", "path"),
    [
        ("html", b"<!DOCTYPE html><title>x</title><p>Text", "page.txt"),
        ("html", b"\xef\xbb\xbf\n<!-- saved from url=(0014)https://x.org -->\n<html><body>x", "page"),
        ("html", b"Notice: something\n<html><body>x</body></html>", "page.php"),
        ("html", b"<div><p>A fragment</p></div>", "clip.html"),
        ("text", b"Saudi Press\n\nA text.\n", "copy.html"),
        ("text", b"A note on the <b> tag and 2 < 3.\n", "note.txt"),
        ("text", "Grüße aus Wien.".encode("windows-1252"), "note.txt"),
        ("text", "A text in two-byte letters.".encode("utf-16"), "note.txt"),
        ("text", "A text without a byte order mark.".encode("utf-16-le"), "note.txt"),
        ("markdown", b"---\ntitle: x\n---\nText", "clip.txt"),
        ("markdown", b"# Title\n\nText", "clip.txt"),
        ("markdown", b"Just text", "clip.md"),
        ("markdown", b"<p align=center>Logo</p>\n\nText", "clip.md"),
        ("empty", b"", "a.html"),
        ("empty", b" \n\t\n", "a.txt"),
        ("pdf", b"%PDF-1.7\n...", "article.html"),
        ("image", b"\x89PNG\r\n\x1a\n....", "x.png"),
        ("zip", b"PK\x03\x04....", "x.zip"),
        ("docx", packed({"[Content_Types].xml": b"", "word/document.xml": b"x"}), "x.zip"),
        ("zip", packed({"report.docx": packed({"word/document.xml": b"x"})}), "reports.zip"),
        ("zip", packed({"index.html": b"<p>x", "other.html": b"<p>y"}), "pages.zip"),
        ("epub", b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/epub+zip", "x"),
        ("url", b"[InternetShortcut]\r\nURL=https://a.example/\r\n", "x.txt"),
        ("text", b"[InternetShortcut]\n\nIt is the name of a section.\n", "x.txt"),
        ("desktop", b"[Desktop Entry]\nType=Link\nName[de]=Die Wand\nURL=https://a.example/\n", "x"),
        ("plist", b"<?xml version='1.0'?><plist><dict><key>a</key><string>b</string></dict></plist>", "x.plist"),
        ("rtf", b"{\\rtf1\\ansi x}", "x.doc"),
        (
            "mhtml",
            b'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"\n',
            "x.html",
        ),
        ("webarchive", b"bplist00....WebMainResource", "x.webarchive"),
        ("json", b'{"title": "x"}', "x.txt"),
        ("bookmarks", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>", "x.html"),
        ("text", b"A text into which a \0 came, and a \x07 too.", "note.txt"),
        ("markdown", b'{"title": "The lock"}\n\n# The lock\n\nText', "hugo.md"),
        ("mhtml", b"From: <Saved by Blink>\nSnapshot-Content-Loc", "cut.mhtml"),
        ("binary", b"\x00\x01\x02\x03 text \x00\xff", "x.txt"),
        ("binary", b"Letters that are no text \xe9\x01.", "x.txt"),
    ],
)
def test_format_is_recognised(expected: str, data: bytes, path: str) -> None:
    assert expected == recognise(data, path)


@given(st.binary(max_size=300), st.sampled_from(["a", "a.md", "a.html", "a.txt", "a.zip"]))
def test_any_bytes_have_a_format(data: bytes, path: str) -> None:
    assert recognise(data, path)


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_foreign_format_has_an_article_before_its_name(name: str) -> None:
    assert FOREIGN[name].split()[0] in ("a", "an")


def test_foreign_file_becomes_a_problem_that_names_what_it_is() -> None:
    expected = Problem(
        "extract",
        "reports/budget.txt",
        "The file is an RTF document, which Glossator does not read yet; save the article as HTML, plain text or Markdown.",
    )

    assert (expected,) == extract(b"{\\rtf1 x}", "reports/budget.txt", ExtractSettings()).problems


def test_empty_file_becomes_a_problem() -> None:
    expected = Problem("extract", "a.txt", "The file is empty; save the article again.")

    assert (expected,) == extract(b"", "a.txt", ExtractSettings()).problems


def test_broken_front_matter_becomes_a_problem_with_its_line() -> None:
    found = extract(b"---\nfoo: [1\nbar: 2\n---\n", "a.md", ExtractSettings())

    assert [3] == [problem.line for problem in found.problems]


@pytest.mark.parametrize(
    ("format_", "data", "path"),
    [
        ("text", b"A title\n\nA sentence with enough words in it to be read as prose.\n", "a.txt"),
        ("markdown", b"# A title\n\nA sentence.\n", "a.md"),
        (
            "html",
            b"<html><title>A title</title><body><article><h1>A title</h1><p>" + b"A sentence of some length. " * 20,
            "a.html",
        ),
    ],
)
def test_each_readable_format_has_its_reader(format_: str, data: bytes, path: str) -> None:
    found = extract(data, path, ExtractSettings()).articles[0]

    assert (format_, "A title", path) == (found.conversion.format, found.title, found.conversion.file)
    assert 64 == len(found.conversion.sha256)


def test_a_picture_under_a_page_s_name_is_told_and_one_under_its_own_is_not() -> None:
    picture = b"\x89PNG\r\n\x1a\n...."

    assert () == extract(picture, "photo.png", ExtractSettings()).problems
    assert ["page.html"] == [problem.path for problem in extract(picture, "page.html", ExtractSettings()).problems]


def test_a_text_of_one_endless_line_has_a_title_that_fits_its_front_matter() -> None:
    article = extract(b"# " + b"word " * 50_000 + b"\n\nThe text.\n", "a.md", ExtractSettings()).articles[0]

    assert len(article.title) <= 500


def test_a_page_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.stages.extract.read_file.LARGEST_PAGE", 10)
    found = extract(b"# A title\n\nA sentence.\n", "a.md", ExtractSettings())

    assert ((), 1) == (found.articles, len(found.problems))


def test_an_article_has_no_more_tags_and_authors_than_front_matter_can_hold() -> None:
    names = ", ".join(f"word{number}" for number in range(300))
    authors = ", ".join(f"Ada Berg{number}" for number in range(300))
    data = f"---\ntitle: A title\ntags: [{names}]\nauthors: [{authors}]\n---\nA sentence.\n".encode()
    article = extract(data, "a.md", ExtractSettings()).articles[0]

    assert (100, 100) == (len(article.tags), len(article.authors))


@pytest.mark.parametrize("path", ["comments.txt", "comments.html", "comments", "comments.md"])
@pytest.mark.parametrize("comment", ["<!--a-->", "<!---->", "<!--a--> \n", "<?xml a?><!--a-->", " <!-- a -- b -->"])
def test_comments_before_a_text_are_read_in_one_way_only(comment: str, path: str) -> None:
    data = (comment * 500 + "\nThe harbour wall.").encode()
    assert recognise(data, path) in ("text", "markdown", "xml")
    assert "html" == recognise(comment.encode() * 9 + b"<html><body>The harbour wall.", "page")
