"""What tells entities of one name apart: the senator John Smith, the Foreign Ministry of Turkey."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from glossator.stages.resolve.blocking.columns import Names
from glossator.stages.resolve.entities.build import Draft

_WHAT = re.compile(r"[\w’'-]+(?=$|,|\s(?:of|at|for|with|in|from|on|to|and|who|which|that)\b)")
"""The noun of a descriptor: what stands before its first preposition or at its end."""


def tell_apart(drafts: Sequence[Draft], names: Names, countries: Mapping[int, str]) -> tuple[Draft, ...]:
    """The drafts; those that share name and type with others say what they are, by `countries` or a descriptor."""
    shared = Counter((one.bearer.name, one.bearer.type) for one in drafts)
    return tuple(
        replace(one, bearer=replace(one.bearer, telling=countries.get(one.root) or _what(one, names)))
        if shared[one.bearer.name, one.bearer.type] > 1
        else one
        for one in drafts
    )


def _what(draft: Draft, names: Names) -> str:
    """The noun of the first descriptor that there is of it."""
    for place in draft.places:
        if place in names.described:
            for _, _, text in names.described[place][1]:
                if noun := _WHAT.search(text):
                    return noun.group()
    return ""
