"""The table of occurrences: the names of many articles in columns, which the rules work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from glossator.model import ArticleId, ArticleNames, DescriptorKind, Name, Salience

Occurrence = int
"""Index of a row of the table: one name in one article."""

UNKNOWN = Salience()
"""Salience of a name of which nothing is known."""


class DescriptorSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Words with which an article introduces a name, and their offsets in its text."""

    start: int
    end: int
    text: str
    kind: DescriptorKind


class DatedDescriptors(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The descriptors of an occurrence, and the date on which its article was published."""

    published: str | None
    spans: tuple[DescriptorSpan, ...]


class OccurrenceTable(msgspec.Struct, frozen=True):
    """Columns of equal length, sorted by article and by the name's index in it. Each distinct name is stored once."""

    articles: Sequence[ArticleId]
    indices: Sequence[int]
    """Index of the name among the names of its article."""
    name_indices: Sequence[int]
    """Index of the name in `names`."""
    names: Sequence[Name]
    """Distinct names."""
    descriptors: Mapping[Occurrence, DatedDescriptors]
    saliences: Sequence[Salience]
    """Column, too."""

    def __len__(self) -> int:
        return len(self.articles)

    def mentions(self) -> list[int]:
        """Return for each distinct name how often an article that has the name mentions it."""
        return [sum(count for _, count in name.forms) for name in self.names]


def tabulate(articles: Iterable[ArticleNames]) -> OccurrenceTable:
    """Put the names of articles, which must be sorted by id, into a table."""
    ids: list[ArticleId] = []
    indices: list[int] = []
    name_indices: list[int] = []
    index_by_fields: dict[object, int] = {}
    names: list[Name] = []
    descriptors: dict[Occurrence, DatedDescriptors] = {}
    saliences: list[Salience] = []
    for article in articles:
        first = len(ids)
        for name in article.names:
            fields = (name.form, name.type.value, name.forms, name.said, name.must_exist, name.chances)
            name_index = index_by_fields.get(fields)
            if name_index is None:
                name_index = index_by_fields[fields] = len(names)
                names.append(name)
            name_indices.append(name_index)
        ids += [article.article] * len(article.names)
        indices += range(len(article.names))
        saliences += article.saliences or [UNKNOWN] * len(article.names)
        spans: dict[int, list[DescriptorSpan]] = defaultdict(list)
        for found in article.descriptors:
            spans[found.name].append(DescriptorSpan(found.start, found.end, found.text, found.kind))
        for index in sorted(spans):
            descriptors[first + index] = DatedDescriptors(article.published, tuple(spans[index]))
    return OccurrenceTable(ids, indices, name_indices, names, descriptors, saliences)
