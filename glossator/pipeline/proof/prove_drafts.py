"""`proof`: drafts held against an archive. What is kept back is searched only for the owner of the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

import msgspec
from msgspec import structs

from glossator import markup
from glossator.addresses import host
from glossator.config import PROCESSES, Config, SiteError
from glossator.content import published_ids
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.content.article_store import ArticleStore, StoredArticle, read_article_store
from glossator.incremental.cache import Cache
from glossator.incremental.memo import run_memoised
from glossator.incremental.namespace import VALUES, Namespace, commit, read_stored
from glossator.incremental.schema import (
    ARTICLE_STATES,
    BUCKETS,
    FORM_USES,
    OFFERED_NAMES,
    PASSAGE_STATE,
    ArticleState,
)
from glossator.incremental.workers.article_limits import LimitReached, Limits, limited
from glossator.incremental.workers.executors import Workers
from glossator.model import Analysis, ArticleId, PrivateNames, Problem
from glossator.naming.private_names import names_private, private_names
from glossator.passages.postings import PassageIndex, PassageIndexState, narrowed
from glossator.passages.words import Hashes, hashes
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.find_entities import open_archive
from glossator.pipeline.analysis.find_names import read_decided
from glossator.pipeline.analysis.index_passages import index_passages, whole_text
from glossator.pipeline.analysis.near_names import ArchiveNames, archive_names, find_near_names
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest.convert import read_articles
from glossator.pipeline.proof.read_drafts import GivenDraft, ReadDraft, read_drafts
from glossator.pipeline.review.survey import WHOLE_TEXTS, Survey
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.check_names import KnownNames, name_hashes
from glossator.stages.proof.findings import DraftFinding, Proof
from glossator.stages.proof.prove import prove
from glossator.stages.proof.sources import ArticleText, KnownArticle, SearchedArchive
from glossator.stages.resolve.shared_names import FormUse
from glossator.text import digest

SECONDS = 60
"""CPU seconds that the comparison of one draft may take."""
_ANALYSIS = msgspec.msgpack.Decoder(Analysis)


class Scope(msgspec.Struct, frozen=True):
    """The part of an archive that is searched."""

    public: bool = False
    """True if only what the site publishes is searched, and private names are nobody's."""
    whole_texts: bool = False
    """True if that is all of each text which is not private by itself."""
    within: str = ""
    """Folder below `content/articles/`, or tag, of the articles; empty for all."""
    since: str = ""
    """Day from which on articles are searched; empty for all."""


class ProofAids(msgspec.Struct, frozen=True):
    """Names that a caller knows already, and a function that is told of the work."""

    forms: Mapping[str, int] | None = None
    """Surface forms of names, each with the number of its articles; None for those that the last build found."""
    tell: Callable[[str], None] = lambda _: None
    """Called with what is done next."""


def prove_drafts(
    paths: ArchivePaths,
    config: Config,
    drafts: Sequence[GivenDraft],
    scope: Scope,
    aids: ProofAids | None = None,
) -> dict[str, Proof | Problem]:
    """Hold drafts against the archive; a draft that cannot be checked is a problem. Raises SiteError."""
    aids = aids or ProofAids()
    settings = replace(config.build, executor=PROCESSES)  # a draft never leaves this machine
    with Workers(settings) as workers, ThreadPoolExecutor(1) as thread:
        reading = thread.submit(read_drafts, config, workers, tuple(drafts))  # it loads a language model meanwhile
        aids.tell("Looking through the articles")
        with open_proving(paths, config, workers, scope) as proving:
            proving.given_forms = aids.forms
            proving.load()
            aids.tell("Reading the draft for its names and quotations")
            read = reading.result()
            aids.tell(f"Holding the draft against {proving.articles:,} articles")
            return {given.name: proving.prove(given.name, read[given.name]) for given in drafts}


@contextmanager
def open_proving(paths: ArchivePaths, config: Config, workers: Workers, scope: Scope) -> Iterator[Proving]:
    """Open an archive to hold drafts against it; its index is brought up to date first. Raises SiteError."""
    check_archive(paths.content)
    with Cache(paths.cache) as cache:
        context = BuildContext(paths, config, cache, workers, lambda *_: None)
        store = read_articles(context)
        index = index_passages(context, store)
        if index.changed:
            commit(cache, index)
        if scope.whole_texts:
            store = read_article_store(paths.articles, policy=WHOLE_TEXTS)
        yield Proving(context, store, index, scope)


class Proving:
    """An archive that drafts are held against. State: the articles that were opened, the names that were given."""

    def __init__(self, context: BuildContext, store: ArticleStore, index: Namespace, scope: Scope) -> None:
        self._context, self._store, self._scope = context, store, scope
        self._stored = {article.head.id: article for article in store.kept if _is_in(article, scope)}
        decided, _ = read_decided(context)
        published = published_ids.read_lock(context.paths.content)
        entries: tuple[str, ...] = ()
        if scope.public:
            near = find_near_names(context, open_archive(context, decided), decided, published, self._archive_names)
            entries = near.added(decided.decisions).private
        self._private = tuple(private_names([name], ()) for name in private_names(entries, published).whole)
        self._index = index
        self.given_forms: Mapping[str, int] | None = None

    @property
    def articles(self) -> int:
        """Number of the articles that are searched."""
        return len(self._stored)

    @cached_property
    def _archive(self) -> SearchedArchive:
        state = self._index.value(PASSAGE_STATE, PassageIndexState())
        if self._scope.public:
            state = narrowed(state, self._published_parts())
        index = PassageIndex(state, lambda keys: self._index.read(BUCKETS, keys))
        known = {key: _known(article) for key, article in self._stored.items() if key in state.articles}
        return SearchedArchive(index, known, self._open, self._analysis)

    @cached_property
    def _publications(self) -> Publications:
        return Publications(self._archive.known)

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames(self._forms, self._authors())

    def _archive_names(self) -> ArchiveNames:
        heads = (article.head for article in self._stored.values())
        return archive_names(read_stored(self._context.cache, FORM_USES), heads)

    def load(self) -> None:
        """Read what every draft needs, while the process of a draft still loads its language model."""
        _ = self._archive, self._publications, self._states

    def prove(self, name: str, read: ReadDraft | Problem) -> Proof | Problem:
        """Return the findings about a draft; the problem of one that could not be read, or takes too long."""
        if isinstance(read, Problem):
            return read
        try:
            with limited(Limits(SECONDS)):
                findings, numbers = prove(read.draft, read.analysis, self._archive, self._publications, self._names)
        except LimitReached:
            return Problem("draft", name, f"was not checked: it takes more than {SECONDS} seconds; divide it")
        languages = {
            (article.head.language or self._context.config.site.language)[:2] for article in self._stored.values()
        }
        if read.language[:2] not in languages:
            findings = tuple(_in_another_language(finding) for finding in findings)
        if self._private:
            findings = tuple(_without_private(finding, self._private) for finding in findings)
        return Proof(read.source, findings, numbers)

    def _open(self, key: ArticleId) -> ArticleText | None:
        article = self._stored[key]
        whole = self._text(article)
        if whole is None:
            return None
        known = self._archive.known[key]
        text = markup.read(whole)
        published = len(text.content)
        if not self._scope.public and article.head.rights != "full":
            published = self._published_length(article)
        return ArticleText(known, text, published)

    def _text(self, article: StoredArticle) -> str | None:
        """Return the Markdown of an article as far as it may be searched."""
        if not self._scope.public:
            return whole_text(self._store, article)
        try:
            return self._store.open(article).markdown
        except SiteError:
            return None

    def _published_parts(self) -> dict[ArticleId, Hashes | None]:
        """Return the hashes of what the site publishes of each article; None if that is the whole text."""
        parts: dict[ArticleId, Hashes | None] = {}
        for article in self._store.kept:
            head = article.head
            if head.rights == "full" and not article.hidden:
                parts[head.id] = None
            elif head.rights != "private" and (text := self._text(article)) is not None:
                parts[head.id] = hashes(text)
        return parts

    def _published_length(self, article: StoredArticle) -> int:
        """Return the length of the text of an article that the site publishes; it is the beginning of the whole."""
        if article.head.rights != "excerpt":
            return 0
        try:
            return len(markup.read(self._store.open(article).markdown).content)
        except SiteError:
            return 0

    def _analysis(self, key: ArticleId) -> Analysis | None:
        """Return what was found in an article: by the last build, or now if it looked at less of the text."""
        article, cache, config = self._stored[key], self._context.cache, self._context.config
        text = self._text(article)
        if text is None:
            return None
        state = self._states.get(key)
        if state and state.text == digest(text) and (row := cache.result(state.key)):
            return _ANALYSIS.decode(row)
        file = structs.replace(
            stage_runs.article_file(self._store, article, config.site.language), text=digest(text), markdown=text
        )
        stage = structs.replace(stage_runs.annotate_stage(config.annotate), risky=lambda _: True)
        (result,) = run_memoised(cache, self._context.workers, stage, [file], lambda *_: None)
        return result.value if isinstance(result.value, Analysis) else None

    @cached_property
    def _states(self) -> Mapping[ArticleId, ArticleState]:
        """The articles as the last build left them, whatever it was based on."""
        rows = self._context.cache.rows(ARTICLE_STATES.namespace.name, VALUES, [ARTICLE_STATES.name])
        row = rows.get(ARTICLE_STATES.name)
        return msgspec.msgpack.decode(row, type=dict[ArticleId, ArticleState]) if row else {}

    def _forms(self) -> dict[str, int]:
        """Return the surface forms of the names of articles, each with the number of its articles."""
        rows = self.given_forms
        if rows is None:
            rows = form_counts(read_stored(self._context.cache, FORM_USES))
            gone = self._forms_gone() if self._scope.public else frozenset()
            rows = {form: number for form, number in rows.items() if form not in gone}
        return {form: number for form, number in rows.items() if not self._is_private(form)}

    def _forms_gone(self) -> AbstractSet[str]:
        """Return the forms of articles that changed since the last build and stand in no published text any more."""
        texts = {article.head.id: article.text for article in self._store.kept if article.head.rights != "private"}
        changed = [key for key, state in self._states.items() if texts.get(key) != state.text]
        offered = read_stored(self._context.cache, OFFERED_NAMES, changed).values()
        forms = {form for row in offered for form, _ in row.marked}
        return {form for form in forms if not self._archive.holders(name_hashes(form))}

    def _authors(self) -> dict[str, int]:
        """Return the authors of the articles that are searched, each with the number of articles."""
        authors = Counter(author for article in self._stored.values() for author in article.head.authors)
        return {name: count for name, count in authors.items() if not self._is_private(name)}

    def _is_private(self, name: str) -> bool:
        return any(names_private(name, private) for private in self._private)


def form_counts(rows: Mapping[str, FormUse]) -> dict[str, int]:
    """Return surface forms of names, each with the number of its articles."""
    return {form: sum(row.counts.values()) for form, row in rows.items() if row.counts}


def forms_of(survey: Survey) -> dict[str, int]:
    """Return the surface forms of all names of a survey, each with the number of its articles."""
    return form_counts(survey.found.namespace.read_all(FORM_USES))


def _is_in(article: StoredArticle, scope: Scope) -> bool:
    head = article.head
    if scope.public and head.rights == "private":
        return False
    if scope.since and (head.date or "") < scope.since:
        return False
    folder = scope.within.strip("/").removeprefix("articles/")
    within = PurePosixPath(article.file).is_relative_to(folder) if folder else True
    return within or scope.within.casefold() in {tag.casefold() for tag in head.tags}


def _known(article: StoredArticle) -> KnownArticle:
    head = article.head
    where = host(head.source or "")
    return KnownArticle(head, f"articles/{article.file}", head.site or where, where, article.article_links.address)


def _in_another_language(finding: DraftFinding) -> DraftFinding:
    if finding.kind != "absent":
        return finding
    return structs.replace(finding, message=f"{finding.message} The draft is in another language than the archive.")


def _without_private(finding: DraftFinding, private: tuple[PrivateNames, ...]) -> DraftFinding:
    """Return a finding that tells no private name which its draft does not hold at the place."""
    own = [names for names in private if not names_private(finding.text, names)]
    if finding.speaker and any(names_private(finding.speaker, names) for names in private):
        finding = structs.replace(finding, speaker=None)
    near = tuple(name for name in finding.nearest if not any(names_private(name, names) for names in private))
    finding = structs.replace(finding, nearest=near)
    texts = [finding.message, *(change.archive for change in finding.difference)]
    if finding.place:
        texts += [finding.place.passage.text, finding.place.title]
    if not any(names_private(text, names) for text in texts for names in own):
        return finding
    if finding.kind in ("verbatim", "speaker"):
        return structs.replace(finding, kind="verbatim", message="Stands so in the archive.", speaker=None)
    return structs.replace(
        finding, kind="absent", message="Nothing like it is in the archive.", place=None, difference=(), speaker=None
    )
