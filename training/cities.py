"""Names of capitals and of large cities, from the files that `training.geonames` made.

usage: python -m training.cities [--out FILE]

These have 33,000 cities, which a build would have to read for two thousand names.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from glossator.naming import geonames

OUT = Path(__file__).resolve().parent.parent / "glossator/data/names/cities.txt"
LARGE = 300_000
"""Inhabitants of a city whose name alone may be taken for the city."""
SHORTEST = 4
"""Letters of a name: shorter ones are words."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="file to write")
    options = parser.parse_args()
    options.out.write_text("".join(f"{name}\n" for name in city_names()), "utf-8")


def city_names() -> list[str]:
    """Return the names, sorted."""
    capitals = {country.capital.strip() for country in geonames.countries().values()}
    large = {city.name for city in geonames.cities() if city.population >= LARGE}
    return sorted(name for name in capitals | large if len(name) >= SHORTEST)


if __name__ == "__main__":
    main()
