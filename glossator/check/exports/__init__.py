"""Audit of exports: every text stands verbatim in the file of `content/articles/` that the export names for it.

Exports are read by themselves, from their bytes, by what each format says of itself. Left out are the words of the
interface, names of countries, numbers, dates, and what the owner of the archive wrote: notes, and names that decisions
give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from glossator.check.article_words import all_words, folded
from glossator.check.exports import books, documents, notes, page_data, references, tables
from glossator.check.exports.claims import ExportedText
from glossator.check.exports.page_data import is_data
from glossator.check.findings import Finding
from glossator.model import Messages
from glossator.naming.countries import written_forms

__all__ = ["READERS", "SITE", "ExportAudit", "ExportedText", "is_data"]

SITE = "site"
"""Word for the data of a site, in the place of a format."""

READERS: Mapping[str, Callable[[Mapping[str, bytes]], Iterator[ExportedText]]] = {
    "json": documents.of_json,
    "jsonl": documents.of_lines,
    "csv": tables.of_csv,
    "sqlite": tables.of_database,
    "jsonld": documents.of_annotations,
    "csl": references.of_csl,
    "ris": references.of_ris,
    "bibtex": references.of_bibtex,
    "epub": books.of_book,
    "vault": notes.of_vault,
    "okf": notes.of_bundle,
    "spacy": documents.of_training_data,
    SITE: page_data.of_site,
}
"""Readers of the formats, in the order of the audit: the first names articles for all that it says."""
LONGEST_SHOWN = 200
"""Characters of a text that a finding repeats."""


class ExportAudit:
    """An audit of several exports of one archive. State: the words of the articles, and the texts that were found."""

    def __init__(self, articles: Mapping[str, Path], own: frozenset[str], words: Messages | None = None) -> None:
        """Take the files of the articles by id, what the owner of the archive wrote, and the words of the interface.

        Names of countries stand in no article: an article that says "UK" is about the United Kingdom.
        """
        self._articles = articles
        self._own = frozenset(folded(text) for text in (*own, *written_forms()))
        self._interface = words
        self._founded: set[str] = set()
        self._words: dict[str, str] = {}
        self.texts = 0
        """Number of texts that were looked for."""

    def unfounded(self, form: str, files: Mapping[str, bytes]) -> Iterator[Finding]:
        """Yield the texts of an export that do not stand where it says. Raises OSError.

        A text for which the export names no article must have been found under an article that an earlier one named.
        """
        for said in page_data.of_site(files, self._interface) if form == SITE else READERS[form](files):
            self.texts += 1
            if not self._is_founded(said):
                shown = said.text[:LONGEST_SHOWN]
                where = " or ".join(said.articles[:3]) or "any article"
                yield Finding("claims", f"{form}: {said.place}", f'says "{shown}", which does not stand in {where}')

    def _is_founded(self, said: ExportedText) -> bool:
        text = folded(said.text)
        if text in self._own or (not said.articles and text in self._founded):
            return True
        if not any(text in self._words_of(article) for article in said.articles):
            return False
        self._founded.add(text)
        return True

    def _words_of(self, article: str) -> str:
        if article not in self._words:
            file = self._articles.get(article)
            self._words[article] = all_words(file) if file else ""
        return self._words[article]
