"""Highlights of other programs in an archive: where they come to stand, what waits, and what the site shows of them."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from msgspec.structs import replace

from glossator.cli import main
from glossator.content.highlights import read_highlights, read_unplaced, write_highlights
from glossator.markup.find_quotation import find_quotation, letters_of
from glossator.markup.quote_selectors import find_passage, select_passage
from glossator.model import SAVED_PAGE, ArticleId, Highlight
from tests.sites import command, lay

GOLDEN = Path(__file__).parent / "extract/golden_highlights"
BOARD = ArticleId("board")
ARCHIVE = """\
-- glossator.toml --
[site]
highlights = "all"
-- content/articles/board.md --
---
title: The harbour board meets
source: https://courier.example/harbour-board
published: 2026-03-01
---
The harbour board met at noon, and nobody spoke for the *“Heron”*. The chair asked for the accounts.

The pilots' wages had not been paid since the autumn. Two of them had ==left for Ravnsborg== in the spring.
"""
FERRY = """\
-- content/articles/ferry.md --
---
title: Die Fähre
published: 2026-03-02
---
Die Fähre legte — wie immer — um sechs ab.

Die Fähre legte um sechs Uhr ab, hieß es später.
"""


def run(*arguments: str) -> str:
    result = CliRunner(catch_exceptions=False).invoke(main, arguments)
    return result.output


def highlights(folder: Path, article: ArticleId) -> list[Highlight]:
    found = read_highlights(folder / "content", article)
    return list(found.items) if found else []


def waiting(folder: Path) -> list[str]:
    return [item.highlight.exact for items in read_unplaced(folder / "content")[0].values() for item in items]


def shown(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((folder / "site").rglob("*.html")))


def test_each_highlight_comes_to_its_article_once_and_the_others_wait_until_it_is_there(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    files = [str(GOLDEN / name) for name in ("readwise.csv", "kindle.txt", "hypothesis.json", "zotero.md")]
    told = run("add", "--content", str(tmp_path / "content"), *files)
    assert "highlights of a Kindle -> saved/kindle.txt" in told
    assert (0, []) == command(tmp_path, "--no-search")
    assert ["board.md"] == [path.name for path in (tmp_path / "content/articles").glob("*.md")], "no article of them"
    first = highlights(tmp_path, BOARD)
    words = [item.exact for item in first]
    assert "The harbour board met at noon, and nobody spoke for the “Heron”." in words
    assert 1 == sum(item.note == "Who was absent?" for item in first), "two programs knew of one"
    assert any(item.source == "zotero" and item.exact.startswith("wages had not been paid") for item in first)
    assert ["yellow", "Who was absent?\n\n#harbour #ask"] in [[item.colour, item.note] for item in first]
    assert "Die Fähre legte um sechs Uhr ab." in waiting(tmp_path)

    page = html.parse(tmp_path / "site/highlights.html").getroot()
    facts = [element.text_content() for element in page.cssselect(".published-highlights li .facts")]
    assert {"Imported from Zotero", "Imported from Readwise", "Imported from Hypothesis"} <= set(facts)
    assert "left for Ravnsborg" in [
        quote.text_content() for quote in page.cssselect(".published-highlights blockquote")
    ]

    kept = [item for item in first if item.source != "zotero"]
    found = read_highlights(tmp_path / "content", BOARD)
    assert found
    write_highlights(tmp_path / "content", BOARD, replace(found, items=tuple(kept)))
    again = tmp_path / "content/saved/again.txt"
    again.write_text((GOLDEN / "kindle.txt").read_text("utf-8").lstrip("\ufeff") + "\n", "utf-8")
    lay(tmp_path, FERRY)
    command(tmp_path, "--no-search")
    assert kept == highlights(tmp_path, BOARD), "importing twice adds nothing, and what the owner removed stays away"
    ferry = highlights(tmp_path, ArticleId("ferry"))
    assert ["Die Fähre legte um sechs Uhr ab"] == [item.exact for item in ferry]
    assert "Die Fähre legte um sechs Uhr ab." not in waiting(tmp_path)

    (tmp_path / "glossator.toml").write_text("[site]\nhighlights = true\n", "utf-8")
    command(tmp_path, "--no-search")
    assert "Imported from" not in shown(tmp_path)
    assert "published-highlights" not in shown(tmp_path)


def test_what_a_saved_page_marks_is_shown_only_after_the_owner_accepted_that_page(tmp_path: Path) -> None:
    lay(tmp_path, '-- glossator.toml --\n[site]\nhighlights = "all"\n')
    (tmp_path / "content/saved").mkdir(parents=True)
    shutil.copy(GOLDEN / "singlefile.html", tmp_path / "content/saved/page.html")
    command(tmp_path, "--no-search")
    (file,) = (tmp_path / "content/articles").glob("*.md")
    article, content = ArticleId(file.stem), str(tmp_path / "content")
    assert [SAVED_PAGE] * 3 == [item.source for item in highlights(tmp_path, article)]
    assert "Who was absent?" not in shown(tmp_path)
    told = run("highlights", "--content", content)
    assert f"{article}: 3 highlights that a page brought, not accepted" in told
    assert "waits for your consent in nowhere" in run("highlights", "--content", content, "--accept", "nowhere")
    assert "3 highlights accepted" in run("highlights", "--content", content, "--accept", article)
    command(tmp_path, "--no-search")
    page = html.parse(tmp_path / f"site/articles/{article}.html").getroot()
    assert ["From the saved page"] * 3 == [
        fact.text_content() for fact in page.cssselect(".published-highlights .facts")
    ]
    marked = page.xpath("//*[@class='body']//mark[@class='highlight']")
    assert "“Heron" in "".join(mark.text_content() for mark in marked)
    assert "Who was absent?" in shown(tmp_path)


def test_no_highlight_shows_what_rights_keep_back(tmp_path: Path) -> None:
    hidden = "The pilots were promised CANARY money by the board in the night of the storm"
    lay(
        tmp_path,
        ARCHIVE
        + f"""\
-- content/articles/private.md --
---
title: Private
source: https://courier.example/private
rights: private
---
{hidden} one.
-- content/articles/excerpt.md --
---
title: Excerpt
source: https://courier.example/excerpt
rights: excerpt
---
One paragraph is shown.

{"Two paragraphs are shown. " * 60}

{hidden} two.
""",
    )
    marks = [
        {"url": f"https://courier.example/{name}", "highlights": [{"text": f"{hidden} {number}", "notes": ["CANARY"]}]}
        for name, number in (("private", "one"), ("excerpt", "two"), ("nowhere", "three"))
    ]
    lay(tmp_path, f"-- content/saved/marks.json --\n{json.dumps(marks)}\n")
    command(tmp_path, "--no-search")
    assert [f"{hidden} one"] == [item.exact for item in highlights(tmp_path, ArticleId("private"))]
    assert [f"{hidden} two"] == [item.exact for item in highlights(tmp_path, ArticleId("excerpt"))]
    assert [f"{hidden} three"] == waiting(tmp_path)
    told = [path for path in (tmp_path / "site").rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()]
    assert not told


def test_a_damaged_file_of_those_that_wait_is_named_and_stays(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE + "-- content/highlights/unplaced/kindle.json --\n{\n")
    code, told = command(tmp_path, "--no-search")
    assert 1 == code
    assert ["highlights/unplaced/kindle.json: is no page of annotations. Correct it, or move it away."] == told[:1]
    assert "{\n" == (tmp_path / "content/highlights/unplaced/kindle.json").read_text("utf-8")


# ---- places of quotations

WORDS = "harbour board pilot wages autumn ferry noon chair account winter letter morning quay lantern captain".split()


def changed(words: str, chance: random.Random) -> str:
    """Return a quotation as another program might write it: other spaces, dashes and quotation marks."""
    swaps = {" ": [" ", "  ", "\n", "\u00a0", "\u2009"], "—": ["-", " – ", "--"], "“": ['"', "«"], "”": ['"', "»"]}
    swaps |= {"’": ["'", "ʼ"], "-": ["\u2010", "-\n", "\u00ad"]}
    return "".join(chance.choice(swaps.get(sign, [sign])) for sign in words)


@pytest.mark.parametrize("seed", range(5))
def test_quotations_are_found_where_they_stand_whatever_became_of_spaces_dashes_and_marks(seed: int) -> None:
    chance = random.Random(seed)
    sentences = []
    for number in range(60):
        words = [chance.choice(WORDS) for _ in range(12)]
        words[3], words[6] = f"“{words[3]}—{words[4]}”", f"captain’s {number}-mile"
        sentences.append(" ".join(words) + ".")
    text = " ".join(sentences)
    letters = letters_of(text)
    for sentence in sentences:
        start = text.index(sentence)
        bounds = find_quotation(letters, changed(sentence, chance))
        assert bounds
        assert sentence == text[slice(*bounds)]
        assert start == bounds[0]
        highlight = select_passage(text, *bounds)
        assert bounds == find_passage(text, highlight)


TEXT = (
    "The pier burnt. The mayor said that the pier burnt. The pier burnt again in May, and the mayor wept for the pier."
)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "start"),
    [
        ("The pier burnt", "", "", None),
        ("The pier burnt", "", "again in May, and", 52),
        ("the pier burnt", "The mayor said that", "", 36),
        ("mayor wept for the pi", "", "", None),
        ("wept for the", "", "", None),
        ("the mayor wept for", "", "", 85),
        ("and the mayor slept", "", "", None),
        ("", "", "", None),
        ("…", "", "", None),
    ],
)
def test_a_quotation_is_placed_only_if_its_place_is_certain(
    exact: str, prefix: str, suffix: str, start: int | None
) -> None:
    bounds = find_quotation(letters_of(TEXT), exact, prefix, suffix)
    assert start == (bounds[0] if bounds else None)
    if bounds:
        assert re.sub(r"\W+", "", exact).casefold() == re.sub(r"\W+", "", TEXT[slice(*bounds)]).casefold()
