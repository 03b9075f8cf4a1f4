"""The archive -> the pages of the site as they are planned. What an edit does not invalidate is not planned again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import msgspec

from glossator.config import PlanSettings
from glossator.incremental.cache.rows import Table
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    ARTICLE_FACTS,
    ASSOCIATED_BY,
    AUTHOR_PAGES,
    ENTITY_PARTS,
    LIST_ORDERS,
    LIST_ROWS,
    NOTES,
    OWN_LINKS,
    PAGE_COUNT,
    PAGES,
    PAGES_WITHOUT_SUBJECT,
    SHOWN_TOPICS,
    SITE,
)
from glossator.model import ArticleId, Digest, EntityId, Fingerprint, PrivateNames, SitePath, TopicId
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.analysis.stored_archive import StoredTable
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.rendering.stored_excerpts import FoundArticles, StoredExcerpts
from glossator.site_paths import article_path, entity_feed_path, entity_path
from glossator.stages import plan as planning
from glossator.stages.plan import (
    ArchiveEdit,
    BrokenLink,
    Catalogue,
    HiddenParts,
    Invalidated,
    LinkTargets,
    OwnLink,
    PageAssociations,
    PlannedPage,
    SiteContent,
)
from glossator.text import digest
from glossator.views import Site

PER_SUBJECT = (
    *("article", "entity", "former-page", "appearances", "author"),
    *("entity-feed", "source-feed", "tag-feed"),
)
"""Kinds of page that are planned for what an edit invalidates. The others are planned by every build, except
the lists and topics that `Invalidated` leaves out."""


class SitePlan(msgspec.Struct, frozen=True):
    """The plan of the site. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    catalogue: Catalogue
    changed: tuple[PlannedPage, ...]
    """Pages that are new or show something else than they were planned to, sorted by path."""
    gone: frozenset[SitePath]
    """Pages that are planned no more."""
    pages: int
    """Number of pages."""
    broken: tuple[BrokenLink, ...] = ()
    """Links of own pages and notes that lead nowhere."""

    def planned(self, paths: Iterable[SitePath]) -> dict[SitePath, PlannedPage]:
        """Return the planned pages among the paths."""
        return self.namespace.read(PAGES, paths)

    def all_planned(self) -> dict[SitePath, PlannedPage]:
        return self.namespace.read_all(PAGES)


@timed("plan")
def plan_site(
    context: BuildContext, content: SiteContent, articles: FoundArticles, rerelated: frozenset[ArticleId], site: Site
) -> SitePlan:
    """Plan the pages that a change of the archive invalidates.

    `rerelated` are the articles whose related articles are others than before.
    """
    change = articles.found.change
    settings = context.config.plan
    namespace = Namespace(context.cache, SITE, plan_settings=repr(settings), site=repr(site))
    catalogue = planning.open_catalogue(content, site, settings)
    before, now = namespace.value(ARTICLE_FACTS, {}), planning.article_facts(catalogue)
    edit = ArchiveEdit(before, now, change.resolved, change.entities, rerelated, *_relisted(namespace, catalogue))
    if namespace.fresh:
        invalid = planning.everything(catalogue)
    else:
        invalid = planning.invalidated(catalogue, edit, _associations(namespace))
    lost = {key for key, (_, entity) in change.entities.items() if entity is None or not entity.page}
    rows = {key: row for key, row in namespace.value(LIST_ROWS, {}).items() if key not in lost}
    paged = (content.entities[key] for key in invalid.entities if content.entities[key].page)
    rows |= {entity.id: planning.entity_list_row(entity, catalogue.heads, site.words.language) for entity in paged}
    catalogue = planning.with_lists(catalogue, rows)
    catalogue, invalid, broken = _linked(namespace, catalogue, invalid, articles.found)
    if not namespace.fresh:
        _read_ahead(catalogue, invalid)
    hidden = _hidden_parts(context, catalogue, invalid, articles)
    planned = {page.path: page for page in planning.plan(catalogue, invalid, hidden)}
    others_before: dict[str, list[SitePath]] = namespace.value(PAGES_WITHOUT_SUBJECT, {})
    others = {key: others_before.get(key, []) for key in sorted(planning.unchanged_lists(catalogue, invalid))}
    for page in planned.values():
        if page.kind not in PER_SUBJECT:
            others.setdefault(planning.list_key(page.kind, page.subject), []).append(page.path)
    gone = {article_path(key) for key in before.keys() - now.keys()}
    gone |= {path(entity) for entity in lost for path in (entity_path, entity_feed_path)}
    left = {key for article, facts in before.items() if facts != now.get(article) for key in facts.feeds}
    gone |= set(map(planning.feed_path, left))
    gone |= {*chain.from_iterable(others_before.values())}.difference(*others.values())
    gone |= _replace_parts(namespace, (ENTITY_PARTS, "appearances"), {*invalid.entities, *lost}, planned.values())
    gone |= _replace_parts(namespace, (AUTHOR_PAGES, "author"), invalid.authors, planned.values())
    gone -= planned.keys()
    changed, pages = _store(namespace, planned, gone)
    namespace.set_value(ARTICLE_FACTS, now)
    namespace.set_value(PAGES_WITHOUT_SUBJECT, others)
    namespace.set_value(LIST_ROWS, rows)
    namespace.set_value(PAGE_COUNT, pages)
    return SitePlan(namespace, catalogue, changed, frozenset(gone), pages, broken)


def _relisted(namespace: Namespace, catalogue: Catalogue) -> tuple[bool, frozenset[TopicId]]:
    """Return whether the articles are listed in other orders now, and the topics that are others; store both."""
    orders, topics = planning.list_orders(catalogue), planning.topic_digests(catalogue)
    other_orders, known = namespace.value(LIST_ORDERS, []) != orders, namespace.value(SHOWN_TOPICS, {})
    namespace.set_value(LIST_ORDERS, orders)
    namespace.set_value(SHOWN_TOPICS, topics)
    return other_orders, frozenset(key for key, shown in topics.items() if known.get(key) != shown)


def _read_ahead(catalogue: Catalogue, invalid: Invalidated) -> None:
    """Read the rows at once that planning would read one after the other."""
    if isinstance(catalogue.content.resolved, StoredTable):
        catalogue.content.resolved.read_ahead(planning.counted_articles(catalogue, invalid))


def settings_of_all(settings: PlanSettings) -> str:
    """Return the settings that each page depends on: all but the private names, which stand in fingerprints."""
    return repr(replace(settings, private_names=PrivateNames()))


def _hidden_parts(
    context: BuildContext, catalogue: Catalogue, invalid: Invalidated, articles: FoundArticles
) -> dict[ArticleId, HiddenParts]:
    """Return the parts that hold a private name, of those articles that the invalid pages of entities may quote."""
    if not catalogue.settings.private_names:
        return {}
    excerpts = StoredExcerpts(context, articles, catalogue.content.text_digests)
    quoted = sorted(planning.quoted_articles(catalogue, invalid))
    return {article: planning.hidden_parts(catalogue, article, excerpts.read(article)) for article in quoted}


def _linked(
    namespace: Namespace, catalogue: Catalogue, invalid: Invalidated, found: FoundEntities
) -> tuple[Catalogue, Invalidated, tuple[BrokenLink, ...]]:
    """Return the catalogue with the links of own texts, what is invalid if these changed, and the broken ones."""
    entities = catalogue.content.entities
    known: dict[EntityId, str] = namespace.value(NOTES, {})
    before: dict[str, tuple[OwnLink, ...]] = namespace.value(OWN_LINKS, {})
    notes = {} if namespace.fresh else dict(known)
    changed = entities.items() if namespace.fresh else ((key, now) for key, (_, now) in found.change.entities.items())
    for key, entity in changed:
        notes.pop(key, None)
        if entity and entity.note and not entity.note.listed:
            notes[key] = entity.note.slug
    links, broken = planning.own_links(catalogue, LinkTargets(_names(catalogue, notes, found), notes))
    pages, cards = planning.changed_notes(before, links, notes)
    cited = (appearance.article for key in cards for appearance in entities[key].appearances)
    namespace.set_value(NOTES, notes)
    namespace.set_value(OWN_LINKS, links)
    catalogue = msgspec.structs.replace(catalogue, content=msgspec.structs.replace(catalogue.content, own_links=links))
    invalid = msgspec.structs.replace(
        invalid, articles=invalid.articles.union(cited), entities=invalid.entities | pages
    )
    return catalogue, invalid, broken


def _names(catalogue: Catalogue, notes: Mapping[EntityId, str], found: FoundEntities) -> dict[str, EntityId]:
    """Return the entities by their names in lower case, if any own page or note has a link by name."""
    entities = catalogue.content.entities
    written = {key: note for key in sorted(notes) if (note := entities[key].note)}
    texts = (*(page.markdown for page in catalogue.content.pages), *(note.markdown for note in written.values()))
    if not any("[[" in text for text in texts):
        return {}
    names = {published.name.casefold(): published.id for published in found.published if published.id in entities}
    for key, note in written.items():
        names |= dict.fromkeys((name.casefold() for name in (note.name, *note.aliases)), key)
    return names


def fingerprint(page: PlannedPage, code: Digest, settings: Digest, template: Digest) -> Fingerprint:
    """Return the fingerprint of a page of the site: of what the page shows, and of what renders it.

    `code`, `settings` and `template` are digests of the program, of the settings and of all templates that are reached.
    """
    parts = f"program:{code[:8]} settings:{settings[:8]} template:{template[:8]} {page.fingerprint.parts}"
    return Fingerprint(digest(code, settings, template, page.fingerprint.whole), parts)


def _replace_parts(
    namespace: Namespace, stored: tuple[Table[Any, Any], str], keys: Iterable[str], planned: Iterable[PlannedPage]
) -> set[SitePath]:
    """Store the listing pages of entities or authors; return all that were planned for these `keys` before.

    `stored` is the table of these pages, and their kind.
    """
    table, kind = stored
    now: dict[str, list[SitePath]] = {}
    for page in planned:
        if page.kind == kind:
            now.setdefault(page.subject.partition(" ")[2], []).append(page.path)
    before = namespace.read(table, keys)
    namespace.write(table, {**dict.fromkeys(before), **now})
    return {path for paths in before.values() for path in paths}


def _associations(namespace: Namespace) -> PageAssociations:
    return PageAssociations(lambda key: namespace.read(ASSOCIATED_BY, [key]).get(key, []))


def _store(
    namespace: Namespace, planned: Mapping[SitePath, PlannedPage], gone: Iterable[SitePath]
) -> tuple[tuple[PlannedPage, ...], int]:
    """Store the planned pages; return those that a reader would see differ, sorted by path, and the number of all."""
    gone = sorted(gone)
    old = namespace.read(PAGES, [*planned, *gone])
    changed = {path: page for path, page in planned.items() if old.get(path) != page}
    namespace.write(PAGES, changed)
    namespace.write(PAGES, dict.fromkeys(gone))
    _associate(namespace, [(old.get(path), planned.get(path)) for path in (*changed, *gone)])
    pages = namespace.value(PAGE_COUNT, 0) + len(planned.keys() - old.keys()) - len(old.keys() - planned.keys())
    return tuple(changed[path] for path in sorted(changed) if not _same_page(old.get(path), changed[path])), pages


def _associate(namespace: Namespace, moved: Iterable[tuple[PlannedPage | None, PlannedPage | None]]) -> None:
    """Store by which pages a page is listed as related; pages are given as they were and as they are."""
    leaving: dict[str, set[str]] = defaultdict(set)
    coming: dict[str, set[str]] = defaultdict(set)
    for was, now in moved:
        key, before, after = (
            _key(now) or _key(was),  # an article may stand now where a redirect was
            dict(was.associations) if was else {},
            dict(now.associations) if now else {},
        )
        if key and before != after:
            for other in before.keys() - after.keys():
                leaving[key[:2] + other].add(key)
            for other in after.keys() - before.keys():
                coming[key[:2] + other].add(key)
    others = sorted(leaving.keys() | coming.keys())
    known = namespace.read(ASSOCIATED_BY, others)
    lists = {key: sorted((set(known.get(key, ())) - leaving[key]) | coming[key]) for key in others}
    namespace.write(ASSOCIATED_BY, {key: keys or None for key, keys in lists.items()})


def _key(page: PlannedPage | None) -> str:
    """Return the key by which associations name a page; empty for a page without any."""
    if page and page.kind == "article":
        return planning.article_key(page.subject)
    return planning.entity_key(page.subject) if page and page.kind == "entity" else ""


def _same_page(was: PlannedPage | None, now: PlannedPage) -> bool:
    """True if a reader would see no difference, although associations may have other strengths."""
    return was is not None and (was.kind, was.fingerprint.whole) == (now.kind, now.fingerprint.whole)
