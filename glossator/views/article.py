"""The page of an article: `article.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.model import EntityType, Html, Origin
from glossator.views.common import ArticleLink, EntityLink, Frame


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence of the archive about an entity."""

    text: str
    article: ArticleLink | None
    """Article of the sentence; None if it is the article of the page."""


@dataclass(frozen=True, slots=True)
class ArticleSpread:
    """The articles in which an entity appears, from the first day to the last."""

    articles: int
    first: str
    """ISO day, or empty."""
    last: str
    """ISO day, or empty."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """An entity of an article: a line of the glossary and the content of its card."""

    id: str
    name: str
    type: EntityType
    href: str
    """Address of the entity's page; empty if the entity has none, and so no marks and no card."""
    descriptor: str
    """Words with which the archive's articles introduce the entity, or empty."""
    year: str
    """Year of the descriptor if it is old news, else empty."""
    sentence: KeySentence | None
    """Sentence about an entity without descriptor, or None."""
    note: Html
    """First paragraph of the person's note, or empty."""
    aliases: tuple[str, ...]
    origin: Origin
    first: str
    """Fragment of the first mark in this article, such as `#p3`; empty if nothing is marked."""
    spread: ArticleSpread | None
    """Articles of an entity of which nothing else is known; None for the others."""


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    type: EntityType
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True)
class Related:
    article: ArticleLink
    shared: tuple[EntityLink, ...]
    """Entities that both articles mention: the reason why they are related."""


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A save of this page at another time."""

    date: str
    """ISO moment of the save, as far as it is known; or empty."""
    href: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    frame: Frame
    standfirst: str
    """Description of the article; empty if the text begins with it."""
    language: str
    direction: str
    """Direction of the writing: `ltr` or `rtl`."""
    source: str
    """Address of the original (http or https), or empty."""
    source_name: str
    """Name of the publication, else its host, or empty."""
    site_href: str
    """Address of the publication in the list of sources, or empty."""
    authors: tuple[str, ...]
    published: str
    published_guessed: bool
    saved: str
    minutes: int
    tags: tuple[str, ...]
    body: Html
    glossary: tuple[GlossaryGroup, ...]
    related: tuple[Related, ...]
    cited_by: tuple[ArticleLink, ...]
    newer: ArticleLink | None
    older: ArticleLink | None
    versions: tuple[VersionLink, ...]
    """Other saves of this page that had another text: older ones, newest first."""
    newest: ArticleLink | None
    """Newest version, on the page of an older one; else None."""
