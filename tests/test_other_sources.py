"""A text that another publication took over is one article, and both addresses lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.content.lock_files import ARTICLES_LOCK
from tests.sites import Seen, build, contents, lay, leave_out_search

TEXT = " ".join(f"On day {day} the bridge of Ravnsborg stood {day * 7} feet above the water." for day in range(30))
COPY = "https://gazette.example/news/bridge"


def saved(name: str, source: str, site: str, text: str = TEXT, rights: str = "") -> str:
    fields = f"title: Bridge of Ravnsborg\nsource: {source}\nsite: {site}\nsaved: 2024-04-01\n{rights}"
    return f"-- content/saved/{name}.md --\n---\n{fields}---\n{text}\n"


ORIGINAL = saved("a", "https://tidetable.example/bridge", "The Tide Table")
SYNDICATED = saved("b", COPY, "The Gazette")
CITING = saved("c", "https://other.example/", "Other", f"As [the Gazette]({COPY}?utm_source=x) wrote, it rose.")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ORIGINAL + CITING.replace("Bridge of Ravnsborg", "A comment")))
    return tmp_path


def page(archive: Path, name: str) -> str:
    return (archive / f"site/articles/{name}.html").read_text("utf-8")


def test_page_names_the_other_publication_and_links_lead_from_the_copy_to_the_article(archive: Path) -> None:
    assert (
        "bridge-of-ravnsborg.html" not in page(archive, "a-comment").partition('class="body"')[2].partition("</p>")[0]
    )
    build(lay(archive, SYNDICATED))

    article = page(archive, "bridge-of-ravnsborg")
    assert f'<a href="{COPY}" rel="noopener noreferrer nofollow">Also in The Gazette</a>' in article
    assert '<a href="bridge-of-ravnsborg.html" class="archived">the Gazette</a>' in page(archive, "a-comment")
    assert "A comment" in Seen(article).text
    assert ["a-comment.md", "bridge-of-ravnsborg.md"] == sorted(contents(archive / "content/articles"))
    assert [] == [problem for problem in build(archive).problems if problem.fatal]


def test_site_is_the_one_of_a_clean_build(archive: Path) -> None:
    build(lay(archive, SYNDICATED))
    grown = contents(archive / "site")
    for name in (".glossator", "site"):
        (archive / name).rename(archive / f"old-{name}")
    build(archive)
    assert grown == contents(archive / "site")


def test_rights_are_the_strictest_of_both_and_a_private_copy_leaves_no_address(archive: Path) -> None:
    build(lay(archive, saved("b", COPY, "The Gazette", rights="rights: private\n")))
    assert not (archive / "site/articles/bridge-of-ravnsborg.html").exists()
    assert "gazette" not in (archive / "content" / ARTICLES_LOCK).read_text("utf-8")


def test_an_article_that_becomes_private_takes_the_address_of_its_copy_along(archive: Path) -> None:
    build(lay(archive, SYNDICATED))
    assert COPY in (archive / "content" / ARTICLES_LOCK).read_text("utf-8")
    article = archive / "content/articles/bridge-of-ravnsborg.md"
    article.rename(article.with_name("the-bridge.md"))
    build(archive)
    assert "Also in The Gazette" in page(archive, "the-bridge")
    article = article.with_name("the-bridge.md")
    article.write_text(article.read_text("utf-8").replace("---\n", "---\nrights: private\n", 1), "utf-8")
    build(archive)
    assert "gazette" not in (archive / "content" / ARTICLES_LOCK).read_text("utf-8").lower()


def test_address_of_a_copy_in_a_list_of_links_has_an_article(archive: Path) -> None:
    report = build(lay(archive, f"{SYNDICATED}-- content/saved/list.csv --\nurl,title\n{COPY},Bridge\n"))
    assert [] == [problem for problem in report.problems if "without an article" in problem.message]
    report = build(lay(archive, f"-- content/saved/list.csv --\nurl,title\n{COPY},The bridge\n"))
    assert [] == [problem for problem in report.problems if "without an article" in problem.message]
