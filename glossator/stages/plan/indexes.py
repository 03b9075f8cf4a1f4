"""The pages that lead to the others: lists, search, and the site's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from glossator import markup, site_paths
from glossator.model import Fingerprint, OwnPage, SitePath
from glossator.stages.plan import article_lists, entity_lists, sources_tags_and_authors
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, fingerprint_of, frame
from glossator.stages.plan.list_pages import ListPage, list_page, list_pages, page_path
from glossator.stages.plan.own_links import HOME, links_from, page_key, plain_words
from glossator.stages.plan.own_targets import OwnLink
from glossator.translate import translate
from glossator.views import ArticleIndexPage, EntityIndexPage, Frame, NotFoundPage, SearchPage, TextPage

KEYWORDS = ("sources", "tags", "authors")
"""Lists that lead to the articles of one keyword."""
ABOUT = (
    (
        "This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, "
        "laws, works, events and products were found and matched by a program; it can be wrong. What a person has "
        "confirmed is marked as such."
    ),
    "Each article belongs to its author and publisher; the link at its head leads to the original.",
)
"""Paragraphs of the page about the archive, if its owner has written none."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    yield from (plan_list_page(catalogue, page) for page in list_pages(catalogue.lists))
    yield PlannedPage(site_paths.SEARCH, "search", "", (), fingerprint_of())
    yield PlannedPage(site_paths.NOT_FOUND, "not-found", "", (), fingerprint_of())
    own = {page.name: page for page in catalogue.content.pages}
    for name in sorted({"about", *own} - {HOME}):
        fingerprint = fingerprint_of(text=own.get(name), note_links=_links(catalogue, own.get(name)))
        yield PlannedPage(SitePath(f"{name}.html"), "own", name, (), fingerprint)


def plan_list_page(catalogue: Catalogue, page: ListPage) -> PlannedPage:
    return PlannedPage(page_path(page), page.kind, page.subject, (), _fingerprint(catalogue, page))


def _fingerprint(catalogue: Catalogue, page: ListPage) -> Fingerprint:
    if page.kind == "entities":
        return entity_lists.page_fingerprint(catalogue, page)
    if page.kind in KEYWORDS:
        return sources_tags_and_authors.page_fingerprint(catalogue, page)
    return article_lists.page_fingerprint(catalogue, page)


def compose_articles(catalogue: Catalogue, planned: PlannedPage) -> ArticleIndexPage:
    page = list_page(planned.kind, planned.subject)
    return (
        sources_tags_and_authors.compose(catalogue, page)
        if page.kind in KEYWORDS
        else article_lists.compose(catalogue, page)
    )


def compose_entities(catalogue: Catalogue, planned: PlannedPage) -> EntityIndexPage:
    return entity_lists.compose(catalogue, list_page(planned.kind, planned.subject))


def compose_own(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    page = _own_page(catalogue, planned)
    section = "about" if planned.subject == "about" else ""
    links = links_from(catalogue.content, page_key(page), planned.path)
    return TextPage(frame(catalogue, planned.path, page.title, section), markup.weave_own(page.markdown, links))


def own_markdown(catalogue: Catalogue, planned: PlannedPage) -> str:
    """Return the Markdown of one of the site's own pages; its links within the site are words."""
    return plain_words(catalogue.content, _own_page(catalogue, planned).markdown)


def _own_page(catalogue: Catalogue, planned: PlannedPage) -> OwnPage:
    words = catalogue.site.words
    written = next((page for page in catalogue.content.pages if page.name == planned.subject), None)
    about = "\n\n".join(translate(words, text) for text in ABOUT)
    return written or OwnPage("about", translate(words, "About this archive"), about)


def _links(catalogue: Catalogue, page: OwnPage | None) -> tuple[OwnLink, ...]:
    return catalogue.content.own_links.get(page_key(page), ()) if page else ()


def compose_search(catalogue: Catalogue, planned: PlannedPage) -> SearchPage:
    return SearchPage(
        _unlisted(frame(catalogue, planned.path, translate(catalogue.site.words, "Search"), "search"), "", "")
    )


def compose_not_found(catalogue: Catalogue, planned: PlannedPage) -> NotFoundPage:
    """Compose the 404 page. It is served at any depth: its links start at the path of the site's address, or at `/`."""
    plain = frame(catalogue, planned.path, translate(catalogue.site.words, "Page not found"), "")
    return NotFoundPage(_unlisted(plain, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(plain: Frame, root: str, canonical: str) -> Frame:
    return Frame(plain.title, plain.description, root, plain.section, canonical, indexed=False)
