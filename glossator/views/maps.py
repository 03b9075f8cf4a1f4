"""Maps: `map.html`, and the map on the page of a place."""

from __future__ import annotations

from glossator.views.common import EntityLink, Frame
from glossator.views.template_value import TemplateValue


class PlaceMap(TemplateValue, frozen=True):
    """A part of the world with one place."""

    view_box: str
    """The part that is shown, as SVG's `viewBox`."""
    squeeze: float
    """Factor of the widths, because degrees of longitude are shorter towards the poles."""
    land: str
    """Path data of the other countries."""
    country: str
    """Path data of the country that the place is or is in; empty if it is not known."""
    x: float
    y: float
    is_point: bool
    """True if the place is a point at x and y; false if it is the country."""
    radius: float
    """Radius of the point."""


class MapCountry(TemplateValue, frozen=True):
    """A country that the articles mention."""

    entity: EntityLink
    articles: int
    level: int
    """Step of the number of articles, from 1 to 5."""
    path: str
    """Path data; empty for a country that the map does not have."""
    x: float
    y: float
    radius: float
    """Radius of the point by which a small country is shown; 0 for a country that can be seen."""


class MapCity(TemplateValue, frozen=True):
    """A point on the map."""

    entity: EntityLink
    articles: int
    x: float
    y: float
    radius: float


class MapPage(TemplateValue, frozen=True):
    """All places of which it is known where they are."""

    frame: Frame
    view_box: str
    squeeze: float
    land: str
    """Path data of the countries that no article mentions."""
    countries: tuple[MapCountry, ...]
    """Countries, those in most articles first."""
    cities: tuple[MapCity, ...]
    """Other places, those in most articles first."""
