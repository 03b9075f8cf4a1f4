"""Ties as a drawing: the entities below each other, those of a group together, and an arc for each tie.

An arc diagram (Wattenberg, Arc diagrams: visualizing structure in strings, 2002) needs no search for positions, so
equal ties give equal drawings, every name is level, none covers another, and a phone has room for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import EntityId, SitePath, Tie
from glossator.stages.plan.catalogue import Catalogue, entity_link
from glossator.text import cut
from glossator.views import DrawnEntity, DrawnTie, TieDrawing

LONGEST_NAME = 22
"""Letters of a name: more of them would be cut off at the edge, in a wide and bold face."""
LINE = 26
"""Height of a line: a finger needs 24 pixels."""
APART = 10
"""Distance between two groups."""
INDENT = 150
NEAR = 9
"""Distance between an arc and its names."""
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
    lines = _lines(order, of)
    height = max(lines.values()) + LINE // 2
    highest = max(tie.articles for tie in ties)
    names = {entity: catalogue.profiles[entity].name for entity in order}
    return TieDrawing(
        height=height,
        indent=INDENT,
        entities=tuple(_entity(catalogue, entity, lines[entity], path) for entity in order),
        ties=tuple(
            DrawnTie(
                _arc(lines[tie.first], lines[tie.second], height),
                1 + (tie.articles * WIDTHS - 1) // highest if highest > 1 else 1,
                f"{names[tie.first]} – {names[tie.second]}",
                f"{tie.first} {tie.second}",
                tie.articles,
            )
            for tie in reversed(ties)  # the strongest is drawn last, above the others
        ),
    )


def _order(ties: Sequence[Tie], of: dict[EntityId, int]) -> list[EntityId]:
    """Return the entities in the order of the column: by group, and within one along the strongest ties."""
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


def _lines(order: Sequence[EntityId], of: dict[EntityId, int]) -> dict[EntityId, int]:
    """Return the height at which each entity stands: a group is apart from the next."""
    lines: dict[EntityId, int] = {}
    height, before = LINE // 2, of.get(order[0])
    for entity in order:
        height += APART if of.get(entity) != before else 0
        lines[entity], before = height, of.get(entity)
        height += LINE
    return lines


def _entity(catalogue: Catalogue, entity: EntityId, line: int, path: SitePath) -> DrawnEntity:
    link = entity_link(catalogue, entity, path)
    return DrawnEntity(entity=type(link)(link.id, cut(link.name, LONGEST_NAME), link.type, link.href), y=line)


def _arc(first: int, second: int, height: int) -> str:
    """Return the arc between two lines; arcs of farther lines reach farther to the left."""
    near = INDENT - NEAR
    far = round(near - INDENT * BULGE * abs(first - second) / height, 1)
    return f"M{near} {first}C{far} {first} {far} {second} {near} {second}"
