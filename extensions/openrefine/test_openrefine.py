"""A table that comes back from OpenRefine is decisions, and one that somebody broke is told with its line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from glossator_openrefine import decisions

from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.config import SiteError
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests.sites import lay, silent
from tests.test_export import ARCHIVE, exported


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


def test_table_that_comes_back_from_openrefine_is_decisions(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(archive, "openrefine").decode())))
    by_name = {row["name"]: row for row in rows}
    by_name["Ravnsborg"] |= {"name": "Ravnsburg"}
    by_name["Skerry Harbour Board"] |= {"wikidata": "https://www.wikidata.org/wiki/Q42"}
    by_name["Marta Lindqvist"] |= {"wikidata": "Q42"}
    known = {row["id"]: (name, row["type"]) for name, row in by_name.items()}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    found = decisions(out.getvalue(), known)
    assert {("rename", ("ravnsborg",), "Ravnsburg")} == {
        (one.kind, one.names, one.value) for one in found if one.kind == "rename"
    }
    assert () == decisions("id,name,type\nravnsborg,Ravnsborg,name\n", known), "a type that is not stated is none"
    (merge,) = (one for one in found if one.kind == "merge")
    assert {"skerry-harbour-board", "marta-lindqvist"} == set(merge.names)
    for table in ("name\nx\n", "id,name,type\nnobody,x,person\n", "id,name,type\nravnsborg,Ravnsborg,town\n"):
        with pytest.raises(SiteError):
            decisions(table, known)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id,name,type\nravnsborg\n", "Line 2: “” is no type."),
        ("id,name,type\nravnsborg,Ravnsburg\n", "Line 2: “” is no type."),
        ("id,name,type\n\n,,\n", "Line 2: no entity has the id “”."),
        ("id,name,type,wikidata\nravnsborg,Ravnsborg,place\n", "The table decides nothing"),
        ("id,name,type\nravnsborg,Ravnsborg,place,x,y\n", "The table decides nothing"),
        (f"id,name,type\nravnsborg,{'x' * 200_000},place\n", "Line 2: the name has more than 300 characters."),
        (f"id,name,type,more\nravnsborg,Ravnsborg,place,{'x' * 200_000}\n", "The table decides nothing"),
        (f"id,name,type\nravnsborg,{'x' * 100_000},place\n", "Line 2: the name has more than 300 characters."),
        (f"id,name,type\n{'x' * 100_000},Ravnsborg,place\n", "Line 2: no entity has the id “xxx"),
        ('id,name,type\nravnsborg,"Ravnsborg,place\n', "Line 2: “” is no type."),
        ("id,name,type\nravnsborg,Ravns\0borg,place\n", "The table decides nothing"),
        ("id,name,type\nravnsborg,Ravnsborg\u202e,place\n", "The table decides nothing"),
        ("id,name,type\nravnsborg,\u202eRavns\u2066borg\x1b\x07,place\n", "The table decides nothing"),
        ('id,name,type\nravnsborg,"Rav\nburg\r\n\x85Town\0\u202e",place\n', '"Ravnsborg" = "Rav burg Town"'),
        ('id,name,type\n"ravns\nborg",Ravnsborg,place\n', "Line 2: no entity has the id “ravns borg”."),
        ("id\tname\ttype\nravnsborg\tRavnsborg\tplace\n", "The table lacks one of the columns"),
        ("id,name,type\r\n", "The table lacks one of the columns"),
        ("", "The table lacks one of the columns"),
        ("\0\0\0", "The table lacks one of the columns"),
    ],
)
def test_table_that_somebody_broke_is_told_with_its_line(archive: Path, table: str, said: str) -> None:
    (archive / "table.csv").write_text(table, "utf-8", newline="")
    arguments = ["entity", "reconciled", str(archive / "table.csv"), "--dry-run", f"--content={archive / 'content'}"]
    told = CliRunner(catch_exceptions=False).invoke(main, arguments)

    assert said in told.output
    assert max(map(len, told.output.splitlines())) < 500
    assert not set("\0\u202e\x1b") & set(told.output)
    assert (0 if "=" in said else 2) == told.exit_code


def test_table_that_is_not_utf_8_is_told_by_its_name(archive: Path) -> None:
    (archive / "table.csv").write_text("id,name,type\nmarta-lindqvist,M\xe4rta,person\n", "latin-1")
    arguments = ["entity", "reconciled", str(archive / "table.csv"), "--dry-run", f"--content={archive / 'content'}"]
    told = CliRunner(catch_exceptions=False).invoke(main, arguments)

    assert 2 == told.exit_code
    assert f"{archive / 'table.csv'} is not UTF-8 (byte 30): save it as UTF-8." == told.output.strip()


def test_a_type_that_was_a_guess_may_be_stated_in_the_table(archive: Path) -> None:
    lay(
        archive,
        "-- content/articles/werft.md --\n---\ntitle: Eine Werft\nlanguage: de\n---\n"
        "Gestern kam Velmoro nach Berlin. Lange baute Velmoro dort kleine Schiffe.\n",
    )
    table = exported(archive, "openrefine").decode()
    assert "velmoro,Velmoro,name," in table
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        (guess,) = (one.type for one in survey.archive.entities if one.id == "velmoro")
    (archive / "table.csv").write_text(table.replace("Velmoro,name,", f"Velmoro,{guess},"), "utf-8")
    arguments = ["entity", "reconciled", str(archive / "table.csv"), "--dry-run", f"--content={archive / 'content'}"]
    told = CliRunner(catch_exceptions=False).invoke(main, arguments)
    assert 0 == told.exit_code, told.output
    assert "Velmoro" in told.output


def test_what_a_reconciled_table_decides_is_written_and_told_as_json(archive: Path) -> None:
    table = exported(archive, "openrefine").decode().replace("Ravnsborg", "Ravnsburg")
    (archive / "table.csv").write_text(table, "utf-8")
    arguments = ["entity", "reconciled", str(archive / "table.csv"), "--yes", "--json"]
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, f"--content={archive / 'content'}"])
    assert json.loads(done.stdout)["written"]
    assert '"Ravnsborg" = "Ravnsburg"' in (archive / "content/entities.toml").read_text("utf-8")
