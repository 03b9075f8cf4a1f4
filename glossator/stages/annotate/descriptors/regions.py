"""Places of a text -> the countries and states that the text names and in which they may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from glossator.model import Descriptor, DescriptorKind, EntityType, Mention, Name, Text
from glossator.naming.regions import Region, region_named, regions_of
from glossator.well_known import region_meant

_BEHIND = re.compile(r"(?:, | \()(?P<words>[^\W\d_](?:[^\W\d_]|[ .](?=\w)){1,30}\.?)")
"""Words behind a place that may begin with its region, as in "Velm, Ore."."""


def find_regions(text: Text, named: tuple[Sequence[Name], Sequence[Mention]]) -> Iterator[Descriptor]:
    """Yield for each place the words by which the text names a region in which there is a city of the place's name.

    If one stands behind the place, it alone is; else each one that the text names anywhere, or of which it names a city
    that everybody knows. `named` are the names and mentions of the text.
    """
    names, mentions = named
    regions = {index: regions_of(name.form) for index, name in enumerate(names) if _may_be_city(text, name)}
    places = [mention for mention in mentions if mention.name in regions]
    mentioned: dict[Region, Mention] = {}
    behind: dict[int, tuple[int, int]] = {}
    for region_of in (region_named, region_meant):  # a country tells more than a city in it
        for mention in places:
            if region := region_of(text.content[mention.start : mention.end]):
                mentioned.setdefault(region, mention)
    for mention in places:
        if mention.name not in behind and (bounds := _region_behind(text, mention.end, regions[mention.name])):
            behind[mention.name] = bounds
    for index, possible in regions.items():
        if index in behind:
            yield _descriptor(text, behind[index], index, "region")
        else:
            beside = [mention for region, mention in mentioned.items() if region in possible and mention.name != index]
            yield from (_descriptor(text, (mention.start, mention.end), index, "setting") for mention in beside)


def _may_be_city(text: Text, name: Name) -> bool:
    """True if a name is that of a place, and no quarter: a hyphen joins it to no large city."""
    if name.type is not EntityType.PLACE or f"-{name.form}" not in text.content:
        return name.type is EntityType.PLACE
    cities = re.findall(rf"(?<!\w)(\w+)-{re.escape(name.form)}(?!\w)", text.content)
    return not any(map(region_meant, cities))


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
