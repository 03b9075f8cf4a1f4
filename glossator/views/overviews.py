"""Pages about the whole archive: `topics.html`, `topic.html`, `map.html`, `chronology.html`.

The map of one place is here, too.
"""

from __future__ import annotations

from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, ListPart, TemplateValue
from glossator.views.events import EventRow
from glossator.views.lists import ListOrder


class TopicSummary(TemplateValue, frozen=True):
    """A topic as lists show it."""

    name: str
    """Words that tell what its articles are about."""
    href: str
    others: tuple[EntityLink, ...]
    """Entities that several of the articles mention, the most telling first, cut."""
    articles: int
    first: str
    """ISO day of the oldest article, or empty."""
    last: str
    newest: tuple[ArticleLink, ...] = ()
    """The newest articles, on the list of topics."""


class TopicsPage(TemplateValue, frozen=True):
    """All topics."""

    frame: Frame
    orders: tuple[ListOrder, ...]
    """The orders in which articles are listed."""
    topics: tuple[TopicSummary, ...]


class TopicMember(TemplateValue, frozen=True):
    """An entity that several articles of a topic mention."""

    entity: EntityLink
    descriptor: str
    """A person's words about it, or else those by which articles introduce it, or empty."""
    articles: int
    """Number of articles of the topic that mention it."""


class StorySentence(TemplateValue, frozen=True):
    """A sentence of the story that the articles of a topic tell in the order of their dates."""

    text: str
    """Empty if the article has no short description."""
    article: ArticleLink


class TopicPage(TemplateValue, frozen=True):
    """A topic: articles that resemble one another, and the entities that several of them mention."""

    frame: Frame
    id: str
    members: tuple[TopicMember, ...]
    """The most telling entities that several of its articles mention."""
    near: tuple[Link, ...]
    """The topics that are most like this one, the nearest first."""
    story: tuple[StorySentence, ...]
    """The dated articles, the oldest first, each with a sentence; empty for very few."""
    events: tuple[EventRow, ...]
    """Events of which its articles tell, the oldest first."""
    timeline: tuple[Bar, ...]
    """Articles per month."""
    articles: tuple[ArticleLink, ...]
    """Articles that are not in the story, newest first; if there are `years`, only the newest."""
    years: tuple[ListPart, ...]
    """All articles by year, if they are too many for the page."""
    count: int
    """Number of articles."""
    independent: int
    """Number of the articles most of whose text is not that of earlier ones among them."""
    first: str
    """ISO day of the oldest article, or empty."""
    last: str
    """ISO day of the newest article, or empty."""


class PlaceMap(TemplateValue, frozen=True):
    """A part of the world with one place."""

    view_box: str
    """The part that is shown, as SVG's `viewBox`."""
    squeeze: float
    """Factor of the widths, because degrees of longitude are shorter towards the poles."""
    land: str
    """Path data of the other countries."""
    country: str
    """Path data of the country that the place is or is in; empty if it is not known."""
    x: float
    y: float
    is_point: bool
    """True if the place is a point at x and y; false if it is the country."""
    radius: float
    """Radius of the point."""


class MapCountry(TemplateValue, frozen=True):
    """A country that the articles mention."""

    entity: EntityLink
    articles: int
    level: int
    """Step of the number of articles, from 1 to 5."""
    path: str
    """Path data; empty for a country that the map does not have."""
    x: float
    y: float
    radius: float
    """Radius of the point by which a small country is shown; 0 for a country that can be seen."""
    newest: tuple[ArticleLink, ...] = ()
    """The newest articles that name it, for the places in most articles."""


class MapCity(TemplateValue, frozen=True):
    """A point on the map."""

    entity: EntityLink
    articles: int
    x: float
    y: float
    radius: float
    newest: tuple[ArticleLink, ...] = ()
    """The newest articles that name it, for the places in most articles."""


class MapStep(TemplateValue, frozen=True):
    """A step of the shading of countries."""

    level: int
    label: str
    """Numbers of articles, such as 2–4."""


class MapPage(TemplateValue, frozen=True):
    """All places of which it is known where they are."""

    frame: Frame
    view_box: str
    """The part of the world that is shown, as SVG's `viewBox`."""
    squeeze: float
    """Factor of the widths."""
    land: str
    """Path data of the countries that no article mentions."""
    countries: tuple[MapCountry, ...]
    """Countries, those in most articles first."""
    territories: tuple[MapCountry, ...]
    """Territories of countries, such as Hong Kong."""
    cities: tuple[MapCity, ...]
    """Other places, those in most articles first."""
    key: tuple[MapStep, ...]
    """Steps of the shading that the countries have; empty for a single one."""
    most: int
    """Articles of the city with the largest point; 0 if all points are of one size."""


class ChronologyMonth(TemplateValue, frozen=True):
    """A month of the chronology, or a year's sentences that tell no month."""

    label: str
    """ISO month or year."""
    count: int
    href: str


class ChronologyYear(TemplateValue, frozen=True):
    label: str
    months: tuple[ChronologyMonth, ...]


class ChronologyPage(TemplateValue, frozen=True):
    """All years, or the sentences of one month or year."""

    frame: Frame
    label: str
    """ISO month or year; empty on the page of all years."""
    years: tuple[ChronologyYear, ...]
    """Years of the page of all years, each with its months, the last first, without those that lie ahead."""
    topics: tuple[Link, ...] = ()
    """Links from the page of all years to the topics; other pages have none."""
    events: tuple[EventRow, ...] = ()
    """Events, the oldest first, cut; on the page of all years those of the newest month."""
    count: int = 0
    """Number of all events of the month or year."""
    sentences: int = 0
    """Number of all its sentences with a date, which the files for programs have."""
    before: Link | None = None
    """Link to the month or year before, whose text is ISO."""
    after: Link | None = None
    ahead: tuple[ChronologyYear, ...] = ()
    """Years with what lies after the newest article, the next first."""
    timeline: tuple[Bar, ...] = ()
    """Sentences per year, of the last years; they lead to the years below."""
    earlier: tuple[Link, ...] = ()
    """Links to the last of the years before the timeline, the first of them first."""
