"""The pages of lists: which there are, their paths and names, and links to the part with the articles of a month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

import msgspec

from glossator import site_paths
from glossator.model import ArticleId, EntityId, EntityType, Messages, SitePath
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED, Tree, build_tree
from glossator.stages.plan.catalogue.lists import Lists
from glossator.translate import day, day_of_year, translate

Kind = Literal[
    "articles", "sources", "source", "tags", "tag", "authors", "author", "topic", "days", "entities", "appearances"
]
_ON_ONE_PAGE: Mapping[str, Tree[Any]] = {"": build_tree((), ())}
"""The one page of a list that is never cut."""


class ListKind(NamedTuple):
    """A kind of list: its trees, and the paths of its pages."""

    trees: Callable[[Lists], Mapping[Any, Tree[Any]]]
    """Trees of the lists, by `of` of their pages."""
    path: Callable[[str, str], SitePath]
    """Path of a page, by its `of` and its name."""
    of_archive: bool = True
    """True for the lists of the whole archive; others are planned with what they are about."""
    whole_apart: bool = True
    """False if the whole list stands on another page, about the subject of the list."""


KINDS: Mapping[Kind, ListKind] = {
    "articles": ListKind(lambda lists: {"": lists.articles}, lambda _, name: site_paths.articles_path(name)),
    "days": ListKind(lambda lists: {"": lists.days}, lambda _, name: site_paths.days_path(name)),
    "sources": ListKind(lambda _: _ON_ONE_PAGE, lambda _, __: site_paths.SOURCES),
    "source": ListKind(lambda lists: lists.sources if lists.sources_apart else {}, site_paths.source_path),
    "tags": ListKind(lambda lists: _ON_ONE_PAGE if lists.tags else {}, lambda _, __: site_paths.TAGS),
    "tag": ListKind(lambda lists: lists.tags, site_paths.tag_path),
    "authors": ListKind(
        lambda lists: {"": lists.authors} if lists.authors.counts[""] else {},
        lambda _, name: site_paths.authors_path(name),
    ),
    "author": ListKind(lambda lists: lists.author, site_paths.author_path, of_archive=False),
    "topic": ListKind(lambda lists: lists.topics, site_paths.topic_path, of_archive=False, whole_apart=False),
    "entities": ListKind(
        lambda lists: lists.names, lambda of, name: site_paths.names_path(EntityType(of) if of else None, name)
    ),
    "appearances": ListKind(
        lambda lists: lists.appearances,
        lambda of, name: (
            site_paths.appearances_path(EntityId(of), name) if name else site_paths.entity_path(EntityId(of))
        ),
        of_archive=False,
        whole_apart=False,
    ),
}
ARTICLE_LISTS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "entities")
"""Kinds of the lists of articles, and of their publications, tags and authors."""
ALL_LISTS: frozenset[Kind] = frozenset(kind for kind, facts in KINDS.items() if facts.of_archive)
"""Kinds of the lists of the whole archive."""
BY_NAME: frozenset[Kind] = frozenset({"authors", "entities"})
"""Kinds of the lists from A to Z; all others that are cut are by date or by day of the year."""


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
        for of, tree in KINDS[kind].trees(lists).items():
            yield from (ListPage(kind, of, name) for name in tree.counts)


def pages_of(lists: Lists, kind: Kind, of: str) -> Iterator[ListPage]:
    """Yield the pages of one list, if there is one: without the whole list if that stands on another page."""
    tree = KINDS[kind].trees(lists).get(of)
    for name in tree.counts if tree else ():
        if name or KINDS[kind].whole_apart:
            yield ListPage(kind, of, name)


def tree_of(lists: Lists, page: ListPage) -> Tree[Any]:
    """Return the tree that a page of a list is part of."""
    return KINDS[page.kind].trees(lists)[page.of]


def page_path(page: ListPage) -> SitePath:
    """Return the path of a list's page; the whole list of an entity's appearances is on the entity's page."""
    return KINDS[page.kind].path(page.of, page.name)


def part_href(page: ListPage, name: str, path: SitePath) -> str:
    """Return the link from the page at `path` to the part with a name of the list of another page."""
    return site_paths.relative(page_path(ListPage(page.kind, page.of, name)), path)


def href(tree: Tree[ArticleId], whole: ListPage, date: str, path: SitePath) -> str:
    """Return the link from the page at `path` to the articles of a year or month, `date`.

    `tree` is the tree of the list `whole`. A page that lists several months has an anchor for each; that of a year is
    the anchor of its last month, because the newest articles come first.
    """
    name = [part for part in tree.path(date) if len(part) <= len(date)][-1]
    link = part_href(whole, name, path)
    if name not in tree.members or len(date) == len(name):
        return link
    return f"{link}#m{max(key[:7] for key, _ in tree.members[name] if key.startswith(date))}"


def label_of(name: str, kind: Kind) -> str:
    """Return the label of a part of a list: an ISO date, or the beginning of names or of ids of undated articles."""
    if kind in BY_NAME:
        return label_of_names(name)
    return name.removeprefix(UNDATED).strip("-") if name.startswith(UNDATED) else name


def label_of_names(name: str) -> str:
    """Return the beginning of names as a heading; `#` stands for all that begin with no letter."""
    return name.lstrip("_").replace("-", " ").strip().title() or "#"


def part_name(words: Messages, name: str, kind: Kind) -> str:
    """Return the name of a part of a list in words: a date, a day of the year, or the beginning of names."""
    if kind in BY_NAME:
        return label_of_names(name)
    if kind == "days":
        return day_of_year(words.language, name)
    if not name.startswith(UNDATED):
        return day(words.language, name)
    undated, part = translate(words, "Undated"), label_of(name, kind)
    return part_of(words, undated, part) if part else undated


def part_of(words: Messages, whole: str, part: str) -> str:
    """Return the title of a part of a list."""
    return translate(words, "%(whole)s: %(part)s", whole=whole, part=part)
