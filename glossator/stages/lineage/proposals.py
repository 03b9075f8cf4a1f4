"""Hashes of articles -> the pairs of articles that may share a passage.

Two hashes that few articles have propose a pair. One alone is a turn of phrase, or belongs to different words: of a
million hashes of 32 bits a hundred do. Of those that more have (laws, addresses, calls to subscribe) a pair must share
many: then it is a story, however many print it. What many articles have depends on all of them, so a change of one
article may concern the others that have such a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glossator.passages.words import Hashes

FEW = 12
"""Articles that may share a passage and nothing else."""
LEAST = 2
"""Hashes of a passage that few articles have; a quotation has two for each of its ends."""
MANY = 24
"""Hashes of a story of several paragraphs, which are about sixty words."""
MOST = 200
"""Articles that may have a hash that proposes anything: no story is saved from more papers."""
HASHES_AT_ONCE = 1 << 20

Numbers = NDArray[np.uint32]
Postings = Callable[[Hashes], tuple[Hashes, Numbers]]
"""Hashes -> every hash with the number of an article that has it, sorted."""


class Proposals(NamedTuple):
    """Pairs of articles, by their numbers, and what the many have."""

    pairs: Mapping[tuple[int, int], frozenset[int]]
    """The hashes that few articles have, of which a passage of the pair must hold one; none if the pair shares many."""
    common: Mapping[int, Hashes]
    """Hashes of each new article that more than a few articles have."""
    concerned: frozenset[int]
    """Other articles of which pairs have to be looked for again."""


def propose(postings: Postings, new: Mapping[int, Hashes], left: Hashes) -> Proposals:
    """Return the pairs in which one of the `new` articles is, which are in the postings by now.

    `left` are the common hashes of articles as they were before they changed or went, once for each article.
    """
    keys = np.unique(np.concatenate([*new.values(), left, np.empty(0, np.uint32)]))
    shared, rare, rare_hashes = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)], [np.empty(0, np.uint32)]
    concerned = set[int]()
    common: dict[int, list[Hashes]] = {}
    is_new = np.zeros(max(new, default=0) + 1, bool)
    is_new[list(new)] = True
    for part in np.array_split(keys, len(keys) // HASHES_AT_ONCE + 1):
        groups = _Groups(*postings(part), is_new, np.sort(left))
        concerned |= set(groups.crossing().tolist())
        for number, several in groups.common():
            common.setdefault(number, []).append(several)
        for hashes, pairs in groups.pairs():
            shared.append(pairs)
            rare.append(pairs[: len(hashes)])
            rare_hashes.append(hashes)
    proposed = _often(np.concatenate(rare), np.concatenate(rare_hashes))
    several, counts = np.unique(np.concatenate(shared), return_counts=True)
    proposed |= dict.fromkeys(several[counts >= MANY].tolist(), frozenset())
    return Proposals(
        {(pair >> 32, pair & 0xFFFFFFFF): proposed[pair] for pair in sorted(proposed)},
        {number: np.concatenate(parts) for number, parts in common.items()},
        frozenset(concerned),
    )


def _often(pairs: NDArray[np.uint64], hashes: Hashes) -> dict[int, frozenset[int]]:
    """Return the pairs that are there often enough, each with its hashes."""
    order = np.argsort(pairs, kind="stable")
    each, starts, counts = np.unique(pairs[order], return_index=True, return_counts=True)
    hashes, kept = hashes[order], counts >= LEAST
    spans = zip(each[kept].tolist(), starts[kept].tolist(), counts[kept].tolist(), strict=True)
    return {pair: frozenset(hashes[start : start + count].tolist()) for pair, start, count in spans}


class _Groups:
    """Articles grouped by the hash that they have. State: nothing that changes."""

    def __init__(self, hashes: Hashes, numbers: Numbers, is_new: NDArray[np.bool_], left: Hashes) -> None:
        self.hashes, self.numbers = hashes, numbers
        self.new = np.zeros(len(numbers), bool)
        inside = numbers < len(is_new)
        self.new[inside] = is_new[numbers[inside]]
        self.keys, self.starts, self.sizes = np.unique(hashes, return_index=True, return_counts=True)
        self.come = np.add.reduceat(self.new, self.starts, dtype=np.int64) if len(self.starts) else self.sizes
        leaving = np.searchsorted(left, self.keys, "right") - np.searchsorted(left, self.keys, "left")
        self.sizes_before = self.sizes - self.come + leaving

    def _members(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which articles are in the chosen groups."""
        return np.repeat(chosen, self.sizes)

    def crossing(self) -> Numbers:
        """Return the articles, none of them new, of which a hash has become common or is common no more."""
        crossed = np.zeros(len(self.keys), bool)
        for limit in (FEW, MOST):
            crossed |= (self.sizes > limit) != (self.sizes_before > limit)
        return self.numbers[self._members(crossed) & ~self.new]

    def common(self) -> Iterator[tuple[int, Hashes]]:
        """Yield each new article with its common hashes."""
        chosen = self._members(self.sizes > FEW) & self.new
        numbers, hashes = self.numbers[chosen], self.hashes[chosen]
        order = np.argsort(numbers, kind="stable")
        each, starts = np.unique(numbers[order], return_index=True)
        yield from zip(each.tolist(), np.split(hashes[order], starts[1:]), strict=False)

    def pairs(self) -> Iterator[tuple[Hashes, NDArray[np.uint64]]]:
        """Yield pairs in which one article is new, a number for each, and the hash of each if few articles have it."""
        useful = (self.sizes > 1) & (self.sizes <= MOST) & (self.come > 0)
        for size in np.unique(self.sizes[useful]).tolist():
            places = self.starts[useful & (self.sizes == size)][:, None] + np.arange(size)
            members, new = self.numbers[places].astype(np.uint64), self.new[places]
            first, second = np.triu_indices(size, 1)
            pairs = members[:, first] << np.uint64(32) | members[:, second]
            chosen = new[:, first] | new[:, second]
            keys = np.broadcast_to(self.hashes[places[:, :1]], pairs.shape)[chosen]
            yield keys if size <= FEW else keys[:0], pairs[chosen]
