"""The lists of articles: `article-index.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.views.common import ArticleLink, EntityLink, Frame, Link, ListPart


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    label: str
    """Month such as `2026-03`, or publication; empty if there is none."""
    anchor: str
    articles: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True)
class ArticleIndexPage:
    """Articles by date, source or tag: all, those of one source, tag or entity, or a part of one of these lists."""

    frame: Frame
    entity: EntityLink | None
    """Entity whose articles are listed, or None."""
    grouped_by: str
    """Order of the list: `date`, `source` or `tag`."""
    tags: str
    """Address of the list of tags; empty if no tag has a page."""
    trail: tuple[Link, ...]
    """Wider lists that contain this part, the widest first."""
    newer: Link | None
    """Part of the list with the next newer articles, or None."""
    older: Link | None
    """Part of the list with the next older articles, or None."""
    parts: tuple[ListPart, ...]
    """Parts of a list that is too long for one page; if there are any, there are no groups."""
    newest: tuple[ArticleLink, ...]
    """Newest articles, shown beside the parts of a whole list."""
    groups: tuple[ArticleGroup, ...]
    count: int
