"""Evidence on the type of a name, summed over the articles that have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from math import exp, log

from glossator.model import LEAST_CHANCE, EntityType, Name
from glossator.naming.head_nouns import ALIKE

DECIDED = 8
"""Tenths for the type of a name that something else than a trained model decided."""
CLEAR = 0.7
"""Least probability of a clear type with those like it, and of a certain one. What something else decided just is."""
RARE = frozenset({EntityType.EVENT, EntityType.GROUP, EntityType.LAW, EntityType.WORK})
CLEAR_IF_RARE = 0.75
"""Least probability of a certain type that few names have: at CLEAR 96.9 of a hundred types are right, and not 97."""
_TYPES = tuple(EntityType)


def vote(types: Mapping[EntityType, int]) -> EntityType:
    """Return the type with most mentions; of equal ones the earlier in the order of types."""
    order = list(EntityType)
    return min(types, key=lambda kind: (-types[kind], order.index(kind)))


def type_evidence(name: Name) -> tuple[float, ...]:
    """Return the logarithm of the probability of each type, in the order of the types, by one article's name."""
    return _evidence(name.type, name.chances)


@lru_cache(maxsize=1 << 12)
def _evidence(kind: EntityType, chances: tuple[int, ...]) -> tuple[float, ...]:
    rest = (10 - DECIDED) / (len(_TYPES) - 1)
    tenths = chances or [DECIDED if other is kind else rest for other in _TYPES]
    return tuple(log((chance + LEAST_CHANCE) / (10 + LEAST_CHANCE * len(_TYPES))) for chance in tenths)


class TypeEvidence:
    """Evidence on the type of one entity, summed over articles. State: the sums, and the mentions by type."""

    def __init__(self) -> None:
        self.mentions: dict[EntityType, int] = defaultdict(int)
        self._sums = [0.0] * len(_TYPES)

    def add(self, name: Name, articles: int) -> None:
        """Add the evidence of some articles that have equal names."""
        self.mentions[name.type] += articles * sum(count for _, count in name.forms)
        self._sums = [total + articles * term for total, term in zip(self._sums, type_evidence(name), strict=True)]

    def likeliest(self) -> EntityType:
        """Return the type with most evidence; of equal ones that of most mentions, then the earlier in the order."""
        sums = [round(total, 6) for total in self._sums]
        return max(_TYPES, key=lambda kind: (sums[_TYPES.index(kind)], self.mentions.get(kind, 0)))

    def is_clear(self, kind: EntityType) -> bool:
        """True if the evidence hardly leaves another type than this one, or one that texts call by the same names."""
        return self._share(ALIKE if kind in ALIKE else {kind}) >= CLEAR

    def is_certain(self, kind: EntityType) -> bool:
        """True if the evidence hardly leaves another type than this one."""
        return self._share({kind}) >= (CLEAR_IF_RARE if kind in RARE else CLEAR)

    def _share(self, kinds: AbstractSet[EntityType]) -> float:
        most = max(self._sums)
        weights = [exp(round(total - most, 6)) for total in self._sums]
        return sum(weights[_TYPES.index(kind)] for kind in sorted(kinds)) / sum(weights)
