"""The published part of an archive -> files of other programs' formats.

Nothing is exported that the site would not show: private articles and entities are not in the data, and of articles
with limited rights only the part that is shown. The same archive gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

from glossator.export.data import (
    ArchiveData,
    ArticleData,
    DescriptorData,
    EntityData,
    MentionData,
    QuoteData,
    Selection,
    selected,
)

__all__ = [
    "FORMATS",
    "ArchiveData",
    "ArticleData",
    "DescriptorData",
    "EntityData",
    "FormatWriter",
    "MentionData",
    "QuoteData",
    "Selection",
    "selected",
]


class FormatWriter(NamedTuple):
    """A function of a module of `formats` that makes the files by path; a format of one file has the path ""."""

    module: str
    function: str

    def __call__(self, archive: ArchiveData) -> Mapping[str, bytes]:
        written: Mapping[str, bytes] = getattr(import_module(f"{__name__}.formats.{self.module}"), self.function)(
            archive
        )
        return written


FORMATS: Mapping[str, FormatWriter] = {
    "json": FormatWriter("documents", "json_file"),
    "jsonl": FormatWriter("documents", "json_lines"),
    "csv": FormatWriter("tables", "csv_files"),
    "sqlite": FormatWriter("tables", "database"),
    "datasette": FormatWriter("tables", "datasette"),
    "openrefine": FormatWriter("tables", "openrefine"),
    "jsonld": FormatWriter("documents", "annotation_page"),
    "csl": FormatWriter("bibliography", "csl"),
    "ris": FormatWriter("bibliography", "ris"),
    "bibtex": FormatWriter("bibliography", "bibtex"),
    "epub": FormatWriter("epub", "book"),
    "vault": FormatWriter("vault", "notes"),
    "okf": FormatWriter("okf", "bundle"),
    "labelstudio": FormatWriter("annotations", "label_studio"),
    "conll": FormatWriter("annotations", "conll"),
    "spacy": FormatWriter("training", "doc_bin"),
}
"""Formats. Their modules are imported when they are asked for: JSON needs no spaCy."""
