"""The index of passages: for each shingle the articles that have it, in buckets of hashes and in recent additions.

An article that changed is one more row until there are enough of them to be merged into the buckets; see O'Neil, Cheng,
Gawlick and O'Neil, The log-structured merge-tree, 1996. A changed article has a new number, so that what its former
text left in the buckets is of no article; the next merge drops it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.model import ArticleId
from glossator.passages.words import Hashes

POSTINGS_A_BUCKET = 256
MOST_BITS = 16
HASH_BITS = 32
FEWEST_MERGED = 64
"""Recent articles that are merged at once, at least."""
BACKGROUND = 500
"""Articles added to their number, because what none of few articles has may be usual all the same."""
SHARE_MERGED = 16
"""The part of all articles, as a fraction of one, that may be recent, or may have changed, before they are merged."""

Numbers = NDArray[np.uint32]
ReadBuckets = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Keys of buckets -> their stored rows."""


class IndexedArticle(msgspec.Struct, frozen=True, array_like=True):
    """An article as the index knows it."""

    number: int
    text: str
    """Digest of the whole text that was indexed."""
    recent: bytes = b""
    """Packed hashes of an article that is in no bucket yet."""


class PassageIndexState(msgspec.Struct, frozen=True):
    """The state of the index as a whole."""

    bits: int = 0
    """Leading bits of a hash that name its bucket."""
    following: int = 0
    """Number of the next article."""
    merged: int = 0
    """Articles in the buckets, those that have changed or gone since included."""
    articles: Mapping[ArticleId, IndexedArticle] = msgspec.field(default_factory=dict)


def packed(hashes: Hashes) -> bytes:
    """Return the hashes of an article, which are sorted, as they are stored."""
    return _squeezed(np.diff(hashes, prepend=np.uint32(0)))


def unpacked(row: bytes) -> Hashes:
    return np.cumsum(_expanded(row), dtype="<u4")


def narrowed(state: PassageIndexState, parts: Mapping[ArticleId, Hashes | None]) -> PassageIndexState:
    """Return the index of some articles by their parts alone: the sorted hashes of each; None is all that it has."""
    articles = {
        key: article if (part := parts[key]) is None else msgspec.structs.replace(article, recent=packed(part))
        for key, article in state.articles.items()
        if key in parts
    }
    return msgspec.structs.replace(state, articles=articles)


def bucket_key(bucket: int) -> str:
    return f"{bucket:x}"


def updated(
    state: PassageIndexState,
    new: Mapping[ArticleId, IndexedArticle],
    gone: AbstractSet[ArticleId],
    read_all: Callable[[], Mapping[str, bytes]],
) -> tuple[PassageIndexState, Mapping[str, bytes | None]]:
    """Return the index with new and changed articles and without those that are gone, and its buckets that differ."""
    articles = {key: article for key, article in state.articles.items() if key not in gone} | dict(new)
    state = msgspec.structs.replace(state, following=state.following + len(new), articles=articles)
    if not is_merge_due(state):
        return state, {}
    buckets = read_all()
    state, rows = merge(state, buckets)
    return state, {**dict.fromkeys(buckets.keys() - rows.keys()), **rows}


def is_merge_due(state: PassageIndexState) -> bool:
    """True if so many articles are recent, or so much in the buckets is of no article, that a merge pays."""
    recent = sum(bool(article.recent) for article in state.articles.values())
    useless = state.merged - (len(state.articles) - recent)
    return max(recent, useless) > max(FEWEST_MERGED, len(state.articles) // SHARE_MERGED)


def merge(state: PassageIndexState, buckets: Mapping[str, bytes]) -> tuple[PassageIndexState, dict[str, bytes]]:
    """Return the state and every bucket of an index into which the recent articles are merged."""
    live = _live(state)
    hashes, numbers = [np.empty(0, "<u4")], [np.empty(0, "<u4")]
    for row in buckets.values():
        keys, of = _bucket(row)
        kept = np.isin(of, live)
        hashes.append(keys[kept])
        numbers.append(of[kept])
    for keys, number in _recent(state):
        hashes.append(keys)
        numbers.append(np.full(len(keys), number, "<u4"))
    every, owners = np.concatenate(hashes), np.concatenate(numbers)
    order = np.lexsort((owners, every))
    every, owners = every[order], owners[order]
    bits = min(MOST_BITS, max(0, (len(every) // POSTINGS_A_BUCKET).bit_length()))
    bounds = np.searchsorted(every, np.arange(1, 1 << bits, dtype=np.uint64) << np.uint64(HASH_BITS - bits))
    rows = {
        bucket_key(bucket): _row(keys, of)
        for bucket, (keys, of) in enumerate(zip(np.split(every, bounds), np.split(owners, bounds), strict=True))
        if len(keys)
    }
    articles = {key: msgspec.structs.replace(article, recent=b"") for key, article in state.articles.items()}
    return PassageIndexState(bits, state.following, len(articles), articles), rows


class PassageIndex:
    """The index, asked for the articles of one draft. State: the posting lists read so far."""

    def __init__(self, state: PassageIndexState, read: ReadBuckets) -> None:
        self.state = state
        self._read = read
        self._lists: dict[int, Numbers] = {}
        self._live = _live(state)
        self._recent = _joined(_recent(state))

    @property
    def size(self) -> int:
        return len(self.state.articles)

    def load(self, hashes: Iterable[int]) -> None:
        """Read the posting lists of some hashes at once."""
        missing = sorted({key for key in hashes if key not in self._lists})
        shift = HASH_BITS - self.state.bits
        rows = self._read({bucket_key(key >> shift) for key in missing})
        buckets = {key: _bucket(row) for key, row in rows.items()}
        none = (np.empty(0, "<u4"), np.empty(0, "<u4"))
        for key in missing:
            postings = [
                _of(key, buckets.get(bucket_key(key >> shift), none)),
                _of(key, self._recent),
            ]
            merged = postings[0][np.isin(postings[0], self._live)] if len(postings[0]) else postings[0]
            self._lists[key] = np.concatenate((merged, postings[1]))

    def postings(self, keys: Hashes) -> tuple[Hashes, Numbers]:
        """Return every posting of some hashes, which are sorted: the hash, and the number of an article that has it."""
        live = np.zeros(self.state.following, bool)
        live[self._live] = True
        buckets = np.unique(keys.astype(np.uint64) >> np.uint64(HASH_BITS - self.state.bits))
        parts = [_chosen(self._recent, keys)]
        for row in self._read(map(bucket_key, buckets.tolist())).values():
            hashes, numbers = _chosen(_bucket(row), keys)
            kept = live[numbers]
            parts.append((hashes[kept], numbers[kept]))
        hashes, numbers = (np.concatenate(side) for side in zip(*parts, strict=True))
        order = np.lexsort((numbers, hashes))
        return hashes[order], numbers[order]

    def articles(self, key: int) -> Numbers:
        """Return the numbers of the articles that have a hash, which is loaded."""
        return self._lists[key]

    def weight(self, key: int) -> float:
        """Return how much it says to have a hash, which is loaded: its inverse document frequency, in bits."""
        return float(np.log2((self.size + BACKGROUND) / (len(self._lists[key]) + 1)))


def _live(state: PassageIndexState) -> Numbers:
    """Return the numbers of the articles that are in buckets, sorted."""
    return np.array(sorted(article.number for article in state.articles.values() if not article.recent), "<u4")


def _recent(state: PassageIndexState) -> list[tuple[Hashes, int]]:
    """Return hashes and number of each article that is in no bucket yet."""
    return [(unpacked(article.recent), article.number) for article in state.articles.values() if article.recent]


def _of(key: int, postings: tuple[Hashes, Numbers]) -> Numbers:
    hashes, numbers = postings
    first, last = np.searchsorted(hashes, np.uint32(key), "left"), np.searchsorted(hashes, np.uint32(key), "right")
    return numbers[first:last]


def _chosen(postings: tuple[Hashes, Numbers], keys: Hashes) -> tuple[Hashes, Numbers]:
    """Return the postings of some hashes, which are sorted."""
    hashes, numbers = postings
    places = np.minimum(np.searchsorted(keys, hashes), max(0, len(keys) - 1))
    kept = keys[places] == hashes if len(keys) else np.zeros(len(hashes), bool)
    return hashes[kept], numbers[kept]


def _joined(articles: list[tuple[Hashes, int]]) -> tuple[Hashes, Numbers]:
    if not articles:
        return np.empty(0, "<u4"), np.empty(0, "<u4")
    hashes = np.concatenate([keys for keys, _ in articles])
    numbers = np.concatenate([np.full(len(keys), number, "<u4") for keys, number in articles])
    order = np.lexsort((numbers, hashes))
    return hashes[order], numbers[order]


def _row(hashes: Hashes, numbers: Numbers) -> bytes:
    steps = np.diff(hashes, prepend=np.uint32(0))
    return _squeezed(np.concatenate((steps, numbers)))


def _bucket(row: bytes) -> tuple[Hashes, Numbers]:
    steps, numbers = np.split(_expanded(row), 2)
    return np.cumsum(steps, dtype="<u4"), numbers


def _squeezed(values: NDArray[np.uint32]) -> bytes:
    """Return numbers as bytes: those of equal weight together, because the upper ones are mostly zero."""
    return zlib.compress(values.astype("<u4").view(np.uint8).reshape(-1, 4).T.tobytes(), 1)


def _expanded(row: bytes) -> NDArray[np.uint32]:
    planes = np.frombuffer(zlib.decompress(row), np.uint8).reshape(4, -1)
    return np.ascontiguousarray(planes.T).view("<u4").ravel()
