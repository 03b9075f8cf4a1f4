"""The archive -> the pages of the site, and those of them that read a row that has changed since they were composed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from glossator.config import PlanSettings
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    COMPOSED_PAGES,
    FORMER_PAGES,
    KNOWN_ROWS,
    NOTES,
    PLANNED_PAGES,
    READERS,
    READS,
    SITE,
    UNCOMPOSED,
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
    context: BuildContext, content: SiteContent, found: FoundEntities, rerelated: frozenset[ArticleId], site: Site
) -> SitePlan:
    """Plan the site, and find the pages that a change of the archive makes others.

    `rerelated` are the articles whose related articles are others than before.
    """
    settings = context.config.plan
    namespace = Namespace(context.cache, SITE, plan_settings=settings_of_all(settings), site=repr(site))
    before = namespace.value(KNOWN_ROWS, KnownRows({}, {}, {}))
    edit = ArchiveEdit(found.change.resolved, found.change.entities, rerelated)
    catalogue = planning.open_catalogue(content, site, settings)
    tables = planning.article_digests(catalogue)
    articles = planning.changed_articles(before, tables, edit, settings.private_names)
    touched = planning.touched_entities(catalogue, edit, articles)
    catalogue = planning.with_lists(catalogue, planning.entity_rows(catalogue, before, touched))
    noted, former = _noted_and_former(namespace, catalogue, edit)
    catalogue, broken = _linked(catalogue, noted, found)
    lists = planning.list_shapes(catalogue, before.lists, touched)
    catalogue, pages = planning.plan(catalogue, planning.parts_of(lists), former)
    now = KnownRows(
        tables | planning.table_digests(catalogue),
        lists,
        dict(catalogue.lists.rows),
        settings.private_names,
        catalogue.whole.scale,
    )
    changed = planning.changed_rows(before, now, edit, touched) | dict(planning.changed_feeds(catalogue, articles))
    planned = {page.path: page for page in pages}
    causes = _causes(namespace, planned, changed, private=not before.has_private(now.private))
    gone = frozenset(page.path for page in namespace.value(PLANNED_PAGES, []) if page.path not in planned)
    store_reads(namespace, dict.fromkeys(gone))
    namespace.write(COMPOSED_PAGES, dict.fromkeys(gone))
    namespace.set_value(KNOWN_ROWS, now)
    namespace.set_value(PLANNED_PAGES, list(pages))
    namespace.set_value(UNCOMPOSED, sorted(causes))
    return SitePlan(namespace, catalogue, planned, causes, gone, broken)


def _causes(
    namespace: Namespace, planned: Mapping[SitePath, PlannedPage], changed: Mapping[RowKey, str], *, private: bool
) -> dict[SitePath, tuple[str, ...]]:
    """Return the pages to be composed: new ones, those left by a build that was ended, readers of `changed` rows.

    All of them if the `private` names are others.
    """
    known = {page.path: page for page in namespace.value(PLANNED_PAGES, [])}
    causes: dict[SitePath, tuple[str, ...]] = {path: () for path, page in planned.items() if known.get(path) != page}
    causes |= dict.fromkeys((path for path in namespace.value(UNCOMPOSED, []) if path in planned), ())
    if namespace.fresh:
        return causes
    readers: dict[SitePath, set[str]] = defaultdict(set)
    rows = {f"{table} {key}": row for (table, key), row in changed.items()}
    for key, paths in namespace.read(READERS, rows).items():
        for path in paths:
            readers[path].add(rows[key])
    if private:
        for path in planned:
            readers[path].add(planning.PRIVATE)
    return causes | {path: tuple(sorted(found)) for path, found in readers.items() if path in planned}


def _noted_and_former(
    namespace: Namespace, catalogue: Catalogue, edit: ArchiveEdit
) -> tuple[Mapping[EntityId, str], Sequence[EntityId]]:
    """Return the file of the note of each entity that has one, and the entities that had a page; store both."""
    notes: dict[EntityId, str] = namespace.value(NOTES, {})
    known: list[EntityId] = namespace.value(FORMER_PAGES, [])
    former = set(known)
    changed: Iterable[tuple[EntityId, Entity | None]] = ((key, now) for key, (_, now) in edit.entities.items())
    for key, entity in catalogue.content.entities.items() if namespace.fresh else changed:
        notes.pop(key, None)
        former.discard(key)
        if entity and entity.note and not entity.note.listed:
            notes[key] = entity.note.slug
        if entity and entity.had_page and not entity.page:
            former.add(key)
    namespace.set_value(NOTES, notes)
    namespace.set_value(FORMER_PAGES, sorted(former))
    return notes, sorted(former)


def _linked(
    catalogue: Catalogue, notes: Mapping[EntityId, str], found: FoundEntities
) -> tuple[Catalogue, tuple[BrokenLink, ...]]:
    """Return the catalogue with the links of own texts, and the broken ones."""
    links, broken = planning.own_links(catalogue, LinkTargets(_names(catalogue, notes, found), notes))
    content = msgspec.structs.replace(catalogue.content, own_links=links)
    return msgspec.structs.replace(catalogue, content=content), broken


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


def store_reads(namespace: Namespace, pages: Mapping[SitePath, tuple[str, ...] | None]) -> None:
    """Store which rows pages read, and the inverse; None for a page that is gone."""
    before = namespace.read(READS, pages)
    gone: dict[str, set[SitePath]] = defaultdict(set)
    new: dict[str, set[SitePath]] = defaultdict(set)
    for path, reads in pages.items():
        old, now = set(before.get(path, ())), set(reads or ())
        for key in old - now:
            gone[key].add(path)
        for key in now - old:
            new[key].add(path)
    keys = {*gone, *new}
    readers = namespace.read(READERS, keys)
    lists = {key: sorted(new[key].union(readers.get(key, ())) - gone[key]) for key in keys}
    namespace.write(READERS, {key: paths or None for key, paths in lists.items()})
    changed = {path: reads for path, reads in pages.items() if reads is None or set(before.get(path, ())) != set(reads)}
    namespace.write(READS, {path: None if reads is None else list(reads) for path, reads in changed.items()})


def settings_of_all(settings: PlanSettings) -> str:
    """Return the settings that each page depends on: all but the private names, which change rows."""
    return repr(replace(settings, private_names=PrivateNames()))
