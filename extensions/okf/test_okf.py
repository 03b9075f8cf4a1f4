"""Conformance of a bundle with the Open Knowledge Format 0.2: section 11 of its specification, and what it refers to.

The Markdown is read by a parser of others, with its own extension for footnotes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise, takewhile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from glossator import frontmatter
from glossator.cli import main
from tests import test_export
from tests.sites import lay

RESERVED = ("index.md", "log.md")
ACTOR = re.compile(r"(?:human|process):.+|[\w.-]+/[\w.-]+")
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
HOSTILE = r"# [odd](x) *title* `with` _all_ <b>of</b> {it} | ^[note] [^1] \ & more"
ARCHIVE = f"""\
-- content/articles/harbour.md --
---
title: A harbour
source: https://gazette.example/harbour
authors: [Ann Author, Bo Writer]
published: 2024-03-01T10:00:00+02:00
description: "Stones, [links](x) and a footnote.[^harbour]"
tags: [quays]
---
Marta Lindqvist, the head of the [Skerry](https://skerry.example/) Harbour Board, came to *Ravnsborg*.

“We have [built] a pier of *stone*, and it will stay,” said Marta Lindqvist.
-- content/articles/index.md --
---
title: Not an index
---
Marta Lindqvist left Ravnsborg for the quay.
-- content/articles/log.md --
---
title: '{HOSTILE}'
published: 2025-01-02
---
{HOSTILE} Jonas Aber.
-- content/articles/undated.md --
---
title: Undated
---
Nobody came.
-- content/entities/marta.md --
---
name: Marta Lindqvist
aliases: [log]
---
She is known to us.
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    folder = lay(tmp_path_factory.mktemp("okf"), ARCHIVE)
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1"]
    done = CliRunner(catch_exceptions=False).invoke(main, ["export", "okf", f"--to={folder / 'bundle'}", *where])
    assert 0 == done.exit_code
    root = folder / "bundle"
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.md"))}


def concepts(bundle: Mapping[str, str]) -> dict[str, tuple[dict[str, Any], str]]:
    """Fields and body of every file that is no reserved one."""
    found = {}
    for path, text in bundle.items():
        if PurePosixPath(path).name not in RESERVED:
            block = FRONT_MATTER.match(text)
            assert block, path
            found[path] = (yaml.safe_load(block[1]), block[2])
    return found


def parsed(body: str) -> list[Token]:
    return MarkdownIt().use(footnote_plugin).parse(body)


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def text_of(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type in ("text", "softbreak"))


def test_every_concept_has_front_matter_with_a_type(bundle: Mapping[str, str]) -> None:
    found = concepts(bundle)
    assert 4 == sum(path.startswith("articles/") for path in found)
    for path, (fields, _) in found.items():
        assert isinstance(fields, dict), path
        assert isinstance(fields["type"], str), path
        assert fields["type"].strip(), path


def test_an_article_or_entity_with_a_reserved_name_is_a_concept_of_another_name(bundle: Mapping[str, str]) -> None:
    assert {"index.md", "log.md"} == {path for path in bundle if PurePosixPath(path).name in RESERVED}


def test_the_index_has_groups_of_entries_with_the_descriptions_of_their_concepts(bundle: Mapping[str, str]) -> None:
    block = FRONT_MATTER.match(bundle["index.md"])
    assert block
    assert {"okf_version": "0.2"} == yaml.safe_load(block[1])
    tokens = parsed(block[2])
    assert {"heading", "bullet_list", "list_item", "paragraph", "inline"} == {
        token.type.removesuffix("_open").removesuffix("_close") for token in tokens
    }
    assert "heading_open" == tokens[0].type
    assert {"h1"} == {token.tag for token in tokens if token.type == "heading_open"}
    found, listed = concepts(bundle), {}
    for before, token in pairwise(tokens):
        if before.type != "paragraph_open":
            continue
        links = [child for child in token.children or () if child.type == "link_open"]
        assert 1 == len(links), token.content
        title, _, description = text_of(token).partition(" - ")
        listed[str(links[0].attrGet("href"))] = (title, description)
    assert set(found) == set(listed)
    for path, (fields, _) in found.items():
        described = " ".join(str(fields.get("description", "")).split())
        assert f"{fields['title']} - {described}" in (" - ".join(listed[path]), f"{listed[path][0]} - "), path


def test_the_log_is_a_flat_list_by_day_newest_first(bundle: Mapping[str, str]) -> None:
    tokens = parsed(bundle["log.md"])
    headings = [(before.tag, token.content) for before, token in pairwise(tokens) if before.type == "heading_open"]
    assert ["h1", *["h2"] * (len(headings) - 1)] == [tag for tag, _ in headings]
    days = [day for _, day in headings[1:]]
    assert days == sorted((date.fromisoformat(day).isoformat() for day in days), reverse=True)
    assert ["2025-01-02", "2024-03-01"] == days
    assert all(
        token.content.startswith("**Creation**: [")
        for before, token in pairwise(tokens)
        if before.type == "paragraph_open"
    )


def test_sources_and_who_generated_a_concept_are_as_the_specification_says(bundle: Mapping[str, str]) -> None:
    for path, (fields, _) in concepts(bundle).items():
        assert ACTOR.fullmatch(fields["generated"]["by"]), path
        if "at" in fields["generated"]:
            assert datetime.fromisoformat(str(fields["generated"]["at"])).tzinfo, path
        assert "verified" not in fields, path
        ids = [source["id"] for source in fields["sources"]]
        assert len(ids) == len(set(ids)), path
        for source in fields["sources"]:
            assert re.match(r"https?://|/", source["resource"]), path
            assert source["resource"].startswith("http") or source["resource"].lstrip("/") in bundle, path
            assert ACTOR.fullmatch(source.get("author", "human:x")), path
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(source.get("last_modified", "2024-01-01"))), path


def test_every_statement_has_a_footnote_whose_label_is_a_source(bundle: Mapping[str, str]) -> None:
    for path, (fields, body) in concepts(bundle).items():
        tokens = parsed(body)
        labels = {str(token.meta["label"]) for token in inline(tokens) if token.type == "footnote_ref"}
        defined = {str(token.meta["label"]) for token in tokens if token.type == "footnote_open"}
        assert labels == defined, path
        assert labels <= {source["id"] for source in fields["sources"]}, path
        section = ""
        for before, token in pairwise(takewhile(lambda token: token.type != "footnote_block_open", tokens)):
            if before.type == "heading_open":
                section = token.content
            elif before.type == "paragraph_open" and section in ("Opening", "Description", "Quotes", "Articles"):
                assert any(child.type == "footnote_ref" for child in token.children or ()), (path, token.content)


def test_links_between_concepts_begin_at_the_bundle_and_lead_somewhere(bundle: Mapping[str, str]) -> None:
    bodies = {path: body for path, (_, body) in concepts(bundle).items()} | {"log.md": bundle["log.md"]}
    for path, body in bodies.items():
        for token in inline(parsed(body)):
            target = str(token.attrGet("href") or "")
            if token.type == "link_open":
                assert target.startswith("/"), (path, target)
                assert target.lstrip("/") in bundle, (path, target)


def test_a_title_full_of_markup_is_shown_as_it_is(bundle: Mapping[str, str]) -> None:
    (article,) = (text for path, text in bundle.items() if path == "articles/log-.md" or "title: '# [odd]" in text)
    body = FRONT_MATTER.match(article)
    assert body
    opening = next(token for token in parsed(body[2]) if token.type == "inline" and "odd" in token.content)
    assert "title" in text_of(opening)
    assert not any(child.type in ("em_open", "link_open", "code_inline") for child in opening.children or ())


def test_paths_are_safe_on_every_disk(bundle: Mapping[str, str]) -> None:
    assert all(re.fullmatch(r"[\w./-]+", path) and not Path(path).is_absolute() for path in bundle)
    assert len(bundle) == len({path.casefold() for path in bundle})


def test_who_decided_and_when_is_recorded_and_told_if_the_user_states_a_name(tmp_path: Path) -> None:
    folder = lay(tmp_path, f'{ARCHIVE}-- content/entities.toml --\nconfirm = ["Jonas Aber"]\n-- glossator.toml --\n')
    settings = folder / "glossator.toml"
    where = [f"--content={folder / 'content'}", f"--config={settings}"]
    run = CliRunner(catch_exceptions=False).invoke
    decided = folder / "content/entities.toml"
    assert 0 == run(main, ["entity", "confirm", "Ravnsborg", "-y", *where]).exit_code
    assert "verified" not in decided.read_text("utf-8")
    settings.write_text('[entities]\nverified_by = "Maud Ferrier"\n', "utf-8")
    assert 0 == run(main, ["entity", "confirm", "Marta Lindqvist", "-y", *where]).exit_code

    (line,) = (line for line in decided.read_text("utf-8").splitlines() if "Maud Ferrier" in line)
    assert re.fullmatch(r'"Marta Lindqvist" = "Maud Ferrier, \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"', line)
    assert 0 == run(main, ["export", "okf", f"--to={folder / 'bundle'}", *where]).exit_code
    told = {
        path.stem: fields["verified"]
        for path in (folder / "bundle/entities").glob("*.md")
        if "verified" in (fields := yaml.safe_load(path.read_text("utf-8").split("---\n")[1]))
    }
    assert {"marta-lindqvist": {"by": "human:Maud Ferrier", "at": told["marta-lindqvist"]["at"]}} == told
    assert ACTOR.fullmatch(told["marta-lindqvist"]["by"])
    assert datetime.fromisoformat(str(told["marta-lindqvist"]["at"])).tzinfo

    assert 0 == run(main, ["entity", "ignore", "Marta Lindqvist", "-y", *where]).exit_code
    assert "Maud Ferrier" not in decided.read_text("utf-8")


def test_sources_of_okf_quote_the_passage_verbatim_with_its_digest(tmp_path: Path) -> None:
    archive = lay(tmp_path, test_export.ARCHIVE)
    texts = {one["id"]: one["text"] for one in json.loads(test_export.exported(archive, "json"))["articles"]}
    assert 0 == test_export.export(archive, "okf").exit_code
    seen = 0
    for path in (archive / "out/okf/entities").glob("*.md"):
        for source in frontmatter.split(path.read_text("utf-8"))[0]["sources"]:  # type: ignore[attr-defined]
            assert source["excerpt"] in texts[source["id"]]
            assert hashlib.sha256(source["excerpt"].encode()).hexdigest() == source["excerpt_sha256"]
            seen += 1
    assert seen
