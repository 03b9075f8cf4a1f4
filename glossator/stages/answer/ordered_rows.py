"""The order of the rows that answer a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from glossator.model import AnswerRow, ArticleId, EntityId, Question

Ranks = Mapping[ArticleId, tuple[str, ...]]
"""Article -> the day of each of its rows, empty if unknown; of names their entities."""


def ordered(question: Question, ranks: Ranks, title_key: Callable[[ArticleId], Any]) -> list[tuple[ArticleId, int]]:
    """Return the rows, each as its article and its index there, in the order of a question; without a day last.

    `title_key` gives what an article is sorted by if titles order the rows.
    """
    if question.order == "name":
        return [(article, index) for article in sorted(ranks, key=title_key) for index in range(len(ranks[article]))]
    rows = [(rank, article, index) for article, of_rows in sorted(ranks.items()) for index, rank in enumerate(of_rows)]
    rows.sort(key=lambda row: row[0], reverse=question.order == "newest")
    if question.order == "oldest":
        rows.sort(key=lambda row: not row[0])
    return [(article, index) for _, article, index in rows]


class _NameUse(NamedTuple):
    article: ArticleId
    day: str


def counted_names(
    question: Question, ranks: Ranks, days: Mapping[ArticleId, str], name_key: Callable[[str], Any]
) -> list[AnswerRow]:
    """Return a row for each name in some articles, in the order of a question.

    `days` are those of the articles; `name_key` gives what an entity is sorted by if names order the rows.
    """
    counts: Counter[str] = Counter()
    newest: dict[str, _NameUse] = {}
    oldest: dict[str, str] = {}
    for article in sorted(ranks, key=lambda article: (days[article], article), reverse=True):
        counts.update(ranks[article])
        for entity in ranks[article]:
            newest.setdefault(entity, _NameUse(article, days[article]))
            oldest[entity] = days[article] or oldest.get(entity, "")
    rows = [
        AnswerRow(entity, newest[entity].article, newest[entity].day, entity=EntityId(entity), articles=counts[entity])
        for entity in sorted(counts)
    ]
    match question.order:
        case "name":
            rows.sort(key=lambda row: name_key(row.key))
        case "most":
            rows.sort(key=lambda row: -row.articles)
        case "newest":
            rows.sort(key=lambda row: row.day, reverse=True)
        case "oldest":
            rows.sort(key=lambda row: (not oldest[row.key], oldest[row.key]))
    return rows
