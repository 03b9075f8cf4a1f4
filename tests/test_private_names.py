"""A private entity: the author's words may hold the name where they are shown, and nothing that we say does."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from glossator.cli.extensions import load_extended
from glossator.export.gather import archive_data
from glossator.model import Decision
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.propose_decisions import propose
from glossator.pipeline.review.survey import open_survey
from tests.sites import build, command, contents, lay, leave_out_search, pages, silent

ROOT = Path(__file__).parent.parent
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
description: Jonas Aber, the treasurer of Marta Lindqvist, counts stones.
authors: [Jonas Aber, Marta Lindqvist]
tags: [stone, Marta Lindqvist]
---
Jonas Aber, the treasurer of Marta Lindqvist, came to Ravnsborg. “The wall of Marta Lindqvist will fall,” said Jonas Aber.

Jonas Aber counted the stones. Lindqvist thanked Jonas Aber.
-- content/articles/crane.md --
---
title: The crane
---
Jonas Aber met Marta Lindqvist in Ravnsborg. The crane of Ravnsborg was sold by Jonas Aber.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path, ARCHIVE)


def naming(site: Path) -> set[str]:
    """Files of the site in whose name or content the private name is."""
    return {
        path for path, content in contents(site).items() if b"Lindqvist" in content or "lindqvist" in path.casefold()
    }


@pytest.mark.parametrize("entry", ["Marta Lindqvist", "marta lindqvist", "marta-lindqvist"])
def test_only_the_articles_themselves_hold_a_private_name(archive: Path, entry: str) -> None:
    build(archive)
    assert "entities/marta-lindqvist.html" in naming(archive / "site")
    assert "entities/jonas-aber.html" in naming(archive / "site")

    lay(archive, f'-- content/entities.toml --\nprivate = ["{entry}"]\n')
    build(archive)
    assert {"articles/crane.html", "articles/wall.html"} == naming(archive / "site")
    jonas = pages(archive / "site")["entities/jonas-aber.html"].text
    assert "counted the stones" in jonas
    assert "was sold by" in jonas
    wall = contents(archive / "site")["articles/wall.html"].decode()
    assert "Lindqvist" not in wall.partition("</head>")[0]
    assert 'data-entity="marta' not in wall
    assert ["Jonas Aber"] == re.findall(r"data-search-author>(?:<a [^>]*>)?([^<]*)<", wall)
    assert ["stone"] == re.findall(r"data-search-tag>(?:<a [^>]*>)?([^<]*)<", wall)

    assert built_anew(archive) == contents(archive / "site")


REMAINS = """\
-- content/articles/quay.md --
---
title: The quay
---
The Lindqvist Shipping Company sold the quay. The Marta Lindqvist Foundation wrote to Nils Lindqvist and to the town of Ravnsborg.
"""


def test_names_that_hold_the_surname_of_somebody_private_are_told_with_what_helps(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # there, nobody is named
    lay(archive, REMAINS + '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\nconfirm = ["Nils Lindqvist"]\n')
    code, lines = command(archive)
    told = " ".join(" ".join(lines).split())

    assert 0 == code  # nothing was left out
    assert "“Lindqvist Shipping Company” is shown, and “Marta Lindqvist” is private." in told
    assert 'glossator entity private "Lindqvist Shipping Company"' in told
    assert 'glossator entity confirm "Lindqvist Shipping Company"' in told
    assert "“Nils" not in told
    assert "“Ravnsborg" not in told


def test_who_becomes_private_takes_along_the_names_that_hold_the_whole_name(archive: Path) -> None:
    lay(archive, REMAINS)
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        proposal = propose(survey, Decision("private", ("Marta Lindqvist",)))

    assert {("Marta Lindqvist",), ("Marta Lindqvist Foundation",)} == {made.names for made in proposal.added}
    assert any("“Lindqvist Shipping Company” is shown" in problem.message for problem in proposal.problems)


def test_an_export_names_no_private_author_or_tag(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        wall = next(article for article in archive_data(survey).articles if article.id == "wall")
    assert (("Jonas Aber",), ("stone",)) == (wall.authors, wall.tags)


def test_a_private_name_that_is_taken_back_is_shown_again(archive: Path) -> None:
    build(archive)
    public = contents(archive / "site")
    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    build(archive)
    lay(archive, "-- content/entities.toml --\n")
    build(archive)

    assert public == contents(archive / "site")


ELSEWHERE = """\
-- content/articles/regatta.md --
---
title: The regatta
description: Sails on the bay.
published: 2024-05-01
---
The Skerry Harbour Board opened the regatta. The Skerry Harbour Board was content.
-- content/articles/dredger.md --
---
title: The dredger
published: 2024-06-01
---
The Skerry Harbour Board sold the dredger.
"""


@pytest.mark.parametrize("url", ["", "https://archive.example/"])
def test_who_becomes_private_or_public_changes_no_page_that_says_nothing_of_them(archive: Path, url: str) -> None:
    lay(archive, f'-- glossator.toml --\n[site]\nurl = "{url}"\n{ELSEWHERE}')
    apart = {"articles/regatta.html", "articles/dredger.html", "entities/skerry-harbour-board.html"}
    assert apart <= set(build(archive).rendered)
    before = contents(archive / "site")

    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    hidden = set(build(archive).rendered)
    assert {"articles/wall.html", "articles/crane.html", "entities/jonas-aber.html"} <= hidden
    assert set() == {path for path in hidden if "skerry" in path} | (hidden & apart)
    assert contents(archive / "site") == built_anew(archive)

    lay(archive, "-- content/entities.toml --\n")
    assert set() == set(build(archive).rendered) & apart
    assert before == contents(archive / "site")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("regatta", "Sails on the bay.", "Sails of Marta Lindqvist."),
        ("regatta", "published:", "tags: [Marta Lindqvist]\npublished:"),
        ("regatta", "published:", "authors: [Marta Lindqvist]\npublished:"),
        ("regatta", "was content.", "was content, said marta\nlindqvist."),
        ("regatta", "was content.", "was content. “Marta *Lind*qvist rows,” said the Skerry Harbour Board."),
    ],
)
def test_whatever_names_somebody_private_is_made_again(archive: Path, file: str, old: str, new: str) -> None:
    lay(archive, ELSEWHERE)
    path = archive / f"content/articles/{file}.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    build(archive)
    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    build(archive)
    assert contents(archive / "site") == built_anew(archive)


def test_a_template_that_changes_later_shows_no_private_name_again(archive: Path) -> None:
    build(archive)
    lay(archive, '-- content/entities.toml --\nprivate = ["Marta Lindqvist"]\n')
    build(archive)
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    lay(archive, f"-- templates/base.html --\n{base}{{# changed #}}\n")
    build(archive)
    assert {"articles/crane.html", "articles/wall.html"} == naming(archive / "site")


def built_anew(archive: Path) -> dict[str, bytes]:
    """The files of the site that a build without anything stored makes of the archive."""
    clean = archive.parent / f"{archive.name}-clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(archive / "content", clean / "content")
    if (archive / "glossator.toml").exists():
        shutil.copy(archive / "glossator.toml", clean)
    build(clean)
    return contents(clean / "site")


def locked(archive: Path) -> str:
    return (archive / "content/entities.lock.json").read_text("utf-8")


@pytest.mark.parametrize("rights", ["private", "metadata"])
@pytest.mark.parametrize("stored", [True, False])
def test_name_of_an_article_that_became_private_is_not_published_with_the_content(
    archive: Path, rights: str, stored: bool
) -> None:
    lay(archive, ELSEWHERE)
    build(archive)
    assert "Skerry Harbour Board" in locked(archive)
    for name in ("regatta", "dredger"):
        path = archive / f"content/articles/{name}.md"
        path.write_text(path.read_text("utf-8").replace("---\n", f"---\nrights: {rights}\n", 1), "utf-8")
    if not stored:
        shutil.rmtree(archive / ".glossator")
    build(archive)

    assert "Skerry Harbour Board" not in locked(archive)
    assert "Jonas Aber" in locked(archive)
    first = locked(archive)
    build(archive)
    assert first == locked(archive)
    lay(archive, ELSEWHERE)
    build(archive)
    assert '"skerry-harbour-board"' in locked(archive)


def test_name_of_an_article_that_was_deleted_keeps_its_address(archive: Path) -> None:
    lay(archive, ELSEWHERE)
    build(archive)
    for name in ("regatta", "dredger"):
        (archive / f"content/articles/{name}.md").unlink()
    build(archive)
    assert "Skerry Harbour Board" in locked(archive)
