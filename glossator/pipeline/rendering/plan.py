"""The archive -> the pages of the site, and those of them that read a row that has changed since they were composed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec

from glossator.config import PlanSettings
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    COMPOSED_PAGES,
    READERS,
    SITE,
    SITE_STATE,
    UNCOMPOSED,
    ComposedPage,
    SiteState,
)
from glossator.model import ArticleId, Entity, EntityId, PrivateNames, SitePath
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.context import BuildContext, timed
from glossator.stages import plan as planning
from glossator.stages.plan import (
    ArchiveEdit,
    BrokenLink,
    Catalogue,
    KnownRows,
    LinkTargets,
    PlannedPage,
    RowKey,
    SiteContent,
)
from glossator.views import Site


class SitePlan(msgspec.Struct, frozen=True):
    """The plan of the site. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    state: SiteState
    catalogue: Catalogue
    pages: Mapping[SitePath, PlannedPage]
    """Every page by path."""
    causes: Mapping[SitePath, tuple[str, ...]]
    """The pages to be composed, each with the rows that changed; none for a page of which nothing is known."""
    gone: frozenset[SitePath]
    """Pages that are planned no more."""
    broken: tuple[BrokenLink, ...] = ()
    """Links of own pages and notes that lead nowhere."""


@timed("plan")
def plan_site(
    context: BuildContext,
    content: SiteContent,
    archive: FoundEntities,
    changed_relations: tuple[frozenset[ArticleId], frozenset[ArticleId]],
    site: Site,
) -> SitePlan:
    """Plan the site, and find the pages that a change of the archive makes others.

    `changed_relations` are the articles whose related articles are others than before, and those whose shared passages
    are.
    """
    settings = context.config.plan
    namespace = Namespace(context.cache, SITE, plan_settings=settings_of_all(settings), site=repr(site))
    state = namespace.value(SITE_STATE, SiteState(KnownRows({}, {}, {})))
    last = state.rows
    edit = ArchiveEdit(archive.change.resolved, archive.change.entities, *changed_relations)
    catalogue = planning.open_catalogue(content, site, settings)
    tables = planning.article_digests(catalogue)
    articles = planning.changed_articles(last, tables, edit, settings.private_names)
    touched = planning.touched_entities(catalogue, edit, articles)
    catalogue = planning.with_lists(catalogue, planning.entity_rows(catalogue, last, touched))
    noted, former = _noted_and_former(state, catalogue, edit, fresh=namespace.fresh)
    catalogue, broken = _linked(catalogue, noted, archive)
    lists = planning.list_shapes(catalogue, last.lists, touched)
    catalogue, pages = planning.plan(catalogue, planning.parts_of(lists), former)
    now = KnownRows(
        tables | planning.table_digests(catalogue),
        lists,
        dict(catalogue.lists.rows),
        settings.private_names,
        catalogue.whole.scale,
    )
    changed = planning.changed_rows(last, now, edit, touched) | dict(planning.changed_feeds(catalogue, articles))
    planned = {page.path: page for page in pages}
    last_pages = {page.path: page for page in state.pages}
    causes: dict[SitePath, tuple[str, ...]] = {
        path: () for path, page in planned.items() if last_pages.get(path) != page
    }
    uncomposed = namespace.read(READERS, [UNCOMPOSED]).get(UNCOMPOSED, ())
    causes |= dict.fromkeys((path for path in uncomposed if path in planned), ())
    if not namespace.fresh:
        causes |= _readers(namespace, planned, changed, private=not last.has_private(now.private))
    gone = frozenset(path for path in last_pages if path not in planned)
    store_composed(namespace, dict.fromkeys(gone))
    namespace.write(READERS, {UNCOMPOSED: tuple(sorted(causes)) or None})
    state = SiteState(now, pages, noted, former)
    namespace.set_value(SITE_STATE, state)
    return SitePlan(namespace, state, catalogue, planned, causes, gone, broken)


def _readers(
    namespace: Namespace, planned: Mapping[SitePath, PlannedPage], changed: Mapping[RowKey, str], *, private: bool
) -> dict[SitePath, tuple[str, ...]]:
    """Return the pages that read `changed` rows, each with these; all pages if the `private` names are others."""
    readers: dict[SitePath, set[str]] = defaultdict(set)
    rows = {f"{table} {key}": row for (table, key), row in changed.items()}
    for key, paths in namespace.read(READERS, rows).items():
        for path in paths:
            readers[path].add(rows[key])
    if private:
        for path in planned:
            readers[path].add(planning.PRIVATE)
    return {path: tuple(sorted(read)) for path, read in readers.items() if path in planned}


def _noted_and_former(
    state: SiteState, catalogue: Catalogue, edit: ArchiveEdit, *, fresh: bool
) -> tuple[Mapping[EntityId, str], tuple[EntityId, ...]]:
    """Return the file of the note of each entity that has one, and the entities that had a page and have none."""
    notes, former = dict(state.notes), set(state.former)
    changed: Iterable[tuple[EntityId, Entity | None]] = ((key, now) for key, (_, now) in edit.entities.items())
    for key, entity in catalogue.content.entities.items() if fresh else changed:
        notes.pop(key, None)
        former.discard(key)
        if entity and entity.note and not entity.note.listed:
            notes[key] = entity.note.slug
        if entity and entity.had_page and not entity.page:
            former.add(key)
    return notes, tuple(sorted(former))


def _linked(
    catalogue: Catalogue, notes: Mapping[EntityId, str], archive: FoundEntities
) -> tuple[Catalogue, tuple[BrokenLink, ...]]:
    """Return the catalogue with the links of own texts, and the broken ones."""
    links, broken = planning.own_links(catalogue, LinkTargets(_names(catalogue, notes, archive), notes))
    content = msgspec.structs.replace(catalogue.content, own_links=links)
    return msgspec.structs.replace(catalogue, content=content), broken


def _names(catalogue: Catalogue, notes: Mapping[EntityId, str], archive: FoundEntities) -> dict[str, EntityId]:
    """Return the entities by their names in lower case, if any own page or note has a link by name."""
    entities = catalogue.content.entities
    written = {key: note for key in sorted(notes) if (note := entities[key].note)}
    texts = (*(page.markdown for page in catalogue.content.pages), *(note.markdown for note in written.values()))
    if not any("[[" in text for text in texts):
        return {}
    names = {published.name.casefold(): published.id for published in archive.published if published.id in entities}
    for key, note in written.items():
        names |= dict.fromkeys((name.casefold() for name in (note.name, *note.aliases)), key)
    return names


def store_composed(namespace: Namespace, pages: Mapping[SitePath, ComposedPage | None]) -> None:
    """Store pages as they were composed, and for each row that they read its readers; None for a page that is gone."""
    last = namespace.read(COMPOSED_PAGES, pages)
    gone: dict[str, set[SitePath]] = defaultdict(set)
    new: dict[str, set[SitePath]] = defaultdict(set)
    for path, page in pages.items():
        old, now = (set(composed.reads) if composed else set() for composed in (last.get(path), page))
        for key in old - now:
            gone[key].add(path)
        for key in now - old:
            new[key].add(path)
    readers = namespace.read(READERS, {*gone, *new})
    rows = {key: tuple(sorted(new[key].union(readers.get(key, ())) - gone[key])) for key in {*gone, *new}}
    namespace.write(READERS, {key: paths or None for key, paths in rows.items()})
    namespace.write(COMPOSED_PAGES, pages)


def settings_of_all(settings: PlanSettings) -> str:
    """Return the settings that each page depends on: all but the private names, which change rows."""
    return repr(replace(settings, private_names=PrivateNames()))
