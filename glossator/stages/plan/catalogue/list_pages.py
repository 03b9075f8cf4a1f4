"""The pages of lists: which there are, their paths and names, and links to the part with the articles of a month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, cast

import msgspec

from glossator import site_paths
from glossator.model import ArticleId, EntityId, EntityType, Messages, SitePath
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED, Tree
from glossator.stages.plan.catalogue.lists import Lists
from glossator.translate import day, day_of_year, translate

Kind = Literal[
    "articles", "sources", "source", "tags", "tag", "authors", "author", "topic", "days", "entities", "appearances"
]
ALL_LISTS: frozenset[Kind] = frozenset({"articles", "sources", "source", "tags", "tag", "authors", "days", "entities"})
"""Kinds of the lists of the whole archive."""


class ListPage(msgspec.Struct, frozen=True, order=True):
    """The page of a list or of a part of one."""

    kind: Kind
    of: str
    """Publication of a `source`; key of a `tag`, `author` or `topic`; type of `entities`; entity of `appearances`; else
    empty."""
    name: str
    """Name of the part in the list's tree; empty for the whole list."""

    @property
    def subject(self) -> str:
        """Subject of the planned page, from which `list_page` restores the value."""
        return f"{self.name} {self.of}"


def list_key(kind: str, subject: str) -> str:
    """Return the key of the list that a planned page is of: its kind, and for a topic its id."""
    return topic_key(subject.partition(" ")[2]) if kind == "topic" else kind


def topic_key(topic: str) -> str:
    return f"topic {topic}"


def list_page(kind: str, subject: str) -> ListPage:
    """Return the list page that a planned page of this kind and subject is about."""
    name, _, of = subject.partition(" ")
    return ListPage(cast(Kind, kind), of, name)


def list_pages(lists: Lists, kinds: Collection[Kind] = ALL_LISTS) -> Iterator[ListPage]:
    """Yield every page of the lists of the whole archive, of some kinds."""
    for kind in sorted(kinds):
        yield from (ListPage(kind, of, name) for of, name in _LIST_PAGES[kind](lists))


def _of_trees(trees: Mapping[str, Tree[Any]]) -> Iterator[tuple[str, str]]:
    """Yield key and part of every page of some trees."""
    return ((of, name) for of, tree in trees.items() for name in tree.counts)


_LIST_PAGES: Mapping[Kind, Callable[[Lists], Iterable[tuple[str, str]]]] = {
    "articles": lambda lists: _of_trees({"": lists.articles}),
    "sources": lambda _: [("", "")],
    "source": lambda lists: _of_trees(lists.sources if lists.sources_apart else {}),
    "tags": lambda lists: [("", "")] if lists.tags else [],
    "tag": lambda lists: _of_trees(lists.tags),
    "authors": lambda lists: _of_trees({"": lists.authors} if lists.authors.counts[""] else {}),
    "days": lambda lists: _of_trees({"": lists.days}),
    "entities": lambda lists: _of_trees(lists.names),
}
"""Subject and name of part of each page, by kind of list."""


def topic_pages(lists: Lists, topic: str) -> Iterator[ListPage]:
    """Yield the pages of a topic's articles, besides its own."""
    return (ListPage("topic", topic, name) for name in lists.topics[topic].counts if name)


def appearance_pages(lists: Lists, entity: EntityId) -> Iterator[ListPage]:
    """Yield the pages of an entity's appearances, besides its own."""
    if entity in lists.appearances:
        yield from (ListPage("appearances", entity, name) for name in lists.appearances[entity].counts if name)


def author_pages(lists: Lists, author: str) -> Iterator[ListPage]:
    """Yield the pages of an author's articles, if the author has any."""
    if author in lists.author:
        yield from (ListPage("author", author, name) for name in lists.author[author].counts)


def tree_of(lists: Lists, page: ListPage) -> Tree[ArticleId]:
    """Return the tree of a page that lists articles."""
    match page.kind:
        case "source":
            return lists.sources[page.of]
        case "tag":
            return lists.tags[page.of]
        case "author":
            return lists.author[page.of]
        case "topic":
            return lists.topics[page.of]
        case "appearances":
            return lists.appearances[EntityId(page.of)]
    return lists.days if page.kind == "days" else lists.articles


def page_path(page: ListPage) -> SitePath:
    """Return the path of a list's page; the whole list of an entity's appearances is on the entity's page."""
    return _PATHS[page.kind](page.of, page.name)


_PATHS: Mapping[Kind, Callable[[str, str], SitePath]] = {
    "articles": lambda _, name: site_paths.articles_path(name),
    "sources": lambda _, __: site_paths.SOURCES,
    "source": site_paths.source_path,
    "tags": lambda _, __: site_paths.TAGS,
    "tag": site_paths.tag_path,
    "authors": lambda _, name: site_paths.authors_path(name),
    "author": site_paths.author_path,
    "topic": site_paths.topic_path,
    "days": lambda _, name: site_paths.days_path(name),
    "entities": lambda of, name: site_paths.names_path(EntityType(of) if of else None, name),
    "appearances": lambda of, name: (
        site_paths.appearances_path(EntityId(of), name) if name else site_paths.entity_path(EntityId(of))
    ),
}
"""Path of the page of a list, by kind."""


def href(tree: Tree[ArticleId], whole: ListPage, date: str, path: SitePath) -> str:
    """Return the link from the page at `path` to the articles of a year or month, `date`.

    `tree` is the tree of the list `whole`. A page that lists several months has an anchor for each; that of a year is
    the anchor of its last month, because the newest articles come first.
    """
    name = [part for part in tree.path(date) if len(part) <= len(date)][-1]
    link = site_paths.relative(page_path(ListPage(whole.kind, whole.of, name)), path)
    if name not in tree.members or len(date) == len(name):
        return link
    return f"{link}#m{max(key[:7] for key, _ in tree.members[name] if key.startswith(date))}"


def label_of(name: str) -> str:
    """Return the label of a part of a list by date: an ISO date, or the beginning of the ids of undated articles."""
    return name.removeprefix(UNDATED).strip("-") if name.startswith(UNDATED) else name


def part_name(words: Messages, name: str, kind: str = "") -> str:
    """Return the name of a part of a list by date, or by day of the year (`kind` "days"), in words."""
    if kind == "days":
        return day_of_year(words.language, name)
    if not name.startswith(UNDATED):
        return day(words.language, name)
    undated, part = translate(words, "Undated"), label_of(name)
    return part_of(words, undated, part) if part else undated


def part_of(words: Messages, whole: str, part: str) -> str:
    """Return the title of a part of a list."""
    return translate(words, "%(whole)s: %(part)s", whole=whole, part=part)
