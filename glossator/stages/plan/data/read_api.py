"""Lists for programs: a read API of files, and `llms.txt`, by which language models find their way.

The API has an entry, `api/1/index.json`, and lists of articles and entities, which lead to the data of their pages.
Long lists are cut as those for readers are. An article whose title, authors or addresses hold a private name is in no
list, as in no feed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import msgspec

from glossator import site_paths
from glossator.config import API, LLMS, MARKDOWN
from glossator.model import ArticleHead, ArticleId, EntityId, SitePath
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, address
from glossator.stages.plan.catalogue.cut_long_lists import Tree
from glossator.stages.plan.data.feeds import is_about_private
from glossator.stages.plan.data.page_markdown import plain
from glossator.views import DataFile

SCHEMA = "glossator-api/1"
"""Name and version of the schema, which `data/schemas/api-1.json` holds."""
ENTRY_KIND, ARTICLES_KIND, ENTITIES_KIND, LLMS_KIND = "api", "api-articles", "api-entities", "llms"
LISTED = 50
"""Newest articles and most mentioned entities in `llms.txt`: a language model reads it whole."""
PREAMBLE = """\
This is an archive of saved articles, with the people, organisations, places and other things that they name. Every
description and quotation stands in the article that is named with it. Each article belongs to its author and publisher:
quote it by its source.\
"""

Record = dict[str, object]


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the lists that the settings ask for."""
    if API in catalogue.site.data:
        yield PlannedPage(site_paths.API, ENTRY_KIND, "")
        for name in sorted(catalogue.lists.articles.members):
            yield PlannedPage(site_paths.api_path("articles", name), ARTICLES_KIND, name)
        for name in sorted(catalogue.lists.names[""].members):
            yield PlannedPage(site_paths.api_path("entities", name), ENTITIES_KIND, name)
    if LLMS in catalogue.site.data:
        yield PlannedPage(site_paths.LLMS, LLMS_KIND, "")


def compose_entry(catalogue: Catalogue, _: PlannedPage) -> DataFile:
    """Compose the entry of the API."""
    site = catalogue.site
    entry: Record = {
        "schema": SCHEMA,
        "title": site.title,
        "description": site.description,
        "language": site.language,
        "address": site.url,
        "articles": {"count": catalogue.whole.articles, "parts": _parts(catalogue, "articles")},
        "entities": {"count": len(catalogue.lists.rows), "parts": _parts(catalogue, "entities")},
        "article": "articles/{id}.json",
        "entity": "entities/{id}.json",
    }
    return _file(entry)


def compose_articles(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose a list of articles, newest first."""
    heads = _public_heads(catalogue, _members(catalogue, planned.subject))
    rows = [
        {
            "id": head.id,
            "title": head.title,
            "date": head.date or "",
            "publication": catalogue.publications[head.id],
            "source": head.source or "",
            "language": head.language or catalogue.site.language,
            "data": site_paths.data_path(site_paths.article_path(head.id), "json"),
        }
        for head in heads
    ]
    return _file({"schema": SCHEMA, "part": planned.subject, "articles": rows})


def compose_entities(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose a list of entities, A to Z."""
    rows = []
    for _, key in sorted(catalogue.lists.names[""].members[planned.subject]):
        row, entity = catalogue.lists.rows[key], catalogue.content.entities[key]
        rows.append(
            {
                "id": key,
                "name": entity.name,
                "type": row.type,
                "aliases": [form for form, _ in entity.aliases],
                "articles": row.articles,
                "mentions": row.mentions,
                "first": row.first,
                "last": row.last,
                "data": site_paths.data_path(site_paths.entity_path(key), "json"),
            }
        )
    return _file({"schema": SCHEMA, "part": planned.subject, "entities": rows})


def compose_llms(catalogue: Catalogue, _: PlannedPage) -> DataFile:
    """Compose `llms.txt`. Source: llmstxt.org, the proposal of September 2024."""
    site, lists = catalogue.site, catalogue.lists
    entries = [
        (site_paths.ARTICLES, f"{catalogue.whole.articles:,} articles by date"),
        (site_paths.ENTITIES, f"{len(lists.rows):,} names, A to Z"),
        (site_paths.SOURCES, "Publications"),
        (site_paths.ABOUT, "About this archive"),
    ]
    lines = [f"- [{title}]({_target(catalogue, path)})" for path, title in entries]
    if API in site.data:
        lines.append(f"- [Read API]({_address(catalogue, site_paths.API)})")
    articles = [
        _entry(catalogue, site_paths.article_path(head.id), head.title, head.date) for head in _newest(catalogue)
    ]
    entities = [
        _entry(catalogue, site_paths.entity_path(key), catalogue.profiles[key].name, lists.rows[key].type)
        for key in _foremost(catalogue)
    ]
    parts = [f"# {plain(site.title)}", f"> {plain(site.description)}", PREAMBLE, "## Lists\n\n" + "\n".join(lines)]
    for title, listed in (("Newest articles", articles), ("Names in most articles", entities)):
        parts += [f"## {title}\n\n" + "\n".join(listed)] if listed else []
    return DataFile("\n\n".join(parts) + "\n")


def _file(record: Record) -> DataFile:
    return DataFile(msgspec.json.encode(record).decode() + "\n")


def _trees(catalogue: Catalogue) -> Mapping[str, Tree[ArticleId] | Tree[EntityId]]:
    return {"articles": catalogue.lists.articles, "entities": catalogue.lists.names[""]}


def _parts(catalogue: Catalogue, kind: str) -> list[Record]:
    tree = _trees(catalogue)[kind]
    return [
        {"part": name, "count": tree.counts[name], "data": site_paths.api_path(kind, name)}
        for name in sorted(tree.members)
    ]


def _members(catalogue: Catalogue, name: str) -> list[ArticleId]:
    members = (article for _, article in catalogue.lists.articles.members[name])
    return sorted(members, key=catalogue.positions.__getitem__)


def _public_heads(catalogue: Catalogue, articles: Iterable[ArticleId]) -> Iterator[ArticleHead]:
    return (catalogue.heads[article] for article in articles if not is_about_private(catalogue, article))


def _newest(catalogue: Catalogue) -> list[ArticleHead]:
    return list(islice(_public_heads(catalogue, catalogue.heads), LISTED))


def _foremost(catalogue: Catalogue) -> list[EntityId]:
    return [
        key for _, key in heapq.nsmallest(LISTED, ((-row.articles, key) for key, row in catalogue.lists.rows.items()))
    ]


def _entry(catalogue: Catalogue, path: SitePath, title: str, about: str | None) -> str:
    return f"- [{plain(title)}]({_target(catalogue, path)})" + (f": {about}" if about else "")


def _target(catalogue: Catalogue, path: SitePath) -> str:
    """Return the address of a page's Markdown, or of the page if it has none."""
    return _address(catalogue, site_paths.data_path(path, "md") if MARKDOWN in catalogue.site.data else path)


def _address(catalogue: Catalogue, path: SitePath) -> str:
    return address(catalogue, path) if catalogue.site.url else path
