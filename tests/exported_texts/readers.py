"""Readers of every format that is exported, and of the data of a site: bytes -> the texts that they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from glossator.check.exported import ExportedText
from tests.exported_texts import books, documents, notes, page_data, references, tables

SITE = "site"
"""Word for the data of a site, in the place of a format."""

READERS: Mapping[str, Callable[[Mapping[str, bytes]], Iterator[ExportedText]]] = {
    "json": documents.of_json,
    "jsonl": documents.of_lines,
    "csv": tables.of_csv,
    "sqlite": tables.of_database,
    "datasette": tables.of_datasette,
    "openrefine": tables.of_openrefine,
    "jsonld": documents.of_annotations,
    "csl": references.of_csl,
    "ris": references.of_ris,
    "bibtex": references.of_bibtex,
    "epub": books.of_book,
    "vault": notes.of_vault,
    "okf": notes.of_bundle,
    "labelstudio": documents.of_tasks,
    "conll": documents.of_columns,
    "spacy": documents.of_training_data,
    SITE: page_data.of_site,
}
"""Readers of the formats, in the order of the audit: the first names articles for all that it says."""
