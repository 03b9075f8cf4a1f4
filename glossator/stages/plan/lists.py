"""The lists of the archive: articles by date, source, tag, author and day of the year, names from A to Z.

Each is a tree of parts, and each part has a page. So have the articles of an entity, if there are many.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Generic, Literal, NamedTuple, TypeVar, cast

import msgspec
from anyascii import anyascii

from glossator import site_paths
from glossator.collation import in_own_script
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.model import ArticleHead, ArticleId, Digest, Entity, EntityId, EntityType, SitePath, Topic
from glossator.stages.plan import cut_long_lists
from glossator.stages.plan.authors import Author
from glossator.stages.plan.cut_long_lists import DAY_LENGTHS, NAME_LENGTHS, YEARLY_LENGTHS, Keyed, Tree, build_tree
from glossator.stages.plan.locations import Location, locate
from glossator.stages.plan.tags import Tag

FURTHER = 100
"""Articles that an entity's page lists without sentences; if there are more, they are listed on pages by year."""

UNDATED = "none"
"""Key of undated articles, in the position of a year."""

Kind = Literal[
    "articles", "sources", "source", "tags", "tag", "authors", "author", "topic", "days", "entities", "appearances"
]
Key = TypeVar("Key", bound=str)


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


def list_page(kind: str, subject: str) -> ListPage:
    """Return the list page that a planned page of this kind and subject is about."""
    name, _, of = subject.partition(" ")
    return ListPage(cast(Kind, kind), of, name)


class EntityListRow(msgspec.Struct, frozen=True, array_like=True):
    """The row of an entity in a list, and its sort key."""

    type: EntityType
    key: str
    """Sort key."""
    articles: int
    mentions: int
    first: str
    """First ISO day on which the entity appears; empty if no day is known."""
    last: str
    digest: Digest
    """Digest of the whole row."""
    location: Location | None = None
    """Location of a place, as far as it is known."""


class Lists(msgspec.Struct, frozen=True):
    """The members of each list."""

    articles: Tree[ArticleId]
    """All articles by date."""
    sources: Mapping[str, Tree[ArticleId]]
    """Articles of each publication by date; the empty name is for articles whose publication is not known."""
    tags: Mapping[str, Tree[ArticleId]]
    """Articles by date of each tag that has a page."""
    authors: Tree[str]
    """Keys of all authors, A to Z."""
    author: TreesOnDemand[str]
    """Articles by date of each author who has a page."""
    topics: Mapping[str, Tree[ArticleId]]
    """Articles by date of each topic, by the id of its strongest entity."""
    days: Tree[ArticleId]
    """Articles by day of the year."""
    names: Mapping[str, Tree[EntityId]]
    """Entities of each type, and of all types under the empty name, A to Z."""
    appearances: TreesOnDemand[EntityId]
    """Articles by date of each entity that appears in more articles than its page lists."""
    rows: Mapping[EntityId, EntityListRow]
    """Row of every entity that has a page."""

    @property
    def sources_apart(self) -> bool:
        """True if each publication has a page of its own."""
        return self.articles.counts[""] > cut_long_lists.LONG


class TreesOnDemand(Mapping[Key, Tree[ArticleId]], Generic[Key]):
    """The articles by date of those entities that have many, or of authors. State: the trees that were asked for."""

    def __init__(self, long: Collection[Key], tree_of: Callable[[Key], Tree[ArticleId]]) -> None:
        self._long, self._tree_of = long, tree_of
        self._known: dict[Key, Tree[ArticleId]] = {}

    def __getitem__(self, key: Key) -> Tree[ArticleId]:
        if key not in self._long:
            raise KeyError(key)
        if key not in self._known:
            self._known[key] = self._tree_of(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._long

    def __iter__(self) -> Iterator[Key]:
        return iter(self._long)

    def __len__(self) -> int:
        return len(self._long)


class Keywords(NamedTuple):
    """Keywords that the heads of several articles share."""

    publications: Mapping[ArticleId, str]
    """Name of the publication of each article, or ""."""
    tags: Mapping[str, Tag]
    """Tags that have a page, by key."""
    authors: Mapping[str, Author]
    """All authors, by key."""
    topics: tuple[Topic, ...]
    language: str = ""
    """Language of the site."""


def open_lists(
    heads: Sequence[ArticleHead],
    keywords: Keywords,
    appearances: TreesOnDemand[EntityId],
    rows: Mapping[EntityId, EntityListRow],
) -> Lists:
    """Return the lists of an archive; `rows` has every entity that has a page."""
    publications, tags, authors, topics, language = keywords
    keys = {head.id: article_key(head) for head in heads}
    sources: dict[str, list[Keyed[ArticleId]]] = defaultdict(list)
    names: dict[str, list[Keyed[EntityId]]] = {"": []}
    for article, key in keys.items():
        sources[publications[article]].append((key, article))
    for entity, row in rows.items():
        for kind in ("", row.type):
            names.setdefault(kind, []).append((row.key, entity))
    return Lists(
        articles=build_tree(((key, article) for article, key in keys.items()), DAY_LENGTHS),
        sources={publication: build_tree(keyed, DAY_LENGTHS) for publication, keyed in sources.items()},
        tags={
            key: build_tree(((keys[article], article) for article in tag.articles), DAY_LENGTHS)
            for key, tag in tags.items()
        },
        authors=build_tree(((name_key(author.name, language), key) for key, author in authors.items()), NAME_LENGTHS),
        author=TreesOnDemand(
            {key: None for key, author in authors.items() if author.has_page},
            lambda key: build_tree(((keys[article], article) for article in authors[key].articles), DAY_LENGTHS),
        ),
        topics={
            topic.id: build_tree(((keys[article], article) for article in topic.articles), DAY_LENGTHS)
            for topic in topics
        },
        days=build_tree(
            ((f"{head.date[5:]}-{head.date[:4]}", head.id) for head in heads if head.date and len(head.date) > 7),
            YEARLY_LENGTHS,
        ),
        names={kind: build_tree(keyed, NAME_LENGTHS) for kind, keyed in names.items()},
        appearances=appearances,
        rows=rows,
    )


def listed_articles(settings: PlanSettings) -> int:
    """Return the number of articles that an entity's page lists."""
    return settings.passages + FURTHER


def open_appearances(
    entities: Mapping[EntityId, Entity],
    spread: Mapping[EntityId, int],
    heads: Mapping[ArticleId, ArticleHead],
    settings: PlanSettings,
) -> TreesOnDemand[EntityId]:
    """Return the articles of entities, read on demand.

    `spread` is the number of articles in which each entity appears.
    """
    most = listed_articles(settings)

    def tree_of(key: EntityId) -> Tree[ArticleId]:
        articles = [appearance.article for appearance in entities[key].appearances]
        return build_tree(((article_key(heads[article]), article) for article in articles), DAY_LENGTHS, most)

    return TreesOnDemand(dict.fromkeys(sorted(key for key, articles in spread.items() if articles > most)), tree_of)


def article_key(head: ArticleHead) -> str:
    """Return the sort key of an article: its day, or UNDATED and its id."""
    return head.date or f"{UNDATED}-{head.id}"


def name_key(name: str, language: str) -> str:
    """Return the sort key of a name on a site in a language.

    It consists of words of ASCII, after `_` if the name begins with no letter. A name in the script of the language
    keeps its letters, without accents.
    """
    if in_own_script(language, name):
        letters = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
        return re.sub(r"[\W_]+", "-", letters.lower()).strip("-") + "-"
    plain = anyascii(name).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{'' if plain[:1].isalpha() else '_'}{words}-"


def entity_list_row(entity: Entity, heads: Mapping[ArticleId, ArticleHead], language: str) -> EntityListRow:
    """Return the row of an entity on a site in a language; `heads` contains those of its articles."""
    days = [day for appearance in entity.appearances if (day := heads[appearance.article].date)]
    first, last = (min(days), max(days)) if days else ("", "")
    counts = (len(entity.appearances), entity.mentions, first, last)
    row_digest = digest(repr((entity.name, entity.type, entity.aliases, *counts)))
    return EntityListRow(entity.type, name_key(entity.name, language), *counts, row_digest, locate(entity))


def list_pages(lists: Lists) -> Iterator[ListPage]:
    """Yield every page of the lists of the whole archive."""
    yield ListPage("sources", "", "")
    if lists.authors.counts[""]:
        yield from (ListPage("authors", "", name) for name in lists.authors.counts)
    yield from (ListPage("days", "", name) for name in lists.days.counts)
    if lists.tags:
        yield ListPage("tags", "", "")
    yield from (ListPage("tag", of, name) for of, tree in lists.tags.items() for name in tree.counts)
    yield from (ListPage("topic", of, name) for of, tree in lists.topics.items() for name in tree.counts if name)
    yield from (ListPage("articles", "", name) for name in lists.articles.counts)
    yield from (ListPage("entities", kind, name) for kind, tree in lists.names.items() for name in tree.counts)
    if lists.sources_apart:
        yield from (ListPage("source", of, name) for of, tree in lists.sources.items() for name in tree.counts)


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
