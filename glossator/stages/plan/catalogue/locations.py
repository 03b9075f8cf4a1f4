"""Locations of places, by what a person or the articles say of them. Without such words a place has no location.

A country is known by its name. A city is looked up only in a country that is given: by its descriptor, the person's
note, a list, or words that follow its name, as in "Lviv, Ukraine"; and only if that country has one city of the name.
If nobody says anything of a city, it is where everybody knows one of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from glossator.model import Entity, EntityType
from glossator.naming import countries
from glossator.naming.regions import Region, region_in
from glossator.well_known import (
    NAMING,
    KnownPlace,
    Point,
    city_in,
    country_named,
    known_place,
    place_numbered,
)

GEONAMES = re.compile(r"https?://(?:www\.)?geonames\.org/(\d+)(?:/.*)?")
"""Address of a place in GeoNames."""
FOLLOWING = 40
"""Characters after a name that may say where the place is."""


class Location(msgspec.Struct, frozen=True, array_like=True):
    """A country, or a point, of which the country may not be known."""

    country: str
    """ISO code, or empty."""
    point: Point | None = None
    """Degrees of latitude and longitude; None for a country as a whole."""


def locate(entity: Entity) -> Location | None:
    """Return where a place is; None if nobody says so, or for an entity of another type."""
    if entity.type != EntityType.PLACE:
        return None
    note = entity.note
    if note and note.coordinates:
        return Location("", note.coordinates)
    for _, address in note.links if note else ():
        if match := GEONAMES.fullmatch(address):
            country, point = place_numbered(match[1])
            return Location(country, point) if country else None
    country = entity.country or country_named(entity.name)
    return Location(country) if country else _city(entity)


def _city(entity: Entity) -> Location | None:
    """Return where the city of an entity is, in the region that words give; without any words, the best-known one."""
    regions = told_regions(entity)
    if not (_said(entity) or entity.introduction or entity.note):
        place = known_place_of(entity)  # the page says so, too, in words
        return Location(place.country, place.point) if place and place.point else None
    if len({region.country for region in regions}) != 1:
        return None
    region = max(regions, key=lambda region: region.state)  # one that names a state says more
    point = city_in(entity.name, region)
    return Location(region.country, point) if point else None


def known_place_of(entity: Entity) -> KnownPlace | None:
    """Return the place that everybody knows by the name of an entity, if no words about it say otherwise."""
    if entity.type != EntityType.PLACE:
        return None
    name = countries.name(entity.country) if entity.country else entity.name
    return known_place(name, told_regions(entity), frozenset(_named(entity, in_words=False)))


def told_regions(entity: Entity) -> frozenset[Region]:
    """Return the regions in which articles, or a person, say that a place is."""
    return _said(entity) or frozenset(_named(entity, in_words=True))


def _said(entity: Entity) -> frozenset[Region]:
    """Return the regions that words about a place name."""
    return frozenset(region for text in _told(entity) if (region := region_in(text)))


def _named(entity: Entity, *, in_words: bool) -> Iterator[Region]:
    """Yield the regions that enough of the articles of a place name, or `in_words` in so many words to be its own."""
    for region in entity.regions:
        if NAMING * (region.told if in_words else region.articles) > len(entity.appearances):
            yield Region(region.country, region.state)


def _told(entity: Entity) -> Iterator[str]:
    """Yield the words that may say in which country a place is."""
    if entity.introduction:
        yield entity.introduction.text
    if entity.note:
        yield entity.note.markdown
    for form in entity.forms:
        if form.startswith(f"{entity.name},"):
            yield form
    following = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, entity.forms))})(?:, | \()([^.;:()]{{3,{FOLLOWING}}})")
    for sentence in entity.sentences:
        for match in following.finditer(sentence.text):
            yield match[1].split(",")[0]
