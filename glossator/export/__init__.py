"""The published part of an archive -> files of other programs' formats.

Nothing is exported that the site would not show: private articles and entities are not in the data, and of articles
with limited rights only the part that is shown. The same archive gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
from glossator.export.formats import bibliography, documents, epub, okf, tables, training, vault

__all__ = [
    "FORMATS",
    "ArchiveData",
    "ArticleData",
    "DescriptorData",
    "EntityData",
    "MentionData",
    "QuoteData",
    "Selection",
    "selected",
]

FORMATS: Mapping[str, Callable[[ArchiveData], Mapping[str, bytes]]] = {
    "json": documents.json_file,
    "jsonl": documents.json_lines,
    "csv": tables.csv_files,
    "sqlite": tables.database,
    "jsonld": documents.annotation_page,
    "csl": bibliography.csl,
    "ris": bibliography.ris,
    "bibtex": bibliography.bibtex,
    "epub": epub.book,
    "vault": vault.notes,
    "okf": okf.bundle,
    "spacy": training.doc_bin,
}
"""Formats, each with the function that makes its files by path; a format of one file has the path ""."""
