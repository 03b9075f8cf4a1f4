"""The index of the search page: over every article and entity, and the same for the same pages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from glossator import search
from glossator.config import SiteError
from glossator.model import Output
from tests.sites import build, contents, lay

ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
site: Tide Table
published: 2024-01-05
---
Marta Lindqvist, the harbour master of Ravnsborg, said the wall would be raised.
-- content/articles/choir.md --
---
title: Ein Chor am Kai
site: The Lantern
published: 2023-04-02
language: de
---
Der Chor sang, und der Kai war voll.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("search"), ARCHIVE)
    build(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, Output]:
    return {output.path: output for output in search.index(site, "en")}


def unzipped(output: Output) -> bytes:
    return gzip.decompress(output.content).removeprefix(search.MAGIC)


def fragments(index: dict[str, Output]) -> list[dict[str, object]]:
    """What the index says of each page."""
    found = [json.loads(unzipped(output)) for path, output in index.items() if "/fragment/" in path]
    return sorted(found, key=lambda one: one["url"])


def test_articles_entities_and_own_pages_are_found_and_lists_are_not(index: dict[str, Output]) -> None:
    assert [
        "/about.html",
        "/articles/choir.html",
        "/articles/wall.html",
        "/entities/marta-lindqvist.html",
        "/entities/ravnsborg.html",
    ] == [one["url"] for one in fragments(index)]


def test_what_is_found_can_be_narrowed_by_kind_source_year_and_the_rest(index: dict[str, Output]) -> None:
    wall = next(one for one in fragments(index) if one["url"] == "/articles/wall.html")
    person = next(one for one in fragments(index) if one["url"] == "/entities/marta-lindqvist.html")
    assert {"kind": ["Article"], "source": ["Tide Table"], "year": ["2024"], "language": ["en"]} == wall["filters"]
    assert {"kind": ["Entity"], "type": ["Person"]} == person["filters"]


def test_all_languages_are_in_one_index(index: dict[str, Output]) -> None:
    entry = json.loads(index["pagefind/pagefind-entry.json"].content)
    assert {"en": 5} == {language: one["page_count"] for language, one in entry["languages"].items()}


def test_equal_pages_have_an_equal_index(site: Path, index: dict[str, Output]) -> None:
    assert index == {output.path: output for output in search.index(site, "en")}
    assert {path: output.content for path, output in index.items()} == {
        path: content for path, content in contents(site).items() if path.startswith("pagefind/")
    }


def test_the_index_holds_all_that_its_parts_name(index: dict[str, Output]) -> None:
    entry = json.loads(index["pagefind/pagefind-entry.json"].content)
    names = {path.removeprefix("pagefind/") for path in index}
    assert {f"pagefind.{one['hash']}.pf_meta" for one in entry["languages"].values()} <= names
    assert {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind"} <= names


def test_no_index_is_a_sentence_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        search.index(tmp_path / "missing", "en")
    assert raised.value.message.startswith("Pagefind could not index the site: ")
    assert "Install it again: pip install --force-reinstall pagefind pagefind-bin." == raised.value.hint
