"""Lists of articles and of entities: `article-index.html` and `entity-index.html`."""

from __future__ import annotations

from glossator.model import EntityType
from glossator.views.common import ArticleLink, EntityLink, Frame, Link, ListPart, TemplateValue


class ArticleGroup(TemplateValue, frozen=True):
    label: str
    """Month such as `2026-03`, day of the year such as `03-14`, or publication; empty if there is none."""
    anchor: str
    articles: tuple[ArticleLink, ...]


class HeatCell(TemplateValue, frozen=True):
    """A month of a year, or a day of a month."""

    label: str
    """Month such as `2026-03`, or day of the year such as `03-14`."""
    anchor: str
    count: int
    level: int
    """Step of the count: 0 for none, 5 for the highest of the map."""
    href: str
    """Address of the articles; empty if there are none."""


class HeatRow(TemplateValue, frozen=True):
    """A year with its months, or a month with its days."""

    label: str
    """Year such as `2026`, or month such as `03`."""
    anchor: str
    count: int
    href: str
    cells: tuple[HeatCell, ...]


class ListOrder(TemplateValue, frozen=True):
    """A way in which the articles are listed."""

    name: str
    """Order: `date`, `day`, `source`, `author`, `topic`, `tag`, `chronology` or `corrected`."""
    href: str


class ArticleIndexPage(TemplateValue, frozen=True, kw_only=True):
    """Articles by date, day of the year, source, author or tag: all, those of one, or a part of such a list."""

    frame: Frame
    entity: EntityLink | None = None
    """Entity whose articles are listed, or None."""
    grouped_by: str
    """Order of the list: `date`, `day`, `source`, `author` or `tag`."""
    orders: tuple[ListOrder, ...]
    """All orders in which the articles are listed."""
    trail: tuple[Link, ...] = ()
    """Wider lists that contain this part, the widest first."""
    newer: Link | None = None
    """Part of the list with the next newer articles, or None."""
    older: Link | None = None
    """Part of the list with the next older articles, or None."""
    heat: tuple[HeatRow, ...] = ()
    """Years by month, or months by day, of a list that is too long for one page."""
    parts: tuple[ListPart, ...] = ()
    """Other parts of a list that is too long for one page; if there are any, there are no groups."""
    beginnings: tuple[ListPart, ...] = ()
    """Parts of the list of authors by the first letters of names, if it is too long for one page."""
    within: tuple[tuple[str, str], ...] = ()
    """Names and values of the facets by which the search page finds the listed articles; empty if a filter does."""
    newest: tuple[ArticleLink, ...] = ()
    """Newest articles, shown beside the parts of a whole list."""
    groups: tuple[ArticleGroup, ...] = ()
    """Months or publications, each with its articles."""
    count: int
    """Number of articles."""


class EntityRow(TemplateValue, frozen=True):
    entity: EntityLink
    articles: int
    mentions: int
    first: str
    last: str
    line: str
    """Words that tell who or what it is, or empty."""
    aliases: tuple[str, ...]
    """Other names, the last of which are in a script that the site's language does not have."""


class Letter(TemplateValue, frozen=True):
    letter: str
    rows: tuple[EntityRow, ...]


class TypeTab(TemplateValue, frozen=True):
    """The link to the index of one type."""

    type: EntityType | None
    """Type of the entities; None for the index of all types."""
    count: int
    """Number of entities; 0 on the pages of parts, which do not show it."""
    href: str
    current: bool


class EntityIndexPage(TemplateValue, frozen=True):
    """A to Z, of one type or of all: the whole, or a part."""

    frame: Frame
    type: EntityType | None
    """Type that the page lists; None for all."""
    tabs: tuple[TypeTab, ...]
    """Links to the indexes of the other types."""
    trail: tuple[Link, ...]
    """Wider lists that contain this part, the widest first."""
    beside: tuple[Link, ...]
    """All parts of the next wider list, on the page of a part; the address of the page itself is empty."""
    parts: tuple[ListPart, ...]
    """Parts of a list that is too long for one page; if there are any, there are no letters."""
    foremost: tuple[EntityRow, ...]
    """Entities that appear in most articles, shown beside the parts."""
    letters: tuple[Letter, ...]
    """A to Z, each with its rows."""
    count: int
    """Number of entities."""
