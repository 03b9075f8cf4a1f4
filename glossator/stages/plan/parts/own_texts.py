"""Own pages and notes: their texts, what each of their links and pictures leads to, and what leads nowhere.

A link names a file of the content by its path, relative to the file that holds the link, or a page of the site; between
double brackets it names a page, an entity or an article. A link to what is kept back is no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Literal
from urllib.parse import unquote

import msgspec

from glossator import addresses, markup, site_paths, slugs
from glossator.markup import WIKI, ArchiveLinks
from glossator.model import ArticleId, EntityId, OwnPage, SitePath
from glossator.slugs import slug
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.citations import named_articles
from glossator.stages.plan.catalogue.site_content import ENTITIES, PAGES, OwnLink, SiteContent
from glossator.text import bare_words
from glossator.translate import translate

HOME = "index"
"""Name of the own page whose text stands at the head of the home page."""
ABOUT = (
    (
        "This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, "
        "laws, works, events and products were found and matched by a program; it can be wrong. What a person has "
        "confirmed is marked as such."
    ),
    "Each article belongs to its author and publisher; the link at its head leads to the original.",
)
"""Paragraphs of the page about the archive, if its owner has written none."""
CARD = "#card"
"""End of the key of what a note's first paragraph, which cards show, links to."""
Fault = Literal["missing", "kept back", "anchor", "picture"]


class LinkTargets(msgspec.Struct, frozen=True):
    """Targets of links besides the pages: entities by their names, and notes."""

    names: Mapping[str, EntityId]
    """Entity by a name in lower case."""
    notes: Mapping[EntityId, str]
    """Name of the file of an entity's note, without its suffix."""


class BrokenLink(msgspec.Struct, frozen=True):
    """A link that leads nowhere."""

    file: str
    """Path below `content/` of the page or note."""
    written: str
    """Address as it is written."""
    fault: Fault


def page_key(page: OwnPage) -> str:
    return f"{PAGES}/{page.name}"


def note_key(slug_of_note: str) -> str:
    return f"{ENTITIES}/{slug_of_note}"


def own_links(
    catalogue: Catalogue, targets: LinkTargets
) -> tuple[dict[str, tuple[OwnLink, ...]], tuple[BrokenLink, ...]]:
    """Return the links of every own page and note that has some, by key, and those that lead nowhere."""
    resolver = _Resolver(catalogue, targets)
    links_of: dict[str, tuple[OwnLink, ...]] = {}
    broken: list[BrokenLink] = []
    for page in catalogue.content.pages:
        links_of[page_key(page)] = resolver.resolve(page.file, page.markdown, broken)
    for entity, stem in sorted(targets.notes.items()):
        note = catalogue.content.entities[entity].note
        if note and markup.may_refer(note.markdown):
            links_of[note_key(stem)] = resolver.resolve(f"{ENTITIES}/{stem}.md", note.markdown, broken)
            opening = markup.opening(note.markdown)
            links_of[note_key(stem) + CARD] = resolver.resolve(f"{ENTITIES}/{stem}.md", opening, [])
    return {key: links for key, links in links_of.items() if links}, tuple(broken)


def links_from(content: SiteContent, key: str, path: SitePath) -> ArchiveLinks:
    """Return the links of an own text, given by its key, on the page at `path`."""
    within: dict[str, str] = {}
    pictures: dict[str, str] = {}
    kept_back: set[str] = set()
    for link in content.own_links.get(key, ()):
        target, hash_sign, anchor = link.target.partition("#")
        href = (site_paths.relative(SitePath(target), path) if target else "") + hash_sign + anchor
        (pictures if link.picture else within)[link.written] = href
        if link.kept_back:
            kept_back.add(link.written)
    sizes = {link.written: link.size for link in content.own_links.get(key, ()) if link.picture}
    return ArchiveLinks(within=within, pictures=pictures, sizes=sizes, kept_back=frozenset(kept_back))


def plain_words(catalogue: Catalogue, markdown: str) -> str:
    """Return the Markdown of an own text for other programs: links within the site are words."""
    return markup.without_links(markdown, lambda name: slug(name) in catalogue.whole.kept_back)


def own_page(catalogue: Catalogue, planned: PlannedPage) -> OwnPage:
    words = catalogue.site.words
    about = "\n\n".join(translate(words, text) for text in ABOUT)
    written = catalogue.own_pages.get(planned.subject)
    return written or OwnPage("about", translate(words, "About this archive"), about)


def shown_pictures(content: SiteContent) -> set[str]:
    """Return the names of the pictures that own pages and notes show."""
    targets = (link.target for links in content.own_links.values() for link in links)
    folder = site_paths.picture_path("")
    return {target.removeprefix(folder) for target in targets if target.startswith(folder)}


@dataclass(frozen=True)
class _Resolver:
    """Finds what the links of own texts lead to. State: the anchors of the pages that were asked for."""

    catalogue: Catalogue
    targets: LinkTargets
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    def resolve(self, file: str, markdown: str, broken: list[BrokenLink]) -> tuple[OwnLink, ...]:
        """Return the links of a text in a file of the content; those that lead nowhere are added to `broken`."""
        references = markup.own_references(markdown)
        links = [self.link(file, written, broken) for written in references.links]
        return (*links, *self.pictures(file, references.pictures, broken))

    def link(self, file: str, written: str, broken: list[BrokenLink]) -> OwnLink:
        address, _, anchor = written.partition("#")
        if written.startswith(WIKI):
            target = self.named(address.removeprefix(WIKI).strip())
        else:
            target = self.at(file, unquote(address)) if address else self.at(file, file.rpartition("/")[2])
        kept_back = not target and self.is_kept_back(address)
        if not target:
            broken.append(BrokenLink(file, written, "kept back" if kept_back else "missing"))
        elif anchor and not self.has_anchor(target, unquote(anchor)):
            broken.append(BrokenLink(file, written, "anchor"))
            anchor = ""
        return OwnLink(written, f"{target}#{anchor}" if target and anchor else target, kept_back)

    def pictures(self, file: str, written: Iterable[str], broken: list[BrokenLink]) -> Iterator[OwnLink]:
        for address in written:
            name = self.catalogue.content.own_pictures.get(normpath(join(dirname(file), unquote(address))))
            if name:
                shown = self.catalogue.content.pictures[name]
                yield OwnLink(address, site_paths.picture_path(name), picture=True, size=(shown.width, shown.height))
            else:
                broken.append(BrokenLink(file, address, "picture"))

    def named(self, name: str) -> str:
        """Return the path of what a name means: an entity, else an own page, else an article; empty if nothing."""
        plain = name.removesuffix(".md").rpartition("/")[2]
        entity = self.targets.names.get(plain.casefold()) or self.entity(plain)
        if entity:
            return self.entity_target(entity)
        for page in self.catalogue.content.pages:
            if plain.casefold() in (page.title.casefold(), page.file.rpartition("/")[2].removesuffix(".md").casefold()):
                return _page_path(page)
        note = self.names.get(addresses.name_key(name)) or self.titles.get(bare_words(plain))
        return self.article(note or slugs.article_id(plain))

    @cached_property
    def names(self) -> dict[str, ArticleId | None]:
        """Article by the key of a name."""
        return named_articles(self.catalogue.content.heads, self.catalogue.content.article_links)

    @cached_property
    def titles(self) -> dict[str, ArticleId | None]:
        """Article by its folded title; None for a title of several."""
        by_title: dict[str, ArticleId | None] = {}
        for head in self.catalogue.content.heads:
            key = bare_words(head.title)
            by_title[key] = None if key in by_title else head.id
        return by_title

    @cached_property
    def versions(self) -> frozenset[ArticleId]:
        return frozenset(other.id for others in self.catalogue.content.versions.values() for other in others)

    def at(self, file: str, address: str) -> str:
        """Return the path of what lies at an address, as the file writes it; empty if there is nothing."""
        below_content = _resolved(file, address)
        if picture := self.catalogue.content.own_pictures.get(below_content):
            return site_paths.picture_path(picture)
        folder, _, name = below_content.rpartition("/")
        if name.endswith(".md"):
            stem = name.removesuffix(".md")
            if folder == "articles":
                return self.article(slugs.article_id(stem))
            if folder == ENTITIES:
                return self.entity_target(self.entity(stem))
            return next((_page_path(page) for page in self.catalogue.content.pages if page.file == below_content), "")
        return self.on_site(_resolved(_own_path(file), address))

    def on_site(self, path: str) -> str:
        """Return the path of a page of the site if the site has the page, else an empty text."""
        folder, _, name = path.rpartition("/")
        stem = name.removesuffix(".html")
        if path in _ALWAYS or any(path == _page_path(page) for page in self.catalogue.content.pages):
            return path
        if folder == "articles":
            return self.article(ArticleId(stem))
        return self.entity_target(self.entity(stem)) if folder == ENTITIES else ""

    def article(self, article: ArticleId) -> str:
        content = self.catalogue.content
        shown = article if self.has(article) else content.renames.get(article, article)
        return site_paths.article_path(shown) if self.has(shown) else ""

    def has(self, article: ArticleId) -> bool:
        return article in self.catalogue.heads or article in self.versions

    def entity(self, stem: str) -> EntityId | None:
        """Return the entity whose note is in a file of this name, or that has the name as its id."""
        noted = (entity for entity, note in self.targets.notes.items() if note == slug(stem))
        own, entities = EntityId(slug(stem)), self.catalogue.content.entities
        return next(noted, None) or (own if own in entities else self.catalogue.content.redirects.get(own))

    def entity_target(self, entity: EntityId | None) -> str:
        """Return the path of an entity: of its page, else of its entry in the glossary of an article."""
        if entity is None or entity not in self.catalogue.content.entities:
            return ""
        article = self.catalogue.profiles[entity].article
        return f"{site_paths.article_path(article)}#g-{entity}" if article else site_paths.entity_path(entity)

    def is_kept_back(self, address: str) -> bool:
        name = unquote(address.removeprefix(WIKI)).rpartition("/")[2]
        return slug(name.removesuffix(".md").removesuffix(".html")) in self.catalogue.content.kept_back

    def has_anchor(self, target: str, anchor: str) -> bool:
        """True if an own page has a heading with this anchor; the anchors of other pages are not looked at."""
        if target not in self.anchors:
            page = next((page for page in self.catalogue.content.pages if _page_path(page) == target), None)
            if page is None:
                return True
            self.anchors[target] = markup.anchors(page.markdown)
        return anchor in self.anchors[target]


_ALWAYS = frozenset(
    {site_paths.HOME, site_paths.ARTICLES, site_paths.SOURCES, site_paths.ENTITIES, site_paths.SEARCH, site_paths.ABOUT}
)
"""Pages that every site has."""


def _page_path(page: OwnPage) -> SitePath:
    return SitePath(f"{page.name}.html")


def _own_path(file: str) -> str:
    """Return the path of the page on the site that a file of the content becomes."""
    return file.removeprefix(f"{PAGES}/")


def _resolved(file: str, address: str) -> str:
    """Return the path that an address leads to; one that begins with a slash begins at the top."""
    return normpath(address.lstrip("/") if address.startswith("/") else join(dirname(file), address))
