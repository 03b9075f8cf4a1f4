"""The sentences in which an entity stands with others: a file for each entity, which the page of names loads if asked.

"How are A and B connected?" is answered by two of these files: by sentences that name both, by articles that do, or by
a third name that sentences have with each. A file is limited, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from glossator import site_paths
from glossator.model import ArticleId, EntityId
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, article_link, group, newest_first
from glossator.stages.plan.parts.excerpts import Excerpt, fold_space, private_names_of
from glossator.text import cut
from glossator.views import DataFile

KIND = "connections"
LARGEST = 38_000
"""Bytes of the sentences of a file, with their articles."""
READ = 100
"""Newest articles of an entity whose sentences are read, at most."""
LONGEST = 400
"""Characters of a sentence."""
ROW = 30
"""Bytes around the words of a sentence."""


class _Sentence(msgspec.Struct, frozen=True):
    article: ArticleId
    anchor: str
    text: str
    others: tuple[EntityId, ...]
    """The other entities with pages that it names."""
    is_first: bool
    """True if it is the first of its article that names the entity."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the file of each entity that has a page."""
    for key in catalogue.lists.rows:
        yield PlannedPage(site_paths.connections_path(key), KIND, key)


def compose(catalogue: Catalogue, planned: PlannedPage, excerpts: Mapping[ArticleId, Excerpt]) -> DataFile:
    """Compose the file of an entity from the `excerpts` of its newest articles."""
    entity, path = catalogue.content.entities[EntityId(planned.subject)], site_paths.ENTITIES
    rows, everywhere = catalogue.lists.rows, group(catalogue, "articles", entity.id)
    articles = newest_first(everywhere, [appearance.article for appearance in entity.appearances])
    sentences = [
        sentence
        for article in articles[:READ]
        for sentence in _sentences(everywhere, entity.id, article, excerpts[article])
    ]
    paged = {other: None for sentence in sentences for other in sentence.others if other in rows}
    chosen, left_out = _chosen(everywhere, sentences, paged)
    others = dict.fromkeys(other for sentence in chosen for other in sentence.others if other in paged)
    numbers = {other: number for number, other in enumerate(others)}
    shown = {article: number for number, article in enumerate(dict.fromkeys(sentence.article for sentence in chosen))}
    heads = ((everywhere.heads[article], article_link(everywhere, article, path)) for article in shown)
    data = {
        "name": entity.name,
        "limited": left_out or len(articles) > READ,
        "articles": [
            (link.href, link.title, link.site, head.stated_day, (head.saved or "")[:10], link.language)
            for head, link in heads
        ],
        "others": [(other, catalogue.profiles[other].name) for other in numbers],
        "sentences": [
            (shown[row.article], row.anchor, row.text, [numbers[other] for other in row.others if other in numbers])
            for row in chosen
        ],
    }
    return DataFile(msgspec.json.encode(data).decode() + "\n")


def _sentences(catalogue: Catalogue, entity: EntityId, article: ArticleId, excerpt: Excerpt) -> Iterator[_Sentence]:
    """Yield the first sentence of an article that names an entity, and those that name another one with it."""
    resolved, private = catalogue.content.resolved[article], private_names_of(catalogue, article, excerpt)
    named: dict[int, dict[EntityId, None]] = {
        mention.sentence: {} for mention in excerpt.mentions if resolved[mention.name] == entity
    }
    for mention in excerpt.mentions:
        if mention.sentence in named and (key := resolved[mention.name]) is not None:
            named[mention.sentence][key] = None
    is_first = True
    for index, names in sorted(named.items()):
        sentence = excerpt.sentences[index]
        if names_private(sentence.text, private, article):
            continue
        others = tuple(key for key in names if key != entity)
        if is_first or others:
            yield _Sentence(article, sentence.anchor, cut(fold_space(sentence.text).strip(), LONGEST), others, is_first)
        is_first = False


def _chosen(
    catalogue: Catalogue, sentences: Sequence[_Sentence], paged: Mapping[EntityId, None]
) -> tuple[list[_Sentence], bool]:
    """Return the sentences that fit into a file, the oldest article first; and True if some do not.

    Those come first that are among few with another entity, then the first ones of articles: each pair has one before
    another pair has its second.
    """
    turns: Counter[EntityId] = Counter()
    ranked = []
    for number, sentence in enumerate(sentences):
        turn = min((turns[other] for other in sentence.others if other in paged), default=None)
        turns.update(sentence.others)
        if turn is not None or sentence.is_first:
            ranked.append((1 if turn is None else turn, number))
    size, chosen, articles, others = 0, list[int](), set[ArticleId](), set[EntityId]()
    for _, number in sorted(ranked):
        sentence = sentences[number]
        new = {other for other in sentence.others if other in paged} - others
        size += _size(sentence.text) + sum(_size(other, catalogue.profiles[other].name) for other in new)
        if sentence.article not in articles:
            head = catalogue.heads[sentence.article]
            size += _size(head.title, head.site or "", site_paths.article_path(head.id)) + 2 * ROW
        if size > LARGEST:
            break
        articles.add(sentence.article)
        others |= new
        chosen.append(number)
    order = newest_first(catalogue, articles)
    position = {article: len(order) - number for number, article in enumerate(order)}
    chosen.sort(key=lambda number: (position[sentences[number].article], number))
    return [sentences[number] for number in chosen], len(chosen) < len(ranked)


def _size(*texts: str) -> int:
    """Return the bytes of texts as JSON writes them, and of what stands around them in a row."""
    return len(msgspec.json.encode(texts)) + ROW
