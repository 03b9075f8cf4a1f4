"""Answers to questions about an exported archive: what is in it about some words, an entity, or an article."""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from threading import Lock
from typing import Any

from glossator.errors import UserError
from glossator.export.data import ArchiveData, ArticleData, EntityData
from glossator.extensions.exports import databases
from glossator.stages.answer import wanted_words

Answer = dict[str, Any]

MOST = 100
"""Articles, entities or quotations in one answer at most."""
LONGEST_QUERY = 1000
"""Characters of a query that are read: tens of thousands of words take SQLite over half a minute."""
SEARCH = """
SELECT articles.id, snippet(articles_search, 1, '', '', '…', 32)
FROM articles_search JOIN articles ON articles.rowid = articles_search.rowid
WHERE articles_search MATCH ? ORDER BY bm25(articles_search, 4.0, 1.0), articles.id
"""
"""Query for articles with some words, best first; a word in a title counts four times."""
SIMILAR = 3


class NotInArchive(UserError):
    """Name or id that nothing in the archive has. The message is a sentence with the most similar ones."""


class ArchiveLookup:
    """An archive that answers questions. State: a database in memory, which only one thread asks at a time."""

    def __init__(self, archive: ArchiveData) -> None:
        self._articles = {article.id: article for article in archive.articles}
        self._entities = archive.by_id()
        self._by_name: dict[str, list[EntityData]] = defaultdict(list)
        self._quotations = archive.quotations()
        for entity in archive.entities:
            for name in dict.fromkeys(form.casefold() for form in (entity.id, entity.name, *entity.aliases)):
                self._by_name[name].append(entity)
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.deserialize(databases.database(archive)[""])

    def close(self) -> None:
        self._database.close()

    def search(self, query: str, limit: int) -> Answer:
        """Return the articles with the words of a query, best first, and the entities with these words in a name.

        The words mean what those of a question mean: the database gives the order, and the matcher decides.
        """
        wanted = wanted_words(query[:LONGEST_QUERY])
        words = list(dict.fromkeys(re.findall(r"\w+", " ".join(wanted.written))))
        if not words:
            return {"articles": [], "entities": []}
        most = _within_most(limit)
        with self._lock:
            rows = self._database.execute(SEARCH, (" ".join(f'"{word}"' for word in words),))
            matching = [(key, snippet) for key, snippet in rows if wanted.stand_in(self._searched(key))][:most]
        articles = [_source(self._articles[key]) | {"snippet": snippet} for key, snippet in matching]
        return {"articles": articles, "entities": [_named(entity) for entity in self._having(words)[:most]]}

    def _searched(self, key: str) -> str:
        return f"{self._articles[key].title}\n{self._articles[key].text}"

    def entity(self, name: str) -> Answer:
        """Return what the archive says of an entity, given by id or name. Raises NotInArchive."""
        entity = self._entity(name)
        articles = [self._articles[key] for key in entity.articles]
        return _named(entity) | {
            "aliases": list(entity.aliases),
            "origin": entity.origin,
            "descriptor_source": _source(self._articles[entity.descriptor.article]) if entity.descriptor else None,
            "note": entity.note,
            "articles": [_source(article) for article in articles[:MOST]],
            "article_count": len(articles),
            "quotation_count": len(self._quotations[entity.id]),
        }

    def article(self, key: str) -> Answer:
        """Return an article, given by id: what is known of it, its text, its entities. Raises NotInArchive."""
        article = self._articles.get(key)
        if article is None:
            raise NotInArchive(_unknown("article", key, self._articles))
        mentioned = dict.fromkeys(mention.entity for mention in article.mentions)
        return _source(article) | {
            "authors": list(article.authors),
            "language": article.language,
            "description": article.description,
            "tags": list(article.tags),
            "rights": article.rights,
            "text": article.text,
            "entities": [_named(self._entities[entity]) for entity in mentioned],
        }

    def quotes(self, name: str, limit: int) -> Answer:
        """Return quotations of an entity, given by id or name, each with its article. Raises NotInArchive."""
        entity = self._entity(name)
        quotations = self._quotations[entity.id]
        shown = [{"text": text, "article": _source(article)} for article, text in quotations[: _within_most(limit)]]
        return _named(entity) | {"quotations": shown, "quotation_count": len(quotations)}

    def _entity(self, name: str) -> EntityData:
        if name in self._entities:
            return self._entities[name]
        namesakes = self._by_name.get(name.casefold(), [])
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes:
            raise NotInArchive(f"“{name}” is the name of several: {', '.join(entity.id for entity in namesakes)}.")
        raise NotInArchive(_unknown("entity", name, self._by_name))

    def _having(self, words: Iterable[str]) -> list[EntityData]:
        """Return the entities with all words in one of their names, those in most articles first."""
        wanted = {word.casefold() for word in words}
        having = (
            entity
            for entity in self._entities.values()
            if any(wanted <= set(re.findall(r"\w+", form.casefold())) for form in (entity.name, *entity.aliases))
        )
        return sorted(having, key=lambda entity: (-len(entity.articles), entity.id))


def _source(article: ArticleData) -> Answer:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "publication": article.site,
        "source": article.source,
    }


def _named(entity: EntityData) -> Answer:
    descriptor = entity.descriptor.text if entity.descriptor else None
    return {"id": entity.id, "name": entity.name, "type": entity.type, "descriptor": descriptor}


def _within_most(limit: int) -> int:
    return max(1, min(limit, MOST))


def _unknown(kind: str, name: str, names: Iterable[str]) -> str:
    similar = difflib.get_close_matches(name.casefold(), sorted(names), SIMILAR)
    hint = f"Did you mean {' or '.join(similar)}?" if similar else "`search` finds names and articles by words."
    return f"There is no {kind} “{name}”. {hint}"
