"""Texts of the exports that are folders of Markdown: a vault, and a bundle of the Open Knowledge Format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from glossator import frontmatter
from glossator.check.exported import ExportedText, of_article, of_entity, texts

NAMES = "\n\n## Names in this article\n\n"
"""Words of a vault between an article and the links to its entities."""
WIKI_LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]*))?\]\]")
DESCRIBED = re.compile(r"^(.+) \(\[\[(Articles/[^\]]+)\]\]\)$", re.MULTILINE)
CITED = re.compile(r"^(?:\* )?(?P<text>.*?)(?:\[\^(?P<source>[^\]]+)\])$")
LINKED = re.compile(r"^\* \[(?P<title>(?:\\.|[^\]\\])*)\]\((?P<target>[^)]*)\)(?: - (?P<about>.*))?$")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]<>#|^~])")

Notes = Mapping[str, tuple[dict[str, Any], str]]
"""Fields and body of each note by path, without `.md`."""


def of_vault(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of a vault. The notes of entities that its owner wrote are passed over."""
    notes = _notes(files)
    ids = {path: fields["id"] for path, (fields, _) in notes.items() if path.startswith("Articles/")}
    for path, (fields, body) in notes.items():
        if path in ids:
            text, _, links = body.rpartition(NAMES) if NAMES in body else (body, "", "")
            yield from of_article(path, fields | {"text": text})
            yield from texts(path, [label for _, label in WIKI_LINK.findall(links)], ())
        else:
            articles = tuple(ids[target] for target, _ in WIKI_LINK.findall(body) if target in ids)
            name = body.strip().split("\n")[0].removeprefix("# ")
            aliases = fields.get("aliases") or []
            yield from of_entity(path, {"name": name, "aliases": aliases, "articles": articles})
            for text, target in DESCRIBED.findall(body):
                yield ExportedText(path, text, (ids[target],))


def of_bundle(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of a bundle of the Open Knowledge Format."""
    for path, (fields, body) in _notes(files).items():
        sources = fields.get("sources") or []
        ids = tuple(source["id"] for source in sources)
        for source in sources:
            authors = str(source.get("author", "")).split(", ")
            said = [source["title"], source.get("excerpt"), *(author.removeprefix("human:") for author in authors)]
            yield from texts(path, said, (source["id"],))
        yield from texts(path, [fields.get("title"), *(fields.get("aliases") or ())], ids)
        yield from texts(path, [fields.get("description"), *(fields.get("tags") or ())], ids)
        yield from _of_lines(path, body)


def _of_lines(path: str, body: str) -> Iterator[ExportedText]:
    """Yield the statements of a concept and the entries of an index."""
    for line in body.split("\n"):
        if cited := CITED.match(line):
            linked = LINKED.match(line.removesuffix(f"[^{cited['source']}]"))
            text = linked["title"] if linked else cited["text"]
            yield ExportedText(path, _plain(text), (cited["source"],))
        elif linked := LINKED.match(line):
            yield from texts(path, [_plain(linked["title"]), _plain(linked["about"] or "")], ())


def _notes(files: Mapping[str, bytes]) -> Notes:
    return {path.removesuffix(".md"): frontmatter.split(content.decode()) for path, content in files.items()}


def _plain(text: str) -> str:
    return ESCAPE.sub(r"\1", text)
