"""Names on the map of all places: which places have one, where it stands, and the line that leads to it.

A label stands at the first free one of a few positions, as those of Christensen, Marks and Shieber, An empirical study
of algorithms for point-feature label placement, 1995: beside its point or within its country, else farther off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import NamedTuple

from glossator.outlines import Ring, corners
from glossator.text import cut
from glossator.views import MapCity, MapCountry, MapLabel
from glossator.well_known import Point

LONGEST = 18
"""Letters of a name on the map."""
LETTER_WIDTH = 0.55
"""Width of a letter, of its height, at least."""
BASELINE = 0.35
"""Distance between the middle of a label and its baseline, of its height."""
APART = 0.4
"""Distance between a label and the points of other places, at least, of the label's height."""
BESIDE = 0.3
"""Distance of a label from its own point, of its height."""
LEADERS = (1, 1.75, 2.75, 4, 6, 8.5)
"""Lengths of the lines that are tried, of the height of a label."""
DIRECTIONS = 16
TRIED = 3
"""Places that are tried for each label of a map."""

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""
Place = MapCountry | MapCity
Line = tuple[Point, Point]


class Position(NamedTuple):
    """A position of a label."""

    box: Box
    line: Line | None
    """Line from the place to the label; None if the label is beside or within the place."""


def place_labels(
    places: Sequence[Place], shapes: Mapping[str, Sequence[Point]], window: Box, size: int, most: int
) -> tuple[MapLabel, ...]:
    """Return the labels of the first of the places, without those that find no free position.

    `shapes` are the outlines of countries by the id of the entity, in units of the map, of which `window` is shown;
    `size` is the height of the letters.
    """
    points, taken = [place for place in places if place.radius], list[Position]()
    labels: list[MapLabel] = []
    for place in places[: TRIED * most]:
        name = cut(place.entity.name, LONGEST)
        width = LETTER_WIDTH * size * (len(name) + len(str(place.articles)) + 1)
        others = [point for point in points if point is not place]
        for position in _positions(place, shapes.get(place.entity.id, ()), width, size):
            if _is_free(position, place, others, taken, APART * size) and _is_within(position.box, window):
                taken.append(position)
                labels.append(_label(place, name, position, size))
                break
        if len(labels) == most:
            break
    return tuple(labels)


def outline_of(ring: Ring, squeeze: float) -> tuple[Point, ...]:
    """Return the outline of a country in units of a map whose widths have the factor `squeeze`."""
    return tuple((x * squeeze, float(y)) for x, y in corners(ring))


def _label(place: Place, name: str, position: Position, size: int) -> MapLabel:
    left, upper, right, lower = position.box
    numbers = (round(number, 1) for end in position.line or () for number in end)
    line = "M{} {}L{} {}".format(*numbers) if position.line else ""
    return MapLabel(
        name, place.articles, round((left + right) / 2, 1), round((upper + lower) / 2 + size * BASELINE, 1), line
    )


def _positions(place: Place, shape: Sequence[Point], width: float, size: int) -> Iterator[Position]:
    """Yield positions of a label, the best first."""
    if place.radius:
        yield from (Position(box, None) for box in _beside(place, width, size))
    elif shape:
        yield from (Position(box, None) for box in _inside(shape, width, size))
    start = (place.x, place.y) if place.radius else _middle(shape)
    if start is None:
        return
    for length in LEADERS:
        for step in range(DIRECTIONS):
            x, y = cos(2 * pi * step / DIRECTIONS), sin(2 * pi * step / DIRECTIONS)
            away = place.radius + length * size
            middle = (start[0] + x * (away + width / 2), start[1] + y * (away + size / 2))
            box = _box(*middle, width, size)
            yield Position(box, (start, _nearest(box, start)))


def _beside(place: Place, width: float, size: int) -> Iterator[Box]:
    """Yield the positions around a point."""
    away, beside = place.radius + size * (BESIDE + 0.5), place.radius + size * BESIDE + width / 2
    shifts = [(beside, 0.0), (-beside, 0.0), (0.0, -away), (0.0, away)]
    shifts += [(side * beside, line * away) for side in (1, -1) for line in (-0.8, 0.8)]
    for x, y in shifts:
        yield _box(place.x + x, place.y + y, width, size)


def _inside(shape: Sequence[Point], width: float, size: int) -> Iterator[Box]:
    """Yield the positions within a country, those in the middle first."""
    upper, lower = min(y for _, y in shape), max(y for _, y in shape)
    for step in range(int((lower - upper) / size)):
        for y in ((upper + lower - step * size) / 2, (upper + lower + step * size) / 2):
            spans = [_spans(shape, line) for line in (y - size / 2, y, y + size / 2)]
            for left, right in _common(*spans):
                if right - left >= width:
                    for x in ((left + right) / 2, left + width / 2, right - width / 2):
                        yield _box(x, y, width, size)


def _spans(shape: Sequence[Point], y: float) -> list[tuple[float, float]]:
    """Return the stretches of a level line that lie within an outline."""
    edges = [*pairwise(shape), (shape[-1], shape[0])]
    crossed = [(start, end) for start, end in edges if (start[1] <= y) != (end[1] <= y)]
    xs = sorted(start[0] + (y - start[1]) * (end[0] - start[0]) / (end[1] - start[1]) for start, end in crossed)
    return list(zip(xs[::2], xs[1::2], strict=True))


def _common(*lines: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what the stretches of several lines have in common, the widest first."""
    first, *others = lines
    for other in others:
        first = [(max(a, c), min(b, d)) for a, b in first for c, d in other if max(a, c) < min(b, d)]
    return sorted(first, key=lambda span: span[0] - span[1])


def _middle(shape: Sequence[Point]) -> Point | None:
    """Return a point well within a country: in the middle of its widest stretch half-way down; None without extent."""
    y = (min((y for _, y in shape), default=0) + max((y for _, y in shape), default=0)) / 2
    widest = next(iter(_common(_spans(shape, y))), None) if shape else None
    return ((widest[0] + widest[1]) / 2, y) if widest else None


def _is_free(
    position: Position, place: Place, others: Sequence[Place], taken: Sequence[Position], apart: float
) -> bool:
    """True if a label would cover nothing, and would be `apart` from the points of others."""
    box, line = position
    if any(_distance(box, (other.x, other.y)) < other.radius + apart for other in others):
        return False
    if place.radius and _distance(box, (place.x, place.y)) < place.radius:
        return False
    if any(_meet(box, other.box) or (other.line and _crosses(other.line, box)) for other in taken):
        return False
    return line is None or not (
        any(_crosses(line, other.box) for other in taken) or any(_passes(line, place, other) for other in others)
    )


def _is_within(box: Box, window: Box) -> bool:
    return box[0] >= window[0] and box[1] >= window[1] and box[2] <= window[2] and box[3] <= window[3]


def _passes(line: Line, place: Place, other: Place) -> bool:
    """True if a line from a place would touch the point of another, or go towards one that covers the place's own."""
    (x, y), (to_x, to_y) = line
    away = hypot(other.x - x, other.y - y)
    if away < place.radius + other.radius:
        return (to_x - x) * (other.x - x) + (to_y - y) * (other.y - y) > 0
    length = hypot(to_x - x, to_y - y)
    along = ((other.x - x) * (to_x - x) + (other.y - y) * (to_y - y)) / length**2 if length else 0.0
    share = max(0.0, min(1.0, along))
    return hypot(other.x - x - share * (to_x - x), other.y - y - share * (to_y - y)) < other.radius


def _crosses(line: Line, box: Box) -> bool:
    """True if a line passes through a box (Liang and Barsky, A new concept and method for line clipping, 1984)."""
    (x, y), (to_x, to_y) = line
    first, last = 0.0, 1.0
    for step, gap in ((x - to_x, x - box[0]), (to_x - x, box[2] - x), (y - to_y, y - box[1]), (to_y - y, box[3] - y)):
        if step == 0 and gap < 0:
            return False
        if step < 0:
            first = max(first, gap / step)
        elif step > 0:
            last = min(last, gap / step)
    return first < last


def _nearest(box: Box, point: Point) -> Point:
    """Return the point of a box that is nearest to another."""
    return max(box[0], min(box[2], point[0])), max(box[1], min(box[3], point[1]))


def _distance(box: Box, point: Point) -> float:
    near = _nearest(box, point)
    return hypot(near[0] - point[0], near[1] - point[1])


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
