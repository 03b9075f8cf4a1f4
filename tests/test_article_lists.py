"""The ways into many articles: by author, by day of the year, by month; and what the home page shows of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.sites import build, contents, lay, leave_out_search, pages

ARTICLE = """\
-- content/articles/{name}.md --
---
title: {name}
published: {day}
saved: {saved}
authors: [{authors}]
site: The Lantern
---
Nothing happened.
"""


def write(
    folder: Path, name: str, day: str = "2024-03-14", saved: str = "2024-04-01", authors: str = "Maud Ferrier"
) -> None:
    lay(folder, ARTICLE.format(name=name, day=day, saved=saved, authors=authors))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    write(tmp_path, "crane", "2021-03-14", "2024-05-03", "Maud Ferrier, Jan Holm")
    write(tmp_path, "quay", "2024-03-14", "2024-04-01T10:00:00+00:00", "maud  ferrier")
    write(tmp_path, "wall", "2023-01-02", "2024-04-01T11:00:00+02:00", "Lone Writer")
    return tmp_path


def text(folder: Path, path: str) -> str:
    return (folder / "site" / path).read_text("utf-8")


def same_as_clean(folder: Path, clean: Path) -> bool:
    shutil.copytree(folder / "content", clean / "content")
    build(clean)
    return contents(clean / "site") == contents(folder / "site")


def test_half_an_article_as_description_is_cut_between_sentences_in_lists(folder: Path) -> None:
    told = "A board heard its engineer for eleven minutes. " * 20
    article = folder / "content/articles/crane.md"
    article.write_text(article.read_text("utf-8").replace("---\n", f"---\ndescription: {told}\n", 1), "utf-8")
    build(folder)
    listed = text(folder, "articles/index.html")

    assert told.strip() in text(folder, "articles/crane.html")
    assert told[:200] in listed
    assert told[:301] not in listed
    assert "A board heard its engineer for eleven minutes.</p>" in listed


def test_an_author_of_several_articles_has_a_page_and_one_of_a_single_article_leads_to_it(folder: Path) -> None:
    build(folder)

    ferrier = text(folder, "authors/maud-ferrier.html")
    assert "crane" in ferrier
    assert "quay" in ferrier
    assert '<a href="../authors/maud-ferrier.html">' in text(folder, "articles/quay.html")
    assert '<bdi data-search-author><a href="../search.html?author=Jan%20Holm">Jan Holm</a></bdi>' in text(
        folder, "articles/crane.html"
    )
    assert '<a href="../articles/wall.html">Lone Writer</a>' in text(folder, "authors/index.html")
    assert ["index.html", "maud-ferrier.html"] == sorted(path.name for path in (folder / "site/authors").iterdir())


def test_an_author_left_with_one_article_has_no_page_any_more(folder: Path, tmp_path: Path) -> None:
    build(folder)
    write(folder, "quay", authors="Somebody Else")
    build(folder)

    assert not (folder / "site/authors/maud-ferrier.html").exists()
    assert "authors/maud-ferrier" not in text(folder, "articles/crane.html")
    assert same_as_clean(folder, tmp_path / "clean")


def test_the_pages_of_a_prolific_author_are_cut_and_go_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 1)
    build(folder)
    assert {"2021.html", "2024.html"} <= {path.name for path in (folder / "site/authors/maud-ferrier").iterdir()}

    (folder / "content/articles/crane.md").unlink()
    build(folder)

    assert not (folder / "site/authors/maud-ferrier").exists()
    assert same_as_clean(folder, tmp_path / "clean")


def test_a_private_author_is_in_no_list(folder: Path) -> None:
    (folder / "content/entities.toml").write_text('private = ["Maud Ferrier"]\n', "utf-8")
    build(folder)

    assert "Ferrier" not in text(folder, "authors/index.html")
    assert not (folder / "site/authors/maud-ferrier.html").exists()


def test_home_shows_what_was_saved_last_in_a_list_of_its_own(folder: Path) -> None:
    build(folder)

    saved = text(folder, "index.html").partition("Saved last</h2>")[2]
    shown = re.findall(r'href="articles/(\w+)\.html"', saved)
    assert ["crane", "quay", "wall"] == [name for name in dict.fromkeys(shown) if name in ("crane", "quay", "wall")]
    assert "Saved <time" in text(folder, "index.html")


def test_articles_of_one_day_in_several_years_stand_together(folder: Path) -> None:
    build(folder)

    page = text(folder, "days/index.html")
    day = page.partition('id="d03-14"')[2].partition("</section>")[0]
    assert "14 March" in day
    assert ["quay", "crane"] == re.findall(r"articles/(\w+)\.html", day)


def test_every_bar_of_the_home_page_leads_to_its_articles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, day in (("old", "1999-08-01"), ("older", "1998-08-01")):
        write(folder, name, day)
    for limit in (300, 1):
        monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", limit)
        build(folder)
        site = pages(folder / "site")
        strip = text(folder, "index.html").partition('class="timeline"')[2].partition("</figure>")[0]
        links = re.findall(r'<a href="([^"]+)"', strip)
        assert 5 == len(links)
        for link in links:
            path, _, anchor = link.partition("#")
            assert path in site
            assert not anchor or anchor in site[path].ids


def test_a_long_list_begins_with_its_months_and_a_box_that_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 2)
    build(folder)

    page = text(folder, "articles/index.html")
    assert 'aria-label="March 2024: 1 article">1</a>' in page
    assert 'aria-label="March 2023' not in page
    assert '<input type="hidden" name="kind" value="Article">' in page
    assert 'action="../search.html"' in page


def test_publications_that_differ_in_case_are_one_and_called_as_most_articles_call_it(folder: Path) -> None:
    build(folder)
    lay(
        folder,
        ARTICLE.format(name="pier", day="2024-05-01", saved="2024-05-02", authors="A B").replace("The L", "the l"),
    )
    build(folder)
    assert "The Lantern" in text(folder, "articles/pier.html")
    assert "the lantern" not in text(folder, "articles/source.html")
    for number in range(4):
        lay(
            folder,
            ARTICLE.format(name=f"buoy-{number}", day="2024-05-01", saved="2024-05-02", authors="A B").replace(
                "The L", "the l"
            ),
        )
    build(folder)
    assert "the lantern" in text(folder, "articles/quay.html")
    assert same_as_clean(folder, folder.parent / "clean-publications")
