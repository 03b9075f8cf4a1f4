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
    """A function of a module that makes the files by path; a format of one file has the path ""."""

    module: str
    function: str

    def __call__(self, archive: ArchiveData) -> Mapping[str, bytes]:
        written: Mapping[str, bytes] = getattr(import_module(f"glossator.{self.module}"), self.function)(archive)
        return written


FORMATS: Mapping[str, FormatWriter] = {
    "json": FormatWriter("export.documents", "json_file"),
    "jsonl": FormatWriter("export.documents", "json_lines"),
    "csv": FormatWriter("export.tables", "csv_files"),
    "sqlite": FormatWriter("extensions.exports.databases", "database"),
    "datasette": FormatWriter("extensions.exports.databases", "datasette"),
    "openrefine": FormatWriter("extensions.openrefine.names", "names"),
    "jsonld": FormatWriter("extensions.exports.web_annotations", "annotation_page"),
    "csl": FormatWriter("extensions.exports.bibliography", "csl"),
    "ris": FormatWriter("extensions.exports.bibliography", "ris"),
    "bibtex": FormatWriter("extensions.exports.bibliography", "bibtex"),
    "epub": FormatWriter("extensions.exports.epub", "book"),
    "vault": FormatWriter("extensions.exports.vault", "notes"),
    "okf": FormatWriter("extensions.exports.okf", "bundle"),
    "labelstudio": FormatWriter("extensions.exports.annotations", "label_studio"),
    "conll": FormatWriter("extensions.exports.annotations", "conll"),
    "spacy": FormatWriter("extensions.exports.training", "doc_bin"),
}
"""Formats. Their modules are imported when they are asked for: JSON needs no spaCy."""
