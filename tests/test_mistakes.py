"""One broken archive for each mistake, and the very sentence that a person reads. The rest is built all the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import command, contents, lay, leave_out_search

SOUND = """\
-- glossator.toml --
[language.en]
model = ""
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Work begins in May.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one article, with nothing wrong in it."""
    leave_out_search(monkeypatch)
    return lay(tmp_path, SOUND)


def built(folder: Path) -> bool:
    """Whether the sound article has its page."""
    return (folder / "site/articles/harbour-wall-to-be-raised.html").exists() or (
        folder / "site/articles/wall.html"
    ).exists()


def test_where_nothing_is_wrong_nothing_is_said(archive: Path) -> None:
    assert ((0, []), True) == (command(archive), built(archive))


# ---- saved files: named with the reason, left out, exit code 1 -------------------------------------------------------

SAVED_FILES: list[tuple[str, bytes, str]] = [
    ("empty.html", b"", "The file is empty; save the article again."),
    ("blank.txt", b" \n\n", "The file is empty; save the article again."),
    (
        "noise.bin",
        bytes(range(256)) * 8,
        "The file is neither text nor any format that Glossator knows; save the article as HTML, plain text or Markdown.",
    ),
    (
        "report.html",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "The file is a PDF document, which Glossator does not read yet; save the article as HTML, plain text or Markdown.",
    ),
    (
        "photo.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "The file is an image, which Glossator does not read yet; save the article as HTML, plain text or Markdown.",
    ),
    (
        "bare.md",
        b"---\ntitle: Nothing below\n---\n",
        "The file has no text below its front matter and title; save the article again.",
    ),
]


@pytest.mark.parametrize(("name", "data", "message"), SAVED_FILES)
def test_a_saved_file_without_an_article(archive: Path, name: str, data: bytes, message: str) -> None:
    lay(archive, f"-- content/saved/2024/{name} --\n")
    (archive / "content/saved/2024" / name).write_bytes(data)
    assert (1, [f"saved/2024/{name}: {message}"]) == command(archive)
    assert (True, data) == (built(archive), (archive / "content/saved/2024" / name).read_bytes())


LINK = "is a link, which is not followed: copy the file itself"
SPECIAL_FILES: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.symlink_to("/etc/hostname"), LINK),
    (lambda path: path.symlink_to(path.parent), LINK),
    (lambda path: path.symlink_to("nowhere"), LINK),
    (os.mkfifo, "is not a regular file: leave it elsewhere"),
]


@pytest.mark.parametrize(("make", "message"), SPECIAL_FILES, ids=["file", "loop", "nowhere", "pipe"])
def test_what_is_no_file_of_its_own(archive: Path, make: Callable[[Path], object], message: str) -> None:
    (archive / "content/saved").mkdir()
    make(archive / "content/saved/odd")
    assert ((1, [f"saved/odd: {message}"]), True) == (command(archive), built(archive))


def test_a_saved_file_of_too_many_bytes(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.disk.LARGEST", 100)
    lay(archive, f"-- content/saved/long.txt --\n{'word ' * 300}")
    said = "saved/long.txt: has 1,500 bytes, more than the limit of 100: save it without pictures"
    assert ((1, [said]), True) == (command(archive), built(archive))


def test_a_name_that_is_no_text(archive: Path) -> None:
    (archive / "content/saved").mkdir()
    (archive / "content/saved" / os.fsdecode(b"caf\xe9.txt")).write_text("Coffee\n\nIs served.", "utf-8")
    said = "saved/caf\\udce9.txt: has a name that is not valid UTF-8, or holds control characters: rename it"
    assert ((1, [said]), True) == (command(archive), built(archive))


def test_every_mistake_is_told_once_in_the_order_of_the_files(archive: Path) -> None:
    lay(archive, "-- content/saved/b.txt --\n-- content/saved/a.txt --\n-- content/articles/c.md --\n---\ntitle: [\n---\n")
    code, lines = command(archive)
    assert (1, ["articles/c.md, line 3", "saved/a.txt", "saved/b.txt"]) == (code, [one.split(": ")[0] for one in lines])


# ---- articles, notes, pages ------------------------------------------------------------------------------------------

TEXTS: list[tuple[str, str, int, str]] = [
    # file, its text; exit code; what is said of it
    (
        "articles/crane.md",
        "---\ntitle: The crane: again\n---\nIt turns.",
        1,
        ", line 2: the front matter cannot be read here (mapping values are not allowed in this context); "
        "put a value that contains : # or quotes in single quotes.",
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nIt turns.",
        1,
        ", line 1: the front matter has no end; close it with a line of three hyphens.",
    ),
    (
        "articles/crane.md",
        "---\ntitle: One\nsite: Tide Table\ntitle: Two\n---\nIt turns.",
        1,
        ", line 4: the field `title` stands there twice; remove one of them.",
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\npublished: last May\n---\nIt turns.",
        0,
        ': published "last May" is no date such as 2026-03-14: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nsaved: 2024-02-30\n---\nIt turns.",
        0,
        ': saved "2024-02-30" is no date such as 2026-03-14: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nlanguage: plain English\n---\nIt turns.",
        0,
        ': language "plain English" is no language tag such as en or pt-BR: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nrights: none\n---\nIt turns.",
        1,
        ': rights "none" is none of full, excerpt, metadata, private: the article was left out',
    ),
    (
        "articles/Wall.md",
        "---\ntitle: Another wall\n---\nIt stands.",
        1,
        # capital letters come first
        None,
    ),
    (
        "entities/marta.md",
        "---\nname: [Marta\n---\nShe.",
        1,
        ", line 3: the front matter cannot be read here (did not find expected ',' or ']'); "
        "put a value that contains : # or quotes in single quotes.",
    ),
    (
        "entities/marta.md",
        "---\nname: Marta\ntype: human\n---\nShe.",
        1,
        ': type "human" is none of person, organisation, place, group, law, work, event, product: correct it',
    ),
    (
        "entities/marta.md",
        "---\nname: Marta\nlinks: https://example.org\n---\nShe.",
        1,
        ": links is not a list of lines `label: address`: write one below it for each link",
    ),
    ("pages/about.md", "---\ntitle: Us\n\nWe are two.", 1, ", line 1: the front matter has no end; close it with a line of three hyphens."),
]
