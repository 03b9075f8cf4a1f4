"""The resolved archive -> the data that all formats see."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path

import msgspec

from glossator import markup, slugs
from glossator.content import article_files
from glossator.content.article_store import read_article_store
from glossator.content.own_texts import read_pages
from glossator.export.data import (
    ArchiveData,
    ArticleData,
    DatedData,
    DescriptorData,
    EntityData,
    MentionData,
    QuoteData,
    SharedData,
    VerifiedData,
)
from glossator.model import Analysis, ArticleHead, ArticleId, Entity, EntityId, PrivateNames, Rights
from glossator.naming.private_names import has_whole_name, is_part_of, names_private, private_names, with_evidence
from glossator.pipeline.analysis.find_shared_passages import find_shared_passages
from glossator.pipeline.context import rights_policy
from glossator.pipeline.review.own_text_links import kept_back
from glossator.pipeline.review.survey import Survey
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.rights import RightsPolicy
from glossator.stages.chronology import NamesAndTimes, dated_sentences
from glossator.stages.plan.catalogue.private_names import descriptor_of, public, public_dated, public_head
from glossator.stages.plan.catalogue.profiles import profile_of
from glossator.stages.plan.parts.listed_facts import listed_address

PRIVATE_COPY = "private copy"


def archive_data(survey: Survey, wanted: Container[ArticleId] | None = None) -> ArchiveData:
    """Read every article of the survey again; return the data of the archive. Raises Unusable for one that has changed.

    The survey of a private site gives the owner's own copy, whose title says so. If there are `wanted` articles, no
    others are read.
    """
    config = survey.context.config
    title = f"{config.site.title} ({PRIVATE_COPY})" if config.private else config.site.title
    heads = {head.id: head for head in survey.heads}
    files = {file.head.id: file for file in survey.public}
    private = private_names_of(survey)
    shown = (
        public_head(heads[article], private)
        for article in heads
        if article in files and (wanted is None or article in wanted)
    )
    confirmed = frozenset(entity.id for entity in survey.archive.entities if entity.origin == "person")
    articles = tuple(_article(survey, head, files[head.id], private, confirmed) for head in shown)
    held = cache(partial(kept_back_slugs, survey, private))
    records = {record.name.casefold(): VerifiedData(record.by, record.at) for record in survey.decisions.verified}
    entities = tuple(
        msgspec.structs.replace(_entity(entity, private, held), verified=_verified(entity, records))
        for entity in survey.archive.entities
        if entity.is_shown
    )
    shown_files = {article.id: files[ArticleId(article.id)] for article in articles}
    shared = tuple(_shared(survey, private, heads, shown_files))
    return ArchiveData(title, config.site.url, articles, entities, config.private, shared)


def _shared(
    survey: Survey, private: PrivateNames, heads: Mapping[ArticleId, ArticleHead], files: Mapping[str, ArticleFile]
) -> Iterator[SharedData]:
    """Yield the passages that several of the articles have."""
    plan = replace(survey.context.config.plan, private_names=private)
    context = msgspec.structs.replace(survey.context, config=replace(survey.context.config, plan=plan))
    shown = {ArticleId(key): file for key, file in files.items()}
    rows = find_shared_passages(context, [heads[key] for key in shown], shown).shared
    for key in shown:
        for passage in rows[key].passages if key in rows else ():
            days = heads[key].stated_day, heads[passage.other].stated_day
            order = "same day" if days[0] == days[1] else "earlier" if days[0] < days[1] else "later"
            alike = round(passage.equal / passage.words, 2)
            yield SharedData(key, passage.start, passage.end, passage.other, alike, order if all(days) else "undated")


def owners_words(survey: Survey) -> frozenset[str]:
    """Return what the owner of the archive wrote besides the articles, and what countries are called on the site.

    That is the title, and names in decisions and notes.
    """
    entities = survey.archive.entities
    given = {name for names in survey.decisions.rename for name in names}
    given |= {split.entity for split in survey.decisions.splits}
    given |= {record.by for record in survey.decisions.verified}
    noted = [entity for entity in entities if entity.note]
    names = {name for entity in noted for name in entity.forms}
    names |= {entity.name for entity in entities if entity.country}
    held = cache(partial(kept_back_slugs, survey, private_names_of(survey)))
    notes = {_note(entity, held) for entity in noted}
    site = survey.context.config.site
    return frozenset({site.title, site.description, *given, *names, *notes})


def _article(
    survey: Survey, head: ArticleHead, file: ArticleFile, private: PrivateNames, confirmed: frozenset[EntityId]
) -> ArticleData:
    analysis = survey.analysis(head.id)
    resolved = survey.archive.resolved.get(head.id, ())
    markdown = read_markdown(file)
    text = text_of(file, markdown).content
    return ArticleData(
        id=head.id,
        title=head.title,
        source=head.source,
        site=head.site,
        authors=head.authors,
        published=head.published,
        saved=head.saved,
        language=head.language,
        description=public(head.description or "", private) or None,
        tags=head.tags,
        rights=_stated_rights(file) if survey.context.paths.private else head.rights,
        markdown=markup.published_markdown(markdown),
        text=text,
        mentions=tuple(
            mention
            for mention in _mentions(analysis, resolved)
            if mention.entity in confirmed or not is_part_of(text[mention.start : mention.end], private)
        ),
        quotes=tuple(_quotes(analysis, resolved, private)),
        dated=tuple(_dated(head, analysis, private)),
    )


def _stated_rights(file: ArticleFile) -> Rights:
    """Return the rights that an article states itself, which a private site passes over."""
    return article_files.read(Path(file.path), file.label, RightsPolicy(whole=True)).own


def _mentions(analysis: Analysis, resolved: tuple[EntityId | None, ...]) -> Iterator[MentionData]:
    for mention in analysis.mentions:
        if (entity := resolved[mention.name]) is not None:
            yield MentionData(mention.start, mention.end, entity)


def _quotes(analysis: Analysis, resolved: tuple[EntityId | None, ...], private: PrivateNames) -> Iterator[QuoteData]:
    if private and any(has_whole_name(form, private) for name in analysis.names for form, _ in name.forms):
        private = msgspec.structs.replace(private, articles=(*private.articles, analysis.article))
    for quote in analysis.quotes:
        if quote.name is None or names_private(f"{quote.text} {quote.attribution}", private, analysis.article):
            continue
        if (entity := resolved[quote.name]) is not None:
            yield QuoteData(quote.start, quote.end, entity)


def _dated(head: ArticleHead, analysis: Analysis, private: PrivateNames) -> Iterator[DatedData]:
    ends = {sentence.start: sentence.end for sentence in analysis.timed}
    times = NamesAndTimes(analysis.names, analysis.mentions, analysis.timed)
    for dated in public_dated(dated_sentences(head, times), private):
        yield DatedData(dated.start, ends[dated.start], dated.date, dated.relative)


def private_names_of(survey: Survey) -> PrivateNames:
    """Return the private names, with what the archive says of them; none in the owner's own copy."""
    if survey.context.config.private:
        return PrivateNames()
    private = private_names(survey.decisions.private, survey.published)
    return with_evidence(private, survey.archive.entities, survey.found.names_in)


def kept_back_slugs(survey: Survey, private: PrivateNames) -> frozenset[str]:
    """Return the slugs of what no link of a note may tell; only asked for if a note has links by name."""
    paths, config = survey.context.paths, survey.context.config
    store = read_article_store(paths.articles, policy=rights_policy(config))
    return kept_back(private.whole, store, read_pages(paths.content / "pages", config.private))


def _note(entity: Entity, held: Callable[[], frozenset[str]]) -> str:
    """Return the note of an entity; its links within the site are words."""
    note = entity.note.markdown if entity.note else ""
    return markup.without_links(note, lambda name: slugs.slug(name) in held())


def _verified(entity: Entity, records: Mapping[str, VerifiedData]) -> VerifiedData | None:
    """Return who decided about an entity last, and when; `records` are by name or id, in lower case."""
    forms = (form.casefold() for form in (entity.id, *entity.forms))
    return max((records[form] for form in forms if form in records), key=attrgetter("at"), default=None)


def _entity(entity: Entity, private: PrivateNames, held: Callable[[], frozenset[str]]) -> EntityData:
    introduction = entity.introduction if descriptor_of(entity, private) else None
    address = listed_address(profile_of(entity))
    return EntityData(
        id=entity.id,
        name=entity.name,
        type=str(entity.stated_type),
        aliases=tuple(form for form, _ in entity.aliases),
        origin=entity.origin,
        page=entity.page,
        descriptor=DescriptorData(introduction.text, introduction.article) if introduction else None,
        note=_note(entity, held),
        articles=tuple(appearance.article for appearance in entity.appearances),
        same_as=(address,) if address else (),
    )
