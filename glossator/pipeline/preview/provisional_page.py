"""The page of an article that was saved just now, as far as it can be told without the rest of the archive.

For the preview: whoever writes sees the page at once; a moment later the build puts it right where that is needed.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from glossator import urls
from glossator.config import Config
from glossator.content.article_store import ArticleStore, StoredArticle, read_article_file
from glossator.content.stamps import FileTimes
from glossator.content.theme import Theme
from glossator.incremental import templates
from glossator.incremental.cache import Reader
from glossator.model import Analysis, ArticleId, Digest, Entity, EntityId, Fingerprint, Name, Output
from glossator.pipeline import stage_runs
from glossator.pipeline.compose import PageJob, PageSources, make
from glossator.pipeline.context import BuildContext, Decided, annotated, recall
from glossator.pipeline.find_entities import ARCHIVE, BORROWED, NAMES, ArticleState, Resolved
from glossator.pipeline.stored_archive import lazy_archive
from glossator.stages.plan import Catalogue, Excerpt, PlannedPage

_ANALYSIS = msgspec.msgpack.Decoder(Analysis)


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What a build knew when it was done: the ground of a sketch."""

    build: int
    """Its number."""
    config: Config
    design: Theme
    decided: Decided
    store: ArticleStore
    seen: Mapping[ArticleId, ArticleState]
    catalogue: Catalogue
    """Its rows are those of the build, and cannot be read any more."""
    articles: Mapping[str, FileTimes] | None = None
    """The files in the folder of articles before they were read; None where none was converted."""


def provisional_page(context: BuildContext, standing: LastBuild, file: Path) -> Output | None:
    """The page of an article of which only the text or the head changed; None for anything else."""
    kept = _changed(standing, file)
    if kept is None:
        return None
    reader = Reader(context.cache.path)
    article, key = stage_runs.article_file(standing.store, kept, context.config.site.language), kept.head.id
    row = reader.rows(ARCHIVE, BORROWED, [key]).get(key)
    theirs = {key: NAMES.decode(row)} if row else {}
    found = recall(context, [article], annotated(context, [article]), standing.decided, theirs).get(key)
    before = reader.result(standing.seen[key].key)
    if found is None or before is None:
        return None
    catalogue = _with(standing, kept, reader, (_ANALYSIS.decode(before), found[0]))
    environment = templates.environment(context.cache, standing.design.templates)
    desk = PageSources(catalogue.site, lambda: catalogue, environment, lambda _, __: found[0], _unquoted)
    sheet = PlannedPage(urls.article_path(key), "article", key, (key,), Fingerprint(Digest("")))
    made = make(desk, PageJob(sheet, article, found[1]))
    assert made.content is not None, "nothing is known of the file that is there"
    return Output(made.path, made.content)


def _changed(standing: LastBuild, file: Path) -> StoredArticle | None:
    """The article of a file, if it is one that was there before, as public and at the same address."""
    if not file.is_relative_to(standing.store.folder) or not file.is_file():
        return None
    name = file.relative_to(standing.store.folder).as_posix()
    known, now = standing.store.looked.get(name), read_article_file(standing.store.folder, name)
    before, kept = known.kept if known else None, now.kept
    if before is None or kept is None or kept.head.id not in standing.seen:
        return None
    same = (before.head.id, before.head.rights) == (kept.head.id, kept.head.rights)
    return kept if same else None


def _with(standing: LastBuild, kept: StoredArticle, reader: Reader, found: tuple[Analysis, Analysis]) -> Catalogue:
    """The catalogue in which the article is as it is now; `found` is what was found in it before, and now."""
    catalogue, key = standing.catalogue, kept.head.id
    stock = catalogue.content
    entities, resolved = lazy_archive(partial(reader.rows, ARCHIVE), stock.spread, standing.seen)
    meant = _meant(found, resolved[key], entities)
    stock = replace(stock, entities=entities, resolved=ChainMap({key: meant}, resolved))  # type: ignore[arg-type]  # it is only read
    return replace(catalogue, content=stock, heads={**catalogue.heads, key: kept.head})


def _meant(found: tuple[Analysis, Analysis], resolved: Resolved, entities: Mapping[EntityId, Entity]) -> Resolved:
    """Whom the names mean: whom they meant before, else the entity that has just this name."""
    before, now = found
    known = {(form, name.type): one for name, one in zip(before.names, resolved, strict=True) for form, _ in name.forms}

    def meant(name: Name) -> EntityId | None:
        if (name.form, name.type) in known:
            return known[name.form, name.type]
        one = EntityId(urls.slug(name.form))
        return one if one in entities and entities[one].type == name.type else None

    return tuple(map(meant, now.names))


def _unquoted(article: ArticleId) -> Excerpt:
    raise AssertionError(f"the page of an article quotes no other: {article}")
