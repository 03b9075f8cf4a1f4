"""Places of a text -> the countries and states that the text names and in which they may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from glossator.model import Descriptor, DescriptorKind, EntityType, Mention, Name, Text
from glossator.naming import countries
from glossator.naming.regions import AMBIGUOUS, CAPITAL_DISTRICT, Region, region_named, regions_of, state_codes
from glossator.well_known import region_meant

_BEHIND = re.compile(r"(?:, | \()(?P<words>[^\W\d_](?:[^\W\d_]|[ .](?=\w)){1,30}\.?)")
"""Words behind a place that may begin with its region, as in "Velm, Ore."."""

_HYPHENATED = re.compile(r"(?<!\w)(\w+)-(?=(\w+)( [A-Z]\w+)?)")
_STATE = re.compile(r" [Ss]tate\b(?! (?:University|College))")
_STATE_OF = "state of "
_DISTRICT = re.compile(r"\bD\.?C\b")
_CAPITAL = Region("US", CAPITAL_DISTRICT)


def find_regions(text: Text, named: tuple[Sequence[Name], Sequence[Mention]]) -> Iterator[Descriptor]:
    """Yield for each place the words by which the text names a region in which there is a city of the place's name.

    If one stands behind the place, it alone is; else each one that the text names anywhere, or of which it names a city
    that everybody knows. A state that is called like another place has itself. `named` are the names and mentions of
    the text.
    """
    names, mentions = named
    quarters = _after_hyphens(text.content)
    regions = {
        index: regions_of(name.form)
        for index, name in enumerate(names)
        if name.type is EntityType.PLACE and not any(map(region_meant, quarters.get(name.form, ())))
    }
    places = [mention for mention in mentions if mention.name in regions]
    mentioned: dict[Region, Mention] = {}
    behind: dict[int, tuple[int, int]] = {}
    for region_of in (region_named, region_meant):  # a country tells more than a city in it
        for mention in places:
            if region := region_of(text.content[mention.start : mention.end]):
                mentioned.setdefault(region, mention)
    behind |= _told_states(text, places, mentioned)
    for mention in places:
        if mention.name not in behind and (bounds := _region_behind(text, mention.end, regions[mention.name])):
            behind[mention.name] = bounds
    for index, possible in regions.items():
        if index in behind:
            yield _descriptor(text, behind[index], index, "region")
        else:
            beside = [mention for region, mention in mentioned.items() if region in possible and mention.name != index]
            yield from (_descriptor(text, (mention.start, mention.end), index, "setting") for mention in beside)


def _after_hyphens(content: str) -> Mapping[str, set[str]]:
    """Return the one or two words behind each hyphen, which may be a quarter's name, with the words before it."""
    joined: dict[str, set[str]] = defaultdict(set)
    for city, word, second in _HYPHENATED.findall(content):
        for quarter in (word, word + second):
            joined[quarter].add(city)
    return joined


def _told_states(text: Text, places: Sequence[Mention], named: Collection[Region]) -> Mapping[int, tuple[int, int]]:
    """Return a mention of each name that is a state's and another place's, and of which the text shows the state.

    `places` are in the order of the text, `named` are the regions of all of them.
    """
    towns = {place.end: place for place in places}
    countries_named = {region.country for region in named}
    told: dict[int, tuple[int, int]] = {}
    seen: set[int] = set()
    for place in places:
        form = text.content[place.start : place.end]
        code = state_codes().get(form.casefold()) if form.casefold() in AMBIGUOUS else None
        if code is None or place.name in told or countries.code(form) in countries_named:
            continue
        state = Region("US", code)
        town = towns.get(place.start - 2)
        if (
            _STATE.match(text.content, place.end)
            or text.content.endswith(_STATE_OF, 0, place.start)
            or (town and _is_town_in(text.content, town, place, state))
            or (place.name not in seen and _names_state(text.content, form, state, named))
        ):
            told[place.name] = place.start, place.end
        seen.add(place.name)
    return told


def _names_state(content: str, form: str, state: Region, named: Collection[Region]) -> bool:
    """True if a text names what is in a state, and does not name the other place of its name or what is near that."""
    if countries.code(form):
        states = {region.state for region in named} - {"", CAPITAL_DISTRICT}
        return state in named or len(states) > len({region.country for region in named} - {"US"})
    return state in named and _CAPITAL not in named and not _DISTRICT.search(content)


def _is_town_in(content: str, town: Mention, place: Mention, state: Region) -> bool:
    """True if a town stands before a place as towns stand before their state, and no list says where else it is."""
    if content[town.end : place.start] != ", ":
        return False
    form = content[town.start : town.end]
    possible = regions_of(form)
    return region_meant(form) in (None, state) and (not possible or any(region.country == "US" for region in possible))


def _region_behind(text: Text, at: int, possible: Collection[Region]) -> tuple[int, int] | None:
    """Return the bounds of the words that stand behind an offset and mean a possible region; None if none do."""
    behind = _BEHIND.match(text.content, at) if possible else None
    start, end = behind.span("words") if behind else (0, 0)
    while end > start:
        for words in (text.content[start:end], text.content[start:end].rstrip(".")):
            if region_named(words) in possible:
                return start, start + len(words)
        end = text.content.rfind(" ", start, end)
    return None


def _descriptor(text: Text, bounds: tuple[int, int], name: int, kind: DescriptorKind) -> Descriptor:
    return Descriptor(*bounds, text.content[slice(*bounds)], name, kind)
