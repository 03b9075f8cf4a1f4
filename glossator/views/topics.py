"""The topics of the archive, and the ties between entities: `topics.html`, `topic.html` and `ties.html`."""

from __future__ import annotations

from glossator.views.article_index import ListOrder
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, ListPart
from glossator.views.template_value import TemplateValue


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
