"""`make`: content/ -> site/. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from glossator import markup, output, search, urls
from glossator.config import SiteError
from glossator.content import articles, decisions, files, theme
from glossator.digest import digest
from glossator.model import (
    Analysis,
    Archive,
    Article,
    ArticleId,
    Digest,
    Fingerprint,
    Output,
    PublishedId,
    SitePath,
)
from glossator.pipeline import convert, pictures, since, versions, work
from glossator.pipeline.archive import Kit, annotate, read_decided, recall, resolve_articles, shown, timed
from glossator.pipeline.code import RENDER_USES, SEARCH_USES, code_digest
from glossator.pipeline.profile import Cost
from glossator.pipeline.remember import each
from glossator.pipeline.report import Report
from glossator.stages import render
from glossator.stages.plan import KINDS, Catalogue, Extras, Reading, Sheet, compose, open_catalogue, plan
from glossator.stages.resolve import lock
from glossator.views import Site

MEGABYTE = 1_000_000
NO_JEKYLL = Output(SitePath(".nojekyll"), b"")
"""GitHub Pages would otherwise leave out what begins with an underscore."""


def make(kit: Kit, design: theme.Theme, reconvert: bool) -> Report:
    """Every stage, in order. Raises SiteError where the set-up is wrong."""
    places, config, cache = kit.places, kit.config, kit.cache
    placed, kept = _convert(kit, reconvert)
    readable = [one.article for one in kept if one.article.head.rights != "private"]
    public, older = versions.part(readable)
    decided = read_decided(kit)
    found, annotated = annotate(kit, public)
    analyses = recall(kit, public, found, decided)
    published = decisions.read_lock(places.content)
    archive = resolve_articles(kit, public, analyses, decided, published)
    _settle(kit, archive, published)
    catalogue = _catalogue(
        kit, archive, [(one, analyses[one.head.id].digest) for one in public if one.head.id in analyses], older
    )
    sheets = _plan(kit, catalogue)
    stale, fingerprints = _stale(kit, design, catalogue.site, sheets)
    cache.forget_pages(str(places.site.resolve()), [sheet.path for sheet in stale])
    pages = _watch(kit, _render(design, catalogue, stale, readable, analyses), len(stale))
    statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(design.statics.items())]
    shown = pictures.shown(catalogue.pictures.values())
    images = pictures.outputs(places.content / "articles", places.site, shown)
    statics.append(NO_JEKYLL)
    wanted = {one.path for one in statics} | {one.path for one in sheets} | set(map(urls.picture_path, shown))
    written, index = _write(kit, chain(statics, images, pages), wanted)
    cache.set_pages(str(places.site.resolve()), fingerprints | index)
    cache.settle(config.build.cache_limit * MEGABYTE)
    kit.problems.extend(cache.notices)
    return Report(
        articles=len(archive.heads),
        entities=len(archive.entities),
        converted=placed.written,
        annotated=annotated,
        rendered=tuple(sheet.path for sheet in stale),
        written=written.changed,
        removed=written.removed,
        problems=tuple(sorted(set(kit.problems), key=lambda one: (one.path, one.line or 0, one.message, one.stage))),
        suggestions=len(archive.suggestions),
        unsaved=placed.unsaved,
        costs=_costs(kit, sheets, stale),
    )


@timed("extract")
def _convert(kit: Kit, reconvert: bool) -> tuple[convert.Placed, tuple[articles.Kept, ...]]:
    """Make articles of every saved file that has none yet: what became of them, and all that there are now."""
    saved, folder = kit.places.content / "saved", kit.places.content / "articles"
    found = kit.collect(files.find_saved(saved))
    shelf = articles.read_all(folder)
    todo = convert.todo(found, shelf, reconvert)
    items = [work.saved(saved, file) for file in todo.files]
    with pictures.held(kit.places.pictures) as held:
        made = each(kit.cache, kit.workers, work.extract_stage(kit.config.extract), items, kit.progress)
        gathered = convert.gather(todo.files, made, held)
        placed = convert.place(folder, saved, gathered, shelf, held)
    shelf = articles.read_all(folder) if placed.written else shelf
    kit.problems.extend([*todo.problems, *gathered.problems, *placed.problems, *shelf.problems])
    return placed, shelf.kept


def _settle(kit: Kit, archive: Archive, published: tuple[PublishedId, ...]) -> None:
    """Write down the ids that are given out, and what the archive holds, to tell a later model's finds from."""
    decisions.write_lock(kit.places.content, lock(archive, published))
    since.keep(kit.places.snapshot, since.model_key(kit.config), archive)


@timed("plan")
def _catalogue(
    kit: Kit,
    archive: Archive,
    held: list[tuple[Article, Digest]],
    older: Mapping[ArticleId, tuple[Article, ...]],
) -> Catalogue:
    settings = kit.config.site
    found = kit.collect(theme.read_pages(kit.places.content / "pages"))
    pages = tuple(page for page in found if shown(kit, f"pages/{page.name}.md", page.markdown))
    site = Site(settings.title, settings.description, settings.language, settings.url)
    extras = Extras(pages, older, pictures.names(kit.places.content / "articles"))
    return open_catalogue(archive, held, site, kit.config.plan, extras)


@timed("plan")
def _plan(_: Kit, catalogue: Catalogue) -> tuple[Sheet, ...]:
    return plan(catalogue)


@timed("plan")
def _stale(
    kit: Kit, design: theme.Theme, site: Site, sheets: tuple[Sheet, ...]
) -> tuple[list[Sheet], dict[str, Fingerprint]]:
    """The pages that are not on the site as they ought to be, and the fingerprints of all."""
    try:
        reach = render.reach(design.templates)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    code = code_digest(("stages/plan", "stages/render", "dates", "views"), RENDER_USES)
    settings = digest(repr(site), repr(kit.config.plan))
    fingerprints: dict[str, Fingerprint] = {}
    for sheet in sheets:
        template = reach[render.TEMPLATES[KINDS[sheet.kind]]]
        parts = f"program:{code[:8]} settings:{settings[:8]} template:{template[:8]} {sheet.shows.parts}"
        fingerprints[sheet.path] = Fingerprint(digest(code, settings, template, sheet.shows.whole), parts)
    known = kit.cache.pages(str(kit.places.site.resolve()))
    ours = output.manifest(kit.places.site)
    stale = [
        sheet
        for sheet in sheets
        if known.get(sheet.path) != fingerprints[sheet.path].whole
        or not output.stands(kit.places.site, sheet.path, ours.get(sheet.path, ""))
    ]
    return stale, fingerprints


def _render(
    design: theme.Theme,
    catalogue: Catalogue,
    stale: list[Sheet],
    public: list[Article],
    analyses: Mapping[ArticleId, Analysis],
) -> Iterator[Output]:
    """The stale pages. Each article they show is opened once."""
    environment = render.environment(design.templates)
    by_id = {article.head.id: article for article in public}
    opened: dict[ArticleId, Reading] = {}
    for sheet in stale:
        for article in sheet.needs:
            if article not in opened:
                text = markup.read(by_id[article].markdown)
                opened[article] = Reading(by_id[article], text, analyses.get(article, _unread(article)))
        try:
            page = render.render(environment, compose(catalogue, sheet, opened), catalogue.site)
        except render.TemplateFault as error:
            raise SiteError(str(error)) from None
        yield Output(sheet.path, page)


def _watch(kit: Kit, pages: Iterator[Output], total: int) -> Iterator[Output]:
    """The pages as they are, while it is counted how many are done and how long they take."""
    for done in range(1, total + 1):
        with kit.profile.step("render"):
            page = next(pages)
        yield page
        kit.progress("render", done, total)


def _unread(version: ArticleId) -> Analysis:
    """Of an older version, in which no names are looked for."""
    return Analysis(version, (), (), (), (), (), Digest(""))


@timed("write")
def _write(kit: Kit, outputs: Iterable[Output], wanted: set[SitePath]) -> tuple[output.Written, dict[str, Fingerprint]]:
    """Write pages and static files, and the search index if it is of other pages; also the index' fingerprint."""
    site, language = kit.places.site, kit.config.site.language
    index = [path for path in output.manifest(site) if path.startswith(f"{search.FOLDER}/") and kit.config.build.search]
    written = output.write(site, outputs, wanted | set(index))
    kit.problems.extend(written.problems)
    if not kit.config.build.search:
        return written, {}
    code = code_digest(("search",), SEARCH_USES)
    shown = (f"{path} {content}" for path, content in sorted(written.files.items()) if path.endswith(".html"))
    fingerprint = {search.FOLDER: Fingerprint(digest(code, language, *shown))}
    whole = index and all(output.stands(site, path, written.files[path]) for path in index)
    if whole and kit.cache.pages(str(site.resolve())).get(search.FOLDER) == fingerprint[search.FOLDER].whole:
        return written, fingerprint
    kit.progress("search", 0, 1)
    with kit.profile.step("search"):
        found = search.index(site, language)
    indexed = output.write(site, found, wanted | {one.path for one in found})
    kit.progress("search", 1, 1)
    kit.problems.extend(indexed.problems)
    changed, removed = (*written.changed, *indexed.changed), (*written.removed, *indexed.removed)
    return replace(indexed, changed=changed, removed=removed), fingerprint


def _costs(kit: Kit, sheets: Sequence[Sheet], stale: Sequence[Sheet]) -> tuple[Cost, ...]:
    kit.profile.count("render", len(sheets) - len(stale), len(stale))
    for stage, asked in {"extract": 0, "annotate": 0, "recall": 0, **kit.cache.asked}.items():
        found = kit.cache.found[stage]
        kit.profile.count(stage, found, asked - found)
    return kit.profile.costs()
