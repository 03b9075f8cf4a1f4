"""Files for programs beside the pages: off unless asked for, as the schemas say, incremental, and without what is kept back."""

from __future__ import annotations

import json
import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from markdown_it import MarkdownIt
from PIL import Image

from glossator.check import broken_links
from glossator.cli.extensions import load_extended
from glossator.config import SiteError
from glossator.model import SitePath
from tests.sites import build, contents, lay, leave_out_search, pages
from tests.sweeps import sweep

ALL = 'data = ["markdown", "json", "llms", "api"]'
ARCHIVE = f"""\
-- glossator.toml --
[site]
title = "Velm [draft] & Sons"
{ALL}
-- content/articles/wall.md --
---
title: The *wall*
source: https://lantern.example/wall
site: The Lantern
authors: [B. Writer]
published: 2023-05-01
description: Stones & mortar.
tags: [Harbour]
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to the town of Ravnsborg.

“We have built a pier of stone, and it will stay,” said Marta Lindqvist.

PAGEALONE: Jonas Aber met Marta Lindqvist in the town of Ravnsborg.
-- content/articles/crane.md --
---
title: The crane
published: 2024-01-20
tags: [harbour]
---
Jonas Aber sold the [crane](https://crane.example/) to Marta Lindqvist.

Second.

WHOLE: The town of Ravnsborg slept.
-- content/articles/choir.md --
---
title: The choir
---
The choir sang without a date.
-- content/pages/about.md --
---
title: About
---
We keep *articles*.
-- content/entities/marta.md --
---
name: Marta Lindqvist
---
She is **known** to us.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path / "archive", ARCHIVE)


def settings(archive: Path, data: str) -> None:
    file = archive / "glossator.toml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("data = ")]
    file.write_text("\n".join([*lines, data]) + "\n", "utf-8")


def record(archive: Path, path: str) -> Any:
    return json.loads((archive / "site" / path).read_bytes())


def data_of(archive: Path) -> set[str]:
    files = contents(archive / "site")
    no_data = (".", "front/", "connections/")  # hidden files, and those that a page of the site reads
    return {path for path in files if path.endswith((".md", ".json", "llms.txt")) and not path.startswith(no_data)}


def same_as_clean(archive: Path) -> None:
    clean = archive.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(archive, clean, ignore=shutil.ignore_patterns("site", ".glossator"))
    build(clean)
    assert contents(clean / "site") == contents(archive / "site")


def schema(name: str) -> Any:
    return json.loads((resources.files("glossator") / f"data/schemas/{name}.json").read_text("utf-8"))


def test_a_site_has_none_of_it_unless_it_is_asked_for(archive: Path) -> None:
    settings(archive, "")
    build(archive)
    assert set() == data_of(archive)
    assert b'type="application/json"' not in contents(archive / "site")["articles/wall.html"]


@pytest.mark.parametrize(
    ("data", "suffixes", "lists"),
    [
        ('data = ["markdown"]', {"md"}, set()),
        ('data = ["json"]', {"json"}, set()),
        ('data = ["llms"]', set(), {"llms.txt"}),
        ('data = ["api"]', {"json"}, {"api/1/index.json", "api/1/articles.json", "api/1/entities.json"}),
    ],
)
def test_each_kind_of_file_is_switched_by_itself(archive: Path, data: str, suffixes: set[str], lists: set[str]) -> None:
    settings(archive, data)
    build(archive)
    subjects = ("index", "about", "articles/index", "articles/source", "entities/index", "articles/wall")
    found = data_of(archive)
    assert {f"{subject}.{suffix}" for subject in subjects for suffix in suffixes} <= found
    assert lists == {path for path in found if path.startswith("api/") or path == "llms.txt"}
    assert {path.rpartition(".")[2] for path in found - lists} == suffixes


def test_every_page_for_readers_has_both_and_says_so(archive: Path) -> None:
    build(archive)
    found = contents(archive / "site")
    without = {"search.html", "highlights.html", "404.html", "ties/index.html"}
    for path, page in pages(archive / "site").items():
        links = [
            (attrs["type"], attrs["href"])
            for tag, attrs in page.elements
            if tag == "link" and attrs.get("rel") == "alternate" and "atom" not in attrs["type"]
        ]
        stem = path.removesuffix(".html")
        expected = [] if path in without else ["text/markdown", "application/json"]
        assert expected == [kind for kind, _ in links], path
        assert (path not in without) == (f"{stem}.md" in found) == (f"{stem}.json" in found)
    assert [] == list(broken_links(archive / "site", [SitePath(path) for path in found]))


def test_the_data_follow_their_schemas(archive: Path) -> None:
    build(archive)
    found = [path for path in data_of(archive) if path.endswith(".json")]
    kinds = set()
    for path in found:
        document = record(archive, path)
        jsonschema.validate(document, schema("api-1" if path.startswith("api/") else "page-1"))
        kinds.add(document.get("kind"))
    assert {None, "article", "entity", "articles", "entities", "home", "text"} == kinds


def test_of_an_article_from_elsewhere_there_is_the_beginning_and_of_ones_own_the_whole(archive: Path) -> None:
    build(archive)
    wall, crane = record(archive, "articles/wall.json"), record(archive, "articles/crane.json")
    assert (False, True) == (wall["whole"], crane["whole"])
    assert "a pier of stone" in wall["text"]
    assert "WHOLE: The town of Ravnsborg slept." in crane["text"]
    assert ("https://lantern.example/wall", "The Lantern", ["B. Writer"]) == tuple(
        wall[name] for name in ("source", "publication", "authors")
    )
    holding = {
        path
        for path, text in contents(archive / "site").items()
        if b"PAGEALONE: Jonas" in text and not path.startswith("connections/")
    }
    assert {"html"} == {path.rpartition(".")[2] for path in holding}
    marta = record(archive, "entities/marta-lindqvist.json")
    assert "She is **known** to us." == marta["note"].strip()
    assert ["articles/wall.html"] == [said["article"]["page"] for said in marta["quotations"]]
    assert ("head of the Skerry Harbour Board", "articles/wall.html") == (
        marta["descriptor"]["text"],
        marta["descriptor"]["article"]["page"],
    )


def test_the_markdown_says_what_the_record_says_and_its_links_lead_to_markdown(archive: Path) -> None:
    build(archive)
    found = contents(archive / "site")
    parser = MarkdownIt()
    for path in {path for path in found if path.endswith(".md")}:
        text = found[path].decode()
        _, front, body = text.split("---\n", 2)
        fields = yaml.safe_load(front)
        assert fields["page"] == path.replace(".md", ".html")
        headings = []
        for token, inline in zip(parser.parse(body), parser.parse(body)[1:], strict=False):
            if token.type == "heading_open" and token.tag == "h1":
                headings.append("".join(child.content for child in inline.children or () if child.type == "text"))
        assert [fields["title"]] == headings
        for token in parser.parse(body):
            for child in token.children or ():
                target = str(child.attrGet("href") or "")
                if child.type == "link_open" and "://" not in target:
                    assert (archive / "site" / path).parent.joinpath(target).resolve().is_file(), (path, target)


def test_a_client_that_knows_only_the_entry_finds_every_article_and_entity(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in (300, 1):
        monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", most)
        shutil.rmtree(archive / ".glossator", ignore_errors=True)
        build(archive)
        entry = record(archive, "api/1/index.json")
        rows = {
            kind: [row for part in entry[kind]["parts"] for row in record(archive, part["data"])[kind]]
            for kind in ("articles", "entities")
        }
        assert {"wall", "crane", "choir"} == {row["id"] for row in rows["articles"]}
        assert {"marta-lindqvist", "jonas-aber", "ravnsborg"} <= {row["id"] for row in rows["entities"]}
        for kind, single in (("articles", "article"), ("entities", "entity")):
            assert entry[kind]["count"] == len(rows[kind])
            for row in rows[kind]:
                assert row["data"] == entry[single].replace("{id}", row["id"])
                assert row["id"] == record(archive, row["data"])["id"]


def test_a_language_model_is_led_to_the_markdown(archive: Path) -> None:
    build(archive)
    text = (archive / "site/llms.txt").read_text("utf-8")
    assert text.startswith("# Velm \\[draft\\] & Sons\n\n> ")
    assert "- [The \\*wall\\*](articles/wall.md): 2023-05-01\n" in text
    settings(archive, 'url = "https://velm.example/"\ndata = ["llms"]')
    build(archive)
    assert "(https://velm.example/articles/wall.html)" in (archive / "site/llms.txt").read_text("utf-8")


EDITS = {
    "text": ("wall", "a pier of stone", "a pier of wood"),
    "descriptor": ("wall", "the head of the Skerry Harbour Board", "the former head of the Skerry Harbour Board"),
    "kept back": ("crane", "title: The crane", "title: The crane\nrights: private"),
    "beyond the excerpt": ("wall", "PAGEALONE", "Alone"),
    "title": ("crane", "title: The crane", "title: The great crane"),
    "name": ("crane", "Jonas Aber sold", "Somebody sold"),
    "date": ("choir", "title: The choir", "title: The choir\npublished: 2022-01-01"),
    "in part": ("crane", "title: The crane", "title: The crane\nrights: metadata"),
}


@pytest.mark.parametrize("edit", sweep(EDITS, 3))
def test_an_edit_gives_the_files_of_a_clean_build(archive: Path, edit: str) -> None:
    build(archive)
    name, before, after = EDITS[edit]
    file = archive / f"content/articles/{name}.md"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    build(archive)
    same_as_clean(archive)
    file.write_text(text, "utf-8")
    build(archive)
    same_as_clean(archive)


def test_an_edit_makes_only_the_files_of_the_pages_that_show_it(archive: Path) -> None:
    build(archive)
    file = archive / "content/pages/about.md"
    file.write_text(file.read_text("utf-8").replace("*articles*", "papers"), "utf-8")
    assert {"about.html", "about.md", "about.json"} == set(build(archive).written)


def test_what_is_switched_off_goes_and_what_is_deleted_comes_back(archive: Path) -> None:
    build(archive)
    with_data = contents(archive / "site")
    for data in ("", 'data = ["json"]', ALL):
        settings(archive, data)
        build(archive)
        same_as_clean(archive)
    settings(archive, ALL)
    build(archive)
    assert with_data == contents(archive / "site")
    (archive / "site/articles/wall.json").unlink()
    (archive / "site/articles/crane.md").write_text("changed", "utf-8")
    build(archive)
    assert with_data == contents(archive / "site")


def test_the_data_of_an_article_and_an_entity_go_with_them(archive: Path) -> None:
    build(archive)
    (archive / "content/articles/choir.md").unlink()
    lay(archive, '-- content/entities.toml --\nignore = ["Jonas Aber"]\n')
    report = build(archive)
    gone = {
        f"{page}.{suffix}" for page in ("articles/choir", "entities/jonas-aber") for suffix in ("html", "md", "json")
    }
    assert gone <= set(report.removed)
    same_as_clean(archive)


def test_another_template_leaves_the_data_as_they_are(archive: Path) -> None:
    build(archive)
    before = {path: text for path, text in contents(archive / "site").items() if path in data_of(archive)}
    theme = (resources.files("glossator").parent / "templates/text.html").read_text("utf-8")  # type: ignore[attr-defined]
    lay(archive, f"-- templates/text.html --\n{theme}<!-- other -->\n")
    build(archive)
    assert before == {path: text for path, text in contents(archive / "site").items() if path in data_of(archive)}
    same_as_clean(archive)


def test_no_list_names_an_article_about_a_private_name(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nprivate = ["Jonas Aber"]\n')
    lay(archive, "-- content/articles/reply.md --\n---\ntitle: Jonas Aber replies\npublished: 2025-01-01\n---\nNo.\n")
    build(archive)
    for path, text in contents(archive / "site").items():
        if path.startswith("api/") or path == "llms.txt":
            assert b"aber" not in text.lower(), path
    assert "jonas" not in json.dumps(record(archive, "articles/wall.json")).lower()


def test_a_word_that_means_no_file_is_an_error(archive: Path) -> None:
    settings(archive, 'data = ["jsn"]')
    with pytest.raises(SiteError, match=r'glossator.toml, line 3: \[site\] data: "jsn"'):
        load_extended(archive / "glossator.toml")


def test_headings_are_in_the_language_of_the_interface(archive: Path) -> None:
    file = archive / "glossator.toml"
    file.write_text(file.read_text("utf-8").replace("[site]", '[site]\nlanguage = "de"'), "utf-8")
    build(archive)
    article, entity = (
        (archive / f"site/{page}.md").read_text("utf-8") for page in ("articles/wall", "entities/marta-lindqvist")
    )
    assert ["## Namen in diesem Artikel", "## Verwandte Artikel"] == re.findall(r"^## .*", article, re.MULTILINE)
    assert "(Dies ist der Anfang des Artikels.)" in article
    assert ["## Artikel", "## Kommt vor mit"] == re.findall(r"^## .*", entity, re.MULTILINE)


PATHS = (
    *(
        "[words](privfileq.md)",
        "[words](../articles/privfileq.md#part)",
        "[words](<privfileq.md>)",
        "[words](./PRIVFILEQ.md)",
    ),
    *('[words](privfileq.md "A privfileq")', "[words](privfileq.md\n'a privfileq (2)')", "[words]( my privfileq.md )"),
    *(
        "[words][w{}]\n\n[w{}]: privfileq.md\n",
        "[words][]\n\n[words]: <privfileq.md> 'privfileq'\n",
        "[a [b] words](privfileq.md)",
    ),
    *(
        "![words](images/privfileq.png)",
        "![words](privfileq.png)",
        "[![words](images/wall.png)](privfileq.md)",
        "[![words](privfileq.png)](https://x.example/)",
        "[![words](privfileq.png)](privfileq.md)",
    ),
    *("[words](file:///home/me/privfileq.md)", "[words](obsidian://open?file=privfileq)", "*[words](privfileq.md)*"),
    *(
        "> [words](privfileq.md)",
        "- [words](privfileq(1).md)",
        "| a |\n|---|\n| [words](privfileq.md) |",
        "## [words](privfileq.md)",
    ),
)


def test_no_path_of_a_file_is_in_the_data_of_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    links = "\n\n".join(path.replace("{}", str(number)) for number, path in enumerate(PATHS))
    lay(
        tmp_path,
        f"-- glossator.toml --\n[site]\n{ALL}\n"
        "-- content/articles/privfileq.md --\n---\ntitle: Kept\nrights: private\n---\nKept.\n"
        f"-- content/articles/link.md --\n---\ntitle: Link\n---\n{links}\n\n"
        "[kept](https://crane.example/) and `[code](quay.md)` and ![wall](images/wall.png) stay.\n",
    )
    (tmp_path / "content/articles/images").mkdir()
    Image.new("L", (3, 3)).save(tmp_path / "content/articles/images/wall.png")
    build(tmp_path)
    site = contents(tmp_path / "site")

    assert set() == {path for path, content in site.items() if b"privfileq" in content.lower()}
    record = json.loads(site["articles/link.json"])["text"]
    assert len(PATHS) == record.count("words")
    assert all(
        kept in record for kept in ("[kept](https://crane.example/)", "`[code](quay.md)`", "![wall](images/wall.png)")
    )
