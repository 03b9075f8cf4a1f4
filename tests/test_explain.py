"""A person asks why something was made anew, and is told in their own words."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.incremental.cache.rows import CHECKSUM_BYTES
from glossator.incremental.explain import FIELDS, ROWS, WHOLE, WORDS
from glossator.incremental.schema import SiteState
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.stages.plan.catalogue.whole_archive import WholeArchive
from tests.sites import build, lay, leave_out_search

ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
published: 2024-01-05
---
Marta Lindqvist said the wall of the town of Ravnsborg would be raised. Ravnsborg pays.
-- content/articles/choir.md --
---
title: The choir
published: 2024-02-05
---
Jonas Aber sang.
-- content/articles/eels.md --
---
title: Eels
published: 2024-03-05
---
Nobody had seen them.
-- content/articles/crane.md --
---
title: The crane
published: 2024-04-05
---
Jonas Aber mended it.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    return tmp_path


def explain(archive: Path, path: str, *options: str) -> list[str]:
    where = [f"--{one}={archive / one}" for one in ("content", "site")]
    done = CliRunner(catch_exceptions=False).invoke(main, ["explain", path, *where, *options])
    return done.output.splitlines()


@pytest.mark.parametrize("page", ["content/articles/choir.md", "articles/choir.html", "entities/jonas-aber.html"])
def test_the_names_of_a_page_are_explained(archive: Path, page: str) -> None:
    said = explain(archive, page, "--names")
    assert any(
        re.match(r"“Jonas Aber” in choir \(jonas-aber\): Mostly because of [a-z ]+\. \d{2,3} % a name: for: ", line)
        for line in said
    )


def test_what_is_new_is_said_to_be_new(archive: Path) -> None:
    assert [
        "articles/wall.html, the page: rendered at the last build: nothing was known of it before.",
        "articles/wall.md, the names in the text: made at the last build: nothing was known of it before.",
    ] == explain(archive, "articles/wall.html")


def test_a_page_and_what_it_was_made_of_name_what_had_changed(archive: Path) -> None:
    lay(archive, ARCHIVE.replace("would be raised", "would be mended"))
    build(archive)
    assert [
        "articles/wall.html, the page: rendered at the last build: the text of “wall”, or what is found in it had changed.",
        "articles/wall.md, the names in the text: made at the last build: the text or the language had changed.",
    ] == explain(archive, "articles/wall.md")
    said = explain(archive, str(archive / "site/articles/index.html"))
    assert said[0].startswith("articles/index.html, the page: not rendered at the last build, for nothing had changed.")


def test_several_causes_are_told_in_a_list(archive: Path) -> None:
    second = ARCHIVE.replace("would be raised", "would be mended").replace("sang.", "sang. Marta Lindqvist left.")
    lay(archive, second)
    build(archive)
    causes = explain(archive, "articles/wall.html")
    assert "articles/wall.html, the page: rendered at the last build: these had changed:" == causes[0]
    assert {
        "    - in how many articles, and years, “marta-lindqvist” appears",
        "    - the text of “wall”, or what is found in it",
    } <= set(causes)


def test_what_was_left_alone_says_when_and_why_it_was_last_made(archive: Path) -> None:
    for when in ("one build before", "2 builds before"):
        build(archive)
        nothing = f"for nothing had changed. Last rendered {when}: nothing was known of it before."
        assert [f"index.html, the page: not rendered at the last build, {nothing}"] == explain(archive, "index.html")


@pytest.mark.parametrize(
    ("file", "text", "page", "part"),
    [
        ("templates/not-found.html", '{% extends "base.html" %}', "404.html", WORDS["template"]),
        ("glossator.toml", '[site]\ntitle = "Cuttings"', "search.html", WORDS["settings"]),
        (
            "content/entities.toml",
            'ignore = ["Jonas Aber"]',
            "articles/choir.html",
            "which entity each name in “choir” is",
        ),
        ("content/entities.toml", 'private = ["Jonas Aber"]', "index.html", "which names you keep private"),
        ("content/pages/about.md", "---\ntitle: Us\n---\nWe are two.", "about.html", "the page “about”"),
    ],
)
def test_each_kind_of_change_has_its_name(archive: Path, file: str, text: str, page: str, part: str) -> None:
    lay(archive, f"-- {file} --\n{text}\n")
    build(archive)
    assert part in json.loads("\n".join(explain(archive, page, "--json")))[0]["changed"]


def test_a_page_that_somebody_changed_on_the_site_is_made_again_for_that_reason(archive: Path) -> None:
    (archive / "site/index.html").write_text("mine", "utf-8")
    build(archive)
    why = "nothing had changed, but it was gone, or not as a build had left it"
    assert [f"index.html, the page: rendered at the last build: {why}."] == explain(archive, "index.html")


def test_a_saved_file_leads_to_the_page_that_was_made_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    text = "The crane\n\nThe Skerry Harbour Board has mended its crane, which had stood still since November."
    build(lay(tmp_path, f"-- content/saved/a/note.txt --\n{text}\n"))
    for path in ("saved/a/note.txt", str(tmp_path / "content/saved/a/note.txt"), "articles/the-crane.html"):
        found = json.loads("\n".join(explain(tmp_path, path, "--json")))
        expected = [
            ("articles/the-crane.html", "render"),
            ("articles/the-crane.md", "annotate"),
            ("saved/a/note.txt", "extract"),
        ]
        assert expected == [(one["path"], one["stage"]) for one in found]


def test_what_no_build_knows_is_said_with_what_to_name_instead(archive: Path) -> None:
    assert [
        "The last build knew nothing of articles/gulls.html.",
        "Name a page of the site, a file of content/articles/ or one of content/saved/ from which one was made.",
    ] == explain(archive, "articles/gulls.html")


def test_without_a_build_there_is_nothing_to_explain(tmp_path: Path) -> None:
    assert ["No build of this archive is remembered.", "Build it first."] == explain(tmp_path, "index.html")


def test_what_became_known_of_an_entity_is_named_with_the_entity(archive: Path) -> None:
    lay(
        archive,
        "-- content/articles/eels.md --\n---\ntitle: Eels\n---\nMarta Lindqvist, the harbour master of Ravnsborg, saw them.\n",
    )
    build(archive)
    (page, *_) = json.loads("\n".join(explain(archive, "articles/wall.html", "--json")))
    assert "Marta Lindqvist's descriptor" in " ".join(page["changed"])


def test_every_part_of_a_page_and_every_row_has_a_name(archive: Path) -> None:
    with closing(sqlite3.connect(archive / ".glossator/content.sqlite3")) as memory:
        parts = " ".join(row[0] for row in memory.execute("SELECT parts FROM pages")).split()
        (state,) = memory.execute(
            "SELECT value FROM rows WHERE namespace = 'site' AND table_name = 'values' AND key = 'state'"
        ).fetchone()
    named = {part.partition(":")[0] for part in parts}
    assert {"view", "template"} <= named <= set(WORDS)
    tables = {*msgspec.msgpack.decode(state[CHECKSUM_BYTES:], type=SiteState).rows.tables}
    assert {"heads", "texts", "tags"} <= tables <= set(ROWS)
    assert set(WholeArchive.__struct_fields__) == set(WHOLE)
    assert set(Profile.__struct_fields__) - {"id"} == set(FIELDS)
