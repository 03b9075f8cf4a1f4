"""The names of many articles, in columns: what the rules work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossator.model import ArticleId, ArticleNames, Name

Place = int
"""A name as it stands in an article: its place in the columns."""


Described = tuple[str | None, tuple[tuple[int, int, str], ...]]
"""When an article was published, and start, end and text of the words with which it introduces a name."""


@dataclass(frozen=True, slots=True)
class Names:
    """Columns of equal length, sorted by article and by the name's place in it. Most names recur: each is held once."""

    articles: Sequence[ArticleId]
    indices: Sequence[int]
    """The name's place in its article."""
    numbers: Sequence[int]
    """The name's place in `known`."""
    known: Sequence[Name]
    described: Mapping[Place, Described]

    def __len__(self) -> int:
        return len(self.articles)


def spread(gists: Iterable[ArticleNames]) -> Names:
    """The names of articles, which must be sorted."""
    articles: list[ArticleId] = []
    indices: list[int] = []
    numbers: list[int] = []
    seen: dict[object, int] = {}
    known: list[Name] = []
    described: dict[Place, Described] = {}
    for gist in gists:
        first = len(articles)
        for name in gist.names:
            sign = (name.form, name.type.value, name.forms, name.said)
            number = seen.get(sign)
            if number is None:
                number = seen[sign] = len(known)
                known.append(name)
            numbers.append(number)
        articles += [gist.article] * len(gist.names)
        indices += range(len(gist.names))
        for index in sorted({one.name for one in gist.descriptors}):
            own = ((one.start, one.end, one.text) for one in gist.descriptors if one.name == index)
            described[first + index] = (gist.published, tuple(own))
    return Names(articles, indices, numbers, known, described)
