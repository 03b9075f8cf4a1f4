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
from glossator.export.gather import archive_data
from glossator.model import PrivateNames, PublishedId
from glossator.naming.private_names import is_part_of, is_private_name, names_private, private_names
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests.exported_texts.formats import FORMATS
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
Vexil Harrowgate met Petra Lindqvar in Ravnsborg. “Mr Harrowgate is a liar,” said Olin Brask.

Olin Brask, the accuser of Vexil, left Ravnsborg. Petra Lindqvar stayed.
-- content/articles/harbour.md --
---
title: The harbour
description: What Harrowgate told of the harbour.
authors: [Mira Harrowgate, V. Harrowgate, Olin Brask]
tags: [Harrowgate, harbour]
published: 2024-05-02
---
Vexil Harrowgate and his sister Mira Harrowgate own the harbour. Mr V. Harrowgate sold it to the company Harrowgate Lines in Port Harrowgate.

Petra Lindqvar, the wife of Mr Harrowgate, counted ships in Ravnsborg. The company Harrowgate Lines has ships, and Mr Olin Brask has one.
-- content/articles/dark.md --
---
title: The dark
authors: [Mira Harrowgate]
tags: [Harrowgate, harbour]
published: 2024-05-03
---
“We met Harrowgate in the dark,” said Petra Lindqvar. Mr Harrowgate came to the town of Ravnsborg with his sister Mira Harrowgate and her friend Vexil.

The company Harrowgate Lines left Port Harrowgate. Olin Brask, Harrowgate's lawyer, spoke to Petra Lindqvar.
-- content/articles/sea.md --
---
title: The sea
published: 2024-05-04
---
Mr V. Harrowgate, Mr Harrowgate and Vexil saw the sea with their friend Petra Lindqvar. Port Harrowgate lies by the town of Ravnsborg.

The town of Port Harrowgate has a pier. In Port Harrowgate the mayor of Port Harrowgate spoke.
-- content/articles/mist.md --
---
title: The mist
published: 2024-05-05
---
Mr Harrowgate came through the mist to the house of Petra Lindqvar. Mr Harrowgate was late, and the mist was thick.
"""
PRIVATE = '-- content/entities.toml --\nprivate = ["Vexil Harrowgate"]\n'
OTHERS = ("Mira Harrowgate", "Harrowgate Lines", "Port Harrowgate")
"""Other people, firms and places, which keep their names."""
ARTICLES = {
    f"articles/{name}.{end}" for name in ("quarrel", "harbour", "dark", "sea", "mist") for end in ("html", "md", "json")
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
    return "harrowgate" in content.lower() or "vexil" in content.lower()


def telling(site: Path) -> set[str]:
    return {path for path, content in contents(site).items() if told(path) or told(content.decode("utf-8", "replace"))}


def test_nothing_but_the_articles_themselves_has_the_surname_or_given_name(archive: Path) -> None:
    build(archive)
    before = telling(archive / "site")
    assert {"entities/harrowgate.html", "entities/petra-lindqvar.html", "entities/vexil-harrowgate.html"} <= before

    lay(archive, PRIVATE)
    build(archive)
    assert set() == telling(archive / "site") - ARTICLES
    entities = {path for path in contents(archive / "site") if path.startswith("entities/") and path.endswith(".html")}
    assert {"entities/mira-harrowgate.html", "entities/harrowgate-lines.html"} <= entities
    assert "entities/port-harrowgate.html" in entities
    site = pages(archive / "site")
    assert "counted ships" not in site["entities/petra-lindqvar.html"].text
    assert "stayed" in site["entities/petra-lindqvar.html"].text
    marked = [attrs for _, attrs in site["articles/sea.html"].elements if "data-entity" in attrs]
    assert {"petra-lindqvar", "port-harrowgate", "ravnsborg"} >= {one["data-entity"] for one in marked}
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
    lay(archive, f'{PRIVATE}confirm = ["Harrowgate"]\n')
    build(archive)
    site = contents(archive / "site")
    assert "entities/harrowgate.html" in site
    assert "entities/v-harrowgate.html" not in site
    assert b"We met Harrowgate in the dark" in site["entities/petra-lindqvar.html"]


def test_a_build_from_what_is_stored_is_one_from_nothing(archive: Path) -> None:
    build(archive)
    for decided in (PRIVATE, f'{PRIVATE}confirm = ["Mira Harrowgate"]\n', PRIVATE):
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
    assert "Harrowgate" in locked(archive)
    lay(archive, PRIVATE)
    build(archive)
    kept = {"Mira Harrowgate", "Harrowgate Lines", "Petra Lindqvar", "Vexil Harrowgate"}
    assert kept <= locked(archive)
    assert not {"Harrowgate", "V. Harrowgate", "Vexil"} & locked(archive)


def locked(archive: Path) -> set[str]:
    return {known.name for known in published_ids.read_lock(archive / "content")}


WHOLE = private_names(["Vexil Harrowgate", "Jörg Müller", "maria-del-mar", "Banksy"], ())


@pytest.mark.parametrize(
    "form",
    [
        *("Harrowgate", "harrowgate", "HARROWGATE", "Mr Harrowgate", "Mrs. Harrowgate", "Dr Harrowgate", "Sir Vexil"),
        *("V. Harrowgate", "V Harrowgate", "VJ Harrowgate", "V. J. Harrowgate", "Harrowgates", "Harrowgate's"),
        *("Harrowgate’s", "Vexil", "Vexil Harrowgate", "Harrowgate, Vexil", "van Harrowgate", "Harrowgate V."),
        *("Müller", "Mueller", "Muller", "J. Müller", "Jorg", "Mar", "Maria", "María", "Banksy"),
    ],
)
def test_part_of_a_private_name(form: str) -> None:
    assert is_part_of(form, WHOLE)


@pytest.mark.parametrize(
    "form",
    [
        *("Mira Harrowgate", "M. Harrowgate", "Harrowgate Lines", "Port Harrowgate", "Harrowgate-Smith", "Harrow"),
        *("Vexil Brask", "V.", "", "Hans Müller", "Müllerstrasse", "Marina", "Jörg Harrowgate"),
    ],
)
def test_another_name_is_no_part_of_a_private_one(form: str) -> None:
    assert not is_part_of(form, WHOLE)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("wife of Harrowgate", True),
        ("Harrowgate's lawyer", True),
        ("the HARROWGATES", True),
        ("a pupil of Müller", True),
        ("a pupil of Muller", True),
        ("the harrowgate of the mill", False),
        ("sister of Vexil", False),
        ("a pupil of Mullers", True),
        ("Harrowgateville", False),
    ],
)
def test_text_that_names_somebody_private(text: str, hidden: bool) -> None:
    assert hidden == names_private(text, WHOLE)


def test_given_name_counts_in_an_article_with_the_whole_name_alone() -> None:
    names = PrivateNames(("Vexil Harrowgate",), ("harrowgate",), ("a",))  # type: ignore[arg-type]
    assert names_private("sister of Vexil", names, "a")
    assert not names_private("sister of Vexil", names, "b")


def test_given_name_alone_is_nobodys_tag() -> None:
    assert not is_private_name("Vexil", WHOLE)
    assert is_private_name("V. Harrowgate", WHOLE)


def test_id_stands_for_the_name_that_it_was_given_to() -> None:
    known = PublishedId("old-name", "Vexil Harrowgate", "person")  # type: ignore[arg-type]
    assert is_part_of("Harrowgate", private_names(["old-name"], [known]))


CALLED_ALIKE = """\
-- content/articles/mill.md --
---
title: The mill
---
Vexil Quorndale met Petra Lindqvar in the town of Ravnsborg. Vera Ford and Jack London wrote to Petra Lindqvar.
-- content/articles/yard.md --
---
title: The yard
---
The company Quorndale sold its yard to the carmaker Ford. The firm Quorndale, the shipbuilder, owes money in London.

Ford is a carmaker in London. The Quorndale company is content.
"""


def test_what_is_called_by_a_private_surname_is_held_back_unless_a_list_or_a_person_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    archive = lay(tmp_path, CALLED_ALIKE)
    build(archive)
    site = contents(archive / "site")
    assert {"entities/ford.html", "entities/london.html", "entities/quorndale.html"} <= site.keys()
    assert "Quorndale" in locked(archive)

    private = '-- content/entities.toml --\nprivate = ["Vexil Quorndale", "Vera Ford", "Jack London"]\n'
    lay(archive, private)
    build(archive)
    site = contents(archive / "site")
    assert {"entities/ford.html", "entities/london.html"} <= site.keys()
    texts = {"articles/mill.html", "articles/yard.html"}
    assert texts >= {path for path, content in site.items() if b"quorndale" in content.lower() or "quorndale" in path}
    assert not {"Quorndale", "Vexil Quorndale"} & locked(archive)

    lay(archive, f'{private}confirm = ["Quorndale"]\n')
    build(archive)
    assert "entities/quorndale.html" in contents(archive / "site")
