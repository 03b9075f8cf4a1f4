"""`make`: content/ -> site/. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TypeVar

import msgspec

from glossator import output, search, urls
from glossator.content import decisions, files, theme
from glossator.content.article_store import Looked, Shelf, read_shelf
from glossator.content.stamps import Times, times
from glossator.incremental.memo import each
from glossator.incremental.namespace import Room, leave
from glossator.incremental.versions import code_digest
from glossator.model import Output, OwnPage, PublishedId, SitePath
from glossator.pipeline import index_search, stage_runs
from glossator.pipeline.context import Kit, read_decided, shown, timed
from glossator.pipeline.find_entities import Renewed, renew
from glossator.pipeline.ingest import article_versions, convert
from glossator.pipeline.ingest import images as pictures
from glossator.pipeline.plan import Layout, lay_out
from glossator.pipeline.preview.provisional_page import Standing
from glossator.pipeline.profile import Cost
from glossator.pipeline.render_pages import Order, render_pages
from glossator.pipeline.report import Report
from glossator.pipeline.review import model_diff
from glossator.pipeline.stale import Stale, stale_pages
from glossator.pipeline.stored_archive import open_stock
from glossator.views import Site

MEGABYTE = 1_000_000
NO_JEKYLL = Output(SitePath(".nojekyll"), b"")
"""GitHub Pages would otherwise leave out what begins with an underscore."""
SHELF, SAVED = "shelf", "saved"
"""The room, and its tables, of what was found in the files of articles, and of the saved files."""
_LOOKED, _FOUND = msgspec.msgpack.Decoder(Looked), msgspec.msgpack.Decoder(files.Found)
Known = TypeVar("Known", Looked, files.Found)


def make(kit: Kit, design: theme.Theme, reconvert: bool) -> tuple[Report, Standing]:
    """Every stage, in order; also what the next build may begin with. Raises SiteError where the set-up is wrong."""
    placed, shelf, articles = _convert(kit, reconvert)
    kit.give_way()
    public, older = article_versions.part(one for one in shelf.kept if one.head.rights != "private")
    decided = read_decided(kit)
    published = decisions.read_lock(kit.places.content)
    leaves = {one.head.id: stage_runs.leaf(shelf, one, kit.config.site.language) for one in public}
    renewed = renew(kit, leaves, decided, published)
    kit.give_way()
    stock = open_stock(renewed, public, older, _own_pages(kit), pictures.names(kit.places.content / "articles"))
    layout = lay_out(kit, stock, renewed, _site(kit))
    statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(design.statics.items())]
    images = pictures.shown(layout.catalogue.pictures.values())
    beside = {NO_JEKYLL.path, *(one.path for one in statics), *map(urls.picture_path, images)}
    kit.give_way()
    stale = stale_pages(kit, design, layout, frozenset(beside))
    _settle(kit, renewed, published)
    kit.cache.forget_pages(stale.site, [*stale.fingerprints, *stale.gone])
    leave(kit.cache, renewed.room, layout.room)
    every = leaves | {one.head.id: stage_runs.leaf(shelf, one, "") for found in older.values() for one in found}
    pages = render_pages(kit, Order(design, layout, stale, every, renewed, decided))
    held = pictures.outputs(kit.places.content / "articles", kit.places.site, images)
    written = _write(kit, chain(statics, [NO_JEKYLL], held, pages), stale)
    kit.cache.settle(kit.config.build.cache_limit * MEGABYTE)
    kit.passing.extend(kit.cache.notices)
    standing = Standing(kit.cache.build, kit.config, design, decided, shelf, renewed.seen, layout.catalogue, articles)
    report = Report(
        articles=len(stock.heads),
        entities=len(stock.entities),
        converted=placed.written,
        annotated=renewed.asked,
        rendered=tuple(sheet.path for sheet in stale.sheets),
        written=tuple(sorted(written.changed)),
        removed=tuple(sorted(written.removed)),
        problems=tuple(
            sorted({*kit.problems, *kit.passing}, key=lambda one: (one.path, one.line or 0, one.message, one.stage))
        ),
        suggestions=renewed.suggestions,
        unsaved=placed.unsaved,
        passing=bool(kit.passing),
        costs=_costs(kit, layout, stale),
    )
    return report, standing


@timed("extract")
def _convert(kit: Kit, reconvert: bool) -> tuple[convert.Placed, Shelf, Mapping[str, Times] | None]:
    """Make articles of every saved file that has none yet: what became of them, and all that there are now.

    Also the files of articles before they were read again, where any was made.
    """
    saved, folder = kit.places.content / "saved", kit.places.content / "articles"
    room = Room(kit.cache, SHELF, code_digest(("content", "pictures"), ()))
    known = {file: _LOOKED.decode(row) for file, row in room.read_all(SHELF).items()}
    before = {file: _FOUND.decode(row) for file, row in room.read_all(SAVED).items()}
    found = kit.collect(files.find_saved(saved, before))
    shelf = read_shelf(folder, known)
    todo = convert.todo(found, shelf, reconvert)
    items = [stage_runs.saved(saved, file) for file in todo.files]
    with pictures.held(kit.places.pictures) as held:
        made = each(kit.cache, kit.workers, stage_runs.extract_stage(kit.config.extract), items, kit.progress)
        gathered = convert.gather(todo.files, made, held)
        placed = convert.place(folder, saved, gathered, shelf, held)
    now = times(folder) if placed.written else None
    shelf = read_shelf(folder, shelf.looked) if placed.written else shelf
    kit.problems.extend([*todo.problems, *shelf.problems])
    done = {one.conversion.file for one in shelf.kept if one.conversion}  # they are not read again
    for problem in (*gathered.problems, *placed.problems):
        (kit.passing if problem.path in done else kit.problems).append(problem)
    room.write({SHELF: _rows(known, shelf.looked), SAVED: _rows(before, files.found(saved, found))})
    leave(kit.cache, room)
    return placed, shelf, now


def _rows(before: Mapping[str, Known], now: Mapping[str, Known]) -> dict[str, bytes | None]:
    """The rows of what is known now and was not known before; None for what is known no more."""
    new = {key: msgspec.msgpack.encode(one) for key, one in now.items() if before.get(key) != one}
    return {**dict.fromkeys(before.keys() - now.keys()), **new}


def _settle(kit: Kit, renewed: Renewed, published: tuple[PublishedId, ...]) -> None:
    """Write down the ids that are given out, and what the archive holds, to tell a later model's finds from."""
    if renewed.published != published or not (kit.places.content / decisions.LOCK).exists():
        decisions.write_lock(kit.places.content, renewed.published)
    if renewed.renamed:
        held = [one for one in renewed.published if one.id in renewed.spread]
        model_diff.keep(kit.places.snapshot, model_diff.model_key(kit.config), held)


def _own_pages(kit: Kit) -> tuple[OwnPage, ...]:
    found = kit.collect(theme.read_pages(kit.places.content / "pages"))
    return tuple(page for page in found if shown(kit, f"pages/{page.name}.md", page.markdown))


def _site(kit: Kit) -> Site:
    settings = kit.config.site
    return Site(settings.title, settings.description, settings.language, settings.url)


@timed("write")
def _write(kit: Kit, outputs: Iterable[Output], stale: Stale) -> output.Written:
    """Write the stale files, with them the search index if it is of other pages, and remove those that are gone."""
    site, language, wanted = kit.places.site, kit.config.site.language, kit.config.build.search
    index = () if stale.intact and wanted else index_search.indexed(site)
    made: list[output.Draft] = []

    def then(draft: output.Draft) -> tuple[Iterable[Output], Collection[SitePath]]:
        if not (wanted and kit.index and index_search.due(kit.cache, site, language, draft.files, trusted=kit.indexed)):
            return (), ()
        made.append(draft)
        kit.progress("search", 0, 1)
        with kit.profile.step("search"):
            return index_search.renew(draft, language)

    if stale.intact:
        written = output.change(site, outputs, stale.gone.union(() if wanted else index), then)
    else:
        written = output.write(site, outputs, stale.wanted.union(index if wanted else ()), then)
    kit.problems.extend(written.problems)
    kit.cache.set_pages(stale.site, stale.fingerprints, stale.gone.union(() if wanted else [search.FOLDER]))
    kit.cache.set_mark(stale.site, stale.mark)
    if made:
        kit.progress("search", 1, 1)
        index_search.renewed(kit.cache, site, language, written.files)
    return written


def _costs(kit: Kit, layout: Layout, stale: Stale) -> tuple[Cost, ...]:
    kit.profile.count("render", layout.pages - len(stale.sheets), len(stale.sheets))
    for stage, asked in {"extract": 0, "annotate": 0, "recall": 0, **kit.cache.asked}.items():
        found = kit.cache.found[stage]
        kit.profile.count(stage, found, asked - found)
    return kit.profile.costs()
