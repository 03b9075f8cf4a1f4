"""`make`: content/ -> site/. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TypeVar

import msgspec

from glossator import output, search, urls
from glossator.content import decisions, files, theme
from glossator.content.article_store import ArticleFileRecord, ArticleStore, read_article_store
from glossator.content.stamps import FileTimes, folder_times
from glossator.incremental.memo import run_memoised
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.versions import code_digest
from glossator.model import Output, OwnPage, PublishedId, SitePath
from glossator.pipeline import index_search, stage_runs
from glossator.pipeline.context import BuildContext, read_decided, shown, timed
from glossator.pipeline.find_entities import FoundEntities, find_entities
from glossator.pipeline.ingest import article_versions, convert
from glossator.pipeline.ingest import images as pictures
from glossator.pipeline.plan import SitePlan, plan_site
from glossator.pipeline.preview.provisional_page import LastBuild
from glossator.pipeline.profile import Cost
from glossator.pipeline.render_pages import RenderOrder, render_pages
from glossator.pipeline.report import Report
from glossator.pipeline.review import model_diff
from glossator.pipeline.stale import StalePages, stale_pages
from glossator.pipeline.stored_archive import site_content
from glossator.views import Site

MEGABYTE = 1_000_000
NO_JEKYLL = Output(SitePath(".nojekyll"), b"")
"""GitHub Pages would otherwise leave out what begins with an underscore."""
SHELF, SAVED = "store", "saved"
"""The namespace, and its tables, of what was found in the files of articles, and of the saved files."""
_LOOKED, _FOUND = msgspec.msgpack.Decoder(ArticleFileRecord), msgspec.msgpack.Decoder(files.SavedFileRecord)
Known = TypeVar("Known", ArticleFileRecord, files.SavedFileRecord)


def make(context: BuildContext, design: theme.Theme, reconvert: bool) -> tuple[Report, LastBuild]:
    """Every stage, in order; also what the next build may begin with. Raises SiteError where the set-up is wrong."""
    placed, store, articles = _convert(context, reconvert)
    context.give_way()
    public, older = article_versions.part(one for one in store.kept if one.head.rights != "private")
    decided = read_decided(context)
    published = decisions.read_lock(context.paths.content)
    files = {one.head.id: stage_runs.article_file(store, one, context.config.site.language) for one in public}
    renewed = find_entities(context, files, decided, published)
    context.give_way()
    stock = site_content(
        renewed, public, older, _own_pages(context), pictures.names(context.paths.content / "articles")
    )
    layout = plan_site(context, stock, renewed, _site(context))
    statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(design.statics.items())]
    images = pictures.shown(layout.catalogue.pictures.values())
    beside = {NO_JEKYLL.path, *(one.path for one in statics), *map(urls.picture_path, images)}
    context.give_way()
    stale = stale_pages(context, design, layout, frozenset(beside))
    _settle(context, renewed, published)
    context.cache.forget_pages(stale.site, [*stale.fingerprints, *stale.gone])
    commit(context.cache, renewed.namespace, layout.namespace)
    every = files | {one.head.id: stage_runs.article_file(store, one, "") for found in older.values() for one in found}
    pages = render_pages(context, RenderOrder(design, layout, stale, every, renewed, decided))
    held = pictures.outputs(context.paths.content / "articles", context.paths.site, images)
    written = _write(context, chain(statics, [NO_JEKYLL], held, pages), stale)
    context.cache.settle(context.config.build.cache_limit * MEGABYTE)
    context.passing.extend(context.cache.notices)
    standing = LastBuild(
        context.cache.build, context.config, design, decided, store, renewed.seen, layout.catalogue, articles
    )
    report = Report(
        articles=len(stock.heads),
        entities=len(stock.entities),
        converted=placed.written,
        annotated=renewed.asked,
        rendered=tuple(sheet.path for sheet in stale.sheets),
        written=tuple(sorted(written.changed)),
        removed=tuple(sorted(written.removed)),
        problems=tuple(
            sorted(
                {*context.problems, *context.passing}, key=lambda one: (one.path, one.line or 0, one.message, one.stage)
            )
        ),
        suggestions=renewed.suggestions,
        unsaved=placed.unsaved,
        passing=bool(context.passing),
        costs=_costs(context, layout, stale),
    )
    return report, standing


@timed("extract")
def _convert(
    context: BuildContext, reconvert: bool
) -> tuple[convert.Placed, ArticleStore, Mapping[str, FileTimes] | None]:
    """Make articles of every saved file that has none yet: what became of them, and all that there are now.

    Also the files of articles before they were read again, where any was made.
    """
    saved, folder = context.paths.content / "saved", context.paths.content / "articles"
    namespace = Namespace(context.cache, SHELF, code_digest(("content", "pictures"), ()))
    known = {file: _LOOKED.decode(row) for file, row in namespace.read_all(SHELF).items()}
    before = {file: _FOUND.decode(row) for file, row in namespace.read_all(SAVED).items()}
    found = context.collect(files.find_saved(saved, before))
    store = read_article_store(folder, known)
    todo = convert.todo(found, store, reconvert)
    items = [stage_runs.saved_file_input(saved, file) for file in todo.files]
    with pictures.held(context.paths.pictures) as held:
        made = run_memoised(
            context.cache, context.workers, stage_runs.extract_stage(context.config.extract), items, context.progress
        )
        gathered = convert.gather(todo.files, made, held)
        placed = convert.place(folder, saved, gathered, store, held)
    now = folder_times(folder) if placed.written else None
    store = read_article_store(folder, store.looked) if placed.written else store
    context.problems.extend([*todo.problems, *store.problems])
    done = {one.conversion.file for one in store.kept if one.conversion}  # they are not read again
    for problem in (*gathered.problems, *placed.problems):
        (context.passing if problem.path in done else context.problems).append(problem)
    namespace.write({SHELF: _rows(known, store.looked), SAVED: _rows(before, files.found(saved, found))})
    commit(context.cache, namespace)
    return placed, store, now


def _rows(before: Mapping[str, Known], now: Mapping[str, Known]) -> dict[str, bytes | None]:
    """The rows of what is known now and was not known before; None for what is known no more."""
    new = {key: msgspec.msgpack.encode(one) for key, one in now.items() if before.get(key) != one}
    return {**dict.fromkeys(before.keys() - now.keys()), **new}


def _settle(context: BuildContext, renewed: FoundEntities, published: tuple[PublishedId, ...]) -> None:
    """Write down the ids that are given out, and what the archive holds, to tell a later model's finds from."""
    if renewed.published != published or not (context.paths.content / decisions.LOCK).exists():
        decisions.write_lock(context.paths.content, renewed.published)
    if renewed.renamed:
        held = [one for one in renewed.published if one.id in renewed.spread]
        model_diff.keep(context.paths.snapshot, model_diff.model_key(context.config), held)


def _own_pages(context: BuildContext) -> tuple[OwnPage, ...]:
    found = context.collect(theme.read_pages(context.paths.content / "pages"))
    return tuple(page for page in found if shown(context, f"pages/{page.name}.md", page.markdown))


def _site(context: BuildContext) -> Site:
    settings = context.config.site
    return Site(settings.title, settings.description, settings.language, settings.url)


@timed("write")
def _write(context: BuildContext, outputs: Iterable[Output], stale: StalePages) -> output.Written:
    """Write the stale files, with them the search index if it is of other pages, and remove those that are gone."""
    site, language, wanted = context.paths.site, context.config.site.language, context.config.build.search
    index = () if stale.intact and wanted else index_search.indexed(site)
    made: list[output.Draft] = []

    def then(draft: output.Draft) -> tuple[Iterable[Output], Collection[SitePath]]:
        if not (
            wanted
            and context.index
            and index_search.due(context.cache, site, language, draft.files, trusted=context.indexed)
        ):
            return (), ()
        made.append(draft)
        context.progress("search", 0, 1)
        with context.profile.step("search"):
            return index_search.renew(draft, language)

    if stale.intact:
        written = output.change(site, outputs, stale.gone.union(() if wanted else index), then)
    else:
        written = output.write(site, outputs, stale.wanted.union(index if wanted else ()), then)
    context.problems.extend(written.problems)
    context.cache.set_pages(stale.site, stale.fingerprints, stale.gone.union(() if wanted else [search.FOLDER]))
    context.cache.set_mark(stale.site, stale.mark)
    if made:
        context.progress("search", 1, 1)
        index_search.renewed(context.cache, site, language, written.files)
    return written


def _costs(context: BuildContext, layout: SitePlan, stale: StalePages) -> tuple[Cost, ...]:
    context.profile.count("render", layout.pages - len(stale.sheets), len(stale.sheets))
    for stage, asked in {"extract": 0, "annotate": 0, "recall": 0, **context.cache.asked}.items():
        found = context.cache.found[stage]
        context.profile.count(stage, found, asked - found)
    return context.profile.costs()
