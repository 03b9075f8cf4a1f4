"""Ties as a drawing: the entities on a circle, those of a group beside each other, and a curve for each tie.

A circle needs no search for positions, so equal ties give equal drawings, no name covers another, and every name can
be read: it stands outside, turned like a spoke. A phone is too narrow for it: there the entities stand below each other
in the same order, with an arc for each tie (an arc diagram; Wattenberg, 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from glossator.model import EntityId, SitePath, Tie
from glossator.stages.plan.catalogue import Catalogue, entity_link
from glossator.text import cut
from glossator.views import DrawnEntity, DrawnTie, TieDrawing

SIZE = 900
RADIUS = 225
"""Distance of the points from the centre; the rest of the size is for the names."""
GAP = 9
"""Distance between a point and its name."""
PULL = 0.28
"""Share of the distance from the centre that the middle of a curve keeps."""
LONGEST_NAME = 22
"""Letters of a name: more of them would be cut off at the edge, in a wide and bold face."""
LINE = 26
"""Height of a line of the column: a finger needs 24 pixels."""
INDENT = 150
BULGE = 1.28
"""Distance between the ends of an arc's handles and the names, as a share of the indent: the arc itself reaches three
quarters of that."""
WIDTHS = 4
FEWEST = 3
"""Entities of a drawing, at least: fewer are told better in words."""


def draw(
    catalogue: Catalogue, ties: Sequence[Tie], groups: Sequence[Sequence[EntityId]], path: SitePath
) -> TieDrawing | None:
    """Return the drawing of ties on the page at `path`; None for very few entities.

    Entities of one of the `groups` stand together, in the order that brings those beside each other that are tied.
    """
    of = {entity: index for index, group in enumerate(groups) for entity in group}
    order = _order(ties, of)
    if len(order) < FEWEST:
        return None
    lines = {entity: index for index, entity in enumerate(order)}
    places = {entity: (2 * pi * index / len(order) - pi / 2) for index, entity in enumerate(order)}
    highest = max(tie.articles for tie in ties)
    names = {entity: catalogue.profiles[entity].name for entity in order}
    return TieDrawing(
        size=SIZE,
        line=LINE,
        indent=INDENT,
        entities=tuple(_entity(catalogue, entity, (places[entity], of.get(entity, -1)), path) for entity in order),
        ties=tuple(
            DrawnTie(
                _curve(places[tie.first], places[tie.second]),
                _arc(lines[tie.first], lines[tie.second], len(order)),
                1 + (tie.articles * WIDTHS - 1) // highest if highest > 1 else 1,
                f"{names[tie.first]} – {names[tie.second]}",
                f"{tie.first} {tie.second}",
                tie.articles,
            )
            for tie in reversed(ties)  # the strongest is drawn last, above the others
        ),
    )


def _order(ties: Sequence[Tie], of: dict[EntityId, int]) -> list[EntityId]:
    """Return the entities in the order of the circle: by group, and within one along the strongest ties."""
    tied: dict[EntityId, list[EntityId]] = {}
    for tie in ties:
        tied.setdefault(tie.first, []).append(tie.second)
        tied.setdefault(tie.second, []).append(tie.first)
    order: dict[EntityId, None] = {}
    for start in sorted(tied, key=lambda entity: (of.get(entity, len(tied)), -len(tied[entity]), entity)):
        waiting = [start]
        while waiting:
            entity = waiting.pop()
            if entity not in order:
                order[entity] = None
                waiting += [other for other in reversed(tied[entity]) if of.get(other) == of.get(start)]
    return sorted(order, key=lambda entity: of.get(entity, len(tied)))


def _entity(catalogue: Catalogue, entity: EntityId, where: tuple[float, int], path: SitePath) -> DrawnEntity:
    """Return a point and its name; `where` is its angle, and the number of its group."""
    angle, group = where
    degrees = angle * 180 / pi
    left = cos(angle) < -1e-9
    link = entity_link(catalogue, entity, path)
    x, y = _point(angle, RADIUS + GAP)
    return DrawnEntity(
        entity=type(link)(link.id, cut(link.name, LONGEST_NAME), link.type, link.href),
        x=x,
        y=y,
        turn=round(degrees + 180 if left else degrees, 1),
        anchor="end" if left else "start",
        group=group,
    )


def _curve(first: float, second: float) -> str:
    (x1, y1), (x2, y2) = _point(first, RADIUS), _point(second, RADIUS)
    middle = SIZE / 2
    cx, cy = (round(middle + (x1 + x2 - 2 * middle) * PULL, 1), round(middle + (y1 + y2 - 2 * middle) * PULL, 1))
    return f"M{x1} {y1}Q{cx} {cy} {x2} {y2}"


def _arc(first: int, second: int, lines: int) -> str:
    """Return the arc between two lines of the column; arcs of farther lines reach farther to the left."""
    near = INDENT - GAP
    far = round(near - INDENT * BULGE * abs(first - second) / lines, 1)
    y1, y2 = (LINE * line + LINE // 2 for line in (first, second))
    return f"M{near} {y1}C{far} {y1} {far} {y2} {near} {y2}"


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(SIZE / 2 + radius * cos(angle), 1), round(SIZE / 2 + radius * sin(angle), 1)
