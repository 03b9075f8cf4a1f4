"""The topics of the archive, and the ties between entities: `topics.html`, `topic.html` and `ties.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.views.article_index import ListOrder
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, ListPart


@dataclass(frozen=True, slots=True)
class TopicSummary:
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


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """All topics."""

    frame: Frame
    orders: tuple[ListOrder, ...]
    topics: tuple[TopicSummary, ...]


@dataclass(frozen=True, slots=True)
class TopicMember:
    """An entity of a topic."""

    entity: EntityLink
    descriptor: str
    """Words by which articles introduce it, or empty."""
    articles: int
    """Number of articles that mention it."""


@dataclass(frozen=True, slots=True)
class DrawnEntity:
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


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A line of the drawing."""

    path: str
    """Path data of SVG."""
    level: int
    """Width, from 1 to 4."""
    label: str
    """Names at its ends."""
    count: int
    """Number of shared articles."""


@dataclass(frozen=True, slots=True)
class TieDrawing:
    """Entities on a circle, and the ties between them."""

    size: int
    """Width and height of the drawing."""
    entities: tuple[DrawnEntity, ...]
    ties: tuple[DrawnTie, ...]


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie in words."""

    first: EntityLink
    second: EntityLink
    articles: int


@dataclass(frozen=True, slots=True)
class TopicPage:
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


@dataclass(frozen=True, slots=True)
class TiesPage:
    """The strongest ties, drawn and in words."""

    frame: Frame
    drawing: TieDrawing | None
    """Drawing of the ties; None for very few entities."""
    ties: tuple[TieRow, ...]
    """Ties, the strongest first."""
