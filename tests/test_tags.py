"""Tags lead to the articles that share them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glossator.model import ArticleHead, ArticleId, PrivateNames
from glossator.stages.plan.catalogue.keywords import shared_tags, tags_of
from tests.sites import build, contents, lay, leave_out_search

ARCHIVE = """\
-- content/articles/crane.md --
---
title: The crane turns again
tags: [Repairs, harbour]
---
It turns.
-- content/articles/wall.md --
---
title: The wall is raised
tags: [Harbour]
---
It is high.
-- content/articles/quay.md --
---
title: The quay is open
tags: [Harbour, "Harbour "]
---
It is wide.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    return tmp_path / "site"


def text(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_a_shared_tag_leads_to_its_articles_and_one_of_a_single_article_to_a_search(site: Path) -> None:
    crane, tagged = text(site, "articles/crane.html"), text(site, "tags/harbour.html")

    assert '<a href="../tags/harbour.html">harbour</a>' in crane
    assert '<a href="../search.html?tag=Repairs">Repairs</a>' in crane
    assert all(title in tagged for title in ("The crane turns again", "The wall is raised", "The quay is open"))
    assert "<h1>Harbour</h1>" in tagged
    assert ["harbour.html", "index.html"] == sorted(path.name for path in (site / "tags").iterdir())
    assert '<a href="harbour.html">Harbour</a> <small>3</small>' in text(site, "tags/index.html")
    assert '<a href="../tags/index.html">By tag</a>' in text(site, "articles/index.html")


def test_a_tag_that_is_shared_no_more_goes_with_its_page(site: Path, tmp_path: Path) -> None:
    for name in ("wall", "quay"):
        path = site.parent / f"content/articles/{name}.md"
        path.write_text(path.read_text("utf-8").replace("Harbour", "Walls"), "utf-8")
    build(site.parent)
    clean = tmp_path / "clean"
    shutil.copytree(site.parent / "content", clean / "content")
    build(clean)

    assert '<a href="../search.html?tag=harbour">harbour</a>' in text(site, "articles/crane.html")
    assert not (site / "tags/harbour.html").exists()
    assert contents(clean / "site") == contents(site)


def test_without_shared_tags_there_is_no_list_of_them(site: Path) -> None:
    for name in ("wall", "quay"):
        (site.parent / f"content/articles/{name}.md").unlink()
    build(site.parent)

    assert not (site / "tags/index.html").exists()
    assert "By tag" not in text(site, "articles/index.html")


def test_an_article_shows_at_most_eight_tags_those_that_lead_somewhere_first() -> None:
    head = ArticleHead(ArticleId("a"), "A", tags=(*(f"Word {number}" for number in range(20)), "Shared"))
    tags = shared_tags([head, ArticleHead(ArticleId("b"), "B", tags=("shared",))], PrivateNames())

    assert ("Shared", "shared") == tags_of(head, tags)[0]
    assert [f"Word {number}" for number in range(7)] == [name for name, _ in tags_of(head, tags)[1:]]


def test_a_private_name_is_no_page() -> None:
    heads = [ArticleHead(ArticleId(key), key, tags=("Nora Quist", "Silt")) for key in "ab"]

    assert {"silt"} == shared_tags(heads, PrivateNames(("Nora Quist",))).keys()
