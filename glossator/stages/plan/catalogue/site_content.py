"""All that the site can show, from which its pages are planned and composed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.local_pictures import ShownPicture
from glossator.model import (
    Analysis,
    Answer,
    Article,
    ArticleHead,
    ArticleId,
    ArticleLinks,
    DatedSentence,
    Digest,
    Entity,
    EntityId,
    OtherSource,
    OwnPage,
    PlacedHighlight,
    RelatedArticle,
    Text,
    Tie,
    Topic,
    TopicId,
)

PAGES = "pages"
ENTITIES = "entities"
"""Folders of the content with texts that people write themselves."""


class OwnLink(msgspec.Struct, frozen=True):
    """A link, or a picture, of an own page or a note."""

    written: str
    """Address as it is written."""
    target: str
    """Path of the page or picture on the site, with its anchor; empty if the link leads nowhere."""
    kept_back: bool = False
    """True if what the link names is kept back."""
    picture: bool = False
    """True if the picture is shown."""
    size: tuple[int, int] = (0, 0)
    """Width and height of the picture in pixels."""


class OpenedArticle(msgspec.Struct, frozen=True):
    """An article opened for reading."""

    article: Article
    text: Text
    analysis: Analysis


class SiteContent(msgspec.Struct, frozen=True):
    """The content of the site. The mappings may read their values on demand."""

    heads: tuple[ArticleHead, ...]
    """Newest first; without a date last; then by id."""
    entities: Mapping[EntityId, Entity]
    """Entity by id, sorted by id."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    """Entity of each name of an article; None for an ignored name."""
    spread: Mapping[EntityId, int]
    """Number of articles in which each entity appears."""
    redirects: Mapping[EntityId, EntityId]
    article_links: Mapping[ArticleId, ArticleLinks]
    """Links of the articles and of their older versions."""
    text_digests: Mapping[ArticleId, str]
    """Digest of the text and of the analysis of each article; older versions included."""
    head_digests: Mapping[ArticleId, str]
    """Digest of each head."""
    pages: tuple[OwnPage, ...] = ()
    versions: Mapping[ArticleId, tuple[ArticleHead, ...]] = msgspec.field(default_factory=dict)
    """Other versions of articles, newest first."""
    unordered: frozenset[ArticleId] = frozenset()
    """Ids of versions of which nothing says that they are older than the newest."""
    pictures: Mapping[str, ShownPicture] = msgspec.field(default_factory=dict)
    """Pictures stored beside the articles, by file name."""
    related: Mapping[ArticleId, tuple[RelatedArticle, ...]] = msgspec.field(default_factory=dict)
    """Articles related to each article, by their words."""
    wordless: frozenset[ArticleId] = frozenset()
    """Articles without words that tell what they are about, which are offered beside no other."""
    bare: frozenset[ArticleId] = frozenset()
    """Articles that are shown without marks, because their pages would exceed a limit."""
    renames: Mapping[ArticleId, ArticleId] = msgspec.field(default_factory=dict)
    """Present id by former id, of articles that were renamed."""
    other_sources: Mapping[ArticleId, tuple[OtherSource, ...]] = msgspec.field(default_factory=dict)
    """Other publications of the text of each article."""
    chronology: Mapping[str, tuple[DatedSentence, ...]] = msgspec.field(default_factory=dict)
    """Sentences with a date in them, by month, or by year if they tell no month."""
    chronology_parts: Mapping[str, tuple[Digest, int]] = msgspec.field(default_factory=dict)
    """Digest and number of the sentences of each month or year."""
    topics: tuple[Topic, ...] = ()
    """Topics, the one with the most articles first."""
    ties: tuple[Tie, ...] = ()
    """Ties between the strongest entities."""
    former_topics: Mapping[TopicId, TopicId | None] = msgspec.field(default_factory=dict)
    """Topic by each id of a topic that none has now; None if its articles are in none."""
    own_pictures: Mapping[str, str] = msgspec.field(default_factory=dict)
    """File name on the site of each picture beside own pages and notes, by its path below `content/`."""
    highlights: Mapping[ArticleId, tuple[PlacedHighlight, ...]] = msgspec.field(default_factory=dict)
    """Highlights of the owner that are shown, by article."""
    listings: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    """Colours of the listings of articles, and of own pages and notes by their keys."""
    kept_back: frozenset[str] = frozenset()
    """Slugs of the names, titles and files that no link of an own page or note may tell."""
    own_links: Mapping[str, tuple[OwnLink, ...]] = msgspec.field(default_factory=dict)
    """Links of own pages and notes, by their keys."""
    answers: Mapping[str, tuple[Answer | None, ...]] = msgspec.field(default_factory=dict)
    """Answers to the questions of own pages, in their order, by the names of the pages; None for what has no answer."""
