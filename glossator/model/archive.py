"""The resolved archive: the entities of all articles, where each appears, and the sentences that have a date."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.model.articles import ArticleHead
from glossator.model.decisions import Note, PublishedId
from glossator.model.kinds import UNTYPED, ArticleId, Digest, EntityId, EntityType, Origin, TopicId
from glossator.model.outcomes import Problem, RowWrites
from glossator.model.texts import UNKNOWN_CERTAINTY, Descriptor, DescriptorKind, Name


class Appearance(msgspec.Struct, frozen=True, gc=False):
    """An entity in one article."""

    article: ArticleId
    names: tuple[int, ...]
    """Indices of the article's names that are this entity."""
    mentions: int


class ChosenDescriptor(msgspec.Struct, frozen=True):
    """A descriptor chosen for an entity, and the article it was taken from."""

    text: str
    article: ArticleId
    start: int
    end: int
    kind: DescriptorKind = "phrase"


class NamedRegion(msgspec.Struct, frozen=True, array_like=True):
    """A region that articles name in which a place may be, and the number of these articles."""

    country: str
    """ISO code."""
    state: str
    """Postal code of one of the United States, or empty."""
    articles: int
    told: int
    """Articles that say so in so many words: the region stands behind the place."""


class Entity(msgspec.Struct, frozen=True):
    """The person, organisation or thing that mentions across the archive refer to."""

    id: EntityId
    name: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...]
    """Every form other than the name with its number of mentions, most frequent first."""
    appearances: tuple[Appearance, ...]
    """Appearances, sorted by article id."""
    origin: Origin
    introduction: ChosenDescriptor | None
    """The words by which articles introduce the entity; never a sentence."""
    note: Note | None
    digest: Digest
    page: bool = True
    """True if the entity has a page of its own."""
    had_page: bool = False
    """True if the entity has no page now but its id is published, so that its address still has to lead on."""
    is_certain: bool = True
    """True if it is surely one thing, and a name: then its type is stated."""
    sentences: tuple[ChosenDescriptor, ...] = ()
    """The sentences that tell most, each of another article: those that say what the entity is, then the newest."""
    bearers: tuple[EntityId, ...] = ()
    """People whose the name may be, likeliest first, if it is a surname and the articles leave open whose."""
    regions: tuple[NamedRegion, ...] = ()
    """Regions that the articles name in which a place of this name may be."""
    country: str = ""
    """ISO code of the country that it is, if it is called by its name in another language than English."""
    page_rule: str = ""
    """Row of the table in `resolve/entities/earns_page.py` that decided about the page."""

    @property
    def is_shown(self) -> bool:
        """True if the site may name the entity; nothing but the articles names a child."""
        return self.page_rule != "child"

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *(form for form, _ in self.aliases))

    @property
    def article(self) -> ArticleId:
        """The first of its articles."""
        return self.appearances[0].article

    @property
    def mentions(self) -> int:
        return sum(appearance.mentions for appearance in self.appearances)

    @property
    def stated_type(self) -> str:
        """The type of a certain entity, else UNTYPED: a seeming product may be a verb at the beginning of a line."""
        return self.type if self.is_certain else UNTYPED


class Suggestion(msgspec.Struct, frozen=True):
    """Two entities that may be one: for a person to decide."""

    first: EntityId
    second: EntityId
    reason: str


class RelatedArticle(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article that shares words with another one."""

    article: ArticleId
    cosine: float
    """Likeness of their strongest words, up to 1."""
    words: tuple[str, ...]
    """The words that both share and that say most, as the other one writes them; none if only topics need it."""
    is_related: bool
    """True if both are on one subject; what is only near is too little alike to be offered as related."""


class Archive(msgspec.Struct, frozen=True):
    """The resolved archive. It holds no bodies and no offsets of mentions, so its size follows the number of names."""

    heads: tuple[ArticleHead, ...]
    """Heads, newest first, undated ones last, then by id."""
    entities: tuple[Entity, ...]
    """Entities, sorted by id."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    """Entity of each name of an article; None if a decision ignores the name."""
    suggestions: tuple[Suggestion, ...]
    redirects: tuple[tuple[EntityId, EntityId], ...]
    """Published ids that are no entity's now, each with the entity that it redirects to."""


class Salience(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The weight that one article gives to a name; a name of several saliences has the greatest of each field."""

    certainty: int = UNKNOWN_CERTAINTY
    """Probability that the name is one, in tenths."""
    leads: bool = False
    """True if the article begins with the name, in its title or its first paragraphs, and comes back to it."""
    speaks: bool = False
    """True if the article quotes the entity."""
    counts: bool = True
    """False in filler text, which earns nobody a page."""


class ArticleNames(msgspec.Struct, frozen=True):
    """All that resolve sees of an article: equal article names make equal archives."""

    article: ArticleId
    published: str | None
    names: tuple[Name, ...]
    descriptors: tuple[Descriptor, ...]
    saliences: tuple[Salience, ...] = ()
    """Salience of each name; empty if nothing is known of any."""
    language: str = ""
    """Primary subtag of the article's language; empty if the article does not say."""
    small: Mapping[str, int] = {}
    """Times that the text writes a word in small letters throughout, by word."""


class ArchiveUpdate(msgspec.Struct, frozen=True):
    """The difference that changed articles, decisions or published ids make to the archive."""

    writes: RowWrites
    """Rows to be stored for the next update, beside the names of the articles that changed."""
    entities: Mapping[EntityId, Entity | None]
    """New and changed entities; None for an entity that is gone."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...] | None]
    """Entities of the names of each article that changed or whose entities differ; None for an article that is gone."""
    suggestions: tuple[Suggestion, ...]
    """All suggestions, not only new ones; redirects, problems and published ids are complete too."""
    redirects: tuple[tuple[EntityId, EntityId], ...]
    problems: tuple[Problem, ...]
    unmatched: Mapping[Problem, str]
    """Problems of decisions and notes about a name that no article has, each with the name."""
    published: tuple[PublishedId, ...]
    """Ids that are published from now on."""
    spread: Mapping[EntityId, int]
    """Number of articles in which each entity appears."""


class Tie(msgspec.Struct, frozen=True):
    """Two entities that keep appearing together."""

    first: EntityId
    second: EntityId
    articles: int
    """Number of articles that mention both."""


class Topic(msgspec.Struct, frozen=True):
    """A group of articles that resemble one another in their words."""

    id: TopicId
    """Id in addresses: the words that named the topic when it was published first."""
    words: tuple[str, ...]
    """The words that tell what the articles are about, the most telling first."""
    entities: tuple[EntityId, ...]
    """Entities that several of the articles mention, the most telling first."""
    articles: tuple[ArticleId, ...]
    """Articles, sorted by id."""
    near: tuple[TopicId, ...] = ()
    """The topics whose articles are most like these, the nearest first."""


class DatedSentence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence of an article, with the date that stands in it."""

    date: str
    """ISO year, month or day: as much as the sentence says."""
    article: ArticleId
    start: int
    text: str
    title: str
    """Title of the article."""
    publication: str
    names: tuple[str, ...] = ()
    """Names in the sentence, in its order."""
    relative: bool = False
    """True if the date is reckoned from the article's day, as "on Monday" is."""
    anchor: str = ""
    """The `id` of the block on the article's page that holds the sentence; empty if it has none."""
    until: str = ""
    """ISO day on which the range of days ends that begins with `date`; empty if the sentence says none."""
    mentioned: tuple[int, ...] = ()
    """Indices of the names in the sentence into those of its article, in its order."""
    subject: int = -1
    """Index of the name that is the subject of the sentence; -1 if that is not plain, or if it tells of no event."""
    ahead: bool = False
    """True if the sentence speaks of what was to come on the day of its article."""
    is_aside: bool = False
    """True if it says the date by the way, in a credit, a quotation or a relative clause."""
    is_report: bool = False
    """True if it says no date, and `date` is the stated day of its article, of whose news it is the first sentence."""

    @property
    def part(self) -> str:
        """The part of the chronology that lists the sentence: a month, or a year if no month is known."""
        return self.date[:7]
