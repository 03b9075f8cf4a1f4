"""Steps of a build: what people saved and wrote -> names -> everything else in the texts -> the pages of the site.

Each returns one value, which later steps take whole: what a new feature finds is a field of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

import msgspec

from glossator.content import published_ids
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.own_texts import OwnPages, read_pages, readable
from glossator.content.theme import Theme
from glossator.incremental.namespace import Namespace
from glossator.model import ArticleId, PrivateNames, PublishedId
from glossator.naming.private_names import private_names, with_evidence
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.answer_questions import FoundAnswers, answer_questions, with_questions
from glossator.pipeline.analysis.asked_archive import AskedArchive
from glossator.pipeline.analysis.find_colours import ListingColours, find_colours, texts_with_listings
from glossator.pipeline.analysis.find_dates import FoundDates, find_dates
from glossator.pipeline.analysis.find_entities import FoundArticles, FoundEntities, find_entities
from glossator.pipeline.analysis.find_highlights import FoundHighlights, find_highlights
from glossator.pipeline.analysis.find_names import Decided, read_decided, unread_languages, without_private
from glossator.pipeline.analysis.find_related import FoundRelated, find_related
from glossator.pipeline.analysis.find_shared_passages import FoundSharedPassages, find_shared_passages
from glossator.pipeline.analysis.find_topics import FoundTopics, find_topics
from glossator.pipeline.analysis.index_passages import index_passages
from glossator.pipeline.analysis.place_highlights import PlacedImports, place_highlights
from glossator.pipeline.analysis.stored_archive import site_content
from glossator.pipeline.context import BuildContext, Problems
from glossator.pipeline.ingest.article_images import PictureCheck, check_pictures
from glossator.pipeline.ingest.convert import ConversionResult
from glossator.pipeline.ingest.duplicates_and_versions import ArticleVersions, split_versions
from glossator.pipeline.rendering.page_limits import PageLimits
from glossator.pipeline.rendering.plan import SitePlan, plan_site
from glossator.pipeline.rendering.site_wide import StaticFiles, site_facts, static_files
from glossator.pipeline.rendering.stale_pages import StalePages, stale_pages
from glossator.pipeline.review.disclosure import private_remains
from glossator.pipeline.review.kept_back_names import without_kept_back_names
from glossator.pipeline.review.own_text_links import kept_back
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages.plan import HOME, SiteContent
from glossator.views import Site


class Ingested(msgspec.Struct, frozen=True):
    """Everything that people saved and wrote, read; nothing is known yet of what stands in it."""

    converted: ConversionResult
    limits: PageLimits
    versions: ArticleVersions
    """The articles that the site shows."""
    newest: Mapping[ArticleId, ArticleFile]
    """Files of the newest versions, in which names are looked for."""
    older: Mapping[ArticleId, ArticleFile]
    decided: Decided
    published: tuple[PublishedId, ...]
    """Ids of entities that earlier builds gave out."""
    own_pages: OwnPages
    pictures: PictureCheck
    site: Site
    problems: Problems

    @property
    def files(self) -> dict[ArticleId, ArticleFile]:
        """All articles that are shown, older versions included."""
        return {**self.newest, **self.older}


def read_sources(context: BuildContext, theme: Theme, converted: ConversionResult, limits: PageLimits) -> Ingested:
    """Read everything that people wrote, and check pictures; `limits` say which articles are left out."""
    site, no_words = site_facts(context, theme)
    versions = split_versions(limits.shown(converted.public))
    decided, decision_problems = read_decided(context)
    own_pages, pictures = _own_pages(context), check_pictures(context)
    return Ingested(
        converted,
        limits,
        versions,
        newest=_article_files(converted.store, versions.newest, site.language),
        older=_article_files(converted.store, chain.from_iterable(versions.others.values()), ""),
        decided=without_private(decided) if context.config.private else decided,
        published=published_ids.read_lock(context.paths.content),
        own_pages=own_pages,
        pictures=pictures,
        site=site,
        problems=(*no_words, *limits.problems, *decision_problems, *own_pages.problems, *pictures.problems),
    )


class Named(msgspec.Struct, frozen=True):
    """The entities of the archive, and who of them is private."""

    found: FoundEntities
    private: PrivateNames
    """Private names, with what the archive tells about their surnames, and in which articles a whole one stands."""
    content: SiteContent
    """Articles, entities, own pages and pictures; nothing that is read or counted in articles besides their names."""
    problems: Problems


def name_entities(context: BuildContext, ingested: Ingested) -> Named:
    """Find the entities of the archive. Raises Overtaken if there is something newer to build."""
    converted, decided, published = ingested.converted, ingested.decided, ingested.published
    archive, problems = find_entities(context, ingested.newest, decided, published)
    context.give_way()
    content = site_content(
        archive, ingested.versions, ingested.own_pages.pages, ingested.pictures, ingested.limits.bare
    )
    private = with_evidence(
        private_names(archive.decisions.private, published), content.entities.values(), archive.names_in
    )
    stated = private_names(decided.decisions.private, published)
    return Named(
        archive,
        private,
        msgspec.structs.replace(
            content,
            renames=converted.renames,
            other_sources=converted.other_sources,
            kept_back=kept_back(private.whole, converted.store, ingested.own_pages),
        ),
        (
            *without_kept_back_names(context.paths.content, converted.store, archive, decided, problems),
            *private_remains(content.entities.values(), stated),
            *unread_languages(context.config.annotate, ingested.files.values()),
        ),
    )


def with_private_names(context: BuildContext, private: PrivateNames) -> BuildContext:
    """Return the context of a site that says nothing of private entities; a decision may name one by its id."""
    plan = replace(context.config.plan, private_names=private)
    return msgspec.structs.replace(context, config=replace(context.config, plan=plan))


class Analysed(msgspec.Struct, frozen=True):
    """Everything that is found in the texts. Its rows are in the namespaces, not committed yet."""

    named: Named
    related: FoundRelated
    shared: FoundSharedPassages
    topics: FoundTopics
    dates: FoundDates
    imported: PlacedImports
    highlights: FoundHighlights
    listings: ListingColours
    answers: FoundAnswers
    passages: Namespace

    @property
    def namespaces(self) -> Iterator[Namespace]:
        for part in (self.named.found, self.related, self.topics, self.dates, self.highlights, self.listings):
            yield part.namespace
        yield self.answers.namespace
        yield self.shared.namespace
        yield self.passages
        yield self.imported.namespace

    @property
    def problems(self) -> Problems:
        found = (self.named, self.imported, self.highlights, self.listings, self.answers)
        return tuple(problem for part in found for problem in part.problems)

    def content(self) -> SiteContent:
        """Return all that the site can show, without the links of own texts, which the plan has."""
        return msgspec.structs.replace(
            self.named.content,
            dated=self.dates.sentences,
            dated_digests=self.dates.digests,
            chronology=self.dates.articles,
            chronology_parts=self.dates.parts,
            related=self.related.related,
            shared=self.shared.shared,
            wordless=self.related.wordless,
            topics=self.topics.topics,
            ties=self.topics.ties,
            former_topics=self.topics.redirects,
            highlights=self.highlights.placed,
            listings=self.listings.colours,
            answers=self.answers.answers,
        )


def analyse_articles(context: BuildContext, ingested: Ingested, named: Named) -> Analysed:
    """Bring up to date all that is found in articles besides their names."""
    heads, files, archive = named.content.heads, ingested.newest, named.found
    related = find_related(context, files, heads)
    converted = ingested.converted
    passages = index_passages(context, converted.store)
    imported = place_highlights(context, converted.store, converted.highlights, passages)
    texts = texts_with_listings(ingested.files.values(), ingested.own_pages.pages, ingested.decided.notes)
    topics = find_topics(context, named.content, archive.change, related, ingested.converted.renames)
    highlights = find_highlights(context, heads, files, context.config.plan.private_names)
    shared = find_shared_passages(context, heads, files)
    return Analysed(
        named,
        related,
        shared,
        topics=topics,
        dates=find_dates(context, heads, archive.states),
        imported=imported,
        highlights=highlights,
        listings=find_colours(context, texts),
        answers=_answers(context, ingested, named, (topics, highlights, shared)),
        passages=passages,
    )


def _answers(
    context: BuildContext,
    ingested: Ingested,
    named: Named,
    parts: tuple[FoundTopics, FoundHighlights, FoundSharedPassages],
) -> FoundAnswers:
    """Answer the questions of own pages, which may ask for several parts of what was found."""
    topics, highlights, shared = parts
    content, found = named.content, named.found
    articles = FoundArticles(ingested.newest, found, ingested.decided)
    archive = AskedArchive(
        heads={head.id: head for head in content.heads},
        files=ingested.newest,
        entities=content.entities,
        resolved=content.resolved,
        found=found,
        topics=topics.topics,
        highlights=highlights.placed,
        shared=shared.shared,
        private=context.config.plan.private_names,
        words=ingested.site.words,
        analysis=lambda key: articles.analysis(context, ingested.newest[key], found.states[key].key),
    )
    digests = {key: f"{content.head_digests[key]} {content.text_digests[key]}" for key in archive.heads}
    return answer_questions(context, archive, content.pages, found.change, digests)


class Planned(msgspec.Struct, frozen=True):
    """Every file that the site will have, and the pages among them that may have to be rendered."""

    analysed: Analysed
    plan: SitePlan
    statics: StaticFiles
    stale: StalePages


def plan_files(context: BuildContext, theme: Theme, ingested: Ingested, analysed: Analysed) -> Planned:
    """Plan the site of what was analysed, and find its stale pages."""
    content = analysed.content()
    asks = any(page.questions and page.name != HOME for page in content.pages)
    site = msgspec.structs.replace(ingested.site, empty=not content.heads, topics=bool(content.topics), pages=asks)
    plan = plan_site(context, content, analysed.named.found, (analysed.related.changed, analysed.shared.changed), site)
    statics = static_files(context.paths, theme, plan.catalogue, ingested.pictures.published)
    return Planned(analysed, plan, statics, stale_pages(context, theme, plan, statics.paths))


def _article_files(
    store: ArticleStore, articles: Iterable[StoredArticle], language: str
) -> dict[ArticleId, ArticleFile]:
    return {article.head.id: stage_runs.article_file(store, article, language) for article in articles}


def _own_pages(context: BuildContext) -> OwnPages:
    read = read_pages(context.paths.content / "pages", context.config.private)
    kept, unreadable = readable(read.pages, lambda page: (page.file, page.markdown))
    pages, unasked = with_questions(kept)
    return read._replace(pages=pages, problems=(*read.problems, *unreadable, *unasked))
