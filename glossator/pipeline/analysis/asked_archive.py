"""The archive as questions see it: the names and keywords that they may ask for, and its articles, read when needed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from glossator.addresses import host
from glossator.collation import SortKey, sort_key
from glossator.incremental.schema import ENTITIES
from glossator.model import (
    Analysis,
    ArticleHead,
    ArticleId,
    Entity,
    EntityId,
    Messages,
    PlacedHighlight,
    PrivateNames,
    SharedPassages,
    Topic,
    TopicId,
)
from glossator.naming.private_names import names_private, private_names_in
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.stage_work import ArticleFile, read_text
from glossator.stages.answer import KEYWORDS, AskedArticle, KnownValues, Passages, SpokenWords, folded
from glossator.stages.chronology import NamesAndTimes, dated_sentences
from glossator.stages.plan import public_dated, public_head, topic_label
from glossator.stages.plan.parts.shared_passages import copies
from glossator.stages.resolve import entities_called

MOST_HINTS = 3
"""Names in a hint at most."""


class AskedArchive(msgspec.Struct, frozen=True, dict=True):
    """An archive that answers questions. Of each article it knows what is published, and nothing else."""

    heads: Mapping[ArticleId, ArticleHead]
    files: Mapping[ArticleId, ArticleFile]
    entities: Mapping[EntityId, Entity]
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    found: FoundEntities
    topics: tuple[Topic, ...]
    highlights: Mapping[ArticleId, tuple[PlacedHighlight, ...]]
    shared: Mapping[ArticleId, SharedPassages]
    private: PrivateNames
    words: Messages
    """Texts of the interface, by which topics are called."""
    analysis: Callable[[ArticleId], Analysis]

    def title_key(self, article: ArticleId) -> SortKey:
        return sort_key(self.words.language, self.heads[article].title)

    def name_key(self, entity: str) -> SortKey:
        return sort_key(self.words.language, self.entities[EntityId(entity)].name)

    @cached_property
    def topic_of(self) -> dict[ArticleId, TopicId]:
        return {article: topic.id for topic in self.topics for article in topic.articles}

    @cached_property
    def copies(self) -> frozenset[ArticleId]:
        """The articles most of whose words stand in earlier ones."""
        return copies(self.shared, self.heads, self.heads)

    @cached_property
    def known(self) -> KnownValues:
        """The names and keywords that questions may ask for."""
        return KnownValues(self._called, self._names_like, _Keywords(self._keyword_values))

    def article(self, key: ArticleId) -> AskedArticle:
        head = self.heads[key]
        resolved = self.resolved
        return AskedArticle(
            head,
            lambda key: frozenset(self._values(head, key)),
            lambda: dict.fromkeys(entity for entity in resolved[head.id] if entity is not None),
            lambda: key in self.copies,
        )

    def is_told(self, key: ArticleId) -> bool:
        """True if the title of an article, which every row shows, names nobody private."""
        return not names_private(self.heads[key].title, self.private, key)

    def passages(self, key: ArticleId) -> Passages:
        """Return what stands in an article. Raises Unusable if its file was changed since it was looked at."""
        analysis, resolved, head = self.analysis(key), self.resolved[key], self.heads[key]
        text = read_text(self.files[key])
        private = private_names_in(text.content, self.private, key)
        entities = ((mention, resolved[mention.name]) for mention in analysis.mentions)
        speakers = ((quote, resolved[quote.name]) for quote in analysis.quotes if quote.name is not None)
        times = NamesAndTimes(analysis.names, analysis.mentions, analysis.timed)
        return Passages(
            key,
            text,
            analysis.sentences,
            tuple((mention.start, mention.end, entity) for mention, entity in entities if entity),
            tuple(
                SpokenWords(quote.start, quote.end, quote.text, quote.attribution, speaker)
                for quote, speaker in speakers
                if speaker and self.kind_of(speaker)
            ),
            tuple(public_dated(dated_sentences(head, times), private)),
            self.highlights.get(key, ()),
            private,
        )

    def kind_of(self, key: EntityId) -> str:
        """Return the type of an entity; empty for one that the site does not name."""
        return kind_of(self.entities.get(key))

    def articles_of(self, names: Iterable[EntityId]) -> set[ArticleId]:
        """Return the articles that mention any of some entities."""
        entities = filter(None, map(self.entities.get, names))
        return {appearance.article for entity in entities for appearance in entity.appearances}

    def _called(self, word: str) -> tuple[EntityId, ...]:
        """Return the entity with an id, else those with a name, else those with an alias."""
        key = self.found.redirects.get(EntityId(word), EntityId(word))
        if self.kind_of(key):
            return (key,)
        ids = entities_called(self.found.namespace.read_kind, word)
        rows = self.found.namespace.read(ENTITIES, sorted(ids))
        called = [entity for _, entity in sorted(rows.items()) if kind_of(entity)]
        wanted = word.casefold()
        named = [entity.id for entity in called if entity.name.casefold() == wanted]
        return tuple(named or [entity.id for entity in called if wanted in map(str.casefold, entity.forms)])

    def _names_like(self, word: str) -> tuple[str, ...]:
        entities = self.found.namespace.read_all(ENTITIES)
        forms = {
            entities[key].name.casefold(): entities[key].name for key in sorted(entities) if kind_of(entities[key])
        }
        near = difflib.get_close_matches(word.casefold(), forms, MOST_HINTS)
        return tuple(forms[form] for form in near)

    def _keyword_values(self, key: str) -> Mapping[str, str]:
        if key == "topic":
            ids = {folded(topic.id): str(topic.id) for topic in self.topics}
            return ids | {folded(topic_label(topic, self.words)): str(topic.id) for topic in self.topics}
        return {value: value for head in self.heads.values() for value in self._values(head, key)}

    def _values(self, head: ArticleHead, key: str) -> Iterable[str]:
        """Return the values of an article for a key of KEYWORDS, as questions are compared with them."""
        match key:
            case "topic":
                return [self.topic_of[head.id]] if head.id in self.topic_of else ()
            case "publication":
                return filter(None, (folded(head.site or ""), host(head.source or "")))
            case "language":
                return [self.files[head.id].language.partition("-")[0].casefold()]
            case "tag":
                return map(folded, public_head(head, self.private).tags)
            case _:
                return map(folded, public_head(head, self.private).authors)


def kind_of(entity: Entity | None) -> str:
    """Return the type of an entity; empty for one that there is not, or that the site does not name."""
    return str(entity.stated_type) if entity and entity.is_shown else ""


class _Keywords(Mapping[str, Mapping[str, str]]):
    """The values of each key of KEYWORDS, which are collected when they are asked for. State: those that were."""

    def __init__(self, collect: Callable[[str], Mapping[str, str]]) -> None:
        self._collect, self._collected = collect, dict[str, Mapping[str, str]]()

    def __getitem__(self, key: str) -> Mapping[str, str]:
        if key not in self._collected:
            self._collected[key] = self._collect(key)
        return self._collected[key]

    def __iter__(self) -> Iterator[str]:
        return iter(KEYWORDS)

    def __len__(self) -> int:
        return len(KEYWORDS)
