"""Highlights that are made in the preview: the files of the archive, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from glossator.cli import main
from glossator.config import SiteError
from glossator.content.highlights import (
    ArticleHighlights,
    highlighted,
    highlights_file,
    read_highlights,
    write_highlights,
)
from glossator.markup.quote_selectors import find_passage
from glossator.model import SAVED_PAGE, ArticleId, Highlight
from glossator.pipeline import ArchivePaths
from glossator.read_config import load
from glossator.serve.build_thread import PreviewBuilder
from tests.sites import command, lay, leave_out_search

WALL = ArticleId("wall")
ARCHIVE = "-- content/articles/wall.md --\n---\ntitle: The wall\n---\nNothing happened in Ravnsborg.\n"
MADE = Highlight("a-1", "Nothing happened", "before it", "in Ravnsborg", 2, "Really?\nNothing?", "2026-03-01T09:00:00Z")


def test_highlights_come_back_as_they_were_written_and_go_with_the_last_one(tmp_path: Path) -> None:
    kindle = Highlight("a-3", "Ravnsborg", colour="yellow", source="kindle")
    forged = Highlight("a-4", "Ravnsborg", source=SAVED_PAGE, accepted=False)
    written = ArticleHighlights("The wall", (MADE, Highlight("a-2", "Ravnsborg"), kindle, forged))
    write_highlights(tmp_path, WALL, written)
    assert written == read_highlights(tmp_path, WALL)
    assert [WALL] == highlighted(tmp_path)
    write_highlights(tmp_path, WALL, ArticleHighlights("", ()))
    assert None is read_highlights(tmp_path, WALL)
    assert [] == highlighted(tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"items": [{"target": 7}]}', b'{"items": 7}', b"\xff", b"null"])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = highlights_file(tmp_path, WALL)
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(SiteError, match=r"highlights/wall\.json is no page of annotations"):
        read_highlights(tmp_path, WALL)
    assert content == path.read_bytes()


def test_no_site_has_them_and_check_says_that_a_public_repository_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, ARCHIVE)
    write_highlights(tmp_path / "content", WALL, ArticleHighlights("The wall", (MADE,)))
    assert (0, []) == command(tmp_path)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert [] == [path for path in files if b"Really?" in path.read_bytes()]
    where = [f"--{one}={tmp_path / one}" for one in ("content", "site")]
    told = CliRunner(catch_exceptions=False).invoke(main, ["check", *where]).output
    assert "shows what the site keeps back: highlights/wall.json." in told


PUBLISHED = (
    """\
-- glossator.toml --
[site]
highlights = true
-- content/articles/wall.md --
---
title: The wall
published: 2024-02-01
---
Nothing happened in *Ravnsborg* that day.

Ada Venn came back, and nothing happened again.
-- content/articles/part.md --
---
title: Part
rights: excerpt
---
One paragraph is shown.

Two paragraphs are shown.

Three paragraphs are shown.

"""
    + "The rest of it is a CANARY that nobody sees. " * 40
    + """
-- content/articles/secret.md --
---
title: Secret
rights: private
---
A CANARY in a mine of its own.
"""
)
SHOWN = Highlight(
    "a-1", "happened in Ravnsborg that day", "Nothing", "Ada Venn came back", 0, "Really? <b>Nothing</b>?"
)


def publish(folder: Path, **highlights: Highlight) -> tuple[int, list[str]]:
    """Build the archive with a highlight in each of the articles."""
    for article, highlight in highlights.items():
        write_highlights(folder / "content", ArticleId(article), ArticleHighlights(article, (highlight,)))
    return command(folder, "--no-search")


def test_a_site_shows_highlights_in_the_article_and_on_a_page_if_the_owner_says_so(tmp_path: Path) -> None:
    lay(tmp_path, PUBLISHED)
    assert (0, []) == publish(tmp_path, wall=SHOWN)
    article = html.parse(tmp_path / "site/articles/wall.html").getroot()
    marked = article.xpath("//*[@class='body']//mark[@class='highlight']")
    assert "happened in Ravnsborg that day" == "".join(mark.text_content() for mark in marked)
    listed = html.parse(tmp_path / "site/highlights.html").getroot().cssselect(".published-highlights")
    assert ["articles/wall.html", "articles/wall.html#p1"] == listed[0].xpath(".//@href")
    assert ["Really? <b>Nothing</b>?"] == [note.text_content() for note in listed[0].cssselect(".note")]
    (own,) = html.parse(tmp_path / "site/highlights.html").getroot().cssselect("[aria-labelledby='own-title']")
    assert "Yours, in this browser" == own.cssselect("h2")[0].text_content()
    assert [1, 1] == [len(own.cssselect(f"[data-part={name}]")) for name in ("kept", "nothing")]
    assert not own.cssselect(".published-highlights"), "what is said of this browser is not said of these"
    (tmp_path / "glossator.toml").write_text("[site]\nhighlights = false\n", "utf-8")
    assert (0, []) == command(tmp_path, "--no-search")
    assert not html.parse(tmp_path / "site/highlights.html").getroot().cssselect("#own-title")
    assert not [path for path in (tmp_path / "site").rglob("*.html") if "Really?" in path.read_text("utf-8")]


def test_what_rights_or_an_edit_keep_back_no_highlight_shows(tmp_path: Path) -> None:
    lay(tmp_path, PUBLISHED)
    hidden = Highlight("a-2", "CANARY that nobody sees", "The rest of it is a", "The rest of it is a", 0, "CANARY note")
    private = Highlight("a-3", "A CANARY in a mine of its own", note="CANARY note")
    code, said = publish(tmp_path, wall=SHOWN, part=hidden, secret=private)
    assert 0 == code
    assert any("highlights/part.json" in line and "not shown" in line for line in said)
    assert not [path for path in (tmp_path / "site").rglob("*.html") if "CANARY" in path.read_text("utf-8")]
    wall = tmp_path / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8").replace("that day", "in May"), "utf-8")
    command(tmp_path, "--no-search")
    assert not [path for path in (tmp_path / "site").rglob("*.html") if "Really?" in path.read_text("utf-8")]


def test_a_highlight_that_names_somebody_private_is_not_shown(tmp_path: Path) -> None:
    lay(tmp_path, PUBLISHED + '-- content/entities.toml --\nprivate = ["Ada Venn"]\n')
    publish(
        tmp_path, wall=Highlight("a-4", "nothing happened again", "Ada Venn came back, and", "", 0, "Venn was late.")
    )
    assert "Venn was late" not in (tmp_path / "site/highlights.html").read_text("utf-8")
    assert "Venn was late" not in (tmp_path / "site/articles/wall.html").read_text("utf-8")


def test_a_damaged_file_stops_no_build_and_is_named(tmp_path: Path) -> None:
    lay(tmp_path, PUBLISHED)
    publish(tmp_path, wall=SHOWN)
    (tmp_path / "content/highlights/wall.json").write_text("{", "utf-8")
    code, said = command(tmp_path, "--no-search")
    assert 1 == code
    assert ["highlights/wall.json: is no page of annotations. Correct it, or move it away."] == said[:1]
    assert (tmp_path / "site/articles/wall.html").exists()


def test_a_highlight_in_the_preview_starts_a_build_only_if_the_site_shows_it(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    builder = PreviewBuilder(ArchivePaths(content, tmp_path / "site"), lambda: load(tmp_path / "glossator.toml"))
    saved = frozenset({highlights_file(content, WALL)})
    assert not builder.concerns_site(saved)
    assert builder.concerns_site(saved | {content / "articles/wall.md"})
    (tmp_path / "glossator.toml").write_text("[site]\nhighlights = true\n", "utf-8")
    assert builder.concerns_site(saved)
    builder.close()


TEXT = "The pier burnt. The mayor said: “It was nobody’s fault.” The pier burnt again in May, and the mayor wept."


@pytest.mark.parametrize(
    ("highlight", "found"),
    [
        (Highlight("", "“It was nobody’s fault.”"), "“It was nobody’s fault.”"),
        (Highlight("", '"It was nobody\'s fault."'), "It was nobody’s fault"),
        (Highlight("", "The pier burnt", "", "The mayor said It was", 1), "The pier burnt"),
        (Highlight("", "The pier burnt", "was nobody's fault", "again in May and the mayor wept", 1), "The pier burnt"),
        (Highlight("", "The pier burnt"), None),
        (Highlight("", "wept bitterly"), None),
        (Highlight("", "…"), None),
        (Highlight("", "the mayor", "quite", "other words than those that are there now"), None),
    ],
)
def test_a_passage_is_found_by_its_words_and_those_around_it_or_not_at_all(
    highlight: Highlight, found: str | None
) -> None:
    bounds = find_passage(TEXT, highlight)
    assert found == (TEXT[slice(*bounds)] if bounds else None)
    if highlight.prefix.startswith("was") and bounds:
        assert bounds[0] > TEXT.index("fault")


def test_a_passage_of_a_writing_without_spaces_is_found() -> None:
    text = "港は夜に燃えた。市長は何も言わなかった。"
    bounds = find_passage(text, Highlight("", "市長は何も言わなかった"))
    assert bounds
    assert "市長は何も言わなかった" == text[slice(*bounds)]
