"""Data of a page for programs: a record in JSON, and what the record says in Markdown.

A record holds nothing that the page does not show. Of an article from elsewhere it holds the metadata and the first
paragraphs alone, whatever its rights let the page show: a page is read by people, and a record is copied by programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from glossator import site_paths
from glossator.config import JSON, MARKDOWN
from glossator.model import SitePath
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.data.page_data_records import KINDS, Opened, record_of
from glossator.stages.plan.data.page_markdown import markdown_of
from glossator.views import (
    AnyPage,
    ArticleIndexPage,
    ArticlePage,
    EntityIndexPage,
    EntityPage,
    HomePage,
    Link,
    MapPage,
    Site,
    TextPage,
    TiesPage,
    TopicPage,
    TopicsPage,
)


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
    | TiesPage
    | MapPage
)
"""Pages that have data."""


def data_paths(site: Site, page: PlannedPage) -> tuple[SitePath, ...]:
    """Return the paths of the data of a page; none if the site or the page has no data."""
    if not site.data or page.kind not in KINDS:
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
