"""A data folder -> documents with the names that people annotated in them.

The folder holds `marks/index.json`, and `marks/dev/NAME.txt` with `NAME.json` (a list of entities with their forms).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from glossator.stages.annotate.prose import plain_text

FOLDS = 5

_DATE = re.compile(r"(?:_\d+)*$")
"""What parts pages of one site in their names."""
UNPARTED = frozenset({"ja", "ko", "zh"})
"""Languages whose words stand beside one another, or have endings that no sign parts from them."""

NO_HOST = frozenset({"", "fakehost"})
"""What stands in an address that is none."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A name in a text: where it stands, its type first among those that are right as well, whose it is."""

    start: int
    end: int
    types: tuple[str, ...]
    entity: int
    must: bool


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    text: str
    gold: tuple[Gold, ...]
    kind: str
    fold: int
    told: tuple[str, ...]
    """For each entity what the text says of it, condensed; empty if it says nothing."""
    language: str = "en"

    def paragraphs(self) -> list[tuple[int, int]]:
        """Where what stands between blank lines begins and ends."""
        return [(block.start, block.end) for block in plain_text(self.text).blocks]


def documents(folder: Path) -> list[Document]:
    """The annotated documents, in the order of their names."""
    index = json.loads((folder / "marks" / "index.json").read_text("utf-8"))
    found = []
    for file in sorted((folder / "marks" / "dev").glob("*.txt")):
        if file.with_suffix(".json").exists():
            about = index.get(file.stem, {})
            fold = fold_of(file.stem, about.get("url") or "")
            found.append(_document(file, about.get("kind", "web"), fold))
    return found


def foreign_documents(folder: Path) -> list[Document]:
    """The annotated articles in other languages than English: `marks/lang`, with `NAME-index.json` for each series."""
    found = []
    for series in sorted((folder / "marks" / "lang").glob("*-index.json")):
        for name, about in json.loads(series.read_text("utf-8")).items():
            file = series.with_name(f"{name}.txt")
            fold = crc32(_DATE.sub("", about["page"]).encode()) % FOLDS
            found.append(_document(file, "seen" if about.get("seen") else "news", fold, about["lang"]))
    return found


def _document(file: Path, kind: str, fold: int, language: str = "en") -> Document:
    entities = json.loads(file.with_suffix(".json").read_text("utf-8"))
    with file.open(encoding="utf-8", newline=None) as stream:
        text = stream.read()
    told = tuple(entity.get("who") or "" for entity in entities)
    return Document(file.stem, text, tuple(mentions(text, entities, language)), kind, fold, told, language)


def fold_of(name: str, url: str) -> int:
    """The fold of a document: by its host, so that pages of one site are on one side."""
    host = urlsplit(url).hostname or ""
    return crc32((name if host in NO_HOST else host).encode()) % FOLDS


def mentions(text: str, entities: Sequence[dict[str, Any]], language: str = "en") -> Iterator[Gold]:
    """Where the forms of the entities stand in a text; a longer form goes before a shorter one that lies in it."""
    owners = defaultdict(list)
    for number, entity in enumerate(entities):
        for form in entity["forms"]:
            owners[form].append(number)
    taken = bytearray(len(text))
    for form in sorted(owners, key=lambda one: (-len(one), one)):
        free = [span for span in _occurrences(text, form, language in UNPARTED) if not any(taken[span[0] : span[1]])]
        for count, (start, end) in enumerate(free, 1):
            taken[start:end] = b"\1" * (end - start)
            for number in owners[form]:
                entity = entities[number]
                if [form, count] not in [list(one) for one in entity.get("except", ())]:
                    types = (entity["type"], *entity.get("also", ()))
                    yield Gold(start, end, types, number, entity.get("must", True))
                    break


def _occurrences(text: str, form: str, within: bool) -> Iterator[tuple[int, int]]:
    before = r"(?<!\w)" if form[0].isalnum() and not within else ""
    after = r"(?!\w)" if form[-1].isalnum() and not within else ""
    return (found.span() for found in re.finditer(before + re.escape(form) + after, text))
