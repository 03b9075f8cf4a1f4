"""Texts of the data of a site: the records of its pages in JSON and Markdown, `llms.txt`, and the lists of the API.

A text for which the data name no article, such as a title in a list, must stand in an export that names one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from glossator import frontmatter
from glossator.check.exported import ExportedText, Record, of_article, texts
from glossator.site_paths import SOURCES

SUFFIXES = (".json", ".md")
LLMS = "llms.txt"
LISTS = "\n## Lists\n"
"""Heading in `llms.txt`; its first list names pages by words of the interface."""
API = "api/"
TITLE = re.compile(r"\A\n?# .*\n+(?:> (?P<description>.*)\n+)?")
SECTIONS = ("Names in this article", "Related articles", "Other names", "Quotes", "Articles", "Appears with")
"""Headings of ours, in English."""
BEGINNING = "(This is the beginning of the article.)"
"""Words of ours below the first paragraphs of an article."""
SOURCED = re.compile(r"^(?P<text>.+) \(\[(?:\\.|[^\]\\])*\]\((?P<target>[^)]*)\)\)$")
LINKED = re.compile(
    r"^- (?:\[(?P<title>(?:\\.|[^\]\\])*)\]\([^)]*\)|\*\*(?P<bold>(?:\\.|[^*\\])*)\*\*)(?:: (?P<about>.*))?"
)
PART = re.compile(r"\]\([^)]*\) \(\d+\)$")
"""End of a line that leads to a part of a list, which is called by letters, dates or a publication."""
ESCAPE = re.compile(r"\\([\\`*_{}\[\]<>#|^~])")
FIELDS = frozenset({"title", "name", "description", "source", "authors", "tags", "publication"})
"""Fields of a list's entries that say something."""


def of_site(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of the data of a site in English, by path."""
    for path, content in files.items():
        if path == LLMS:
            yield from _of_entries(path, content.decode().partition(LISTS)[2].partition("\n## ")[2].splitlines())
        elif path.endswith(".md"):
            yield from _of_markdown(path, content.decode())
        elif path.endswith(".json"):
            record = json.loads(content)
            yield from _of_dated(path, record) if isinstance(record, list) else _of_record(path, record)


def is_data(path: str, files: Iterable[str]) -> bool:
    """True if a file of a site is data: beside a page among `files`, or in the API."""
    stem, dot, _ = path.rpartition(".")
    return path == LLMS or (path.endswith(SUFFIXES) and bool(dot) and (path.startswith(API) or f"{stem}.html" in files))


def _of_dated(path: str, rows: Iterable[Record]) -> Iterator[ExportedText]:
    """Yield the dated sentences of a month of the chronology, with the names in them."""
    for row in rows:
        yield from texts(path, [row["sentence"], row["title"], *row["who"]], (row["article"],))


def _of_record(path: str, record: Record) -> Iterator[ExportedText]:
    if record.get("kind") == "article":
        yield from of_article(path, {name: value for name, value in record.items() if name != "description"})
        yield from texts(path, [record["description"]], (record["id"],))
        for entity in record["entities"]:
            yield from texts(path, [entity["name"]], ())
            yield from texts(path, [entity["descriptor"]], (entity["descriptor_article"],))
    elif record.get("kind") == "entity":
        yield from texts(path, [record["title"], *(alias["name"] for alias in record["aliases"])], ())
        yield from texts(path, [record["note"].strip()], ())
        for said in (*record["quotations"], *filter(None, [record["descriptor"]])):
            article = _article(said["article"]["page"])
            yield from texts(path, [said["text"], said.get("attribution")], (article,))
    if record.get("page") == SOURCES:
        yield from texts(path, [part["label"] for part in (*record["groups"], *record["parts"])], ())
    for link in _entries(record):
        named = link.get("page", "")
        articles = (_article(named),) if named.startswith("articles/") and "date" in link else ()
        yield from texts(path, [link.get("title") or link.get("name")], articles)


def _entries(value: object) -> Iterator[Record]:
    """Yield the entries of the lists in a record, at any depth."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _entries(inner)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                yield inner
                yield from _entries(inner)


def _of_markdown(path: str, text: str) -> Iterator[ExportedText]:
    fields, body = frontmatter.split(text)
    if fields["kind"] == "text":  # the owner's own page
        return
    title = TITLE.match(body)
    rest = body[title.end() :] if title else body
    headings = "|".join(map(re.escape, SECTIONS))
    sections = re.split(rf"^## (?:{headings})$", rest, flags=re.MULTILINE)
    if fields["kind"] == "article":
        said = sections[0].replace(BEGINNING, "").replace("](../images/", "](images/")
        described = _plain(title["description"] or "") if title else ""
        whole = BEGINNING not in sections[0]
        yield from of_article(path, {**fields, "text": said.strip(), "description": described, "whole": whole})
    elif fields["kind"] == "entity":
        yield from texts(path, [str(fields["title"])], ())
        sourced = [SOURCED.match(block) for block in sections[0].strip().split("\n\n")]
        note = "\n\n".join(
            block for block, found in zip(sections[0].strip().split("\n\n"), sourced, strict=True) if not found
        )
        yield from texts(path, [note], ())
        for found in filter(None, sourced):
            yield ExportedText(path, _plain(found["text"]), (_article(found["target"]),))
    yield from _of_entries(
        path, "\n".join(sections[1:] if fields["kind"] in ("article", "entity") else sections).split("\n")
    )


def _of_entries(path: str, lines: Iterable[str]) -> Iterator[ExportedText]:
    """Yield the texts of the lines that are entries of lists."""
    for line in lines:
        if PART.search(line):
            continue
        if line.startswith("- “") and (quoted := SOURCED.match(line.removeprefix("- "))):
            yield ExportedText(path, _plain(quoted["text"]).strip("“”"), (_article(quoted["target"]),))
        elif linked := LINKED.match(line):
            yield from texts(path, [_plain(linked["title"] or linked["bold"])], ())
            if found := SOURCED.match(linked["about"] or ""):
                yield ExportedText(path, _plain(found["text"]), (_article(found["target"]),))
        elif line.startswith("- "):
            yield from texts(path, [_plain(line.removeprefix("- "))], ())


def _article(page: str) -> str:
    """Return the id of the article that a page or its data is about."""
    return page.rpartition("/")[2].rpartition(".")[0]


def _plain(text: str) -> str:
    return ESCAPE.sub(r"\1", text)
