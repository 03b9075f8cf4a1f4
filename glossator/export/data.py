"""The published part of an archive, as all formats see it.

Offsets are code points in `ArticleData.text`, end exclusive.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from glossator.config import SiteError


class MentionData(msgspec.Struct, frozen=True):
    """A mention of an entity in an article."""

    start: int
    end: int
    entity: str
    """Id of the entity."""


class QuoteData(msgspec.Struct, frozen=True):
    """Words of an article within quotation marks, and the entity that says them."""

    start: int
    end: int
    entity: str


class DatedData(msgspec.Struct, frozen=True):
    """A sentence of an article with a date in it."""

    start: int
    end: int
    date: str
    """ISO year, month or day: as much as the sentence says."""
    reckoned: bool
    """True if the date is reckoned from the article's day, as "on Monday" is."""


class ArticleData(msgspec.Struct, frozen=True):
    """An article, as far as its rights let the site show it."""

    id: str
    title: str
    source: str | None
    site: str | None
    authors: tuple[str, ...]
    published: str | None
    saved: str | None
    language: str | None
    description: str | None
    tags: tuple[str, ...]
    rights: str
    markdown: str
    text: str
    """Text without markup."""
    mentions: tuple[MentionData, ...]
    quotes: tuple[QuoteData, ...]
    dated: tuple[DatedData, ...] = ()
    """Sentences with a date in them, in the order of the text."""

    @property
    def date(self) -> str | None:
        """The day of publication, else of saving."""
        moment = self.published or self.saved
        return moment[:10] if moment else None

    def words(self, start: int, end: int) -> str:
        return self.text[start:end]


class QuotationData(NamedTuple):
    """Words of an article that an entity says."""

    article: ArticleData
    text: str


class DescriptorData(msgspec.Struct, frozen=True):
    """The words with which an article introduces an entity."""

    text: str
    article: str


class VerifiedData(msgspec.Struct, frozen=True):
    """A person's decision about an entity."""

    by: str
    """Name of the person."""
    at: str
    """Time in ISO notation, in UTC."""


class EntityData(msgspec.Struct, frozen=True):
    """An entity of the archive."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    origin: str
    """Origin of the claim that it is one: machine, list or person."""
    page: bool
    """True if it has a page on the site."""
    descriptor: DescriptorData | None
    note: str
    """Markdown of the user's note; empty if there is none."""
    articles: tuple[str, ...]
    """Ids of the articles that mention it."""
    verified: VerifiedData | None = None
    """Latest decision that says who decided; None if none does."""
    same_as: tuple[str, ...] = ()
    """Address of what everybody knows by its name, in GeoNames; none for anything else."""


class SharedData(msgspec.Struct, frozen=True):
    """A passage of an article that another one has, too."""

    article: str
    start: int
    end: int
    other: str
    alike: float
    """Share of equal words, with two decimals."""
    order: str
    """`earlier`, `later` or `same day`: what the article's stated day is to that of the other one; or `undated`."""


class ArchiveData(msgspec.Struct, frozen=True):
    title: str
    address: str
    """Address at which the site is published, with a final slash; empty if it is unknown."""
    articles: tuple[ArticleData, ...]
    """Articles, newest first."""
    entities: tuple[EntityData, ...]
    """Entities, sorted by id."""
    private: bool = False
    """True for the owner's own copy, with everything that is kept back from the site."""
    shared: tuple[SharedData, ...] = ()
    """Passages that several articles have, in the order of the articles and of their texts."""

    def by_id(self) -> dict[str, EntityData]:
        return {entity.id: entity for entity in self.entities}

    def quotations(self) -> Mapping[str, list[QuotationData]]:
        """Return what each entity is quoted as saying, by the entity's id; an empty list for any other."""
        quoted: dict[str, list[QuotationData]] = defaultdict(list)
        for article in self.articles:
            for quote in article.quotes:
                quoted[quote.entity].append(QuotationData(article, article.words(quote.start, quote.end)))
        return quoted


class Selection(msgspec.Struct, frozen=True):
    """A choice of articles. Every condition that is given must hold."""

    tag: str | None = None
    entity: str | None = None
    """Id or name of an entity that the article mentions."""
    since: str | None = None
    """First day, in ISO notation."""
    until: str | None = None
    """Last day."""


def selected(archive: ArchiveData, selection: Selection) -> ArchiveData:
    """Return the archive with the chosen articles alone, and the entities that these mention.

    Raises SiteError for a tag that no article has, and for an entity that the archive has not.
    """
    if selection == Selection():
        return archive
    _check(selection.tag, "has the tag", {tag for article in archive.articles for tag in article.tags})
    names = {name for entity in archive.entities for name in (entity.id, entity.name)}
    _check(selection.entity, "mentions the entity", names)
    meant = {entity.id for entity in archive.entities if selection.entity in (entity.id, entity.name)}
    articles = tuple(article for article in archive.articles if _is_selected(article, selection, meant))
    kept = {article.id for article in articles}
    entities = tuple(
        msgspec.structs.replace(entity, articles=mentioned, descriptor=_descriptor_in(entity, kept))
        for entity in archive.entities
        if (mentioned := tuple(article for article in entity.articles if article in kept))
    )
    shared = tuple(passage for passage in archive.shared if kept.issuperset((passage.article, passage.other)))
    return msgspec.structs.replace(archive, articles=articles, entities=entities, shared=shared)


def _check(word: str | None, relation: str, words: set[str]) -> None:
    """Raise SiteError with the most similar words if a word was given that is none of them."""
    if word is None or word in words:
        return
    similar = " or ".join(f"“{match}”" for match in difflib.get_close_matches(word, sorted(words)))
    hint = f"Did you mean {similar}?" if similar else "Nothing was written."
    raise SiteError(f"No article {relation} “{word}”.", hint)


def _is_selected(article: ArticleData, selection: Selection, meant: set[str]) -> bool:
    day = article.date or ""
    return (
        (selection.tag is None or selection.tag in article.tags)
        and (selection.entity is None or any(mention.entity in meant for mention in article.mentions))
        and (selection.since is None or (bool(day) and day >= selection.since))
        and (selection.until is None or (bool(day) and day <= selection.until))
    )


def _descriptor_in(entity: EntityData, articles: set[str]) -> DescriptorData | None:
    return entity.descriptor if entity.descriptor and entity.descriptor.article in articles else None
