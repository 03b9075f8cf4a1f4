"""Names of firms that are known all over the world, each with its one kind, from the npm package name-suggestion-index.

usage: python -m training.firms PACKAGE [--out FILE]

PACKAGE is the folder into which the package was unpacked (`npm pack name-suggestion-index`). A line of the file has a
kind, the number of the brand in Wikidata, and the name.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "glossator/data/firms/firms.txt"
KINDS = {
    "amenity/bank": "bank",
    "amenity/cafe": "cafe",
    "amenity/car_rental": "car rental",
    "amenity/cinema": "cinema",
    "amenity/fast_food": "fast food",
    "amenity/pharmacy": "pharmacy",
    "amenity/restaurant": "restaurant",
    "leisure/fitness_centre": "gym",
    "office/estate_agent": "estate agent",
    "office/insurance": "insurer",
    "shop/books": "bookshop",
    "shop/car": "cars",
    "shop/clothes": "clothes",
    "shop/convenience": "convenience",
    "shop/cosmetics": "cosmetics",
    "shop/department_store": "department store",
    "shop/doityourself": "hardware",
    "shop/furniture": "furniture",
    "shop/jewelry": "jewellery",
    "shop/optician": "optician",
    "shop/shoes": "shoes",
    "shop/supermarket": "supermarket",
    "tourism/hotel": "hotel",
}
"""Kind by category of the index: those that say what a firm is, and not only what stands somewhere under its name."""
MACHINES = frozenset(
    {
        "advertising/totem",
        "amenity/atm",
        "amenity/charging_station",
        "amenity/parcel_locker",
        "amenity/payment_terminal",
        "amenity/photo_booth",
        "amenity/vending_machine",
        "man_made/charge_point",
    }
)
"""Categories of what firms put up, which say nothing about them. All others make a name one of several kinds."""
WORLD = "001"
"""Code of the whole world. A chain of one country is another firm elsewhere: of 16 names of organisations in 932 pages
four were, and of those that the whole world knows none is."""
SHORTEST = 4
"""Letters of a name: shorter ones are words and abbreviations, as are those in capitals."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="unpacked package")
    parser.add_argument("--out", type=Path, default=OUT, help="file to write")
    options = parser.parse_args()
    index = json.loads((options.package / "dist/json/nsi.min.json").read_text("utf-8"))["nsi"]
    options.out.write_text("".join(f"{line}\n" for line in sorted(firms(index))), "utf-8")


def firms(index: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each name that the index gives one kind and one number."""
    meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    everywhere = set()
    for category, entries in index.items():
        path = category.partition("/")[2]
        for item in entries["items"] if path not in MACHINES else ():
            tags = item["tags"]
            names = {tags[tag] for tag in ("name", "brand", "operator", "name:en", "brand:en") if tag in tags}
            for name in names:
                meanings[name.casefold()].add((KINDS.get(path, ""), tags.get("brand:wikidata", "")))
            if WORLD in item["locationSet"]["include"]:
                everywhere |= names
    for name in sorted(everywhere):
        (kind, number), *others = sorted(meanings[name.casefold()])
        if kind and number and not others and len(name) >= SHORTEST and name[0].isupper() and not name.isupper():
            yield f"{kind}\t{number}\t{name}"


if __name__ == "__main__":
    main()
