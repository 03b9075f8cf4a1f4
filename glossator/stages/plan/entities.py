"""The entity's page: its mentions in context, when it was spoken of, and who appears with it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossator import markup, urls
from glossator.inverse_frequency import rarity
from glossator.model import ArticleId, Entity, EntityId, Html, SitePath
from glossator.stages.plan.article_lists import contents_of
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    facts,
    fingerprint,
    frame,
    leading,
    timeline,
)
from glossator.stages.plan.cutting import Tree
from glossator.stages.plan.excerpts import Excerpt, folded
from glossator.stages.plan.lists import Part, href
from glossator.views import (
    Bar,
    Companion,
    EntityPage,
    Introduced,
    Link,
    ListPart,
    Passage,
    PassageGroup,
    Quotation,
    RedirectPage,
)

PASSAGES_AN_ARTICLE = 3
COMPANIONS = 12
COUNTED = 1000
"""The newest of an entity's articles, in which its company is counted."""
SHARED_SHOWN = 3
QUOTATIONS = 12


@dataclass(frozen=True, slots=True)
class Company:
    """An entity that keeps appearing with another one."""

    entity: EntityId
    strength: float
    articles: tuple[ArticleId, ...]
    """Those that speak of both, newest first."""


def plan(catalogue: Catalogue, key: EntityId) -> PlannedPage:
    """The page of one entity."""
    entity = catalogue.stock.entities[key]
    shown, rest = _shown(catalogue, entity)
    needs = tuple(dict.fromkeys((*shown, entity.introduction.article))) if entity.introduction else shown
    companions = company(catalogue, entity)
    others = (catalogue.stock.entities[one.entity] for one in companions)
    shows = fingerprint(
        entity=entity.digest,
        articles=facts(catalogue, (*shown, *rest)),
        over_time=_over_time(catalogue, entity) if _by_year(catalogue, entity) else (),
        passages=[catalogue.stock.digests[article] for article in needs],
        companions=([(one.entity, one.articles) for one in companions], [(one.name, one.type) for one in others]),
        shared=facts(catalogue, [article for one in companions for article in one.articles[:SHARED_SHOWN]]),
    )
    ties = tuple((one.entity, one.strength) for one in companions)
    return PlannedPage(urls.entity_path(key), "entity", key, needs, shows, ties)


def plan_redirect(catalogue: Catalogue, old: EntityId, new: EntityId) -> PlannedPage:
    """The page that is left at the address of an entity that is another's now."""
    target = catalogue.stock.entities[new]
    shows = fingerprint(entity=(old, new, target.name, target.type))
    return PlannedPage(urls.entity_path(old), "redirect", f"{old} {new}", (), shows)


def compose(catalogue: Catalogue, sheet: PlannedPage, excerpts: Mapping[ArticleId, Excerpt]) -> EntityPage:
    entity, path = catalogue.stock.entities[EntityId(sheet.subject)], sheet.path
    shown, rest = _shown(catalogue, entity)
    bars, years = _over_time(catalogue, entity)
    days = [day for one in entity.appearances if (day := catalogue.heads[one.article].date)]
    summary = entity.introduction.text if entity.introduction else f"{entity.name} in the articles of this archive"
    return EntityPage(
        frame=frame(catalogue, path, entity.name, "entities", summary),
        id=entity.id,
        name=entity.name,
        type=entity.type,
        origin=entity.origin,
        aliases=entity.aliases,
        introduced=_introduced(catalogue, entity, path, excerpts),
        note=markup.weave_apart(entity.note.markdown) if entity.note else Html(""),
        links=tuple(Link(label, address) for label, address in entity.note.links) if entity.note else (),
        mentions=entity.mentions,
        articles=len(entity.appearances),
        first=min(days, default=""),
        last=max(days, default=""),
        timeline=bars,
        passages=tuple(_passages(catalogue, entity, (article, excerpts[article]), path) for article in shown),
        more=tuple(article_link(catalogue, article, path) for article in rest),
        years=years,
        companions=tuple(
            Companion(
                entity_link(catalogue, one.entity, path),
                tuple(article_link(catalogue, article, path) for article in one.articles[:SHARED_SHOWN]),
                len(one.articles),
            )
            for one in company(catalogue, entity)
        ),
        quotations=_quotations(catalogue, entity, [(article, excerpts[article]) for article in shown], path),
    )


def compose_redirect(catalogue: Catalogue, sheet: PlannedPage) -> RedirectPage:
    target = entity_link(catalogue, EntityId(sheet.subject.split()[1]), sheet.path)
    return RedirectPage(frame(catalogue, sheet.path, target.name, "entities"), target)


def _shown(catalogue: Catalogue, entity: Entity) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """The entity's articles, newest first: those with sentences, and the rest, unless that stands on pages by year."""
    most = catalogue.settings.passages
    ordered = _newest_first(catalogue, [appearance.article for appearance in entity.appearances])
    return ordered[:most], () if _by_year(catalogue, entity) else ordered[most:]


def _by_year(catalogue: Catalogue, entity: Entity) -> Tree[ArticleId] | None:
    """The entity's articles by year, where those have pages of their own."""
    found = catalogue.lists.appearances.get(entity.id)
    return found if found and "" in found.cuts else None


def _over_time(catalogue: Catalogue, entity: Entity) -> tuple[tuple[Bar, ...], tuple[ListPart, ...]]:
    """How often it was mentioned when, and where the articles of each year are, if not on its page."""
    weights = [(day, one.mentions) for one in entity.appearances if (day := catalogue.heads[one.article].date)]
    found = _by_year(catalogue, entity)
    if found is None:
        return timeline(weights), ()
    whole, page = Part("appearances", entity.id, ""), urls.entity_path(entity.id)
    return timeline(weights, lambda date: href(found, whole, date, page)), contents_of(found, whole, page)


def _passages(catalogue: Catalogue, entity: Entity, one: tuple[ArticleId, Excerpt], page: SitePath) -> PassageGroup:
    article, excerpt = one
    link = article_link(catalogue, article, page)
    resolved = catalogue.stock.resolved[article]
    by_sentence: dict[int, tuple[int, int]] = {}
    for name, sentence, start, end in excerpt.mentions:
        if resolved[name] == entity.id:
            by_sentence.setdefault(sentence, (start, end))
    passages = []
    for number, (start, end) in list(by_sentence.items())[:PASSAGES_AN_ARTICLE]:
        text, anchor = excerpt.sentences[number].text, excerpt.sentences[number].anchor
        href = f"{link.href}#{anchor}".rstrip("#")
        passages.append(Passage(folded(text[:start]), folded(text[start:end]), folded(text[end:]), href))
    return PassageGroup(link, tuple(passages), len(by_sentence) - len(passages))


def _introduced(
    catalogue: Catalogue, entity: Entity, page: SitePath, excerpts: Mapping[ArticleId, Excerpt]
) -> Introduced | None:
    introduction = entity.introduction
    if introduction is None:
        return None
    sentence = dict(excerpts[introduction.article].introductions).get(introduction.start, introduction.text)
    return Introduced(introduction.text, sentence, article_link(catalogue, introduction.article, page))


def _quotations(
    catalogue: Catalogue, entity: Entity, shown: Sequence[tuple[ArticleId, Excerpt]], page: SitePath
) -> tuple[Quotation, ...]:
    found = []
    for article, excerpt in shown:
        resolved = catalogue.stock.resolved[article]
        link = article_link(catalogue, article, page)
        for name, said in excerpt.quotes:
            if resolved[name] == entity.id:
                found.append(Quotation(said.text, link, f"{link.href}#{said.anchor}".rstrip("#")))
    return tuple(found[:QUOTATIONS])


def company(catalogue: Catalogue, entity: Entity) -> tuple[Company, ...]:
    """Who appears with an entity, the closest first: shared articles, weighed by how rare the other is in the archive.

    That is the weighting of terms by Salton and Buckley, Term-weighting approaches in automatic text retrieval, 1988,
    among those that share two articles. One article tells nothing of chance: there it is whom it speaks of most.
    """
    mine = _newest_first(catalogue, [one.article for one in entity.appearances])[:COUNTED]
    if len(mine) == 1:
        first = leading(catalogue, mine[0], COMPANIONS + 1)
        return tuple(Company(other, 0, (mine[0],)) for other in first if other != entity.id)[:COMPANIONS]
    shared: dict[EntityId, list[ArticleId]] = defaultdict(list)
    for article in mine:
        for other in dict.fromkeys(catalogue.stock.resolved[article]):
            if other is not None and other != entity.id:
                shared[other].append(article)
    closest = heapq.nsmallest(
        COMPANIONS,
        (
            (-closeness(catalogue, other, len(articles)), -len(articles), other)
            for other, articles in shared.items()
            if len(articles) > 1
        ),
    )
    return tuple(Company(other, -weight, tuple(shared[other])) for weight, _, other in closest)


def closeness(catalogue: Catalogue, other: EntityId, shared: int) -> float:
    """How close an entity is to another one with which it shares so many articles."""
    return round(shared * rarity(catalogue.stock.spread[other], len(catalogue.heads)), 6)


def _newest_first(catalogue: Catalogue, articles: list[ArticleId]) -> tuple[ArticleId, ...]:
    return tuple(sorted(articles, key=catalogue.places.__getitem__))
