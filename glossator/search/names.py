"""Names of the site -> small files by which the search page finds names for the words of a query.

A word's file is the one with the longest prefix of the word: `ra` holds Ravnsborg, until too many entities have a word
with `ra`; then `rav` holds it, and `ra` keeps the most frequent. `static/search-index.js` folds queries in the same
way.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.folding import fold_accents
from glossator.model import SitePath
from glossator.search.read_pages import NamedEntity

SHORTEST = 2
"""Letters of a prefix at least: one letter alone would load too much, and find too much."""
LARGEST = 150
"""Entities in a file, about 4 kB when zipped. A file has more only if they share the whole word."""
FREQUENT = 30
"""Entities that are found by a prefix which too many share: those in the most articles."""
COMMON = 500
"""Entities whose name has a word, such as "of", above which the word leads only to names that have no other word."""


def fold(name: str) -> tuple[str, ...]:
    """Return the words of a name, without case and accents."""
    return tuple(re.findall(r"[^\W_]+", fold_accents(name).lower()))


def shards(entities: Mapping[SitePath, NamedEntity], notes: Mapping[SitePath, str]) -> dict[str, bytes]:
    """Return the content of each file, by the prefix of its words.

    The addresses of `entities` are paths of pages, with a fragment for an entity without a page. `notes` are Pagefind's
    ids of the pages whose notes it has indexed: an entity found by both counts once.
    """
    rows = {
        path: (
            path,
            entity.type,
            entity.articles,
            notes.get(path, ""),
            entity.article,
            entity.about or 0,
            *entity.names,
        )
        for path, entity in entities.items()
    }
    articles = {path: entity.articles for path, entity in entities.items()}
    groups = sorted(_cut(_postings(entities), articles, SHORTEST))
    return {start: _json([rows[path] for path in sorted(paths)]) for start, paths in groups}


def file_name(start: str) -> str:
    """Return the name of a prefix's file: plain letters on every system, and no name that Windows reserves."""
    return "n-" + "".join(letter if letter.isascii() else f"_{ord(letter):x}" for letter in start) + ".json"


def _postings(entities: Mapping[SitePath, NamedEntity]) -> dict[str, set[SitePath]]:
    """Return the entities by the words that lead to them."""
    forms = {path: [fold(name) for name in entity.names] for path, entity in entities.items()}
    frequencies = Counter(
        word for path_forms in forms.values() for word in {word for form in path_forms for word in form}
    )
    postings: defaultdict[str, set[SitePath]] = defaultdict(set)
    for path, path_forms in forms.items():
        for form in path_forms:
            for word in [word for word in form if frequencies[word] <= COMMON] or form:
                postings[word].add(path)
    return postings


def _cut(
    postings: Mapping[str, set[SitePath]], articles: Mapping[SitePath, int], length: int
) -> Iterator[tuple[str, set[SitePath]]]:
    """Group words by prefixes; divide a group that is too large by one more letter."""
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
