"""Rights fail closed: what a front matter says of publication, wherever it stands and however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator import rights
from glossator.cli import main
from glossator.content.article_files import read
from glossator.content.own_texts import read_pages
from glossator.rights import RightsPolicy
from tests.rights_forms import KEPT_BACK, PUBLIC, SAID_WELL
from tests.sites import build, canaries, contents, lay, leave_out_search


@pytest.fixture(autouse=True)
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)


def own(number: int, form: str) -> str:
    return (
        f"-- content/articles/memo-{number}.md --\n---\ntitle: Memo {number}\n{form}\n---\nCANARY{number} was said.\n"
    )


def saved(number: int, form: str) -> str:
    words = " ".join(f"word{number}x{count}" for count in range(30))
    return f"-- content/saved/memo-{number}.md --\n---\ntitle: Memo {number}\n{form}\n---\nCANARY{number} {words}.\n"


def shown(folder: Path) -> list[int]:
    """Numbers of the canaries that are anywhere in the site."""
    return sorted(canaries(folder))


@pytest.mark.parametrize("where", [own, saved])
def test_every_statement_that_keeps_back_does_so_in_articles_and_in_saved_files(tmp_path: Path, where: type) -> None:
    for number, form in enumerate([*KEPT_BACK, "tags: [harbour]"]):
        lay(tmp_path, where(number, form))
    report = build(tmp_path)

    assert [len(KEPT_BACK)] == shown(tmp_path)
    assert 1 == report.articles


@pytest.mark.parametrize("where", [own, saved])
def test_a_statement_that_publishes_and_any_other_field_publish(tmp_path: Path, where: type) -> None:
    for number, form in enumerate(PUBLIC):
        lay(tmp_path, where(number, form))
    report = build(tmp_path)

    assert list(range(len(PUBLIC))) == shown(tmp_path)
    assert not report.failed


@pytest.mark.parametrize(("where", "folder"), [(own, "articles"), (saved, "saved")])
def test_what_was_not_understood_is_named_with_file_and_line(tmp_path: Path, where: type, folder: str) -> None:
    unclear = [form for form in KEPT_BACK if form not in SAID_WELL]
    for number, form in enumerate(KEPT_BACK):
        lay(tmp_path, where(number, form))
    problems = [problem for problem in build(tmp_path).problems if problem.fatal]

    named = {f"{folder}/memo-{number}.md, line 3" for number, form in enumerate(KEPT_BACK) if form in unclear}
    assert named == {problem.where() for problem in problems}


LONG = "The harbour board of the town met on Tuesday."
OPENING = f"# The lock\n\n![A lock](images/lock.jpg)\n\nstock.example - A. Painter\n\n- Locks\n\n{LONG}\n\nNobody came.\n\nThe end."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (OPENING, f"{LONG}\n\nNobody came."),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nTwo."),
        ("- one\n\n- two\n\n- three", "- one\n\n- two"),
        ("\n\n".join(["- one"] * 10 + [LONG]), "- one\n\n- one"),
        (f"```\n{LONG}\n```\n\n{LONG}", LONG),
        (f"By Rudolf Pellworm, 2 May 2020\n\n{LONG}", LONG),
        (f"*Von Édith Pellworm und Jonas Aber, Hamburg*\n\n{LONG}", LONG),
        (
            f"By Monday the weir was repaired and opened.\n\n{LONG}",
            f"By Monday the weir was repaired and opened.\n\n{LONG}",
        ),
    ],
    ids=[
        "before the text",
        "short paragraphs",
        "lists alone",
        "text far below",
        "code",
        "byline",
        "German",
        "sentence",
    ],
)
def test_an_excerpt_is_the_first_two_paragraphs(text: str, shown: str) -> None:
    assert shown == rights.excerpt_of(text)


def test_a_byline_above_the_text_is_neither_excerpt_nor_description(tmp_path: Path) -> None:
    text = "".join(
        f"<p>{words * 4}</p>" for words in (LONG, "Nobody came but the masons, with bread.", "The end came.")
    )
    head = '<title>The weir</title><meta name="author" content="Rudolf Pellworm">'
    head += '<link rel="canonical" href="https://tide.example/weir">'
    page = (
        f"<!doctype html><html><head>{head}</head><body><article><h1>The weir</h1><p>By Rudolf Pellworm, 2 May 2020</p>"
    )
    lay(tmp_path, f'-- glossator.toml --\n[site]\nrights = "excerpt"\n-- content/saved/weir.html --\n{page}{text}\n')
    build(tmp_path)
    shown = (tmp_path / "site/articles/the-weir.html").read_text("utf-8")

    assert "Only the beginning is shown here." in shown
    assert "By Rudolf Pellworm, 2 May 2020" not in shown
    assert ("harbour board" in shown, "but the masons" in shown) == (True, True)


def test_a_page_of_an_excerpt_says_that_it_is_one_and_where_the_rest_is(tmp_path: Path) -> None:
    head = "title: Memo\nsource: https://gazette.example/memo\nsite: Gazette\nrights: excerpt"
    lay(tmp_path, f"-- content/articles/memo.md --\n---\n{head}\n---\n{OPENING}\n")
    lay(tmp_path, f"-- content/articles/own.md --\n---\ntitle: Own\n---\n{OPENING}\n")
    build(tmp_path)
    memo, own = ((tmp_path / f"site/articles/{name}.html").read_text("utf-8") for name in ("memo", "own"))
    assert ("Only the beginning is shown here." in memo, "Only the beginning" in own) == (True, False)
    assert ("to read</span>" in memo, "to read</span>" in own) == (False, True)


def test_a_saved_files_rights_are_in_its_article_and_stay_there(tmp_path: Path) -> None:
    lay(tmp_path, saved(1, "rights: excerpt") + saved(2, "draft: true"))
    build(tmp_path)

    articles = contents(tmp_path / "content/articles")
    assert b"\nrights: excerpt\n" in articles["memo-1.md"]
    assert b"\nrights: private\n" in articles["memo-2.md"]
    assert () == build(tmp_path, reconvert=True).problems
    assert articles == contents(tmp_path / "content/articles")


@pytest.mark.parametrize(
    "text",
    [
        "\n---\nrights: private\n---\nCANARY1 was said.\n",
        '+++\nrights = "private"\n+++\nCANARY1 was said.\n',
        '+++\ntitle = "Memo"\ndraft = true\n+++\nCANARY1 was said.\n',
        '{\n"title": "Memo",\n"rights": "private"\n}\nCANARY1 was said.\n',
        "---\ntitle: a: b\n  rights: private\n---\nCANARY1 was said.\n",
        "---\ntitle: Memo\nrights: private\nrights: full\n---\nCANARY1 was said.\n",
        "---\nrights: private\n\nCANARY1 was said.\n",
    ],
)
@pytest.mark.parametrize("folder", ["articles/memo.md", "saved/memo.md", "saved/memo.txt"])
def test_front_matter_that_cannot_be_read_keeps_back_what_it_says_something_of(
    tmp_path: Path, folder: str, text: str
) -> None:
    lay(tmp_path, f"-- content/{folder} --\n{text}")
    report = build(tmp_path)

    assert [] == shown(tmp_path)
    assert report.failed


@pytest.mark.parametrize("source", ["the Tide Table", "tidetable.example/wall", "https://tidetable.example/wall"])
def test_a_source_that_is_no_address_is_that_of_a_copy_too(tmp_path: Path, source: str) -> None:
    article = tmp_path / "wall.md"
    article.write_text(f"---\ntitle: The wall\nsource: {source}\n---\nOne.\n\nTwo.\n\nThree.\n", "utf-8")
    parsed = read(article, "articles/wall.md", RightsPolicy("excerpt"))
    assert ("excerpt", "[site] rights: excerpt") == (parsed.article.head.rights, parsed.withheld)


def test_a_text_copy_may_say_it_in_its_header_lines(tmp_path: Path) -> None:
    head = "Title: The memo\nRights: private\nSource: https://tidetable.example/memo\n"
    lay(tmp_path, f"-- content/saved/memo.txt --\n{head}\nCANARY1 was said by the board of the harbour today.\n")
    build(tmp_path)

    assert [] == shown(tmp_path)


@pytest.mark.parametrize("form", KEPT_BACK)
def test_pages_and_notes_are_kept_back_by_the_same_statements(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "content/pages"
    lay(tmp_path, f"-- content/pages/about.md --\n---\ntitle: About\n{form}\n---\nCANARY1 was said.\n")
    pages, problems, *_ = read_pages(folder)

    assert () == pages
    assert (form not in SAID_WELL) == bool(problems)
    assert {3 if form not in SAID_WELL else None} == {problem.line for problem in problems} or not problems


def test_a_note_that_is_kept_back_is_nowhere(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "-- content/articles/a.md --\nMarta Lindqvist came.\n-- content/articles/b.md --\nMarta Lindqvist went.\n",
    )
    note = "name: Marta Lindqvist\ntype: person\naliases: [CANARY2 ]\n"
    for form in ("rights: private", "draft: true", "publish:", "Rights: full"):
        lay(tmp_path, f"-- content/entities/marta-lindqvist.md --\n---\n{note}{form}\n---\nCANARY1 was said.\n")
        build(tmp_path)
        assert [] == shown(tmp_path)
    lay(tmp_path, f"-- content/entities/marta-lindqvist.md --\n---\n{note}publish: true\n---\nCANARY1 was said.\n")
    build(tmp_path)
    assert 1 in shown(tmp_path)


@pytest.mark.parametrize(
    ("word", "nearly"),
    [
        *((word, True) for word in ("Rights", "right", "rightss", "rihgts", "righs", "rights")),
        *((word, False) for word in ("tags", "copyrights", "writes", "rig", "", "rgihst")),
    ],
)
def test_a_key_is_nearly_rights_if_case_or_one_letter_differ(word: str, nearly: bool) -> None:
    assert nearly == rights.is_nearly("rights", word)


def test_the_strictest_of_several_statements_counts() -> None:
    assert "private" == rights.stated({"rights": "full", "draft": True}).rights
    assert "excerpt" == rights.stated({"rights": "excerpt", "private": False}).rights
    assert "draft: true" == rights.stated({"rights": "excerpt", "draft": True}).reason


def test_a_build_says_how_to_see_what_the_site_keeps_back(tmp_path: Path) -> None:
    lay(tmp_path, f"-- content/articles/memo.md --\n---\ntitle: Memo\nrights: excerpt\n---\n{OPENING}\n")
    where = [f"--{one}={tmp_path / one}" for one in ("content", "site")]
    done = CliRunner().invoke(main, ["build", "--workers=1", "--no-search", *where])
    assert done.stdout.endswith(
        "\n1 article kept back in part or whole: `glossator serve --private` shows them to you.\n"
    )
    lay(tmp_path, f"-- content/articles/memo.md --\n---\ntitle: Memo\n---\n{OPENING}\n")
    assert "kept back" not in CliRunner().invoke(main, ["build", "--workers=1", "--no-search", *where]).stdout
