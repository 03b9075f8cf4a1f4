"""The article's page: its text with marks, its glossary, and the articles it belongs with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from glossator import markup, urls
from glossator.inverse_frequency import rarity
from glossator.markup import Mark
from glossator.model import ArticleHead, ArticleId, Entity, EntityId, SitePath
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    OpenedArticle,
    PlannedPage,
    article_link,
    entity_link,
    facts,
    fingerprint,
    frame,
    links,
)
from glossator.views import ArticleLink, ArticlePage, Frame, GlossaryEntry, GlossaryGroup, Related, VersionLink

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""

COMMON = 200
"""An entity in more articles than this says nothing about which two belong together."""

CARD_ALIASES = 4
REASONS = 3
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})


def plan(catalogue: Catalogue, article: ArticleId) -> PlannedPage:
    """The page of one article."""
    related = relations(catalogue, article)
    order, place = catalogue.stock.heads, catalogue.places[article]
    neighbours = [head.id for head in order[max(0, place - 1) : place + 2]]
    shown = [*catalogue.cited_by.get(article, ()), *neighbours, *(one.article for one in related)]
    shows = fingerprint(
        text=catalogue.stock.digests[article],
        entities=[card(catalogue.stock.entities[entity]) for entity in entities_of(catalogue, article)],
        names=catalogue.stock.resolved[article],
        related=[(one.article, one.shared) for one in related],
        head=(catalogue.stock.abouts[article], catalogue.publications[article]),
        articles=(neighbours.index(article), facts(catalogue, shown)),
        cited=sorted(catalogue.cites.get(article, {}).items()),
        pictures=catalogue.pictures.get(article, ()),
        versions=catalogue.stock.versions.get(article, ()),
    )
    ties = tuple((one.article, one.strength) for one in related)
    return PlannedPage(urls.article_path(article), "article", article, (article,), shows, ties)


def compose(catalogue: Catalogue, sheet: PlannedPage, readings: Mapping[ArticleId, OpenedArticle]) -> ArticlePage:
    reading, path = readings[ArticleId(sheet.subject)], sheet.path
    head = reading.article.head
    place = catalogue.places[head.id]
    return replace(
        bare(catalogue, reading, catalogue.publications[head.id], path, _marks(catalogue, reading, path)),
        glossary=_glossary(catalogue, reading, path),
        related=tuple(
            Related(
                article_link(catalogue, one.article, path),
                tuple(entity_link(catalogue, entity, path) for entity in one.shared),
            )
            for one in _related(catalogue, sheet)
        ),
        cited_by=tuple(article_link(catalogue, one, path) for one in catalogue.cited_by.get(head.id, ())),
        newer=_neighbour(catalogue, place - 1, path),
        older=_neighbour(catalogue, place + 1, path),
        versions=tuple(version_link(version, path) for version in catalogue.stock.versions.get(head.id, ())),
    )


def bare(
    catalogue: Catalogue, reading: OpenedArticle, publication: str, path: SitePath, marks: tuple[Mark, ...] = ()
) -> ArticlePage:
    """The page of an article as it is by itself: its text, with marks if there are any, and no other articles."""
    head = reading.article.head
    return ArticlePage(
        frame=_frame(catalogue, head, path),
        standfirst=_standfirst(head, reading.text.content),
        language=head.language or catalogue.site.language,
        direction="rtl" if (head.language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr",
        source=head.source or "",
        source_name=publication,
        site_href=f"{urls.relative(urls.SOURCES, path)}#{urls.source_anchor(publication)}" if publication else "",
        authors=head.authors,
        published=head.published or "",
        published_guessed="published" in head.guessed,
        saved=head.saved or "",
        minutes=max(1, round(len(reading.text.content.split()) / WORDS_A_MINUTE)),
        tags=head.tags,
        body=markup.weave(reading.article.markdown, marks, links(catalogue, head.id, path)),
        glossary=(),
        related=(),
        cited_by=(),
        newer=None,
        older=None,
        versions=(),
        newest=None,
    )


def version_link(head: ArticleHead, page: SitePath) -> VersionLink:
    return VersionLink(head.saved or head.published or "", urls.relative(urls.article_path(head.id), page))


def _frame(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> Frame:
    """A copy of somebody's text points to the original, and asks search engines to do the same."""
    made = frame(catalogue, path, head.title, "articles", head.description or "")
    return Frame(made.title, made.description, made.root, made.section, head.source or made.canonical, not head.source)


def _standfirst(head: ArticleHead, content: str) -> str:
    description = head.description or ""
    beginning = urls.fold_headline(content[: 2 * len(description)])
    return "" if beginning.startswith(urls.fold_headline(description.rstrip("….")) or " ") else description


def _neighbour(catalogue: Catalogue, place: int, page: SitePath) -> ArticleLink | None:
    heads = catalogue.stock.heads
    return article_link(catalogue, heads[place].id, page) if 0 <= place < len(heads) else None


def entities_of(catalogue: Catalogue, article: ArticleId) -> tuple[EntityId, ...]:
    """The entities of an article, each once, in the order of its names."""
    return tuple(dict.fromkeys(one for one in catalogue.stock.resolved[article] if one is not None))


def _marks(catalogue: Catalogue, reading: OpenedArticle, page: SitePath) -> tuple[Mark, ...]:
    resolved = catalogue.stock.resolved[reading.article.head.id]
    marks = []
    for mention in reading.analysis.mentions:
        entity = resolved[mention.name]
        if entity is not None:
            link = entity_link(catalogue, entity, page)
            marks.append(Mark(mention.start, mention.end, link.id, link.type, link.href))
    return tuple(marks)


def card(entity: Entity) -> tuple[object, ...]:
    """What an article's page says of an entity: nothing that grows with the archive."""
    introduced = entity.introduction.text if entity.introduction else ""
    note = entity.note.markdown if entity.note else ""
    return entity.id, entity.name, entity.type, introduced, note, _aliases(entity), entity.origin


def _aliases(entity: Entity) -> tuple[str, ...]:
    return tuple(form for form, _ in entity.aliases[:CARD_ALIASES])


def _glossary(catalogue: Catalogue, reading: OpenedArticle, page: SitePath) -> tuple[GlossaryGroup, ...]:
    firsts = _first_marks(catalogue, reading)
    entries = []
    for entity_id in entities_of(catalogue, reading.article.head.id):
        entity = catalogue.stock.entities[entity_id]
        entries.append(
            GlossaryEntry(
                id=entity.id,
                name=entity.name,
                type=entity.type,
                href=urls.relative(urls.entity_path(entity.id), page),
                descriptor=entity.introduction.text if entity.introduction else "",
                note=markup.first_paragraph(entity.note.markdown if entity.note else ""),
                aliases=_aliases(entity),
                origin=entity.origin,
                first=firsts.get(entity.id, ""),
            )
        )
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.id))
    groups = ((kind, tuple(entry for entry in entries if entry.type == kind)) for kind in TYPES)
    return tuple(GlossaryGroup(kind, members) for kind, members in groups if members)


def _first_marks(catalogue: Catalogue, reading: OpenedArticle) -> dict[EntityId, str]:
    resolved = catalogue.stock.resolved[reading.article.head.id]
    firsts: dict[EntityId, str] = {}
    blocks = iter(reading.text.blocks)
    block = next(blocks, None)
    for mention in reading.analysis.mentions:
        while block and block.end <= mention.start:
            block = next(blocks, None)
        entity = resolved[mention.name]
        if entity is not None and block and block.anchor and block.kind != "heading":
            firsts.setdefault(entity, f"#{block.anchor}")
    return firsts


@dataclass(frozen=True, slots=True)
class Relation:
    """An article that belongs with another one."""

    article: ArticleId
    strength: float
    shared: tuple[EntityId, ...]
    """The entities that tell the most of those that both speak of."""


def relations(catalogue: Catalogue, article: ArticleId) -> tuple[Relation, ...]:
    """The articles that share the most telling entities with this one, the strongest first.

    Articles of many entities are not favoured, for their weights are shared out.
    """
    shared = shared_with(catalogue, article)
    ranked = sorted(
        ((strength(catalogue, other, found), other) for other, found in shared.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return tuple(
        Relation(other, how_much, tuple(entity for _, entity in sorted(shared[other], key=_telling)[:REASONS]))
        for how_much, other in ranked[: catalogue.settings.related]
    )


def _related(catalogue: Catalogue, sheet: PlannedPage) -> tuple[Relation, ...]:
    """The same as was found when the page was planned, without a look at all the others."""
    article = ArticleId(sheet.subject)
    if not sheet.ties:
        return relations(catalogue, article)
    telling = [
        (rarity(catalogue.stock.spread[entity], len(catalogue.heads)), entity)
        for entity in entities_of(catalogue, article)
        if 1 < catalogue.stock.spread[entity] <= COMMON
    ]
    found = []
    for other, how_much in sheet.ties:
        theirs = set(catalogue.stock.resolved[ArticleId(other)])
        shared = sorted((one for one in telling if one[1] in theirs), key=_telling)[:REASONS]
        found.append(Relation(ArticleId(other), how_much, tuple(entity for _, entity in shared)))
    return tuple(found)


Shared = list[tuple[float, EntityId]]
"""Entities with their rarity."""


def shared_with(catalogue: Catalogue, article: ArticleId) -> dict[ArticleId, Shared]:
    """The other articles that speak of entities of this one, with those entities."""
    shared: dict[ArticleId, Shared] = defaultdict(list)
    for entity in entities_of(catalogue, article):
        if not 1 < catalogue.stock.spread[entity] <= COMMON:
            continue
        weight = rarity(catalogue.stock.spread[entity], len(catalogue.heads))
        for appearance in catalogue.stock.entities[entity].appearances:
            if appearance.article != article:
                shared[appearance.article].append((weight, entity))
    return shared


def strength(catalogue: Catalogue, other: ArticleId, shared: Shared) -> float:
    """How much an article has to do with one that it shares entities with."""
    return round(sum(weight**2 for weight, _ in shared) / math.sqrt(catalogue.stock.sizes[other] + 1), 6)


def _telling(one: tuple[float, EntityId]) -> tuple[float, EntityId]:
    return -one[0], one[1]
