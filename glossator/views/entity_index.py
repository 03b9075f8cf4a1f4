"""The index of entities, A to Z: `entity-index.html`."""

from __future__ import annotations

from glossator.model import EntityType
from glossator.views.common import EntityLink, Frame, Link, ListPart
from glossator.views.template_value import TemplateValue


class EntityRow(TemplateValue, frozen=True):
    entity: EntityLink
    articles: int
    mentions: int
    first: str
    last: str
    aliases: tuple[str, ...]


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
    tabs: tuple[TypeTab, ...]
    trail: tuple[Link, ...]
    """Wider lists that contain this part, the widest first."""
    beside: tuple[Link, ...]
    """All parts of the next wider list, on the page of a part; the address of the page itself is empty."""
    parts: tuple[ListPart, ...]
    """Parts of a list that is too long for one page; if there are any, there are no letters."""
    foremost: tuple[EntityRow, ...]
    """Entities that appear in most articles, shown beside the parts."""
    letters: tuple[Letter, ...]
    count: int
