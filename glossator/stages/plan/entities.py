"""The entity's page: its mentions in context, when it was spoken of, and who appears with it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from glossator import markup, urls
from glossator.model import ArticleId, Entity, EntityId, Html, SitePath, Text
from glossator.stages.plan.article_lists import contents_of
from glossator.stages.plan.catalogue import (
    Catalogue,
    Reading,
    Sheet,
    article_link,
    entity_link,
    facts,
    fingerprint,
    frame,
    timeline,
)
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
SHARED_SHOWN = 3
QUOTATIONS = 12

Companions = tuple[tuple[EntityId, tuple[ArticleId, ...]], ...]


def plan(catalogue: Catalogue) -> Iterator[Sheet]:
    for entity in catalogue.archive.entities:
        shown, rest = _shown(catalogue, entity)
        needs = tuple(dict.fromkeys((*shown, entity.introduction.article))) if entity.introduction else shown
        companions = _companions(catalogue, entity)
        others = [(one.name, one.type) for one in (catalogue.entities[other] for other, _ in companions)]
        shows = fingerprint(
            entity=entity.digest,
            articles=facts(catalogue, (*shown, *rest)),
            over_time=_over_time(catalogue, entity) if _by_year(catalogue, entity) else (),
            passages=[catalogue.digests[article] for article in needs],
            companions=(companions, others),
            shared=facts(catalogue, [article for _, articles in companions for article in articles[:SHARED_SHOWN]]),
        )
        yield Sheet(urls.entity_path(entity.id), "entity", entity.id, needs, shows)
    for old, new in catalogue.archive.redirects:
        target = catalogue.entities[new]
        yield Sheet(
            urls.entity_path(old),
            "redirect",
            f"{old} {new}",
            (),
            fingerprint(entity=(old, new, target.name, target.type)),
        )


def compose(catalogue: Catalogue, sheet: Sheet, readings: Mapping[ArticleId, Reading]) -> EntityPage:
    entity, path = catalogue.entities[EntityId(sheet.subject)], sheet.path
    shown, rest = _shown(catalogue, entity)
    bars, years = _over_time(catalogue, entity)
    row = catalogue.lists.rows[entity.id]
    summary = entity.introduction.text if entity.introduction else f"{entity.name} in the articles of this archive"
    return EntityPage(
        frame=frame(catalogue, path, entity.name, "entities", summary),
        id=entity.id,
        name=entity.name,
        type=entity.type,
        origin=entity.origin,
        aliases=entity.aliases,
        introduced=_introduced(catalogue, entity, path, readings),
        note=markup.weave_apart(entity.note.markdown) if entity.note else Html(""),
        links=tuple(Link(label, address) for label, address in entity.note.links) if entity.note else (),
        mentions=row.mentions,
        articles=row.articles,
        first=row.first,
        last=row.last,
        timeline=bars,
        passages=tuple(_passages(catalogue, entity, readings[article], path) for article in shown),
        more=tuple(article_link(catalogue, article, path) for article in rest),
        years=years,
        companions=tuple(
            Companion(
                entity_link(catalogue, other, path),
                tuple(article_link(catalogue, article, path) for article in shared[:SHARED_SHOWN]),
                len(shared),
            )
            for other, shared in _companions(catalogue, entity)
        ),
        quotations=_quotations(catalogue, entity, [readings[article] for article in shown], path),
    )


def compose_redirect(catalogue: Catalogue, sheet: Sheet) -> RedirectPage:
    target = entity_link(catalogue, EntityId(sheet.subject.split()[1]), sheet.path)
    return RedirectPage(frame(catalogue, sheet.path, target.name, "entities"), target)


def _shown(catalogue: Catalogue, entity: Entity) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """The entity's articles, newest first: those with sentences, and the rest, unless that stands on pages by year."""
    most = catalogue.settings.passages
    ordered = _newest_first(catalogue, [appearance.article for appearance in entity.appearances])
    return ordered[:most], () if _by_year(catalogue, entity) else ordered[most:]


def _by_year(catalogue: Catalogue, entity: Entity) -> bool:
    found = catalogue.lists.appearances.get(entity.id)
    return found is not None and "" in found.cuts


def _over_time(catalogue: Catalogue, entity: Entity) -> tuple[tuple[Bar, ...], tuple[ListPart, ...]]:
    """How often it was mentioned when, and where the articles of each year are, if not on its page."""
    weights = [(day, one.mentions) for one in entity.appearances if (day := catalogue.heads[one.article].date)]
    if not _by_year(catalogue, entity):
        return timeline(weights), ()
    whole, page = Part("appearances", entity.id, ""), urls.entity_path(entity.id)
    bars = timeline(weights, lambda label: href(catalogue.lists, whole, label, page))
    return bars, contents_of(catalogue, whole, page)


def _mentions(catalogue: Catalogue, entity: Entity, reading: Reading) -> list[tuple[int, int]]:
    resolved = catalogue.archive.resolved[reading.article.head.id]
    return [(one.start, one.end) for one in reading.analysis.mentions if resolved[one.name] == entity.id]


def _sentence(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, else the span itself."""
    for first, last in reading.analysis.sentences:
        if first <= start and end <= last:
            return first, last
    return start, end


def _anchor(text: Text, start: int) -> str:
    for block in text.blocks:
        if block.start <= start < block.end:
            return block.anchor
    return ""


def _passages(catalogue: Catalogue, entity: Entity, reading: Reading, page: SitePath) -> PassageGroup:
    link = article_link(catalogue, reading.article.head.id, page)
    content = reading.text.content
    by_sentence: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in _mentions(catalogue, entity, reading):
        by_sentence.setdefault(_sentence(reading, start, end), (start, end))
    passages = [
        Passage(
            before=_folded(content[first:start]),
            name=_folded(content[start:end]),
            after=_folded(content[end:last]),
            href=f"{link.href}#{_anchor(reading.text, start)}".rstrip("#"),
        )
        for (first, last), (start, end) in by_sentence.items()
    ]
    return PassageGroup(link, tuple(passages[:PASSAGES_AN_ARTICLE]), max(0, len(passages) - PASSAGES_AN_ARTICLE))


def _folded(text: str) -> str:
    """White space folded to single spaces; those at the ends count, for the pieces are set side by side."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _introduced(
    catalogue: Catalogue, entity: Entity, page: SitePath, readings: Mapping[ArticleId, Reading]
) -> Introduced | None:
    introduction = entity.introduction
    if introduction is None:
        return None
    reading = readings[introduction.article]
    first, last = _sentence(reading, introduction.start, introduction.end)
    sentence = _folded(reading.text.content[first:last]).strip()
    return Introduced(introduction.text, sentence, article_link(catalogue, introduction.article, page))


def _quotations(catalogue: Catalogue, entity: Entity, readings: list[Reading], page: SitePath) -> tuple[Quotation, ...]:
    found = []
    for reading in readings:
        resolved = catalogue.archive.resolved[reading.article.head.id]
        link = article_link(catalogue, reading.article.head.id, page)
        for quote in reading.analysis.quotes:
            if quote.name is not None and resolved[quote.name] == entity.id:
                anchor = _anchor(reading.text, quote.start)
                found.append(Quotation(_folded(quote.text).strip(), link, f"{link.href}#{anchor}".rstrip("#")))
    return tuple(found[:QUOTATIONS])


def _companions(catalogue: Catalogue, entity: Entity) -> Companions:
    """Who appears with an entity more often than chance would have it, with the shared articles, newest first.

    Ranked by the log-likelihood ratio of Dunning, Accurate methods for the statistics of surprise and coincidence,
    1993, among those that share two articles. One article tells nothing of chance: there it is whom it speaks of most.
    """
    mine = [appearance.article for appearance in entity.appearances]
    if len(mine) == 1:
        leading = [other for other in catalogue.leading[mine[0]] if other != entity.id]
        return tuple((other, (mine[0],)) for other in leading[:COMPANIONS])
    shared: dict[EntityId, list[ArticleId]] = defaultdict(list)
    for article in mine:
        for other in dict.fromkeys(catalogue.archive.resolved[article]):
            if other is not None and other != entity.id:
                shared[other].append(article)
    total = len(catalogue.heads)
    scored = []
    for other, articles in shared.items():
        if len(articles) > 1:
            ratio = _log_likelihood(len(articles), len(mine), len(catalogue.entities[other].appearances), total)
            scored.append((-ratio, -len(articles), other))
    best = [other for _, _, other in sorted(scored)[:COMPANIONS]]
    return tuple((other, _newest_first(catalogue, shared[other])) for other in best)


def _newest_first(catalogue: Catalogue, articles: list[ArticleId]) -> tuple[ArticleId, ...]:
    return tuple(sorted(articles, key=catalogue.places.__getitem__))


@cache
def _log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Dunning's ratio for two things that occur in `first` and `second` of `total` articles, in `both` together."""
    table = (both, first - both, second - both, total - first - second + both)
    rows = (first, first, total - first, total - first)
    columns = (second, total - second, second, total - second)
    terms = zip(table, rows, columns, strict=True)
    return round(2 * sum(n * math.log(n * total / (row * column)) for n, row, column in terms if n > 0), 6)
