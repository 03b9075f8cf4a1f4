"""The surname of somebody private: no page, list, tie, topic, quotation or export has it, and namesakes keep theirs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from glossator import pipeline
from glossator.cli.extensions import load_extended
from glossator.config import BuildSettings
from glossator.content import published_ids
from glossator.export import FORMATS
from glossator.export.gather import archive_data
from glossator.model import PrivateNames, PublishedId
from glossator.naming.private_names import is_part_of, is_private_name, names_private, private_names
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests.sites import contents, lay, leave_out_search, pages, silent

ARCHIVE = """\
-- glossator.toml --
[site]
url = "https://velm.example/"
data = ["markdown", "json", "llms", "api"]
-- content/articles/quarrel.md --
---
title: The quarrel
published: 2024-05-01
---
Vexil Kellerman met Petra Lindqvar in Ravnsborg. “Mr Kellerman is a liar,” said Olin Brask.

Olin Brask, the accuser of Vexil, left Ravnsborg. Petra Lindqvar stayed.
-- content/articles/harbour.md --
---
title: The harbour
description: What Kellerman told of the harbour.
authors: [Mira Kellerman, V. Kellerman, Olin Brask]
tags: [Kellerman, harbour]
published: 2024-05-02
---
Vexil Kellerman and Mira Kellerman own the harbour. V. Kellerman sold it to Kellerman Bank in Port Kellerman.

Petra Lindqvar, the wife of Kellerman, counted ships in Ravnsborg. Kellerman Bank has ships, and Olin Brask too.
-- content/articles/dark.md --
---
title: The dark
authors: [Mira Kellerman]
tags: [Kellerman, harbour]
published: 2024-05-03
---
“We met Kellerman in the dark,” said Petra Lindqvar. Kellerman came to Ravnsborg with Mira Kellerman and Vexil.

Kellerman Bank left Port Kellerman. Olin Brask, Kellerman's lawyer, spoke to Petra Lindqvar.
-- content/articles/sea.md --
---
title: The sea
published: 2024-05-04
---
V. Kellerman, Kellerman and Vexil saw the sea with Petra Lindqvar. Port Kellerman lies by Ravnsborg.

The town of Port Kellerman has a pier. In Port Kellerman the mayor of Port Kellerman spoke.
"""
PRIVATE = '-- content/entities.toml --\nprivate = ["Vexil Kellerman"]\n'
OTHERS = ("Mira Kellerman", "Kellerman Bank", "Port Kellerman")
"""Other people, firms and places, which keep their names."""
ARTICLES = {
    f"articles/{name}.{end}" for name in ("quarrel", "harbour", "dark", "sea") for end in ("html", "md", "json")
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path, ARCHIVE)


def build(folder: Path) -> pipeline.Report:
    """Build the archive with the pipeline that its glossator.toml names."""
    config = replace(load_extended(folder / "glossator.toml"), build=BuildSettings(workers=1))
    return pipeline.bring_up_to_date(ArchivePaths(folder / "content", folder / "site"), config, silent)


def told(content: str) -> bool:
    """True if a text has the surname or the given name, other than in the names of others."""
    for name in OTHERS:
        for form in (name, name.lower(), name.lower().replace(" ", "-"), name.replace(" ", "%20")):
            content = content.replace(form, "")
    return "kellerman" in content.lower() or "vexil" in content.lower()


def telling(site: Path) -> set[str]:
    return {path for path, content in contents(site).items() if told(path) or told(content.decode("utf-8", "replace"))}


def test_nothing_but_the_articles_themselves_has_the_surname_or_given_name(archive: Path) -> None:
    build(archive)
    before = telling(archive / "site")
    assert {"entities/kellerman.html", "entities/petra-lindqvar.html", "entities/vexil-kellerman.html"} <= before

    lay(archive, PRIVATE)
    build(archive)
    assert set() == telling(archive / "site") - ARTICLES
    entities = {path for path in contents(archive / "site") if path.startswith("entities/") and path.endswith(".html")}
    assert {"entities/mira-kellerman.html", "entities/kellerman-bank.html"} <= entities
    assert "entities/port-kellerman.html" in entities
    site = pages(archive / "site")
    assert "counted ships" not in site["entities/petra-lindqvar.html"].text
    assert "stayed" in site["entities/petra-lindqvar.html"].text
    marked = [attrs for _, attrs in site["articles/sea.html"].elements if "data-entity" in attrs]
    assert {"petra-lindqvar", "port-kellerman", "ravnsborg"} >= {one["data-entity"] for one in marked}
    head = contents(archive / "site")["articles/harbour.html"].decode().partition("</head>")[0]
    assert not told(head)


def test_no_export_has_the_surname_besides_the_articles(archive: Path) -> None:
    lay(archive, PRIVATE)
    build(archive)
    with open_survey(
        ArchivePaths(archive / "content", archive / "site"), load_extended(archive / "glossator.toml"), silent
    ) as (survey):
        found = archive_data(survey)
    texts = {article.id: (article.text, article.markdown) for article in found.articles}
    assert not any(told(repr(entity)) for entity in found.entities)
    for article in found.articles:
        assert not told(repr((article.authors, article.tags, article.description)))
        quoted = [texts[article.id][0][quote.start : quote.end] for quote in article.quotes]
        assert not any(map(told, quoted))
    tables = {path: content for path, content in FORMATS["csv"](found).items() if "article" not in path}
    assert {"entities.csv"} <= {path.rpartition("/")[2] for path in tables}
    assert [] == [path for path, content in tables.items() if told(content.decode())]


def test_a_confirmed_namesake_stays_and_what_is_said_of_the_surname_is_shown(archive: Path) -> None:
    lay(archive, f'{PRIVATE}confirm = ["Kellerman"]\n')
    build(archive)
    site = contents(archive / "site")
    assert "entities/kellerman.html" in site
    assert "entities/v-kellerman.html" not in site
    assert b"We met Kellerman in the dark" in site["entities/petra-lindqvar.html"]


def test_a_build_from_what_is_stored_is_one_from_nothing(archive: Path) -> None:
    build(archive)
    for decided in (PRIVATE, f'{PRIVATE}confirm = ["Mira Kellerman"]\n', PRIVATE):
        lay(archive, decided)
        build(archive)
        assert anew(archive) == contents(archive / "site")
    sea = archive / "content/articles/sea.md"
    sea.write_text(sea.read_text("utf-8").replace("Petra Lindqvar", "Olin Brask, the friend of Vexil"), "utf-8")
    build(archive)
    assert anew(archive) == contents(archive / "site")
    lay(archive, "-- content/entities.toml --\n")
    lay(archive, ARCHIVE)
    build(archive)
    assert anew(archive) == contents(archive / "site")


def anew(archive: Path) -> dict[str, bytes]:
    clean = archive.parent / f"{archive.name}-clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(archive / "content", clean / "content")
    shutil.copy(archive / "glossator.toml", clean)
    build(clean)
    return contents(clean / "site")


def test_the_lock_has_no_name_that_was_public_and_is_part_of_a_private_one(archive: Path) -> None:
    build(archive)
    assert "Kellerman" in locked(archive)
    lay(archive, PRIVATE)
    build(archive)
    kept = {"Mira Kellerman", "Kellerman Bank", "Petra Lindqvar", "Vexil Kellerman"}
    assert kept <= locked(archive)
    assert not {"Kellerman", "V. Kellerman", "Vexil"} & locked(archive)


def locked(archive: Path) -> set[str]:
    return {known.name for known in published_ids.read_lock(archive / "content")}


WHOLE = private_names(["Vexil Kellerman", "Jörg Müller", "maria-del-mar", "Banksy"], ())


@pytest.mark.parametrize(
    "form",
    [
        *("Kellerman", "kellerman", "KELLERMAN", "Mr Kellerman", "Mrs. Kellerman", "Dr Kellerman", "Sir Vexil"),
        *("V. Kellerman", "V Kellerman", "VJ Kellerman", "V. J. Kellerman", "Kellermans", "Kellerman's"),
        *("Kellerman’s", "Vexil", "Vexil Kellerman", "Kellerman, Vexil", "van Kellerman", "Kellerman V."),
        *("Müller", "Mueller", "Muller", "J. Müller", "Jorg", "Mar", "Maria", "María", "Banksy"),
    ],
)
def test_part_of_a_private_name(form: str) -> None:
    assert is_part_of(form, WHOLE)


@pytest.mark.parametrize(
    "form",
    [
        *("Mira Kellerman", "M. Kellerman", "Kellerman Bank", "Port Kellerman", "Kellerman-Smith", "Harrow"),
        *("Vexil Brask", "V.", "", "Hans Müller", "Müllerstrasse", "Marina", "Jörg Kellerman"),
    ],
)
def test_another_name_is_no_part_of_a_private_one(form: str) -> None:
    assert not is_part_of(form, WHOLE)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("wife of Kellerman", True),
        ("Kellerman's lawyer", True),
        ("the KELLERMANS", True),
        ("a pupil of Müller", True),
        ("a pupil of Muller", True),
        ("the kellerman of the mill", False),
        ("sister of Vexil", False),
        ("a pupil of Mullers", True),
        ("Kellermanville", False),
    ],
)
def test_text_that_names_somebody_private(text: str, hidden: bool) -> None:
    assert hidden == names_private(text, WHOLE)


def test_given_name_counts_in_an_article_with_the_whole_name_alone() -> None:
    names = PrivateNames(("Vexil Kellerman",), ("kellerman",), ("a",))  # type: ignore[arg-type]
    assert names_private("sister of Vexil", names, "a")
    assert not names_private("sister of Vexil", names, "b")


def test_given_name_alone_is_nobodys_tag() -> None:
    assert not is_private_name("Vexil", WHOLE)
    assert is_private_name("V. Kellerman", WHOLE)


def test_id_stands_for_the_name_that_it_was_given_to() -> None:
    known = PublishedId("old-name", "Vexil Kellerman", "person")  # type: ignore[arg-type]
    assert is_part_of("Kellerman", private_names(["old-name"], [known]))
