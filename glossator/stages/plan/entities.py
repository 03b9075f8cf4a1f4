"""The entity's page: its mentions in context, when it was spoken of, and who appears with it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from glossator import markup, urls
from glossator.model import ArticleId, Entity, EntityId, Html, SitePath, Text
from glossator.stages.plan.library import (
    Library,
    Reading,
    Sheet,
    article_link,
    dates,
    entity_link,
    facts,
    fingerprint,
    frame,
    timeline,
)
from glossator.views import Companion, EntityPage, Introduced, Link, Passage, PassageGroup, Quotation, RedirectPage

PASSAGES_AN_ARTICLE = 3
COMPANIONS = 12
SHARED_SHOWN = 3
QUOTATIONS = 12

Companions = tuple[tuple[EntityId, tuple[ArticleId, ...]], ...]


def plan(library: Library) -> Iterator[Sheet]:
    for entity in library.archive.entities:
        shown, rest = _shown(library, entity)
        needs = tuple(dict.fromkeys((*shown, entity.introduction.article))) if entity.introduction else shown
        companions = _companions(library, entity)
        others = [(one.name, one.type) for one in (library.entities[other] for other, _ in companions)]
        shows = fingerprint(
            entity.digest,
            facts(library, (*shown, *rest)),
            [library.digests[article] for article in needs],
            companions,
            others,
            facts(library, [article for _, articles in companions for article in articles[:SHARED_SHOWN]]),
        )
        yield Sheet(urls.entity_path(entity.id), "entity", entity.id, needs, shows)
    for old, new in library.archive.redirects:
        target = library.entities[new]
        yield Sheet(
            urls.entity_path(old), "redirect", f"{old} {new}", (), fingerprint(old, new, target.name, target.type)
        )


def compose(library: Library, sheet: Sheet, readings: Mapping[ArticleId, Reading]) -> EntityPage:
    entity, path = library.entities[EntityId(sheet.subject)], sheet.path
    articles = [appearance.article for appearance in entity.appearances]
    shown, rest = _shown(library, entity)
    days = dates(library, articles)
    weights = [(day, one.mentions) for one in entity.appearances if (day := library.heads[one.article].date)]
    summary = entity.introduction.text if entity.introduction else f"{entity.name} in the articles of this archive"
    return EntityPage(
        frame=frame(library, path, entity.name, "entities", summary),
        id=entity.id,
        name=entity.name,
        type=entity.type,
        origin=entity.origin,
        aliases=entity.aliases,
        introduced=_introduced(library, entity, path, readings),
        note=markup.weave_apart(entity.note.markdown) if entity.note else Html(""),
        links=tuple(Link(label, address) for label, address in entity.note.links) if entity.note else (),
        mentions=entity.mentions,
        articles=len(articles),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        timeline=timeline(weights),
        passages=tuple(_passages(library, entity, readings[article], path) for article in shown),
        more=tuple(article_link(library, article, path) for article in rest),
        companions=tuple(
            Companion(
                entity_link(library, other, path),
                tuple(article_link(library, article, path) for article in shared[:SHARED_SHOWN]),
                len(shared),
            )
            for other, shared in _companions(library, entity)
        ),
        quotations=_quotations(library, entity, [readings[article] for article in shown], path),
    )


def compose_redirect(library: Library, sheet: Sheet) -> RedirectPage:
    target = entity_link(library, EntityId(sheet.subject.split()[1]), sheet.path)
    return RedirectPage(frame(library, sheet.path, target.name, "entities"), target)


def _shown(library: Library, entity: Entity) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """The entity's articles, newest first: those with sentences, and the rest."""
    ordered = _newest_first(library, [appearance.article for appearance in entity.appearances])
    return ordered[: library.settings.passages], ordered[library.settings.passages :]


def _mentions(library: Library, entity: Entity, reading: Reading) -> list[tuple[int, int]]:
    resolved = library.archive.resolved[reading.article.head.id]
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


def _passages(library: Library, entity: Entity, reading: Reading, page: SitePath) -> PassageGroup:
    link = article_link(library, reading.article.head.id, page)
    content = reading.text.content
    by_sentence: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in _mentions(library, entity, reading):
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
    library: Library, entity: Entity, page: SitePath, readings: Mapping[ArticleId, Reading]
) -> Introduced | None:
    introduction = entity.introduction
    if introduction is None:
        return None
    reading = readings[introduction.article]
    first, last = _sentence(reading, introduction.start, introduction.end)
    sentence = _folded(reading.text.content[first:last]).strip()
    return Introduced(introduction.text, sentence, article_link(library, introduction.article, page))


def _quotations(library: Library, entity: Entity, readings: list[Reading], page: SitePath) -> tuple[Quotation, ...]:
    found = []
    for reading in readings:
        resolved = library.archive.resolved[reading.article.head.id]
        link = article_link(library, reading.article.head.id, page)
        for quote in reading.analysis.quotes:
            if resolved[quote.name] == entity.id:
                anchor = _anchor(reading.text, quote.start)
                found.append(Quotation(_folded(quote.text).strip(), link, f"{link.href}#{anchor}".rstrip("#")))
    return tuple(found[:QUOTATIONS])


def _companions(library: Library, entity: Entity) -> Companions:
    """Who appears with an entity more often than chance would have it, with the shared articles, newest first.

    Ranked by the log-likelihood ratio of Dunning, Accurate methods for the statistics of surprise and coincidence,
    1993, among those that share two articles. One article tells nothing of chance: there it is whom it speaks of most.
    """
    mine = [appearance.article for appearance in entity.appearances]
    if len(mine) == 1:
        leading = [other for other in library.leading[mine[0]] if other != entity.id]
        return tuple((other, (mine[0],)) for other in leading[:COMPANIONS])
    shared: dict[EntityId, list[ArticleId]] = defaultdict(list)
    for article in mine:
        for other in dict.fromkeys(library.archive.resolved[article]):
            if other is not None and other != entity.id:
                shared[other].append(article)
    total = len(library.heads)
    scored = []
    for other, articles in shared.items():
        if len(articles) > 1:
            ratio = _log_likelihood(len(articles), len(mine), len(library.entities[other].appearances), total)
            scored.append((-ratio, -len(articles), other))
    best = [other for _, _, other in sorted(scored)[:COMPANIONS]]
    return tuple((other, _newest_first(library, shared[other])) for other in best)


def _newest_first(library: Library, articles: list[ArticleId]) -> tuple[ArticleId, ...]:
    return tuple(sorted(articles, key=library.places.__getitem__))


@cache
def _log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Dunning's ratio for two things that occur in `first` and `second` of `total` articles, in `both` together."""
    table = (both, first - both, second - both, total - first - second + both)
    rows = (first, first, total - first, total - first)
    columns = (second, total - second, second, total - second)
    terms = zip(table, rows, columns, strict=True)
    return round(2 * sum(n * math.log(n * total / (row * column)) for n, row, column in terms if n > 0), 6)
