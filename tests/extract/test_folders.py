"""What a person finds of a ZIP archive of saved files, and of files that hold one link."""

from __future__ import annotations

import pytest

from glossator.config import ExtractSettings
from tests.extract.exported import packed, read
from tests.extracted import extract

NOTE = b"# The weir\n\nThe weir above Millbrook holds again, and the mill turns.\n"


def test_each_file_of_an_archive_is_read_by_its_own_format() -> None:
    table = b"title,url,time_added,tags,status\nThe wall,https://a.example/wall,1714550400,walls,unread\n"
    found = read(packed({"list.csv": table, "weir.md": NOTE}))

    assert ["The weir"] == [article.title for article in found.articles]
    assert [("The wall", "pocket list")] == [(link.title, link.origin) for link in found.listed]


def test_rights_of_a_file_in_an_archive_are_kept() -> None:
    found = read(packed({"weir.md": b"---\ndraft: true\n---\n" + NOTE}))

    assert ["private"] == [article.rights for article in found.articles]


def test_reading_that_a_person_chose_holds_in_an_archive() -> None:
    page = b"<html><title>The weir</title><article><p>" + b"The weir above Millbrook holds again. " * 20
    found = extract(packed({"weir.html": page}), "a.zip", ExtractSettings(), readings={"weir.html": "text"})

    assert ["text"] == [article.conversion.reading for article in found.articles]


def test_paths_that_lead_out_of_an_archive_reach_nothing_outside() -> None:
    found = read(packed({"a/weir.md": NOTE + b"\n![](../../../../../../etc/passwd) ![](/etc/hostname)\n"}))

    assert [()] == [article.pictures for article in found.articles]
    assert "saved:" not in found.articles[0].markdown


def test_name_of_a_member_may_be_anything() -> None:
    found = read(packed({"../../x\n\u202e.md": NOTE, "/etc/y.md": NOTE}))

    assert ["../../x .md", "/etc/y.md"] == [article.conversion.entry for article in found.articles]


@pytest.mark.parametrize("name", ["w" * 1001 + ".md", "x_files/" * 8_000 + "y.md", "é" * 600 + ".html"])
def test_member_with_an_endless_name_is_told_and_the_others_are_read(name: str) -> None:
    found = read(packed({name: NOTE, "weir.md": NOTE}))

    assert ["The weir"] == [article.title for article in found.articles]
    assert [True] == ["more than 1,000 bytes" in problem.message for problem in found.problems]


def test_archive_with_nothing_to_read_says_so() -> None:
    texts = {"style.css": b"body { margin: 0 }", "site.toml": b"# Settings of the site\n"}
    found = read(packed({**texts, "a.png": b"\x89PNG\r\n\x1a\n", ".DS_Store": b"x"}))

    assert ["The ZIP archive holds no file of which an article could be made."] == [
        problem.message for problem in found.problems
    ]


def test_files_that_cannot_be_read_are_told_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.extensions.openers.zip_archives.MOST_REFUSED", 1)
    found = read(packed({"a.rtf": b"{\\rtf1}", "b.rtf": b"{\\rtf1}", "c.rtf": b"{\\rtf1}", "weir.md": NOTE}))

    assert ["The weir"] == [article.title for article in found.articles]
    assert ["a.rtf: The file is an RTF document", "2 more of its files could not be read."] == [
        problem.message.partition(",")[0] for problem in found.problems
    ]


@pytest.mark.parametrize(
    ("message", "data"),
    [
        ("leads to no web address", b"[InternetShortcut]\nURL=file:///etc/passwd\n"),
        ("leads to no web address", b"[InternetShortcut]\nURL=javascript:alert(1)\n"),
        ("starts a program", b"[Desktop Entry]\nType=Application\nExec=/bin/sh\nURL=https://a.example/\n"),
    ],
)
def test_link_that_leads_elsewhere_is_refused(message: str, data: bytes) -> None:
    found = read(data)

    assert ((), ()) == (found.articles, found.listed)
    assert [True] == [message in problem.message for problem in found.problems]
