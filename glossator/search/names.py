"""The entities of the site -> small files, of which the search page loads those with the words that were typed.

A word's file is the one that bears the longest beginning of it: `ra` holds Ravnsborg, until too many entities have a
word with `ra`; then `rav` does, and `ra` keeps the most frequent. What is typed is folded in the same way by
`static/search-index.js`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import SitePath
from glossator.search.reading import Named

SHORTEST = 2
"""Letters of a beginning, at the least: one letter alone would load too much, and find too many."""
LARGEST = 150
"""Entities in a file, about 4 kB of it when zipped. More are in one only where they share the whole word."""
FREQUENT = 30
"""Entities that are found by a beginning which too many share: those in the most articles."""
COMMON = 500
"""A word in the names of more entities than that, such as "of", leads to none whose name has another word."""


def fold(name: str) -> tuple[str, ...]:
    """The words of a name, without regard to case and accents."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(one for one in letters if not unicodedata.category(one).startswith("M"))
    return tuple(re.findall(r"[^\W_]+", plain.lower()))


def shards(entities: Mapping[SitePath, Named], notes: Mapping[SitePath, str]) -> dict[str, bytes]:
    """The content of each file, by the beginning of the words that it is for.

    `notes` are what Pagefind calls the pages whose notes it has read: what is found by both counts once.
    """
    rows = {path: (path, one.type, one.articles, notes.get(path, ""), *one.names) for path, one in entities.items()}
    articles = {path: one.articles for path, one in entities.items()}
    found = sorted(_cut(_postings(entities), articles, SHORTEST))
    return {start: _json([rows[path] for path in sorted(paths)]) for start, paths in found}


def file_name(start: str) -> str:
    """Of the file of a beginning: plain letters on every system, and no name that Windows keeps for itself."""
    return "n-" + "".join(one if one.isascii() else f"_{ord(one):x}" for one in start) + ".json"


def _postings(entities: Mapping[SitePath, Named]) -> dict[str, set[SitePath]]:
    """The entities that each word leads to."""
    forms = {path: [fold(name) for name in one.names] for path, one in entities.items()}
    bearers = Counter(word for each in forms.values() for word in {word for form in each for word in form})
    found: defaultdict[str, set[SitePath]] = defaultdict(set)
    for path, each in forms.items():
        for form in each:
            for word in [word for word in form if bearers[word] <= COMMON] or form:
                found[word].add(path)
    return found


def _cut(
    postings: Mapping[str, set[SitePath]], articles: Mapping[SitePath, int], length: int
) -> Iterator[tuple[str, set[SitePath]]]:
    """Words that begin alike stand together; where that is too many, they are told apart by one more letter."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in postings:
        groups[word[:length]].append(word)
    for start, group in groups.items():
        whole = set[SitePath]().union(*(postings[word] for word in group))
        if len(whole) <= LARGEST or group == [start]:
            yield start, whole
        else:
            frequent = sorted(whole, key=lambda path: (-articles[path], path))[:FREQUENT]
            yield start, {*frequent, *postings.get(start, ())}
            yield from _cut({word: postings[word] for word in group if word != start}, articles, length + 1)


def _json(rows: Sequence[Sequence[object]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
