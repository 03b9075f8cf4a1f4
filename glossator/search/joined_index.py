"""The files that several runs of Pagefind made, of a part of the pages each -> the index of all pages.

Pagefind holds all that it indexes in memory, 190 kB for a page. Its lists are read and written here anyhow, to put them
in order.
"""

from __future__ import annotations

import gzip
import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import cbor2

from glossator.text import digest

MAGIC = b"pagefind_dcd"
"""Signature of each file of a bundle, after decompression."""
ENTRY = "pagefind-entry.json"
FRAGMENT = "fragment/"
PIECE = 25_000
"""Bytes of a list of words before compression, from which on it may end: a visitor loads one for each word asked."""
COMMON_START = 4
"""Letters at the beginning of words that one list holds together: what begins with a query of so many is in one."""

Files = dict[str, bytes]
Entry = list[Any]
"""A word, its pages, and other spellings. A page is its distance to the page before, its places and those in fields."""


def join(runs: Sequence[Files]) -> tuple[Files, list[dict[str, str]]]:
    """Return the files of the index of all pages, and for each run the new id of each page by its file's former name.

    `runs` are the files of each run, all in one language, without the lists afterwards. Pages are numbered, filters and
    their values sorted, lists of words divided: Pagefind 1.5 writes filters in the order of a hash table that differs
    from run to run, and names files by their content. Every visitor loads the list of pages; numbers after one digest
    of all pages halve it in comparison with a digest for each, and identify the content as well.
    """
    entry = json.loads(runs[0][ENTRY])
    (language,) = entry["languages"].values()
    prefix = language["hash"].split("_")[0]
    parts = list[_Run]()
    for files in runs:
        parts.append(_Run(files, parts[-1].end if parts else 0))
    fields = sorted({field for part in parts for field in part.fields})
    made = {name: data for name, data in runs[0].items() if "/" not in name}
    lists, filters = [], []
    for group in _groups(_merged(parts, fields)):
        content = cbor2.dumps([[None] * len(group)])[: -len(group)] + b"".join(encoded for _, encoded in group)
        lists.append([group[0][0], group[-1][0], f"{prefix}_{digest(packed := _packed(content, 6))[:7]}"])
        made[f"index/{lists[-1][2]}.pf_index"] = packed
    for title, values in sorted(_filters(parts).items()):
        filters.append([title, f"{prefix}_{digest(packed := _pack([title, sorted(map(list, values.items()))]))[:7]}"])
        made[f"filter/{filters[-1][1]}.pf_filter"] = packed
    every = digest(*(data for part in parts for data in part.fragments.values()))[:6]
    ids = [{name: f"{every}{number:x}" for number, name in enumerate(part.fragments, part.start)} for part in parts]
    numbered = [
        [new[name], length] for part, new in zip(parts, ids, strict=True) for name, length in part.lengths.items()
    ]
    for part, new in zip(parts, ids, strict=True):
        made |= {f"{FRAGMENT}{new[name]}.pf_fragment": data for name, data in part.fragments.items()}
    meta = _pack([parts[0].version, numbered, lists, filters, parts[0].sorts, fields])
    language |= {"hash": f"{prefix}_{digest(meta)[:10]}", "page_count": parts[-1].end}
    made[f"pagefind.{language['hash']}.pf_meta"] = meta
    made[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return made, ids


class _Run:
    """The index of one run. State: the files that were not read yet."""

    def __init__(self, files: Files, start: int) -> None:
        """Open the index in `files`; `start` is the number of its first page among all."""
        (language,) = json.loads(files[ENTRY])["languages"].values()
        meta = _unpack(files.pop(f"pagefind.{language['hash']}.pf_meta"))
        self.version, pages, self._lists, self._filters, self.sorts, self.fields = meta
        self._files, self.start, self.end = files, start, start + len(pages)
        self.lengths: dict[str, int] = {f"{FRAGMENT}{name}.pf_fragment": length for name, length in pages}
        """Words of each page, by the name of its file, in the order of their numbers."""
        self.fragments = {name: files.pop(name) for name in self.lengths}

    def words(self, fields: Sequence[str]) -> Iterator[Entry]:
        """Yield the entries of words, sorted, in the numbers of all pages and of all `fields`."""
        numbers = {-1 - old: -1 - fields.index(field) for old, field in enumerate(self.fields)}
        for _, _, name in self._lists:
            (words,) = _unpack(self._files.pop(f"index/{name}.pf_index"))
            for word, pages, others in words:
                # A word that is written in one other way alone has no pages of its own.
                for listed in filter(None, (pages, *(at for _, at in others))):
                    listed[0][0] += self.start
                    for page in listed if self.fields != fields else ():
                        page[2] = [numbers.get(place, place) for place in page[2]]
                yield [word, pages, others]

    def filters(self) -> Iterator[tuple[str, str, list[int]]]:
        """Yield the title of a filter, a value, and the numbers of its pages among all."""
        for _, name in self._filters:
            title, values = _unpack(self._files.pop(f"filter/{name}.pf_filter"))
            for value, pages in values:
                yield title, value, [page + self.start for page in pages]


def _merged(parts: Iterable[_Run], fields: Sequence[str]) -> Iterator[Entry]:
    """Yield the entries of all words, sorted."""
    entries = heapq.merge(*(part.words(fields) for part in parts), key=itemgetter(0))
    for word, group in groupby(entries, key=itemgetter(0)):
        (_, pages, others), *more = group
        spellings = dict(others)
        for _, later, later_others in more:
            pages = _appended(pages, later)
            for spelling, at in later_others:
                spellings[spelling] = _appended(spellings.get(spelling, []), at)
        yield [word, pages, sorted(map(list, spellings.items()))]


def _appended(pages: list[Entry], more: list[Entry]) -> list[Entry]:
    """Return pages and those of a later run, of which the first has its distance to the beginning."""
    if more:
        more[0][0] -= sum(page[0] for page in pages)
    return pages + more


def _filters(parts: Iterable[_Run]) -> Mapping[str, Mapping[str, list[int]]]:
    """Return the pages of each value of each filter."""
    found: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for title, value, pages in (one for part in parts for one in part.filters()):
        found[title].setdefault(value, []).extend(pages)
    return found


def _groups(entries: Iterable[Entry]) -> Iterator[list[tuple[str, bytes]]]:
    """Group entries by size, encoded, so that words with one beginning stay together.

    Pagefind's own lists are of about 40 kB, of which a question of two words would load two.
    """
    group: list[tuple[str, bytes]] = []
    size = 0
    for entry in entries:
        word, encoded = entry[0], cbor2.dumps(entry)
        if size + len(encoded) > PIECE and group and group[-1][0][:COMMON_START] != word[:COMMON_START]:
            yield group
            group, size = [], 0
        group.append((word, encoded))
        size += len(encoded)
    if group:
        yield group


def _unpack(content: bytes) -> list[Any]:
    data: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(MAGIC))
    return data


def _pack(value: object) -> bytes:
    return _packed(cbor2.dumps(value))


def _packed(content: bytes, level: int = 9) -> bytes:
    return gzip.compress(MAGIC + content, level, mtime=0)
