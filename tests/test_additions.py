"""The examples of CONTRIBUTING.md do what it says: what is added to the site is written once, and pages follow it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from glossator import site_paths
from glossator.export import tables
from glossator.export.data import ArchiveData, ArticleData, EntityData, MentionData
from glossator.model import ArticleId, Entity, EntityId, SitePath
from glossator.stages.plan import PAGE_KINDS, Catalogue, PlannedPage, SiteContent
from glossator.stages.plan.catalogue import group
from glossator.stages.plan.catalogue.keywords import key_of
from glossator.stages.plan.catalogue.tables import TABLES
from glossator.stages.plan.page_kinds import PageKind
from glossator.stages.plan.pages import site_pages
from glossator.views import DataFile
from tests.sites import build, lay, leave_out_search

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
published: 2024-01-05
authors: [Ulla Berg]
---
Marta Lindqvist said the wall would be raised.
-- content/articles/crane.md --
---
title: The crane
published: 2024-02-10
---
Marta Lindqvist was pleased.
"""
ANOTHER = "-- content/articles/eels.md --\n---\ntitle: Eels\nauthors: [Ulla Berg]\n---\nNobody had seen them.\n"
PAGE = "entities/marta-lindqvist.html"


def example(name: str) -> Callable[..., Any]:
    """The function of this name in the examples."""
    (block,) = (
        one
        for one in re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
        if name in one
    )
    named: dict[str, Any] = {
        "ArchiveData": ArchiveData,
        "Columns": tables.Columns,
        "Counter": Counter,
        "EntityData": EntityData,
        "group": group,
        "key_of": key_of,
        "Catalogue": Catalogue,
        "Entity": Entity,
        "Iterator": Iterator,
        "PlannedPage": PlannedPage,
        "SitePath": SitePath,
        "DataFile": DataFile,
    }
    exec(block, named)
    function: Callable[..., Any] = named[name]
    return function


def test_a_line_that_shows_a_value_of_another_table_follows_the_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    authors_about, kind = example("authors_about"), PAGE_KINDS["entity"]

    def compose_with_authors(catalogue: Catalogue, planned: PlannedPage, excerpts: Mapping[ArticleId, Any]) -> Any:
        page: Any = kind.compose(catalogue, planned, excerpts)
        entity = catalogue.content.entities[EntityId(planned.subject)]
        return replace(page, aliases=tuple((line, 1) for line in authors_about(catalogue, entity)))

    monkeypatch.setitem(PAGE_KINDS, "entity", kind._replace(compose=compose_with_authors))
    build(lay(tmp_path, ARCHIVE))
    assert "Ulla Berg (1)" in (tmp_path / "site" / PAGE).read_text("utf-8")
    report = build(lay(tmp_path, ANOTHER))
    assert "Ulla Berg (2)" in (tmp_path / "site" / PAGE).read_text("utf-8")
    assert site_paths.entity_path(EntityId("marta-lindqvist")) in report.rendered


def test_a_page_of_a_new_kind_follows_the_table_that_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    plan_names, pages = example("plan_author_names"), site_pages.plan
    monkeypatch.setitem(PAGE_KINDS, "author-names", PageKind(DataFile, example("compose_author_names")))
    monkeypatch.setattr(site_pages, "plan", lambda found: [*pages(found), *plan_names(found)])
    build(lay(tmp_path, ARCHIVE))
    assert "Ulla Berg\n" == (tmp_path / "site/authors.txt").read_text("utf-8")
    build(lay(tmp_path, ANOTHER.replace("Ulla Berg", "Odd Moe")))
    assert "Odd Moe\nUlla Berg\n" == (tmp_path / "site/authors.txt").read_text("utf-8")


def test_a_column_of_an_export_counts_what_the_archive_says_of_a_row() -> None:
    marta = EntityData("marta", "Marta Lindqvist", "person", (), "machine", True, None, "", ("wall",))
    mentions = (MentionData(0, 15, "marta"), MentionData(20, 35, "marta"))
    about = (None, None, (), None, None, None, None, (), "full", "", "")
    archive = ArchiveData("Quay", "", (ArticleData("wall", "The wall", *about, mentions, ()),), (marta,))
    columns = {**tables.entity_columns(), **example("mention_column")(archive)}
    header, row = tables.table(columns, archive.entities).decode().splitlines()
    assert ("mentions", "2") == (header.split(",")[-1], row.split(",")[-1])


UNRECORDED = {
    "positions": "who sorts by it reads the heads",
    "spread": "read through groups alone",
    "article_links": "the citations are made of it",
    "text_digests": "the texts are compared by it",
    "head_digests": "the heads are compared by it",
    "renames": "redirects are planned by it",
    "listings": "made of the texts alone, and of libraries that every page depends on",
    "own_pictures": "the links of own texts are made of it",
}
"""Mappings that no composer looks up."""


def test_every_mapping_of_the_catalogue_is_declared() -> None:
    fields = {**get_type_hints(SiteContent), **get_type_hints(Catalogue)}
    mappings = {name for name, kind in fields.items() if get_origin(kind) is get_origin(Mapping[str, str])}
    assert mappings == {table.field for table in TABLES} | UNRECORDED.keys()
