"""The pages that an edit may change: those alone are planned again. Too many cost time; too few would be an error.

The facts that an article's page shows, and the articles that it links to, are declared in `article_facts`; what pages
show of an entity is declared by `card`, `card_facts` and `entity_link_facts`. The fingerprints are made of the same
declarations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from glossator.inverse_frequency import scale, step
from glossator.model import ArticleId, Entity, EntityId, TopicId
from glossator.stages.plan.catalogue import Catalogue, entity_link_facts
from glossator.stages.plan.catalogue.list_pages import ALL_LISTS, Kind
from glossator.stages.plan.data.feeds import feed_keys
from glossator.stages.plan.invalidation.article_facts import ArticleFacts, linked_articles
from glossator.stages.plan.parts.cards import card, extent, has_company, newest_year, shown_articles
from glossator.stages.plan.parts.related_articles import is_common

Pairs = Mapping[ArticleId, tuple[tuple[EntityId | None, ...] | None, tuple[EntityId | None, ...] | None]]


class PageAssociations(msgspec.Struct, frozen=True):
    """The associations of the pages as they were planned last."""

    to: Callable[[str], Iterable[str]]
    """Return the keys of the pages that were associated with a page, given by its key."""


class ArchiveEdit(msgspec.Struct, frozen=True):
    """The difference between the archive of the last plan and that of now."""

    before: Mapping[ArticleId, ArticleFacts]
    now: Mapping[ArticleId, ArticleFacts]
    resolved: Pairs
    """Entities of the names of an article, before and now, for the articles in which they differ."""
    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    """Entity before and now, for those that differ."""
    rerelated: frozenset[ArticleId]
    """Articles whose related articles are others than before."""
    relisted: bool = False
    """True if the articles are listed in other orders than before: the first tag came, or the last one went."""
    topics: frozenset[TopicId] = frozenset()
    """Topics that have other articles, or another name, than before."""


class Invalidated(msgspec.Struct, frozen=True):
    articles: frozenset[ArticleId]
    entities: frozenset[EntityId]
    feeds: frozenset[str]
    """Keys of the feeds of publications and tags."""
    authors: frozenset[str]
    """Keys of the authors who have, had or may have a page."""
    lists: frozenset[Kind]
    """Kinds of list whose pages may differ."""
    topics: frozenset[TopicId]
    """Topics whose lists may differ."""


def article_key(article: str) -> str:
    """Return the key of an article's page in PageAssociations."""
    return f"a {article}"


def entity_key(entity: str) -> str:
    """Return the key of an entity's page in PageAssociations."""
    return f"e {entity}"


def invalidated(catalogue: Catalogue, edit: ArchiveEdit, associations: PageAssociations) -> Invalidated:
    """Return whose pages may differ from the last plan, and the lists that may, without what is gone."""
    if edit.relisted or scale(len(edit.before)) != scale(len(edit.now)) or _year(edit.before) != _year(edit.now):
        return everything(catalogue)
    changed = {key for key in edit.before.keys() | edit.now.keys() if edit.before.get(key) != edit.now.get(key)}
    relinked = {key for key in changed if _link(edit.before.get(key)) != _link(edit.now.get(key))}
    articles = changed | edit.resolved.keys() | _linking(edit, changed, relinked)
    articles |= {ArticleId(key) for article in relinked for key in _ids(associations.to(article_key(article)))}
    entities = set(edit.entities)
    for article in changed | edit.resolved.keys():
        entities |= _members(edit.resolved.get(article, (catalogue.content.resolved.get(article),)))
    for before, now in edit.entities.values():
        if now and before and _shown(before, edit.before) != _shown(now, edit.now):
            articles |= {appearance.article for appearance in now.appearances}
        entities |= set(_cooccurring(catalogue, before, now, associations))
    articles |= edit.rerelated.union(_reasoned(edit, associations))
    articles |= set(_shown_on_cards(catalogue, changed, edit))
    articles |= set(_with_company(catalogue, entities))
    return Invalidated(
        frozenset(articles & catalogue.heads.keys()),
        frozenset(entity for entity in entities if entity in catalogue.content.entities),
        frozenset(key for article in changed for side in (edit.before, edit.now) for key in _feeds(side.get(article))),
        frozenset(
            key for article in changed for side in (edit.before, edit.now) for key in _authors(side.get(article))
        ),
        *_lists(catalogue, edit, changed),
    )


def _year(facts: Mapping[ArticleId, ArticleFacts]) -> str:
    """Return the year of the newest article, by which cards tell old news."""
    return newest_year(max((found.date for found in facts.values()), default=""))


def _shown(entity: Entity, facts: Mapping[ArticleId, ArticleFacts]) -> tuple[object, ...]:
    """Return all that cards show of an entity, which is as articles had these facts."""
    told = extent(entity, lambda article: _date(facts.get(article)))
    return card(entity), shown_articles(entity), told, told.articles < len(entity.appearances)


def _date(facts: ArticleFacts | None) -> str:
    return facts.date if facts else ""


def _shown_on_cards(catalogue: Catalogue, changed: Iterable[ArticleId], edit: ArchiveEdit) -> Iterator[ArticleId]:
    """Yield the articles with cards that may show another title or date of the changed articles, or quote no more."""
    for article in changed:
        other_year = newest_year(_date(edit.before.get(article))) != newest_year(_date(edit.now.get(article)))
        for key in _members((catalogue.content.resolved.get(article),)):
            entity = catalogue.content.entities[key]
            if other_year or article in shown_articles(entity):
                yield from (appearance.article for appearance in entity.appearances)


def _with_company(catalogue: Catalogue, entities: Iterable[EntityId]) -> Iterator[ArticleId]:
    """Yield the articles with cards that name the companions of these entities, which may be others than before."""
    for key in entities:
        entity = catalogue.content.entities.get(key)
        if entity and has_company(entity):
            yield from (appearance.article for appearance in entity.appearances)


def everything(catalogue: Catalogue) -> Invalidated:
    """Return all articles, entities, feeds, authors and lists."""
    feeds = (key for head in catalogue.content.heads for key in feed_keys(catalogue, head))
    entities = frozenset(catalogue.content.entities)
    authors = (key for key, author in catalogue.authors.items() if author.has_page)
    return Invalidated(
        frozenset(catalogue.heads), entities, frozenset(feeds), frozenset(authors), ALL_LISTS, _topics(catalogue)
    )


def _link(facts: ArticleFacts | None) -> str:
    return facts.link if facts else ""


def _lists(
    catalogue: Catalogue, edit: ArchiveEdit, changed: Iterable[ArticleId]
) -> tuple[frozenset[Kind], frozenset[TopicId]]:
    """Return the kinds of list, and the topics, whose lists may differ: most show nothing but the lines of articles."""
    if any(_listed(edit.before.get(key)) != _listed(edit.now.get(key)) for key in changed):
        return ALL_LISTS, _topics(catalogue)
    return frozenset({"entities"}), edit.topics


def _topics(catalogue: Catalogue) -> frozenset[TopicId]:
    return frozenset(topic.id for topic in catalogue.content.topics)


def _listed(facts: ArticleFacts | None) -> tuple[str, ...]:
    """Return all that the lists of articles show of an article, and what decides where they list it.

    The head has every tag; the page of the article shows the first ones alone.
    """
    return (facts.link, facts.head) if facts else ()


def _authors(facts: ArticleFacts | None) -> Iterator[str]:
    """Yield the keys of the authors of an article who have a page."""
    return (key for _, key in facts.authors if key) if facts else iter(())


def _feeds(facts: ArticleFacts | None) -> tuple[str, ...]:
    return facts.feeds if facts else ()


def _ids(keys: Iterable[str]) -> Iterator[str]:
    return (key[2:] for key in keys)


def _members(sides: Iterable[tuple[EntityId | None, ...] | None]) -> set[EntityId]:
    return {entity for side in sides for entity in side or () if entity is not None}


def _linking(edit: ArchiveEdit, changed: set[ArticleId], relinked: set[ArticleId]) -> set[ArticleId]:
    """Return the articles that link to others than before, or to one whose link looks different."""
    if not relinked and all(edit.before[key].cites == edit.now[key].cites for key in changed):
        return set()
    before, now = linked_articles(edit.before), linked_articles(edit.now)
    return {key for key, links in now.items() if before.get(key) != links or not relinked.isdisjoint(links)}


def _cooccurring(
    catalogue: Catalogue, before: Entity | None, now: Entity | None, associations: PageAssociations
) -> Iterator[EntityId]:
    """Yield the entities whose pages list this one as a companion, or may list it from now on."""
    entity = now or before
    assert entity is not None, "an edit has two sides, of which one is something"
    step_before, step_now = step(_spread(before)), step(_spread(now))
    relinked = before is None or now is None or entity_link_facts(before) != entity_link_facts(now)
    if relinked or step_before != step_now:
        yield from map(EntityId, _ids(associations.to(entity_key(entity.id))))
    if before and now and before.page != now.page:  # the pages of single articles list it from now on, or no more
        yield from _members(catalogue.content.resolved.get(one.article) for one in now.appearances)
    if now and step_now < step_before:  # it is rarer than it was, and weighs more
        counts: Counter[EntityId] = Counter()
        for appearance in now.appearances:
            counts.update(_members((catalogue.content.resolved[appearance.article],)))
        yield from (other for other, shared in counts.items() if shared > 1)


def _spread(entity: Entity | None) -> int:
    return len(entity.appearances) if entity else 0


def _reasoned(edit: ArchiveEdit, associations: PageAssociations) -> Iterator[ArticleId]:
    """Yield the articles that may share other names with their related articles, or others that say more."""
    for before, now in edit.entities.values():
        spreads = (_spread(before), _spread(now))
        if not is_common(min(spreads)) and (step(spreads[0]) != step(spreads[1]) or is_common(max(spreads))):
            yield from (appearance.article for side in (before, now) if side for appearance in side.appearances)
    for article in edit.resolved:
        yield from map(ArticleId, _ids(associations.to(article_key(article))))
