"""Ways through a list: its title, the trail of wider parts, the narrower parts, and the other orders of articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from glossator import site_paths
from glossator.collation import sort_key
from glossator.model import EntityId, EntityType, SitePath, TopicId
from glossator.stages.plan.catalogue import TYPES, Catalogue, topic_name
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED
from glossator.stages.plan.catalogue.list_pages import (
    BY_NAME,
    ListPage,
    label_of,
    part_href,
    part_name,
    part_of,
    tree_of,
)
from glossator.translate import translate
from glossator.views import Link, ListOrder, ListPart

TITLES = {
    "articles": "Articles by date",
    "days": "Articles by day of the year",
    "source": "Articles by source",
    "tag": "Articles by tag",
    "author": "Articles by author",
    "topic": "Topics",
}
"""Title of the list of all, by the kind of page that the list leads to."""
PLURALS = {kind: "People" if kind == EntityType.PERSON else f"{kind.capitalize()}s" for kind in TYPES}
UNKNOWN_SOURCE = "Unknown source"
_LEADING = {
    "source": site_paths.SOURCES,
    "tag": site_paths.TAGS,
    "author": site_paths.AUTHORS,
    "topic": site_paths.TOPICS,
}
"""List of all that leads to a list, by the kind of the latter."""
_ORDERS = {
    "date": site_paths.ARTICLES,
    **{kind: _LEADING[kind] for kind in ("source", "author", "topic", "tag")},
    "day": site_paths.DAYS,
    "chronology": site_paths.CHRONOLOGY,
    "corrected": site_paths.CORRECTIONS,
}
"""List of all articles in each order."""


def orders(catalogue: Catalogue, path: SitePath) -> tuple[ListOrder, ...]:
    """Return the orders in which the articles are listed, linked from the page at `path`."""
    return tuple(ListOrder(name, site_paths.relative(_ORDERS[name], path)) for name in catalogue.whole.orders)


def section(page: ListPage) -> str:
    """Return the entry of the navigation to which the page of a list belongs."""
    if page.kind in ("appearances", "entities"):
        return "entities"
    return f"{page.kind.removesuffix('s')}s"


def title(catalogue: Catalogue, page: ListPage) -> str:
    """Return the title of the page of a list of articles or names, or of a part of one."""
    words = catalogue.site.words
    part = part_name(words, page.name, page.kind) if page.name else ""
    match page.kind:
        case "articles" if part and not page.name.startswith(UNDATED):
            return translate(words, "Articles of %(time)s", time=part)
        case "articles" | "days":
            return part or translate(words, TITLES[page.kind])
        case "sources" | "tags" | "authors" if not part:
            kind = page.kind.removesuffix("s")
            return translate(words, TITLES[kind])
        case "authors":
            return part_of(words, translate(words, "Authors"), part)
        case "entities" if not part:
            return translate(words, "%(names)s, A to Z", names=_subject(catalogue, page))
    name = _subject(catalogue, page)
    return part_of(words, name, part) if part else name


def _subject(catalogue: Catalogue, page: ListPage) -> str:
    """Return the name of what the members of a list have in common."""
    words = catalogue.site.words
    match page.kind:
        case "tag":
            return catalogue.tags[page.of].name
        case "author":
            return catalogue.authors[page.of].name
        case "topic":
            return topic_name(catalogue, TopicId(page.of))
        case "appearances":
            return catalogue.profiles[EntityId(page.of)].name
        case "entities":
            return translate(words, PLURALS[EntityType(page.of)] if page.of else "Names")
        case _:
            return page.of or translate(words, UNKNOWN_SOURCE)


def trail(catalogue: Catalogue, page: ListPage, path: SitePath) -> tuple[Link, ...]:
    """Return the links from a page of a list, whose path is `path`, to the wider parts, the widest first."""
    words, whole = catalogue.site.words, ListPage(page.kind, page.of, "")
    leading = _LEADING.get(page.kind)
    above = (Link(translate(words, TITLES[page.kind]), site_paths.relative(leading, path)),) if leading else ()
    return *above, *(
        Link(part_name(words, name, page.kind) if name else title(catalogue, whole), part_href(page, name, path))
        for name in tree_of(catalogue.lists, page).ancestors(page.name)
    )


def contents_of(catalogue: Catalogue, page: ListPage, path: SitePath, *, apart: bool = False) -> tuple[ListPart, ...]:
    """Return the parts that a list is cut into, for the page at `path`: from A to Z, or newest first and undated last.

    If a heat map stands `apart`, only those that it does not show.
    """
    tree, by_name = tree_of(catalogue.lists, page), page.kind in BY_NAME
    names = in_order(catalogue, tree.cuts[page.name]) if by_name else newest_first(tree.cuts[page.name])
    return tuple(
        ListPart(
            label=label_of(name, page.kind),
            anchor=f"{'part-' if by_name else 'm'}{name}",
            count=tree.counts[name],
            href=part_href(page, name, path),
        )
        for name in names
        if not apart or name.startswith(UNDATED)
    )


def in_order(catalogue: Catalogue, beginnings: Iterable[str]) -> list[str]:
    """Return beginnings of names in the order of the language of the site."""
    language = catalogue.site.words.language
    return sorted(beginnings, key=lambda beginning: (sort_key(language, beginning), beginning))


def newest_first(names: Collection[str]) -> list[str]:
    """Return the names of parts of a list by date, the newest first and undated ones last."""
    undated = [name for name in names if name.startswith(UNDATED)]
    return [*sorted(set(names).difference(undated), reverse=True), *sorted(undated)]
