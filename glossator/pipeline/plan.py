"""The archive -> the pages of the site as they are planned. What an edit does not concern is not planned again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from glossator.digest import digest
from glossator.incremental.namespace import Namespace
from glossator.incremental.versions import code_digest
from glossator.model import ArticleId, Digest, EntityId, Fingerprint, SitePath
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.find_entities import FoundEntities
from glossator.stages import plan as planning
from glossator.stages.plan import (
    ArchiveEdit,
    ArticleFacts,
    Catalogue,
    EntityListRow,
    PageAssociations,
    PlannedPage,
    SiteContent,
)
from glossator.urls import article_path, entity_path
from glossator.views import Site

SHOWN, ALWAYS, ROWS, COUNT = "shown", "always", "rows", "count"
"""What is kept whole: every article as the plan knew it; the pages that every build plans; the rows of all names; how
many pages there are."""
PAGES, OF, TO, PARTS = "pages", "of", "to", "parts"
"""The tables: a page's path -> its sheet; the key of a page -> whom it belongs with; the same the other way round; an
entity -> the pages of its years."""

PLAN_CODE = ("stages/plan", "dates", "views", "inverse_frequency", "pipeline/plan")
_STRENGTHS = msgspec.msgpack.Decoder(dict[str, float])
_KEYS = msgspec.msgpack.Decoder(list[str])
_PATHS = msgspec.msgpack.Decoder(list[SitePath])
_SHEET = msgspec.msgpack.Decoder(PlannedPage)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The plan of the site: its rows are in the namespace."""

    namespace: Namespace
    catalogue: Catalogue
    changed: tuple[PlannedPage, ...]
    """Pages that show something else than they were planned to, or that are new; sorted by path."""
    gone: frozenset[SitePath]
    """Pages that are planned no more."""
    pages: int
    """How many there are."""

    def sheets(self, paths: Iterable[str]) -> dict[SitePath, PlannedPage]:
        """The sheets of those of the paths that are planned."""
        return {SitePath(path): _SHEET.decode(row) for path, row in self.namespace.read(PAGES, paths).items()}

    def all_sheets(self) -> dict[SitePath, PlannedPage]:
        return {SitePath(path): _SHEET.decode(row) for path, row in self.namespace.read_all(PAGES).items()}


@timed("plan")
def plan_site(context: BuildContext, stock: SiteContent, renewed: FoundEntities, site: Site) -> SitePlan:
    """Plan the pages that what changed in the archive concerns; the namespace is not left yet."""
    settings = context.config.plan
    basis = digest(code_digest(PLAN_CODE, ()), repr(settings), repr(site))
    namespace = Namespace(context.cache, "site", basis)
    catalogue = planning.open_catalogue(stock, site, settings)
    before = namespace.whole(SHOWN, dict[ArticleId, ArticleFacts], {})
    now = planning.article_facts(catalogue)
    change = renewed.change
    if namespace.fresh:
        whom = planning.everything(catalogue)
    else:
        edit = ArchiveEdit(before, now, change.resolved, change.entities)
        whom = planning.invalidated(catalogue, edit, _ties(namespace))
    lost = {key for key, (_, one) in change.entities.items() if one is None}
    rows = {
        key: row
        for key, row in namespace.whole(ROWS, dict[EntityId, EntityListRow], {}).items()
        if key in stock.entities
    }
    rows |= {key: planning.entity_list_row(stock.entities[key], catalogue.heads) for key in whom.entities}
    catalogue = planning.listing(catalogue, rows)
    sheets = {sheet.path: sheet for sheet in planning.plan(catalogue, whom)}
    always = {path for path, sheet in sheets.items() if sheet.kind not in ("article", "entity", "appearances")}
    gone = {article_path(key) for key in before.keys() - now.keys()} | set(map(entity_path, lost))
    gone |= set(namespace.whole(ALWAYS, list[SitePath], [])) - always
    gone |= _parts(namespace, {*whom.entities, *lost}, sheets.values())
    gone -= sheets.keys()
    changed, pages = _write(namespace, sheets, gone)
    namespace.write_whole({SHOWN: now, ALWAYS: sorted(always), ROWS: rows, COUNT: pages})
    return SitePlan(namespace, catalogue, changed, frozenset(gone), pages)


def _parts(namespace: Namespace, entities: Iterable[EntityId], sheets: Iterable[PlannedPage]) -> set[SitePath]:
    """The pages of the appearances of entities that were planned before, all of them; those of now are written down."""
    now: dict[str, list[SitePath]] = {}
    for sheet in sheets:
        if sheet.kind == "appearances":
            now.setdefault(sheet.subject.partition(" ")[2], []).append(sheet.path)
    before = namespace.read(PARTS, entities)
    namespace.write({PARTS: dict.fromkeys(before) | {key: msgspec.msgpack.encode(paths) for key, paths in now.items()}})
    return {path for row in before.values() for path in _PATHS.decode(row)}


def _ties(namespace: Namespace) -> PageAssociations:
    def of(key: str) -> Mapping[str, float]:
        row = namespace.read(OF, [key]).get(key)
        return _STRENGTHS.decode(row) if row else {}

    def to(key: str) -> list[str]:
        row = namespace.read(TO, [key]).get(key)
        return _KEYS.decode(row) if row else []

    return PageAssociations(of, to)


def _write(
    namespace: Namespace, sheets: Mapping[SitePath, PlannedPage], gone: Iterable[SitePath]
) -> tuple[tuple[PlannedPage, ...], int]:
    """Enter the sheets; those that are not what stood there, sorted by path, and how many there are now in all."""
    gone = sorted(gone)
    old = {SitePath(path): _SHEET.decode(row) for path, row in namespace.read(PAGES, [*sheets, *gone]).items()}
    changed = {path: sheet for path, sheet in sheets.items() if old.get(path) != sheet}
    namespace.write({PAGES: {path: msgspec.msgpack.encode(sheet) for path, sheet in changed.items()}})
    namespace.write({PAGES: dict.fromkeys(gone)})
    _tie(namespace, [(old.get(path), sheets.get(path)) for path in (*changed, *gone)])
    pages = namespace.whole(COUNT, int, 0) + len(sheets.keys() - old.keys()) - len(old.keys() - sheets.keys())
    return tuple(changed[path] for path in sorted(changed) if not _same_page(old.get(path), changed[path])), pages


def _tie(namespace: Namespace, moved: Iterable[tuple[PlannedPage | None, PlannedPage | None]]) -> None:
    """Enter the ties of sheets, given as they were and as they are, and the same the other way round."""
    of: dict[str, bytes | None] = {}
    leaving: dict[str, set[str]] = defaultdict(set)
    coming: dict[str, set[str]] = defaultdict(set)
    for was, is_now in moved:
        key, before, now = (
            _key(was or is_now),
            dict(was.associations) if was else {},
            dict(is_now.associations) if is_now else {},
        )
        if key and before != now:
            of[key] = msgspec.msgpack.encode(now) if now else None
            for other in before.keys() - now.keys():
                leaving[key[:2] + other].add(key)
            for other in now.keys() - before.keys():
                coming[key[:2] + other].add(key)
    others = sorted(leaving.keys() | coming.keys())
    known = {key: set(_KEYS.decode(row)) for key, row in namespace.read(TO, others).items()}
    to = {key: (known.get(key, set()) - leaving[key]) | coming[key] for key in others}
    namespace.write(
        {OF: of, TO: {key: msgspec.msgpack.encode(sorted(keys)) if keys else None for key, keys in to.items()}}
    )


def _key(sheet: PlannedPage | None) -> str:
    """The key by which ties know a page; empty for one that has none."""
    if sheet and sheet.kind == "article":
        return planning.article_key(sheet.subject)
    return planning.entity_key(sheet.subject) if sheet and sheet.kind == "entity" else ""


def _same_page(was: PlannedPage | None, now: PlannedPage) -> bool:
    """Whether a reader would see no difference, although the ties weigh otherwise."""
    return was is not None and (was.kind, was.fingerprint.whole) == (now.kind, now.fingerprint.whole)


def fingerprint(sheet: PlannedPage, code: Digest, settings: Digest, template: Digest) -> Fingerprint:
    """Of a page of the site: of what it shows, and of what makes it."""
    parts = f"program:{code[:8]} settings:{settings[:8]} template:{template[:8]} {sheet.fingerprint.parts}"
    return Fingerprint(digest(code, settings, template, sheet.fingerprint.whole), parts)
