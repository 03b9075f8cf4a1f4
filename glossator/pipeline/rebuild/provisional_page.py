"""The page of an article that was saved just now, as far as it is known without resolving the rest of the archive.

The preview shows it at once; a moment later the build corrects what is different.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import msgspec

from glossator import site_paths, slugs
from glossator.content.article_store import StoredArticle, read_article_file
from glossator.incremental.cache import Reader, RowDecoder
from glossator.incremental.namespace import read_stored
from glossator.incremental.schema import (
    DATED,
    ENTITIES,
    LISTING_COLOURS,
    OFFERED_NAMES,
    RELATED,
    RESOLVED,
    SHARED_PASSAGES,
)
from glossator.markup import Colours
from glossator.model import Analysis, ArticleId, Entity, EntityId, Name, Output
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.find_colours import colours_of, texts_with_listings
from glossator.pipeline.analysis.find_names import find_names
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.build import BuildResult
from glossator.pipeline.context import BuildContext, rights_policy
from glossator.pipeline.rendering.compose import PageJob, PageSources, make_article_pages
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages import render
from glossator.stages.plan import Catalogue, Excerpt, PlannedPage
from glossator.stages.plan.catalogue.profiles import profiles_of
from glossator.stages.resolve.update.stored_rows import Resolved

_ANALYSIS: RowDecoder[Analysis] = RowDecoder(Analysis)


def provisional_page(context: BuildContext, last: BuildResult, file: Path) -> Output | None:
    """Return the page of an article of which only the text or the head changed; None for any other change.

    None, too, for a page that exceeds a limit: the build finds out what can be shown of it. `last` is the result of the
    last build, `file` the file that was saved.
    """
    stored = _changed_article(last, file)
    if stored is None:
        return None
    reader, key = Reader(context.cache.path), stored.head.id
    article = stage_runs.article_file(last.store, stored, context.config.site.language)
    shared = {key: row.shared for key, row in read_stored(reader, OFFERED_NAMES, [key]).items()}
    named, _ = find_names(context, [article], last.decided, shared)
    last_analysis = reader.result(last.states[key].key)
    if key not in named or last_analysis is None:
        return None
    analysis = named[key].analysis
    catalogue = _provisional_catalogue(last, stored, reader, (_ANALYSIS.decode(last_analysis), analysis))
    catalogue = _with_colours(context, catalogue, article, reader)
    environment = render.environment(last.theme.templates, catalogue.site.words)
    sources = PageSources(catalogue.site, lambda: catalogue, environment, lambda _, __: analysis, _no_excerpt)
    page = PlannedPage(site_paths.article_path(key), "article", key)
    (rendered,) = make_article_pages(sources, [PageJob(page, article, named[key].key)], [None], context.workers.limits)
    return None if rendered.content is None else Output(rendered.path, rendered.content)


def _changed_article(last: BuildResult, file: Path) -> StoredArticle | None:
    """Return the article of a file if the last build knew it, as public and at the same address."""
    store = last.store
    if not file.is_relative_to(store.folder) or not file.is_file():
        return None
    name = file.relative_to(store.folder).as_posix()
    record, now = store.looked.get(name), read_article_file(store.folder, name, rights_policy(last.config))
    old, stored = record.kept if record else None, now.kept
    if old is None or stored is None or stored.head.id not in last.states:
        return None
    same = (old.head.id, old.head.rights) == (stored.head.id, stored.head.rights)
    return stored if same else None


def _provisional_catalogue(
    last: BuildResult, stored: StoredArticle, reader: Reader, analyses: tuple[Analysis, Analysis]
) -> Catalogue:
    """Return the catalogue with the article as it is now; `analyses` are those of the last build and of now."""
    catalogue, key = last.catalogue, stored.head.id
    read = partial(read_stored, reader)
    entities, as_stored = (
        stored_table(read, ENTITIES, catalogue.content.spread),
        stored_table(read, RESOLVED, last.states),
    )
    names = _resolve_by_form(analyses, as_stored[key], entities)
    resolved: Mapping[ArticleId, Resolved] = ChainMap({key: names}, as_stored)  # type: ignore[arg-type]  # only read
    related = stored_table(read, RELATED, last.states)
    shared = stored_table(read, SHARED_PASSAGES, catalogue.content.shared)
    dated = stored_table(read, DATED, catalogue.content.dated_digests)
    content = msgspec.structs.replace(
        catalogue.content, entities=entities, resolved=resolved, related=related, shared=shared, dated=dated
    )
    heads = {**catalogue.heads, key: stored.head}
    return msgspec.structs.replace(catalogue, content=content, heads=heads, profiles=profiles_of(entities))


def _with_colours(context: BuildContext, catalogue: Catalogue, article: ArticleFile, reader: Reader) -> Catalogue:
    """Return the catalogue with the colours of the article's listings as they are now, and all others as stored."""
    stored = stored_table(partial(read_stored, reader), LISTING_COLOURS, catalogue.content.listings)
    now = {text.key: colours for text, colours, _ in colours_of(context, texts_with_listings([article], (), ()))}
    listings: Mapping[str, Colours] = ChainMap({article.head.id: {}, **now}, stored)  # type: ignore[arg-type]  # only read
    content = msgspec.structs.replace(catalogue.content, listings=listings)
    return msgspec.structs.replace(catalogue, content=content)


def _resolve_by_form(
    analyses: tuple[Analysis, Analysis], resolved: Resolved, entities: Mapping[EntityId, Entity]
) -> Resolved:
    """Return the entity of each name: the one that the form meant before, else the entity of exactly this name."""
    old, now = analyses
    by_form = {
        (form, name.type): entity for name, entity in zip(old.names, resolved, strict=True) for form, _ in name.forms
    }

    def entity_of(name: Name) -> EntityId | None:
        if (name.form, name.type) in by_form:
            return by_form[name.form, name.type]
        entity = EntityId(slugs.slug(name.form))
        return entity if entity in entities and entities[entity].type == name.type else None

    return tuple(map(entity_of, now.names))


def _no_excerpt(article: ArticleId) -> Excerpt:
    raise AssertionError(f"the page of an article quotes no other: {article}")
