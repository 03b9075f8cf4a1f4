"""Data of a page for programs: a record in JSON, and what the record says in Markdown.

A record holds nothing that the page does not show, but for the ties of a topic: which of its names appear together, and
in how many articles. Of an article from elsewhere it holds the metadata and the first paragraphs alone, whatever its
rights let the page show: a page is read by people, and a record is copied by programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from glossator import markup, site_paths
from glossator.config import JSON, MARKDOWN
from glossator.local_pictures import FOLDER
from glossator.model import ArticleHead, ArticleId, EntityId, SitePath, TopicId
from glossator.rights import excerpt_of
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, address, entity_link
from glossator.stages.plan.catalogue.private_names import public
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.data.own_markdown import own_markdown
from glossator.stages.plan.data.page_markdown import markdown_of, plain
from glossator.stages.plan.page_kinds import PAGE_KINDS
from glossator.stages.plan.pages.topics import ties_within
from glossator.stages.plan.parts.own_texts import plain_words
from glossator.views import (
    AnyPage,
    ArticleIndexPage,
    ArticleLink,
    ArticlePage,
    EntityIndexPage,
    EntityLink,
    EntityPage,
    EntityRow,
    HomePage,
    Link,
    ListPart,
    MapPage,
    Site,
    TextPage,
    TopicPage,
    TopicsPage,
)

SCHEMA = "glossator-page/1"
"""Name and version of the schema, which `data/schemas/page-1.json` holds."""
Record = dict[str, object]
Opened = Mapping[ArticleId, OpenedArticle]


class _Format(NamedTuple):
    """A format of the data of a page."""

    suffix: str
    media_type: str


FORMATS: Mapping[str, _Format] = {MARKDOWN: _Format("md", "text/markdown"), JSON: _Format("json", "application/json")}
"""Formats, by the word of the settings."""

Described = (
    ArticlePage
    | EntityPage
    | ArticleIndexPage
    | EntityIndexPage
    | HomePage
    | TextPage
    | TopicsPage
    | TopicPage
    | MapPage
)
"""Pages that have data."""


def data_paths(site: Site, page: PlannedPage) -> tuple[SitePath, ...]:
    """Return the paths of the data of a page; none if the site or the page has no data."""
    if not site.data or not PAGE_KINDS[page.kind].record:
        return ()
    return tuple(site_paths.data_path(page.path, form.suffix) for name, form in FORMATS.items() if name in site.data)


def possible_data_paths(page: SitePath) -> tuple[SitePath, ...]:
    """Return the paths that the data of a page may have had."""
    return tuple(site_paths.data_path(page, form.suffix) for form in FORMATS.values()) if page.endswith(".html") else ()


def with_data_links(site: Site, page: PlannedPage, view: AnyPage) -> AnyPage:
    """Return the view of a page with the links to its data."""
    if not data_paths(site, page):
        return view
    assert isinstance(view, Described)
    links = tuple(
        Link(form.media_type, site_paths.relative(site_paths.data_path(page.path, form.suffix), page.path))
        for name, form in FORMATS.items()
        if name in site.data
    )
    return replace(view, frame=replace(view.frame, data=links))


def data_files(catalogue: Catalogue, page: PlannedPage, view: AnyPage, opened: Opened) -> dict[SitePath, bytes]:
    """Return the data of a page by path; `opened` holds the article whose text the page shows, if it shows one."""
    paths = data_paths(catalogue.site, page)
    if not paths:
        return {}
    record = record_of(catalogue, page, view, opened)
    return {
        path: msgspec.json.encode(record) + b"\n"
        if path.endswith(".json")
        else markdown_of(record, page.path, catalogue.site.words).encode()
        for path in paths
    }


def is_from_elsewhere(head: ArticleHead) -> bool:
    """True if an article seems to be another's: it has a source or a publication."""
    return bool(head.source or head.site)


def record_of(catalogue: Catalogue, page: PlannedPage, view: AnyPage, opened: Opened) -> Record:
    """Return the record of a page, given its view; `opened` has the article whose text the page shows, if any."""
    record: Record = {
        "schema": SCHEMA,
        "kind": PAGE_KINDS[page.kind].record,
        "page": page.path,
        "address": address(catalogue, page.path) if catalogue.site.url else "",
    }
    match view:
        case ArticlePage():
            record |= _article(catalogue, page, view, opened[ArticleId(page.subject)])
        case EntityPage():
            record |= _entity(catalogue, page, view)
        case ArticleIndexPage():
            record |= _articles(page, view)
        case EntityIndexPage():
            record |= _entities(page, view)
        case HomePage():
            record |= _home(page, view)
        case TopicsPage() | TopicPage() | MapPage():
            record |= _overview(catalogue, page, view)
        case TextPage():
            record |= {"title": view.frame.title, "text": own_markdown(catalogue, page)}
    return record


def _article(catalogue: Catalogue, page: PlannedPage, view: ArticlePage, reading: OpenedArticle) -> Record:
    head = reading.article.head
    pictures = {f"{FOLDER}{picture.name}" for picture in catalogue.pictures.get(head.id, ())}
    markdown = markup.published_markdown(reading.article.markdown, pictures)
    whole = head.rights == "full" and not is_from_elsewhere(head)
    return {
        "id": head.id,
        "title": head.title,
        "source": view.source,
        "publication": view.source_name,
        "authors": view.authors,
        "published": view.published,
        "saved": view.saved,
        "language": view.language,
        "description": public(head.description or "", catalogue.settings.private_names),
        "tags": [tag.text for tag in view.tags],
        "rights": head.rights,
        "whole": whole,
        "text": markdown if whole else excerpt_of(markdown),
        "entities": [
            {
                "id": entry.id,
                "name": entry.name,
                "type": entry.type,
                "page": _path(entry.href, page),
                "descriptor": entry.descriptor,
                "descriptor_article": _describing(catalogue, entry.id) if entry.descriptor else "",
            }
            for group in view.glossary
            for entry in group.entries
        ],
        "related": _links((related.article for related in view.related), page),
        "newest": _path(view.newest.href, page) if view.newest else "",
    }


def _describing(catalogue: Catalogue, entity: str) -> str:
    introduction = catalogue.profiles[EntityId(entity)].introduction
    return introduction.article if introduction else ""


def _entity(catalogue: Catalogue, page: PlannedPage, view: EntityPage) -> Record:
    note = catalogue.profiles[EntityId(view.id)].note
    introduced = view.introduced
    return {
        "id": view.id,
        "title": view.name,
        "type": view.type,
        "origin": view.origin,
        "aliases": [{"name": name, "mentions": mentions} for name, mentions in view.aliases],
        "descriptor": {"text": introduced.text, "article": _link(introduced.article, page)} if introduced else None,
        "note": plain_words(catalogue, note.markdown) if note else "",
        "links": [{"text": link.text, "address": link.href} for link in view.links],
        "mentions": view.mentions,
        "first": view.first,
        "last": view.last,
        "quotations": [
            {"text": quoted.text, "attribution": quoted.attribution, "article": _link(quoted.article, page)}
            for quoted in view.quotations
        ],
        "count": view.articles,
        "articles": _links((*(group.article for group in view.passages), *view.more), page),
        "parts": _parts(view.years, page),
        "companions": [
            _entity_link(companion.entity, page) | {"articles": companion.count} for companion in view.companions
        ],
    }


def _articles(page: PlannedPage, view: ArticleIndexPage) -> Record:
    return {
        "title": view.frame.title,
        "count": view.count,
        "parts": _parts((*_years(view), *view.parts, *view.beginnings), page),
        "newest": _links(view.newest, page),
        "groups": [{"label": group.label, "articles": _links(group.articles, page)} for group in view.groups],
    }


def _overview(catalogue: Catalogue, page: PlannedPage, view: TopicsPage | TopicPage | MapPage) -> Record:
    """Return the record of a page about the whole archive; places are lines of text with their numbers."""
    title = view.frame.title
    match view:
        case TopicsPage():
            parts = [
                {"label": topic.name, "count": topic.articles, "page": _path(topic.href, page)} for topic in view.topics
            ]
            return {"title": title, "count": len(parts), "parts": parts, "newest": [], "groups": []}
        case TopicPage():
            articles = (*(sentence.article for sentence in view.story), *view.articles)
            groups = [{"label": "", "articles": _links(articles, page)}]
            years, ties = _parts(view.years, page), _ties(catalogue, page)
            return {"title": title, "count": view.count, "parts": years, "newest": [], "groups": groups, "ties": ties}
        case MapPage():
            lines = [f"{country.entity.name}: {country.articles}" for country in (*view.countries, *view.territories)]
            lines += [f"{city.entity.name}: {city.articles}" for city in view.cities]
    return {"title": title, "text": "".join(f"- {plain(line)}\n" for line in lines)}


def _ties(catalogue: Catalogue, page: PlannedPage) -> list[Record]:
    """Return the ties between the names of a topic, those of the most articles first."""
    ties = sorted(
        ties_within(catalogue, catalogue.topics[TopicId(page.subject)]),
        key=lambda tie: (-tie.articles, tie.first, tie.second),
    )
    return [
        {
            "first": _entity_link(entity_link(catalogue, tie.first, page.path), page),
            "second": _entity_link(entity_link(catalogue, tie.second, page.path), page),
            "articles": tie.articles,
        }
        for tie in ties
    ]


def _years(view: ArticleIndexPage) -> Iterator[ListPart]:
    """Yield the parts that a heat map leads to."""
    return (ListPart(row.label, row.anchor, row.count, row.href) for row in view.heat if row.href)


def _entities(page: PlannedPage, view: EntityIndexPage) -> Record:
    return {
        "title": view.frame.title,
        "type": view.type or "",
        "count": view.count,
        "parts": _parts(view.parts, page),
        "foremost": [_row(row, page) for row in view.foremost],
        "entities": [_row(row, page) for letter in view.letters for row in letter.rows],
    }


def _home(page: PlannedPage, view: HomePage) -> Record:
    return {
        "title": view.frame.title,
        "description": view.frame.description,
        "articles": view.articles,
        "entities": view.entities,
        "newest": _links((*((view.lead,) if view.lead else ()), *view.beside, *view.published), page),
        "prominent": [_entity_link(entity.entity, page) for group in view.prominent for entity in group.entities],
        "publications": [{"name": link.text, "articles": articles} for link, articles in view.sources],
    }


def _row(row: EntityRow, page: PlannedPage) -> Record:
    counts = {"articles": row.articles, "mentions": row.mentions, "first": row.first, "last": row.last}
    return _entity_link(row.entity, page) | {"aliases": row.aliases} | counts


def _entity_link(link: EntityLink, page: PlannedPage) -> Record:
    return {"id": link.id, "name": link.name, "type": link.type, "page": _path(link.href, page)}


def _links(links: Iterable[ArticleLink], page: PlannedPage) -> list[Record]:
    return [_link(link, page) for link in links]


def _link(link: ArticleLink, page: PlannedPage) -> Record:
    return {"title": link.title, "page": _path(link.href, page), "date": link.date, "publication": link.site}


def _parts(parts: Iterable[ListPart], page: PlannedPage) -> list[Record]:
    return [{"label": part.label, "count": part.count, "page": _path(part.href, page)} for part in parts]


def _path(href: str, page: PlannedPage) -> str:
    return site_paths.target(href, page.path) if href else ""
