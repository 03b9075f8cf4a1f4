"""Texts of the exports that are references: CSL-JSON, RIS and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from glossator.check.exported import ExportedText, texts

RIS_LINE = re.compile(r"^([A-Z][A-Z0-9])  - (.*)$")
RIS_TEXTS = frozenset({"TI", "AU", "T2", "UR", "AB", "KW"})
ENTRY = re.compile(r"^@online\{([^,]+),$")
FIELD = re.compile(r"^  (\w+) = \{(.*)\},$")
TEX_WORD = {"textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~"}
TEX = re.compile(r"\\(textbackslash|textasciicircum|textasciitilde)\{\}|\\([{}$&#%_])")
ESCAPED = {"%7B": "{", "%7D": "}", "%5C": "\\"}
"""Characters of an address that mean something in TeX."""


def of_csl(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of CSL-JSON."""
    for item in json.loads(files[""]):
        said = [item.get(name) for name in ("title", "container-title", "URL", "abstract")]
        said += [text for author in item.get("author", ()) for text in author.values()]
        yield from texts(item["id"], [*said, *item.get("keyword", "").split(", ")], (item["id"],))


def of_ris(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of RIS."""
    article = ""
    for line in files[""].decode().split("\r\n"):
        if not (found := RIS_LINE.match(line)):
            continue
        if found[1] == "ID":
            article = found[2]
        elif found[1] == "AU":
            yield from texts(article, found[2].split(", "), (article,))
        elif found[1] in RIS_TEXTS:
            yield ExportedText(article, found[2], (article,))


def of_bibtex(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield the texts of BibTeX; a key is the id of its article, because ids have no odd characters."""
    article = ""
    for line in files[""].decode().split("\n"):
        if entry := ENTRY.match(line):
            article = entry[1]
        elif (field := FIELD.match(line)) and field[1] not in ("date", "urldate", "langid"):
            yield from texts(article, _values(field[1], field[2]), (article,))


def _values(name: str, value: str) -> list[str]:
    if name == "url":
        for escaped, plain in ESCAPED.items():
            value = value.replace(escaped, plain)
        return [value]
    if name == "author":
        people = re.split(r" and (?=\{|[^{}]*(?:, | and |$))", value)
        return [
            _plain(part)
            for person in people
            for part in ([person[1:-1]] if person.startswith("{") else person.split(", "))
        ]
    parts = [value]
    return [item for part in parts for item in (_plain(part).split(", ") if name == "keywords" else [_plain(part)])]


def _plain(tex: str) -> str:
    return TEX.sub(lambda found: TEX_WORD[found[1]] if found[1] else found[2], tex)
