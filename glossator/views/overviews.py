"""Pages about the whole archive: `topics.html`, `topic.html`, `ties.html`, `map.html`, `chronology.html`.

The map of one place is here, too.
"""

from __future__ import annotations

from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, ListPart, TemplateValue
from glossator.views.lists import ListOrder


class TopicSummary(TemplateValue, frozen=True):
    """A topic as lists show it."""

    name: str
    """Names of its strongest entities."""
    href: str
    others: tuple[EntityLink, ...]
    """Further entities of the topic, the strongest first, cut."""
    articles: int
    first: str
    """ISO day of the oldest article, or empty."""
    last: str


class TopicsPage(TemplateValue, frozen=True):
    """All topics."""

    frame: Frame
    orders: tuple[ListOrder, ...]
    topics: tuple[TopicSummary, ...]


class TopicMember(TemplateValue, frozen=True):
    """An entity of a topic."""

    entity: EntityLink
    descriptor: str
    """A person's words about it, or else those by which articles introduce it, or empty."""
    articles: int
    """Number of articles that mention it."""


class DrawnEntity(TemplateValue, frozen=True):
    """A point of the drawing, with a name beside it. Coordinates are whole tenths of the drawing's units."""

    entity: EntityLink
    x: float
    y: float
    turn: float
    """Degrees by which the name is turned."""
    anchor: str
    """Side of the name that is at the point: `start` or `end`."""
    group: int
    """Number of the group of entities that the entity is in, from 0; -1 for none."""


class DrawnTie(TemplateValue, frozen=True):
    """A line of the drawing."""

    path: str
    """Path data of SVG, from point to point of the circle."""
    arc: str
    """Path data of SVG, from line to line of the column."""
    level: int
    """Width, from 1 to 4."""
    label: str
    """Names at its ends."""
    count: int
    """Number of shared articles."""


class TieDrawing(TemplateValue, frozen=True):
    """Entities on a circle, or below each other in a column for narrow windows, and the ties between them."""

    size: int
    """Width and height of the circle with its names."""
    line: int
    """Height of a line of the column."""
    indent: int
    """Distance of the column's names from its left side: there are the arcs."""
    entities: tuple[DrawnEntity, ...]
    ties: tuple[DrawnTie, ...]


class TieRow(TemplateValue, frozen=True):
    """A tie in words."""

    first: EntityLink
    second: EntityLink
    articles: int


class TopicPage(TemplateValue, frozen=True):
    """A topic: entities that keep appearing together, and the articles that mention several of them."""

    frame: Frame
    members: tuple[TopicMember, ...]
    drawing: TieDrawing | None
    timeline: tuple[Bar, ...]
    articles: tuple[ArticleLink, ...]
    """Articles, newest first; if there are `years`, only the newest."""
    years: tuple[ListPart, ...]
    """All articles by year, if they are too many for the page."""
    count: int
    """Number of articles."""
    first: str
    """ISO day of the oldest article, or empty."""
    last: str


class TiesPage(TemplateValue, frozen=True):
    """The strongest ties, drawn and in words."""

    frame: Frame
    drawing: TieDrawing | None
    """Drawing of the ties; None for very few entities."""
    ties: tuple[TieRow, ...]
    """Ties, the strongest first."""


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


class MapCity(TemplateValue, frozen=True):
    """A point on the map."""

    entity: EntityLink
    articles: int
    x: float
    y: float
    radius: float


class MapPage(TemplateValue, frozen=True):
    """All places of which it is known where they are."""

    frame: Frame
    view_box: str
    squeeze: float
    land: str
    """Path data of the countries that no article mentions."""
    countries: tuple[MapCountry, ...]
    """Countries, those in most articles first."""
    cities: tuple[MapCity, ...]
    """Other places, those in most articles first."""


class ChronologyMonth(TemplateValue, frozen=True):
    """A month of the chronology, or a year's sentences that tell no month."""

    label: str
    """ISO month or year."""
    count: int
    href: str


class ChronologyYear(TemplateValue, frozen=True):
    label: str
    months: tuple[ChronologyMonth, ...]


class ChronologyEntry(TemplateValue, frozen=True):
    """A sentence with a date in it."""

    date: str
    """ISO year, month or day."""
    reckoned: bool
    """True if the date is reckoned from the article's day."""
    text: str
    href: str
    """Link to the sentence in its article."""
    title: str
    """Title of the article."""
    publication: str


class ChronologyPage(TemplateValue, frozen=True):
    """All years, or the sentences of one month or year."""

    frame: Frame
    label: str
    """ISO month or year; empty on the page of all years."""
    years: tuple[ChronologyYear, ...]
    entries: tuple[ChronologyEntry, ...] = ()
    """Sentences by date, cut."""
    count: int = 0
    """Number of all sentences of the month or year."""
    before: str = ""
    """Link to the month or year before, or empty."""
    after: str = ""
    label_before: str = ""
    label_after: str = ""
