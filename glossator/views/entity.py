"""The page of an entity: `entity.html`."""

from __future__ import annotations

from glossator.model import Html, Origin
from glossator.views.article import KeySentence, ListedFact
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, ListPart, TemplateValue
from glossator.views.events import EventRow
from glossator.views.lineage import Correction, QuotationSpread
from glossator.views.overviews import PlaceMap


class Passage(TemplateValue, frozen=True):
    """A sentence that mentions the entity."""

    before: str
    name: str
    after: str
    href: str
    """Address of the very paragraph."""


class PassageGroup(TemplateValue, frozen=True):
    article: ArticleLink
    passages: tuple[Passage, ...]
    more: int
    """Number of further mentions in the article."""


class SharedArticle(TemplateValue, frozen=True):
    """An article that mentions two entities."""

    article: ArticleLink
    sentence: str
    """First sentence that mentions both; empty if there is none, or if the page does not quote the article."""
    href: str
    """Address of the sentence's paragraph, else of the article."""


class Companion(TemplateValue, frozen=True):
    """Another entity that keeps appearing in this entity's articles."""

    entity: EntityLink
    articles: tuple[SharedArticle, ...]
    """Shared articles, newest first, cut."""
    count: int


class Quotation(TemplateValue, frozen=True):
    text: str
    attribution: str
    """Words of the article that say whose the quotation is, such as "said Ada Brandt on Monday"."""
    article: ArticleLink
    href: str
    """Address of the very paragraph."""
    spread: QuotationSpread | None = None
    """Other articles in which the quotation stands; None if in none."""
    correction: Correction | None = None
    """Correction or withdrawal of the article after it had been saved; None if it was not corrected."""


class Introduced(TemplateValue, frozen=True):
    """A descriptor with the sentence it was taken from."""

    text: str
    year: str
    """Year of the descriptor if it is old news, else empty."""
    sentence: str
    """The sentence; empty if the page shows it elsewhere."""
    article: ArticleLink


class EntityPage(TemplateValue, frozen=True):
    frame: Frame
    id: str
    name: str
    type: str
    """Type, or UNTYPED if it is a guess."""
    origin: Origin
    """Source of the type: `machine`, `list` or `person`."""
    aliases: tuple[tuple[str, int], ...]
    """Other forms, each with its number of mentions."""
    introduced: Introduced | None
    """The descriptor, with its sentence and article."""
    lead: tuple[KeySentence, ...]
    """Sentences whose subject it is, of several publications, the newest first."""
    events: tuple[EventRow, ...]
    """Events with a date, the oldest first; all but three are folded."""
    chronology: str
    """Address of the chronology, where it lists what tells of the name; empty if it finds nothing."""
    connections: str
    """Address of the question how the entity and another one are connected."""
    note: Html
    """A person's note."""
    listed: ListedFact | None
    """Fact that a list says of an entity without other words; None if it says nothing, or there are words."""
    bearers: tuple[EntityLink, ...]
    """People whose surname it is, likeliest first, if the articles leave open whose; else none."""
    links: tuple[Link, ...]
    """Pages elsewhere on the web."""
    mentions: int
    """Number of mentions."""
    articles: int
    """Number of articles."""
    independent: int
    """Number of the articles most of whose text is not that of earlier ones among them."""
    first: str
    """ISO day of the oldest article, or empty."""
    last: str
    """ISO day of the newest article, or empty."""
    timeline: tuple[Bar, ...]
    """Mentions per month."""
    passages: tuple[PassageGroup, ...]
    """Articles with the sentences that mention it, but for those that `introduced` or `lead` has."""
    more: tuple[ArticleLink, ...]
    """Further articles, of which no sentences are shown; none if there are `years`."""
    years: tuple[ListPart, ...]
    """All articles of the entity by year, if they are too many for the page."""
    map: PlaceMap | None
    """Map of a place of which it is known where it is."""
    companions: tuple[Companion, ...]
    """Entities that often appear with this one."""
    quotations: tuple[Quotation, ...]
    """Quotations, each with the words that attribute them."""
