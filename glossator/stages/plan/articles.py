"""The article's page: its text with marks, its glossary, and the articles it belongs with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from glossator import markup, urls
from glossator.markup import Mark
from glossator.model import ArticleId, Entity, EntityId, Head, SitePath
from glossator.stages.plan.library import (
    TYPES,
    Library,
    Reading,
    Sheet,
    article_link,
    entity_link,
    facts,
    fingerprint,
    frame,
    links,
)
from glossator.views import ArticleLink, ArticlePage, Frame, GlossaryEntry, GlossaryGroup, Related

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""

COMMON = 200
"""An entity in more articles than this says nothing about which two belong together."""

CARD_ALIASES = 4
REASONS = 3
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})


def plan(library: Library) -> Iterator[Sheet]:
    related = {head.id: _related(library, head.id) for head in library.archive.heads}
    order = [head.id for head in library.archive.heads]
    for index, article in enumerate(order):
        neighbours = order[max(0, index - 1) : index + 2]
        shown = [*library.cited_by.get(article, ()), *neighbours, *(other for other, _ in related[article])]
        shows = fingerprint(
            library.digests[article],
            [_card(library.entities[entity]) for entity in _entities(library, article)],
            library.archive.resolved[article],
            related[article],
            neighbours.index(article),
            facts(library, [article, *shown]),
            sorted(library.cites.get(article, {}).items()),
        )
        yield Sheet(urls.article_path(article), "article", article, (article,), shows)


def compose(library: Library, sheet: Sheet, readings: Mapping[ArticleId, Reading]) -> ArticlePage:
    reading, path = readings[ArticleId(sheet.subject)], sheet.path
    head = reading.article.head
    source_name = library.publications[head.id]
    order = [one.id for one in library.archive.heads]
    index = library.places[head.id]
    return ArticlePage(
        frame=_frame(library, head, path),
        standfirst=_standfirst(head, reading.text.content),
        language=head.language or library.site.language,
        direction="rtl" if (head.language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr",
        source=head.source or "",
        source_name=source_name,
        site_href=f"{urls.relative(urls.SOURCES, path)}#{urls.source_anchor(source_name)}" if source_name else "",
        authors=head.authors,
        published=head.published or "",
        published_guessed="published" in head.guessed,
        saved=head.saved or "",
        minutes=max(1, round(len(reading.text.content.split()) / WORDS_A_MINUTE)),
        tags=head.tags,
        body=markup.weave(reading.article.markdown, _marks(library, reading, path), links(library, head.id, path)),
        glossary=_glossary(library, reading, path),
        related=tuple(
            Related(article_link(library, other, path), tuple(entity_link(library, entity, path) for entity in shared))
            for other, shared in _related(library, head.id)
        ),
        cited_by=tuple(article_link(library, one, path) for one in library.cited_by.get(head.id, ())),
        newer=_neighbour(library, order, index - 1, path),
        older=_neighbour(library, order, index + 1, path),
    )


def _frame(library: Library, head: Head, path: SitePath) -> Frame:
    """A copy of somebody's text points to the original, and asks search engines to do the same."""
    made = frame(library, path, head.title, "articles", head.description or "")
    return Frame(made.title, made.description, made.root, made.section, head.source or made.canonical, not head.source)


def _standfirst(head: Head, content: str) -> str:
    description = head.description or ""
    beginning = urls.fold_headline(content[: 2 * len(description)])
    return "" if beginning.startswith(urls.fold_headline(description.rstrip("….")) or " ") else description


def _neighbour(library: Library, order: list[ArticleId], index: int, page: SitePath) -> ArticleLink | None:
    return article_link(library, order[index], page) if 0 <= index < len(order) else None


def _entities(library: Library, article: ArticleId) -> tuple[EntityId, ...]:
    """The entities of an article, each once, in the order of its names."""
    return tuple(dict.fromkeys(one for one in library.archive.resolved[article] if one is not None))


def _marks(library: Library, reading: Reading, page: SitePath) -> tuple[Mark, ...]:
    resolved = library.archive.resolved[reading.article.head.id]
    marks = []
    for mention in reading.analysis.mentions:
        entity = resolved[mention.name]
        if entity is not None:
            link = entity_link(library, entity, page)
            marks.append(Mark(mention.start, mention.end, link.id, link.type, link.href))
    return tuple(marks)


def _card(entity: Entity) -> tuple[object, ...]:
    """What an article's page says of an entity: nothing that grows with the archive."""
    introduced = entity.introduction.text if entity.introduction else ""
    note = entity.note.markdown if entity.note else ""
    return entity.id, entity.name, entity.type, introduced, note, _aliases(entity), entity.origin


def _aliases(entity: Entity) -> tuple[str, ...]:
    return tuple(form for form, _ in entity.aliases[:CARD_ALIASES])


def _glossary(library: Library, reading: Reading, page: SitePath) -> tuple[GlossaryGroup, ...]:
    firsts = _first_marks(library, reading)
    entries = []
    for entity_id in _entities(library, reading.article.head.id):
        entity = library.entities[entity_id]
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


def _first_marks(library: Library, reading: Reading) -> dict[EntityId, str]:
    resolved = library.archive.resolved[reading.article.head.id]
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


RelatedArticles = tuple[tuple[ArticleId, tuple[EntityId, ...]], ...]


def _related(library: Library, article: ArticleId) -> RelatedArticles:
    """The articles that share the most telling entities with this one, and the entities that tell the most.

    An entity weighs its inverse document frequency, as in Sparck Jones, A statistical interpretation of term
    specificity, 1972; articles of many entities are not favoured, for their weights are shared out.
    """
    total = len(library.archive.heads)
    shared: dict[ArticleId, list[tuple[float, EntityId]]] = defaultdict(list)
    for entity in _entities(library, article):
        appearances = library.entities[entity].appearances
        if not 1 < len(appearances) <= COMMON:
            continue
        weight = math.log((total + 1) / len(appearances))
        for appearance in appearances:
            if appearance.article != article:
                shared[appearance.article].append((weight, entity))
    ranked = sorted(
        ((_strength(library, other, found), other) for other, found in shared.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return tuple(
        (other, tuple(entity for _, entity in sorted(shared[other], key=lambda one: (-one[0], one[1]))[:REASONS]))
        for _, other in ranked[: library.settings.related]
    )


def _strength(library: Library, other: ArticleId, found: list[tuple[float, EntityId]]) -> float:
    return round(sum(weight**2 for weight, _ in found) / math.sqrt(len(library.archive.resolved[other]) + 1), 6)
