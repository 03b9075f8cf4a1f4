"""Exports are read back by programs that are not ours, and hold nothing that the site does not show."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from click.testing import CliRunner, Result
from lxml import etree
from pybtex.database import parse_string

from glossator.check import ExportAudit, Finding
from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.export import ArchiveData
from glossator.export.data import ArticleData, EntityData
from glossator.export.gather import archive_data, owners_words
from glossator.extensions.exports.code_in_notes import WORD_JOINER
from glossator.extensions.exports.epub import book
from glossator.extensions.exports.person_names import People
from glossator.model import UNTYPED
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests import extension_packages
from tests.exported_texts.formats import FORMATS
from tests.exported_texts.readers import reader
from tests.sites import lay, silent

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings & more"
-- content/entities.toml --
confirm = ["Marta Lindqvist"]
private = ["jonas-aber"]
-- content/entities.lock.json --
{"entities": {"jonas-aber": {"name": "Jonas Aber", "type": "person"}}}
-- content/articles/harbour.md --
---
title: "=A harbour & 100 % of it_"
source: https://gazette.example/harbour
site: The Gazette
authors:
- Ann Author
published: 2024-03-01
saved: 2024-03-05
language: en
tags:
- quays
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to *Ravnsborg*.

“I have asked Jonas Aber for a second pier,” said Marta Lindqvist.

“We have built a pier of stone, and it will stay,” said Marta Lindqvist. Jonas Aber slept.
-- content/articles/quay.md --
---
title: A quay
published: 2025-01-02
---
Marta Lindqvist left the town of Ravnsborg. ![A crane](images/crane.png)

Marta Lindqvist came back to the town on 4 February 2025 by boat. Jonas Aber left it on 5 February 2025 by boat, too.
-- content/articles/secret.md --
---
title: CANARY title
rights: private
---
CANARY Marta Lindqvist.
-- content/articles/part.md --
---
title: Part
rights: excerpt
---
One.

Two.

CANARY three.
-- content/entities/marta.md --
---
name: Marta Lindqvist
rights: private
---
CANARY note.
"""


@pytest.fixture(scope="module", autouse=True)
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All packages in `extensions/` are installed: what holds of every format holds of theirs."""
    with extension_packages.installed(tmp_path_factory.mktemp("packages"), *extension_packages.FOLDERS):
        yield


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1"]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def export(archive: Path, form: str, *arguments: str) -> Result:
    return run(archive, "export", form, f"--to={archive / 'out' / form}", *arguments)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.files("glossator") / f"data/schemas/{name}.json").read_text("utf-8"))
    return found


def exported(archive: Path, form: str, *arguments: str) -> bytes:
    assert 0 == export(archive, form, *arguments).exit_code
    return (archive / "out" / form).read_bytes()


def audited(archive: Path, form: str) -> tuple[ArchiveData, list[Finding]]:
    """Data of the archive, and what the audit finds in its export as JSON and in the format."""
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        data, own = archive_data(survey), owners_words(survey)
        audit = ExportAudit({str(file.head.id): Path(file.path) for file in survey.public}, own)
    return data, [
        finding for name in ("json", form) for finding in audit.unfounded(name, reader(name)(FORMATS[name](data)))
    ]


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_command_knows_every_format() -> None:
    said = CliRunner(catch_exceptions=False).invoke(main, ["export", "--help"]).output
    assert {*FORMATS, "dossier", "page"} == set(re.findall(r"\w+", said.partition("FORMAT is")[2].partition(".")[0]))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_kept_back_is_exported_and_the_bytes_are_the_same_again(archive: Path, form: str) -> None:
    export(archive, form)
    out = archive / "out" / form
    files = sorted(path for path in (out.rglob("*") if out.is_dir() else [out]) if path.is_file())
    first = [path.read_bytes() for path in files]
    assert files
    everything = b"".join(first)
    if form == "epub":
        with zipfile.ZipFile(out) as book:
            everything = b"".join(book.read(name) for name in book.namelist())
    assert b"CANARY" not in everything
    assert "jonas-aber" not in everything.decode("utf-8", "replace")
    export(archive, form)
    assert first == [path.read_bytes() for path in files]


def test_json_follows_its_schema(archive: Path) -> None:
    document = json.loads(exported(archive, "json"))
    jsonschema.validate(document, schema("archive-1"))
    (marta,) = (entity for entity in document["entities"] if entity["name"] == "Marta Lindqvist")
    (harbour,) = (article for article in document["articles"] if article["id"] == "harbour")
    mention = harbour["mentions"][0]
    assert (marta["id"], "Marta Lindqvist") == (mention["entity"], harbour["text"][mention["start"] : mention["end"]])


def test_no_quotation_is_taken_that_names_a_private_person(archive: Path) -> None:
    (harbour,) = (each for each in json.loads(exported(archive, "json"))["articles"] if each["id"] == "harbour")
    quoted = [harbour["text"][quote["start"] : quote["end"]] for quote in harbour["quotes"]]
    assert ["We have built a pier of stone, and it will stay"] == [text.strip("“”,") for text in quoted]


def test_lines_of_json_hold_the_same_as_the_document(archive: Path) -> None:
    document = json.loads(exported(archive, "json"))
    lines = [json.loads(line) for line in exported(archive, "jsonl").splitlines()]
    for kind, many in (("article", "articles"), ("entity", "entities")):
        assert document[many] == [
            {name: value for name, value in line.items() if name != "kind"} for line in lines if line["kind"] == kind
        ]


def test_tables_are_read_by_a_csv_reader_and_no_cell_is_a_formula(archive: Path) -> None:
    export(archive, "csv")
    rows = {
        name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts(archive / "out/csv").items()
    }
    assert {"articles.csv", "entities.csv", "mentions.csv", "chronology.csv", "shared-passages.csv"} == set(rows)
    (dated,) = rows["chronology.csv"]
    sentence = "Marta Lindqvist came back to the town on 4 February 2025 by boat."
    assert ("2025-02-04", "day", "Marta Lindqvist", sentence) == tuple(
        dated[column] for column in ("date", "precision", "who", "sentence")
    )
    (harbour,) = (row for row in rows["articles.csv"] if row["id"] == "harbour")
    assert "'=A harbour & 100 % of it_" == harbour["title"]
    assert not [
        cell for table in rows.values() for row in table for cell in row.values() if cell[:1] in "=+-@" and cell
    ]


def test_the_table_of_dates_has_the_news_of_a_report_and_of_nobody_private(archive: Path) -> None:
    for name, told in (("sale", "Marta Lindqvist has sold the pier"), ("gift", "Jonas Aber has given a CANARY")):
        head = f"---\ntitle: A {name}\npublished: 2025-03-06\nlanguage: en\n---\n"
        lay(archive, f"-- content/articles/{name}.md --\n{head}{told} to the people of the town.\n")
    export(archive, "csv")
    rows = list(csv.DictReader(io.StringIO(texts(archive / "out/csv")["chronology.csv"], newline="")))
    assert ["sale"] == [row["article"] for row in rows if row["date"] == "2025-03-06"]


def test_database_answers_questions_and_searches(archive: Path) -> None:
    exported(archive, "sqlite")
    with closing(sqlite3.connect(archive / "out" / "sqlite")) as connection:
        asked = "SELECT DISTINCT article FROM mentions JOIN entities ON id = entity WHERE name = ? ORDER BY article"
        assert [("harbour",), ("quay",)] == connection.execute(asked, ("Marta Lindqvist",)).fetchall()
        found = (
            "SELECT id FROM articles WHERE rowid IN (SELECT rowid FROM articles_search WHERE articles_search MATCH ?)"
        )
        assert [("harbour",)] == connection.execute(found, ("pier",)).fetchall()


def test_references_are_cited_by_a_processor_of_the_citation_style_language(archive: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the style has parts that the processor does not know
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(
            style, CiteProcJSON(json.loads(exported(archive, "csl"))), formatter.plain
        )
        bibliography.register(Citation([CitationItem("harbour")]))
        (entry,) = map(str, bibliography.bibliography())
    assert all(words in entry for words in ("Author, A", "2024", "=A harbour & 100 % of it_", "The Gazette"))


def test_references_are_read_by_readers_of_bibtex_and_ris(archive: Path) -> None:
    entries = parse_string(exported(archive, "bibtex").decode(), "bibtex").entries
    assert r"=A harbour \& 100 \% of it\_" == entries["harbour"].fields["title"]
    (harbour,) = (one for one in rispy.loads(exported(archive, "ris").decode()) if one["id"] == "harbour")
    assert (["Author, Ann"], "2024/03/01") == (harbour["authors"], harbour["date"])
    assert "2024" == harbour["year"], "pandoc reads no other date"
    (reference,) = (one for one in json.loads(exported(archive, "csl")) if one["id"] == "harbour")
    assert [[2024, 3, 1]] == reference["issued"]["date-parts"]


def test_book_is_well_formed_and_all_its_links_lead_somewhere(archive: Path) -> None:
    exported(archive, "epub")
    with zipfile.ZipFile(archive / "out" / "epub") as book:
        first = book.infolist()[0]
        assert ("mimetype", zipfile.ZIP_STORED) == (first.filename, first.compress_type)
        pages = {name: book.read(name) for name in book.namelist() if name.endswith((".xhtml", ".opf", ".xml"))}
    trees = {name: etree.fromstring(text) for name, text in pages.items()}
    assert any("came to" in "".join(map(str, tree.itertext())) for tree in trees.values())
    links = [str(link) for tree in trees.values() for link in tree.xpath("//@href")]  # type: ignore[union-attr]
    inside = {f"book/{link}" for link in links if not re.match(r"https?:|#", link)}
    assert inside <= set(trees)


def test_notes_link_to_notes_that_are_there(archive: Path) -> None:
    export(archive, "vault")
    notes = texts(archive / "out" / "vault")
    links = {link.partition("|")[0] for text in notes.values() for link in re.findall(r"\[\[([^\]]+)\]\]", text)}
    assert links == links & {name.removesuffix(".md") for name in notes}
    assert "Entities/Marta Lindqvist" in links


def test_articles_are_chosen_by_tag_entity_and_time(archive: Path) -> None:
    def titles(*arguments: str) -> set[str]:
        return {article["id"] for article in json.loads(exported(archive, "json", *arguments))["articles"]}

    assert {"harbour"} == titles("--tag=quays")
    assert {"harbour", "quay"} == titles("--entity=Marta Lindqvist")
    assert {"quay"} == titles("--since=2024-06")
    assert {"harbour"} == titles("--until=2024")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("--tag=quay", "No article has the tag “quay”.\nDid you mean “quays”?"),
        ("--entity=Marta Linqvist", "No article mentions the entity “Marta Linqvist”.\nDid you mean “Marta Lindqvist”"),
        ("--entity=Jonas Aber", "No article mentions the entity “Jonas Aber”.\nNothing was written."),
    ],
)
def test_mistyped_choice_is_refused_with_the_nearest(archive: Path, choice: str, message: str) -> None:
    done = export(archive, "json", choice)
    assert (2, True) == (done.exit_code, message in done.output)
    assert not (archive / "out").exists()


def test_file_that_is_no_export_is_never_overwritten(archive: Path) -> None:
    (archive / "out").mkdir()
    (archive / "out" / "json").write_text("mine", "utf-8")
    assert 2 == export(archive, "json").exit_code
    assert "mine" == (archive / "out" / "json").read_text("utf-8")


def test_folder_with_a_changed_note_is_not_overwritten(archive: Path) -> None:
    export(archive, "vault")
    note = archive / "out" / "vault" / "Articles" / "A quay.md"
    note.write_text("my own words", "utf-8")
    assert 2 == export(archive, "vault").exit_code
    assert "my own words" == note.read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("`$= app.x`", "`|$= app.x`"),
        ("`= this.x`", "`|= this.x`"),
        ("``  $= app.x ``", "``  |$= app.x ``"),
        ("```dataviewjs\napp.x\n```", "```\napp.x\n```"),
        ("~~~ js-engine\napp.x\n~~~", "~~~\napp.x\n~~~"),
        ("- ```dataviewjs\n  app.x\n  ```", "- ```\n  app.x\n  ```"),
        ("```\n\n $= app.x\n```", "```\n\n |$= app.x\n```"),
        ("~~~\n$= app.x\n~~~", "~~~\n|$= app.x\n~~~"),
        ("> ```\n> $= app.x\n> ```", "> ```\n> |$= app.x\n> ```"),
        ("Code:\n\n    $= app.x", "Code:\n\n    |$= app.x"),
        ("```python\nx = 1\n```", "```python\nx = 1\n```"),
        ("`a` = `b`, `a >= b`, `a == b`", "`a` = `b`, `a >= b`, `a == b`"),
        ("```haskell\nlet x\n    = 5\n```", "```haskell\nlet x\n    = 5\n```"),
    ],
)
def test_no_saved_code_in_a_vault_is_a_program_to_a_plug_in(archive: Path, code: str, written: str) -> None:
    lay(archive, f"-- content/articles/code.md --\nIt runs.\n\n{code}\n\nIt stops.\n")
    assert 0 == export(archive, "vault").exit_code
    note = next((archive / "out/vault/Articles").glob("*ode.md")).read_text("utf-8")
    assert f"It runs.\n\n{written}\n\nIt stops.\n" in note.replace(WORD_JOINER, "|")


def test_settings_that_a_program_keeps_in_a_vault_stay(archive: Path) -> None:
    export(archive, "vault")
    settings = archive / "out" / "vault" / ".obsidian" / "app.json"
    settings.parent.mkdir()
    settings.write_text("{}", "utf-8")
    assert 0 == export(archive, "vault").exit_code
    assert "{}" == settings.read_text("utf-8")


def test_note_of_an_article_that_is_gone_is_removed(archive: Path) -> None:
    export(archive, "vault")
    (archive / "content" / "articles" / "quay.md").unlink()
    assert 0 == export(archive, "vault").exit_code
    assert not (archive / "out" / "vault" / "Articles" / "A quay.md").exists()


def test_export_to_a_folder_leaves_the_exports_that_lie_in_it(archive: Path) -> None:
    before = exported(archive, "json")
    export(archive, "vault")
    assert 0 == run(archive, "export", "csv", f"--to={archive / 'out'}").exit_code
    assert before == (archive / "out" / "json").read_bytes()
    assert (archive / "out" / "vault" / "Articles" / "A quay.md").exists()
    assert (archive / "out" / "articles.csv").exists()


def test_what_was_changed_since_the_last_build_is_exported(archive: Path) -> None:
    assert 0 == run(archive, "build", "--no-search").exit_code
    harbour, quay = (archive / "content" / "articles" / f"{name}.md" for name in ("harbour", "quay"))
    harbour.write_text(harbour.read_text("utf-8") + "\nThe crane came later.\n", "utf-8")
    quay.write_text(quay.read_text("utf-8").replace("title: A quay", "title: A quay\nrights: private"), "utf-8")
    articles = json.loads(exported(archive, "json"))["articles"]
    assert "The crane came later." in next(one["text"] for one in articles if one["id"] == "harbour")
    assert "quay" not in {one["id"] for one in articles}


def test_private_copy_has_everything_and_says_what_it_is(archive: Path) -> None:
    done = export(archive, "json", "--private")
    document = json.loads((archive / "out" / "json").read_bytes())
    jsonschema.validate(document, schema("archive-1"))
    by_id = {article["id"]: article for article in document["articles"]}
    assert "CANARY Marta Lindqvist." in by_id["secret"]["text"]
    assert "CANARY three." in by_id["part"]["text"]
    assert ("private", "excerpt", "full") == tuple(by_id[key]["rights"] for key in ("secret", "part", "quay"))
    assert {"": "jonas-aber", "CANARY note.": "marta-lindqvist"}.items() <= {
        entity["note"].strip(): entity["id"] for entity in document["entities"] if entity["type"] == "person"
    }.items()
    assert (True, "Cuttings & more (private copy)") == (document["private"], document["title"])
    assert "This is a private copy" in done.output
    assert not json.loads(exported(archive, "jsonl").splitlines()[0])["private"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_private_copy(archive: Path, form: str) -> None:
    assert 0 == export(archive, form, "--private").exit_code


@pytest.mark.parametrize(
    "place", ["site/mine.json", "content/mine.json", "templates/static/mine.json", "hosted/mine.json"]
)
def test_private_copy_is_refused_where_sites_are_made_of(archive: Path, place: str) -> None:
    lay(archive, '-- hosted/.glossator-files.json --\n{"files": {}}\n')
    done = run(archive, "export", "json", "--private", f"--to={archive / place}")
    assert (2, True) == (done.exit_code, "private copy" in done.output)
    assert not (archive / place).exists()


def test_private_copy_is_refused_in_a_repository_that_would_take_it_along(archive: Path) -> None:
    subprocess.run(["git", "init", "--quiet", archive], check=True)
    to = f"--to={archive / 'mine.json'}"
    done = run(archive, "export", "json", "--private", to)
    assert (2, True) == (done.exit_code, "lies in the Git repository" in done.output)
    assert 0 == run(archive, "export", "json", to).exit_code
    (archive / ".gitignore").write_text("/copies/\n", "utf-8")
    assert 0 == run(archive, "export", "json", "--private", f"--to={archive / 'copies' / 'mine.json'}").exit_code


def test_private_copy_replaces_no_export_that_others_may_read(archive: Path) -> None:
    before = exported(archive, "json")
    assert 2 == export(archive, "json", "--private").exit_code
    assert before == (archive / "out" / "json").read_bytes()
    (archive / "out" / "json").unlink()
    assert 0 == export(archive, "json", "--private").exit_code
    assert 2 == export(archive, "json").exit_code


@pytest.mark.parametrize("form", FORMATS)
def test_marks_of_a_person_and_passwords_in_addresses_are_in_no_export(archive: Path, form: str) -> None:
    lay(
        archive,
        """\
-- content/articles/marked.md --
---
title: Marked
---
[The keeper]{entity=jonas-aber} met Marta Lindqvist at [the quay](https://me:PASSCANARY@tidetable.example/y).
""",
    )
    export(archive, form)
    out = archive / "out" / form
    files = [path for path in (out.rglob("*") if out.is_dir() else [out]) if path.is_file()]
    if form == "epub":
        with zipfile.ZipFile(out) as book:
            everything = b"".join(book.read(name) for name in book.namelist())
    else:
        everything = b"".join(path.read_bytes() for path in files)
    assert b"PASSCANARY" not in everything
    assert b"jonas-aber" not in everything


@pytest.mark.parametrize("form", FORMATS)
def test_odd_characters_and_signs_of_the_format_are_read_back_as_they_are(archive: Path, form: str) -> None:
    odd = "\x0c\x1f\x7f\x85\ufffe\U0001f600 <script>&amp; {x} \\ % _"
    lay(
        archive,
        f"""\
-- content/articles/odd.md --
---
title: "Odd \\u202e [[x]] | title & <b> {{y}}"
site: "Gazette; Post"
authors: ["Ann, Bo; Cy", "{{}} and Di"]
tags: ["a, b", "c; d"]
source: "https://odd.example/{{x}}?a=1&b=c"
---
Marta Lindqvist {odd} said {odd}.

“We {odd} have built it,” said Marta Lindqvist. <https://x.example/a?b&c> ![A picture](https://x.example/p.png)
""",
    )
    assert [] == audited(archive, form)[1]


@pytest.mark.parametrize("form", FORMATS)
def test_name_that_the_owner_gave_to_a_split_entity_is_no_claim_of_an_article(archive: Path, form: str) -> None:
    decisions = archive / "content" / "entities.toml"
    split = '[[split]]\nname = "Marta Lindqvist"\nas = "Marta the swimmer"\nin = ["quay"]\n'
    decisions.write_text(f"{decisions.read_text('utf-8')}\n{split}", "utf-8")
    data, findings = audited(archive, form)
    assert "Marta the swimmer" in {entity.name for entity in data.entities}
    assert [] == findings


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Ann Author", ("Author", "Ann", "")),
        ("Jan van der Berg", ("van der Berg", "Jan", "")),
        ("Martin L. King Jr.", ("King", "Martin L.", "Jr.")),
        ("Author, Ann", ("Author", "Ann", "")),
        ("Marta Lindqvist", ("Lindqvist", "Marta", "")),
        ("Skerry Harbour Board", None),
        ("Aurelia Bay", None),
        ("Jonas Aber", ("Aber", "Jonas", "")),
        ("Reuters Staff", None),
        ("Ann", None),
        ("ann author", None),
        ("習近平", None),
        ("The Gazette, London", None),
    ],
)
def test_author_who_is_a_person_has_a_family_name(author: str, parts: tuple[str, str, str] | None) -> None:
    entities = [
        EntityData(name.lower(), name, kind, (), "machine", True, None, "", ())
        for name, kind in (("Marta Lindqvist", "person"), ("Aurelia Bay", "product"), ("Jonas Aber", UNTYPED))
    ]
    assert parts == People(entities).parts(author)


def test_family_names_are_told_to_every_manager_of_references(archive: Path) -> None:
    (reference,) = (one for one in json.loads(exported(archive, "csl")) if one["id"] == "harbour")
    assert [{"family": "Author", "given": "Ann"}] == reference["author"]
    assert ["Author, Ann"] == next(
        one for one in rispy.loads(exported(archive, "ris").decode()) if one["id"] == "harbour"
    )["authors"]
    (person,) = parse_string(exported(archive, "bibtex").decode(), "bibtex").entries["harbour"].persons["author"]
    assert (["Author"], ["Ann"]) == (person.last_names, person.first_names)


def test_formula_in_a_book_is_mathml_that_its_package_states() -> None:
    article = ArticleData(
        "lock", "The lock", None, None, (), None, None, "en", None, (), "full", "So $a_1 < b$ it is.\n", "", (), ()
    )
    data = book(ArchiveData("Quay", "", (article,), ()))[""]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        chapter = etree.fromstring(opened.read("book/chapter-1.xhtml"))
        package = etree.fromstring(opened.read("book/package.opf"))
    [formula] = chapter.iter("{http://www.w3.org/1998/Math/MathML}math")
    assert "a1<b" == "".join(map(str, formula.itertext()))
    assert ["nav", "mathml"] == [item.get("properties") for item in package.iter("{*}item")]
