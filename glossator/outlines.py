"""Outlines of countries for maps; `training.outlines` made them from Natural Earth."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

STEPS = 20
"""Units of an outline in a degree."""


class Ring(NamedTuple):
    """A closed line: the border of a country, an island or a lake. Units count east and south from 0° N, 0° E."""

    path: str
    """Path data of SVG."""
    west: int
    north: int
    east: int
    south: int


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of each country by ISO code, the largest first; land without code has the empty one."""
    data = (resources.files("glossator") / "data" / "places" / "outlines.json").read_bytes()
    return {code: tuple(map(_ring, rings)) for code, rings in json.loads(data).items() if rings}


def _ring(steps: list[int]) -> Ring:
    xs, ys = list(accumulate(steps[::2])), list(accumulate(steps[1::2]))
    line = "".join(
        f"{dx}{dy}" if dy < 0 and not index else f"{' ' if dx >= 0 and index else ''}{dx}{'' if dy < 0 else ' '}{dy}"
        for index, (dx, dy) in enumerate(zip(steps[2::2], steps[3::2], strict=True))
    )
    return Ring(f"M{steps[0]} {steps[1]}l{line}z", min(xs), min(ys), max(xs), max(ys))
