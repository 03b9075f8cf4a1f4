"""Maps of the places: the page with all of them, and the map on the page of each.

The projection is the equirectangular one (Snyder, Map projections: a working manual, 1987), with the true length of
degrees of longitude in the middle of the map.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from math import cos, radians, sqrt

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import Entity, EntityId, SitePath
from glossator.naming.countries import sovereign
from glossator.outlines import STEPS, Ring, outlines
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    frame,
    group,
    newest_first,
)
from glossator.stages.plan.catalogue.lists import EntityListRow
from glossator.stages.plan.catalogue.locations import Location, locate
from glossator.translate import translate
from glossator.views import ArticleLink, EntityLink, MapCity, MapCountry, MapPage, MapStep, PlaceMap
from glossator.well_known import Point

NORTH = 84
"""Degrees of latitude at the upper edge of the map of all places."""
SOUTH = -57
"""Degrees of latitude at its lower edge."""
MIDDLE = 38
"""Degrees of latitude at which that map has the true shape."""
SHAPE = 1.6
"""Width of the map of a place, of its height."""
AROUND_POINT = 30
"""Height in degrees of the map around a point."""
AROUND_COUNTRY = 1.7
"""Height of the map around a country, in heights of the country."""
LEAST = 12
"""Height in degrees of the lowest map around a country."""
MOST = 90
"""Height in degrees of the highest map around a country."""
MAIN = 0.12
"""Share of the largest ring's extent from which another ring counts for the extent of a country."""
LARGEST_POINT = 70.0
"""Radius of the point of the city in most articles, on the map of all places."""
SMALLEST_POINT = 30.0
"""Radius of the smallest point. Numbers of a view are written as they are, and a stored one comes back with a fraction:
one that is made must have it, too."""
SHADES = (1, 2, 5, 10, 20)
"""Numbers of articles from which a country has a stronger colour: one that is in everything leaves the others apart."""
VISIBLE = 1.2
"""Degrees of a country's extent that can be seen on the map of all places."""
SMALL = 30
"""A country whose extent is less than this part of its map's height is shown by a point."""
TOLD = 24
"""Places in most articles beside which articles stand."""
NEWEST = 2
"""Articles beside a place."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the map, if it is known of any place where it is."""
    if any(row.location for row in catalogue.lists.rows.values()):
        yield PlannedPage(site_paths.MAP, "map", "")


def located_rows(catalogue: Catalogue) -> list[tuple[EntityId, EntityListRow]]:
    """Return the places of which it is known where they are, those in most articles first."""
    located = ((key, row) for key, row in catalogue.lists.rows.items() if row.location)
    return sorted(located, key=lambda pair: (-pair[1].articles, pair[0]))


def compose(catalogue: Catalogue, planned: PlannedPage) -> MapPage:
    """Compose the map of all places."""
    path, located = planned.path, located_rows(catalogue)
    squeeze = _squeeze(MIDDLE)
    whole: dict[str, tuple[EntityId, EntityListRow]] = {}
    cities = []
    for key, row in located:
        assert row.location is not None, "the rows were chosen so"
        if row.location.point is None:
            whole.setdefault(row.location.country, (key, row))
        else:
            cities.append((key, row, row.location.point))
    most = max((row.articles for _, row, _ in cities), default=1)
    rest = (ring for country, rings in outlines().items() if country not in whole for ring in rings)
    newest = {key: _newest(catalogue, key, path) for key, _ in located[:TOLD]}
    shown = {
        country: _country(entity_link(catalogue, key, path), (country, row.articles), squeeze, newest.get(key, ()))
        for country, (key, row) in whole.items()
    }
    drawn = tuple(
        MapCity(
            entity_link(catalogue, key, path),
            row.articles,
            round(point[1] * STEPS * squeeze, 1),
            round(-point[0] * STEPS, 1),
            round(max(SMALLEST_POINT, LARGEST_POINT * sqrt(row.articles / most)), 1),
            newest.get(key, ()),
        )
        for key, row, point in cities
    )
    return MapPage(
        frame=frame(catalogue, path, translate(catalogue.site.words, "Map of the places"), "map"),
        view_box=_view_box((-180 * squeeze, -NORTH, 360 * squeeze, NORTH - SOUTH)),
        squeeze=squeeze,
        land=_joined(rest),
        countries=tuple(land for country, land in shown.items() if not sovereign(country)),
        territories=tuple(land for country, land in shown.items() if sovereign(country)),
        cities=drawn,
        key=_key({land.level for land in shown.values()}),
        most=most if len({city.articles for city in drawn}) > 1 else 0,
    )


def _key(levels: AbstractSet[int]) -> tuple[MapStep, ...]:
    """Return the steps of the shading that are used; none if there is nothing to compare."""
    lasts = [f"–{after - 1}" if after - 1 > first else "" for first, after in pairwise(SHADES)]
    labels = [f"{first}{last}" for first, last in zip(SHADES, [*lasts, "+"], strict=True)]
    steps = (MapStep(level, label) for level, label in enumerate(labels, 1) if level in levels)
    return tuple(steps) if len(levels) > 1 else ()


def _newest(catalogue: Catalogue, key: EntityId, path: SitePath) -> tuple[ArticleLink, ...]:
    """Return the newest articles that name a place."""
    everywhere = group(catalogue, "articles", key)
    articles = [appearance.article for appearance in catalogue.content.entities[key].appearances]
    return tuple(
        replace(article_link(everywhere, article, path), thumbnail=None)
        for article in newest_first(everywhere, articles)[:NEWEST]
    )


def _country(link: EntityLink, shown: tuple[str, int], squeeze: float, newest: tuple[ArticleLink, ...]) -> MapCountry:
    """Return a country of the map of all places; `shown` are its code and number of articles."""
    code, articles = shown
    rings = outlines().get(code, ())
    latitude, longitude = _middle(rings[0]) if rings else (0.0, 0.0)
    small = bool(rings) and _extent(rings[0]) < VISIBLE * STEPS
    return MapCountry(
        entity=link,
        articles=articles,
        level=bisect_right(SHADES, articles),
        path=_joined(rings),
        x=round(longitude * STEPS * squeeze, 1),
        y=round(-latitude * STEPS, 1),
        radius=SMALLEST_POINT if small else 0.0,
        newest=newest,
    )


def place_map(entity: Entity) -> PlaceMap | None:
    """Return the map on the page of a place; None if it is not known where the place is, or cannot be drawn."""
    location = locate(entity)
    if location is None or not (location.point or outlines().get(location.country)):
        return None
    latitude, longitude, height = _around_point(location) if location.point else _around_country(location.country)
    squeeze = _squeeze(latitude)
    width = height * SHAPE
    west, north = longitude * squeeze - width / 2, -latitude - height / 2
    window = (west / squeeze * STEPS, north * STEPS, (west + width) / squeeze * STEPS, (north + height) * STEPS)
    seen = {code: [ring for ring in rings if _overlaps(ring, window)] for code, rings in outlines().items()}
    main = outlines().get(location.country, ())[:1]
    small = location.point is None and _extent(main[0]) * SMALL < height * STEPS
    point = location.point or _middle(main[0])
    return PlaceMap(
        view_box=_view_box((west, north, width, height)),
        squeeze=squeeze,
        land=_joined(ring for code, rings in seen.items() if code != location.country or not code for ring in rings),
        country=_joined(seen.get(location.country, ())) if location.country else "",
        x=round(point[1] * STEPS * squeeze, 1),
        y=round(-point[0] * STEPS, 1),
        is_point=small or location.point is not None,
        radius=round(height * STEPS / 60, 1),
    )


def _around_point(location: Location) -> tuple[float, float, float]:
    """Return the middle of the map around a point, and its height, in degrees."""
    assert location.point is not None, "the caller has looked"
    return (*location.point, AROUND_POINT)


def _around_country(country: str) -> tuple[float, float, float]:
    """Return the middle of the map around a country, and its height, in degrees; far islands are left outside."""
    rings = outlines()[country]
    largest = max(_extent(ring) for ring in rings)
    main = [ring for ring in rings if _extent(ring) >= MAIN * largest and _is_near(ring, rings[0])]
    west, east = min(ring.west for ring in main) / STEPS, max(ring.east for ring in main) / STEPS
    north, south = -min(ring.north for ring in main) / STEPS, -max(ring.south for ring in main) / STEPS
    latitude = (north + south) / 2
    height = max(north - south, (east - west) * _squeeze(latitude) / SHAPE) * AROUND_COUNTRY
    return latitude, (west + east) / 2, max(LEAST, min(MOST, height))


def _middle(ring: Ring) -> Point:
    """Return the middle of a ring, in degrees of latitude and longitude."""
    return -(ring.north + ring.south) / 2 / STEPS, (ring.west + ring.east) / 2 / STEPS


def _is_near(ring: Ring, main: Ring) -> bool:
    """True if a ring is no farther from the main one than that is wide or high."""
    width, height = main.east - main.west, main.south - main.north
    beside = max(ring.west - main.east, main.west - ring.east)
    return beside <= max(width, height) and max(ring.north - main.south, main.north - ring.south) <= max(width, height)


def _extent(ring: Ring) -> int:
    return max(ring.east - ring.west, ring.south - ring.north)


def _overlaps(ring: Ring, window: tuple[float, float, float, float]) -> bool:
    west, north, east, south = window
    return ring.west <= east and ring.east >= west and ring.north <= south and ring.south >= north


def _squeeze(latitude: float) -> float:
    return round(max(0.2, cos(radians(latitude))), 3)


def _view_box(degrees: tuple[float, float, float, float]) -> str:
    return " ".join(str(round(amount * STEPS)) for amount in degrees)


def _joined(rings: Iterable[Ring]) -> str:
    return "".join(ring.path for ring in rings)
