"""Readers of every format that is exported, and of the data of a site: bytes -> the texts that they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from glossator.check.exported import ExportedText
from tests.exported_texts import books, documents, notes, page_data, references, tables

SITE = "site"
"""Word for the data of a site, in the place of a format."""

Reader = Callable[[Mapping[str, bytes]], Iterator[ExportedText]]

READERS: Mapping[str, Reader] = {
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
"""Readers of formats whose lines are more than texts."""


def reader(form: str) -> Reader:
    """The reader of a format; one that has none of its own is read line by line."""
    return READERS.get(form, of_lines)


def of_lines(files: Mapping[str, bytes]) -> Iterator[ExportedText]:
    """Yield every line of text files, each of which must stand in some article."""
    for path, content in files.items():
        lines = content.decode().splitlines()
        yield from (ExportedText(f"{path}:{number}", line, ()) for number, line in enumerate(lines, 1) if line.strip())
