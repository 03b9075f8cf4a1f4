"""`build`: content/ -> site/. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from glossator import markup, output, search
from glossator.cache import Cache
from glossator.config import Config, SiteError
from glossator.content import articles, decisions, files, theme
from glossator.digest import digest
from glossator.model import Analysis, Archive, Article, ArticleId, Decisions, Note, Output, Problem, SitePath
from glossator.pipeline import convert, work
from glossator.pipeline.remember import Progress, code_digest, remember
from glossator.stages import render
from glossator.stages.plan import KINDS, Catalogue, Reading, Sheet, compose, open_catalogue, plan
from glossator.stages.resolve import confirmed, lock, resolve
from glossator.views import Site

Value = TypeVar("Value")

NO_JEKYLL = Output(SitePath(".nojekyll"), b"")
"""GitHub Pages would otherwise leave out what begins with an underscore."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a build reads and writes. The theme of the archive's own lies beside `content`."""

    content: Path
    site: Path

    @property
    def templates(self) -> Path:
        return self.content.parent / "templates"

    @property
    def cache(self) -> Path:
        return self.content.parent / ".glossator" / f"{self.content.name}.sqlite3"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    articles: int
    entities: int
    converted: int
    annotated: int
    """How many articles were read for names anew."""
    rendered: tuple[SitePath, ...]
    written: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    problems: tuple[Problem, ...]
    suggestions: int = 0
    """Pairs of entities that may be one."""

    @property
    def failed(self) -> bool:
        return any(problem.fatal for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Kit:
    """What every step of one build shares."""

    places: Places
    config: Config
    cache: Cache
    progress: Progress
    problems: list[Problem] = field(default_factory=list)


def build(places: Places, config: Config, progress: Progress, reconvert: bool = False) -> Report:
    """Bring the site up to date with the archive. Raises SiteError where the set-up is wrong."""
    if not places.content.is_dir():
        raise SiteError(
            f"There is no folder {places.content}.", "Make it, with a folder saved/ in it for saved articles."
        )
    design = theme.read_theme(places.templates)
    with Cache(places.cache) as cache:
        kit = Kit(places, config, cache, progress)
        converted, kept = _convert(kit, reconvert)
        public = [one.article for one in kept if one.article.head.rights != "private"]
        decided = _decided(kit)
        analyses, annotated = _annotate(kit, public)
        analyses = _recall(kit, public, analyses, decided)
        archive = _resolve(kit, public, analyses, decided)
        catalogue = _catalogue(kit, archive, public, analyses)
        sheets = plan(catalogue)
        stale, fingerprints = _stale(kit, design, catalogue.site, sheets)
        cache.forget_pages(str(places.site.resolve()), [sheet.path for sheet in stale])
        pages = _render(design, catalogue, stale, public, analyses)
        statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(design.statics.items())]
        written, index = _write(kit, [*statics, NO_JEKYLL], pages, sheets)
        cache.set_pages(str(places.site.resolve()), fingerprints | index)
    return Report(
        articles=len(archive.heads),
        entities=len(archive.entities),
        converted=converted,
        annotated=annotated,
        rendered=tuple(sheet.path for sheet in stale),
        written=written.changed,
        removed=written.removed,
        problems=tuple(sorted(set(kit.problems), key=lambda one: (one.path, one.line or 0, one.message))),
        suggestions=len(archive.suggestions),
    )


def _collect(kit: Kit, found: tuple[Value, tuple[Problem, ...]]) -> Value:
    """The value; the problems that came with it are kept for the report."""
    kit.problems.extend(found[1])
    return found[0]


def _convert(kit: Kit, reconvert: bool) -> tuple[int, tuple[articles.Kept, ...]]:
    """Make an article of every saved file that has none yet: how many were written, and all that there are now."""
    saved, folder = kit.places.content / "saved", kit.places.content / "articles"
    found = _collect(kit, files.find_saved(saved))
    shelf = articles.read_all(folder)
    todo = convert.todo(found, shelf, reconvert)
    kit.problems.extend(todo.problems)
    items = [work.Saved(file, str(saved / file.path)) for file in todo.files]
    stage = work.extract_stage(kit.config.extract)
    done = remember(kit.cache, kit.config.build, stage, items, kit.progress)
    outcomes = [outcome for outcome in done.results if outcome]
    kit.problems.extend([*done.problems, *(problem for outcome in outcomes for problem in outcome.problems)])
    written = _collect(
        kit, convert.place(folder, [article for one in outcomes for article in one.articles], shelf.kept)
    )
    shelf = articles.read_all(folder) if written else shelf
    return written, _collect(kit, (shelf.kept, shelf.problems))


def _annotate(kit: Kit, public: list[Article]) -> tuple[dict[ArticleId, Analysis], int]:
    language = kit.config.site.language
    stage = work.annotate_stage(kit.config.annotate, language)
    done = remember(kit.cache, kit.config.build, stage, [(one, language) for one in public], kit.progress)
    kit.problems.extend(done.problems)
    found = zip(public, done.results, strict=True)
    return {article.head.id: analysis for article, analysis in found if analysis}, done.runs


def _decided(kit: Kit) -> tuple[Decisions, tuple[Note, ...]]:
    """What people said about entities."""
    found = _collect(kit, decisions.read_notes(kit.places.content / "entities"))
    notes = tuple(note for note in found if _shown(kit, f"entities/{note.slug}.md", note.markdown))
    return decisions.read_decisions(kit.places.content), notes


def _recall(
    kit: Kit,
    public: list[Article],
    analyses: dict[ArticleId, Analysis],
    decided: tuple[Decisions, tuple[Note, ...]],
) -> dict[ArticleId, Analysis]:
    """The analyses with the names that people confirmed, where the model missed them."""
    known = confirmed(*decided)
    if not known:
        return analyses
    items = [(one, analyses[one.head.id]) for one in public if one.head.id in analyses]
    done = remember(kit.cache, kit.config.build, work.recall_stage(kit.config.annotate, known), items, kit.progress)
    kit.problems.extend(done.problems)
    return {analysis.article: analysis for analysis in done.results if analysis}


def _resolve(
    kit: Kit,
    public: list[Article],
    analyses: Mapping[ArticleId, Analysis],
    decided: tuple[Decisions, tuple[Note, ...]],
) -> Archive:
    content = kit.places.content
    heads = [article.head for article in public if article.head.id in analyses]
    published = decisions.read_lock(content)
    archive = _collect(kit, resolve(heads, tuple(analyses.values()), *decided, published))
    decisions.write_lock(content, lock(archive, published))
    return archive


def _shown(kit: Kit, path: str, markdown: str) -> bool:
    """Whether the Markdown of a note or a page can be shown; if not, that is a problem."""
    try:
        markup.read(markdown)
    except markup.TooDeep as error:
        kit.problems.append(Problem("pages", path, str(error)))
        return False
    return True


def _catalogue(kit: Kit, archive: Archive, public: list[Article], analyses: Mapping[ArticleId, Analysis]) -> Catalogue:
    settings = kit.config.site
    found = _collect(kit, theme.read_pages(kit.places.content / "pages"))
    pages = tuple(page for page in found if _shown(kit, f"pages/{page.name}.md", page.markdown))
    site = Site(settings.title, settings.description, settings.language, settings.url)
    held = [(one, analyses[one.head.id].digest) for one in public if one.head.id in analyses]
    return open_catalogue(archive, held, site, kit.config.plan, pages)


def _stale(kit: Kit, design: theme.Theme, site: Site, sheets: tuple[Sheet, ...]) -> tuple[list[Sheet], dict[str, str]]:
    """The pages that are not on the site as they ought to be, and the fingerprints of all."""
    try:
        reach = render.reach(design.templates)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    code = code_digest(("stages/plan", "stages/render", "views"), ("jinja2", "markupsafe"))
    fixed = digest(code, repr(site), repr(kit.config.plan))
    fingerprints = {
        sheet.path: digest(fixed, reach[render.TEMPLATES[KINDS[sheet.kind]]], sheet.digest) for sheet in sheets
    }
    known = kit.cache.pages(str(kit.places.site.resolve()))
    ours = output.manifest(kit.places.site)
    stale = [
        sheet
        for sheet in sheets
        if known.get(sheet.path) != fingerprints[sheet.path]
        or not output.stands(kit.places.site, sheet.path, ours.get(sheet.path, ""))
    ]
    return stale, {str(path): fingerprint for path, fingerprint in fingerprints.items()}


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
                opened[article] = Reading(by_id[article], text, analyses[article])
        try:
            page = render.render(environment, compose(catalogue, sheet, opened), catalogue.site)
        except render.TemplateFault as error:
            raise SiteError(str(error)) from None
        yield Output(sheet.path, page)


def _write(
    kit: Kit, fixed: list[Output], pages: Iterator[Output], sheets: tuple[Sheet, ...]
) -> tuple[output.Written, dict[str, str]]:
    """Write pages and static files, and the search index if it is of other pages; also the index' fingerprint."""
    site, language = kit.places.site, kit.config.site.language
    index = [path for path in output.manifest(site) if path.startswith(f"{search.FOLDER}/")]
    wanted = {*(one.path for one in fixed), *(sheet.path for sheet in sheets)}
    written = output.write(site, _all(fixed, pages), wanted | set(index))
    kit.problems.extend(written.problems)
    code = code_digest(("search",), ("cbor2", "pagefind", "pagefind-bin"))
    shown = (f"{path} {content}" for path, content in sorted(written.files.items()) if path.endswith(".html"))
    fingerprint: dict[str, str] = {search.FOLDER: digest(code, language, *shown)}
    whole = index and all(output.stands(site, path, written.files[path]) for path in index)
    if whole and kit.cache.pages(str(site.resolve())).get(search.FOLDER) == fingerprint[search.FOLDER]:
        return written, fingerprint
    kit.progress("search", 0, 1)
    found = search.index(site, language)
    indexed = output.write(site, found, wanted | {one.path for one in found})
    kit.progress("search", 1, 1)
    kit.problems.extend(indexed.problems)
    changed, removed = (*written.changed, *indexed.changed), (*written.removed, *indexed.removed)
    return replace(indexed, changed=changed, removed=removed), fingerprint


def _all(fixed: list[Output], pages: Iterator[Output]) -> Iterator[Output]:
    yield from fixed
    yield from pages
