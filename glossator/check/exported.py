"""Audit of the data that all exports are written from: every text stands in the file of the article that it names.

Left out are names of countries, and what the owner of the archive wrote: notes, and names that decisions give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from glossator.addresses import host
from glossator.check.claims import all_words, folded
from glossator.check.findings import Finding
from glossator.naming.countries import written_forms

Record = Mapping[str, Any]
"""An article or an entity, with the names of the data model for its fields."""
ARTICLE_FIELDS = ("title", "source", "site", "description", "markdown", "text")
ARTICLE_LISTS = ("authors", "tags")
LONGEST_SHOWN = 200
"""Characters of a text that a finding repeats."""


class ExportedText(msgspec.Struct, frozen=True):
    """A text that an export says."""

    place: str
    """Place in the export, such as the id of an article."""
    text: str
    articles: tuple[str, ...]
    """Ids of the articles that are named for the text, which stands in one of them; none for any article."""


class ExportAudit:
    """An audit of exported texts. State: the words of the articles, and the texts that were found."""

    def __init__(self, articles: Mapping[str, Path], own: frozenset[str]) -> None:
        """Take the files of the articles by id, and what the owner of the archive wrote.

        Names of countries stand in no article: an article that says "UK" is about the United Kingdom.
        """
        self._articles = articles
        self._own = frozenset(folded(text) for text in (*own, *written_forms()))
        self._founded: set[str] = set()
        self._words: dict[str, str] = {}
        self.texts = 0
        """Number of texts that were looked for."""

    def unfounded(self, kind: str, said: Iterable[ExportedText]) -> Iterator[Finding]:
        """Yield the texts of a kind of export that do not stand where it says. Raises OSError.

        A text for which no article is named must have been found under an article that an earlier one named.
        """
        for each in said:
            self.texts += 1
            if not self._is_founded(each):
                shown = each.text[:LONGEST_SHOWN]
                where = " or ".join(each.articles[:3]) or "any article"
                yield Finding("claims", f"{kind}: {each.place}", f'says "{shown}", which does not stand in {where}')

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


def of_archive(archive: Record) -> Iterator[ExportedText]:
    """Yield all texts of the exported data, in which articles and entities are records."""
    for article in archive["articles"]:
        yield from of_whole_article(article)
    for entity in archive["entities"]:
        yield from of_entity(entity["id"], entity)


def of_whole_article(article: Record) -> Iterator[ExportedText]:
    """Yield what a record says of an article, and the words at its mentions and quotes."""
    yield from of_article(article["id"], article)
    for span in (*article["mentions"], *article["quotes"]):
        words = article["text"][span["start"] : span["end"]]
        # Offsets outside of the text would give nothing.
        yield ExportedText(article["id"], words or f"nothing at {span['start']}", (article["id"],))


def of_article(place: str, article: Record) -> Iterator[ExportedText]:
    """Yield what a record says of an article, in the fields of the data model; those that it lacks are passed over."""
    fields = {name: article.get(name) or "" for name in ARTICLE_FIELDS}
    if article.get("whole") is False or article.get("rights") == "excerpt":  # something is left out between paragraphs
        said = [part for name in ARTICLE_FIELDS for part in fields[name].split("\n\n")]
    else:
        said = [*fields.values()]
    said += [item for name in ARTICLE_LISTS for item in article.get(name) or ()]
    said.append(host(article.get("source") or ""))  # a publication without a name is called by its host
    yield from texts(place, said, (article["id"],))


def of_entity(place: str, entity: Record) -> Iterator[ExportedText]:
    """Yield what a record says of an entity; its note stands in no article, but among the owner's own words."""
    yield from texts(place, [entity["name"], *entity["aliases"]], tuple(entity.get("articles") or ()))
    yield from texts(place, [entity.get("note")], ())
    if described := entity.get("descriptor"):
        yield ExportedText(place, described["text"], (described["article"],))


def texts(place: str, said: Iterable[str | None], articles: tuple[str, ...]) -> Iterator[ExportedText]:
    """Yield texts of one place and of the same articles; what is empty is passed over."""
    yield from (ExportedText(place, text, articles) for text in said if text)
