"""content/gazetteers/*.toml and *.csv -> the entries of a person's own lists of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from glossator import toml
from glossator.addresses import web_address
from glossator.content.saved_files import folder_entries, name_problem
from glossator.files import Unusable, read_text
from glossator.model import EntityId, EntityType, Note, Problem
from glossator.slugs import slug
from glossator.text import digest, nearest, one_line
from glossator.toml import entries

FOLDER = "gazetteers"
FIELDS = ("name", "type", "aliases", "note", "identifiers")
IDENTIFIERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"),
        "viaf": ("VIAF", "https://viaf.org/viaf/"),
        "isni": ("ISNI", "https://isni.org/isni/"),
        "gnd": ("GND", "https://d-nb.info/gnd/"),
        "lcnaf": ("Library of Congress", "https://id.loc.gov/authorities/names/"),
        "geonames": ("GeoNames", "https://www.geonames.org/"),
        "orcid": ("ORCID", "https://orcid.org/"),
        "ror": ("ROR", "https://ror.org/"),
        "lei": ("LEI", "https://search.gleif.org/#/record/"),
    }
)
"""Registers, each with its displayed name and the beginning of its addresses."""


def read_gazetteers(content: Path) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Read every entry of every list, in the order of the files, and the problems."""
    folder = content / FOLDER
    notes: list[Note] = []
    problems: list[Problem] = []
    for path in folder_entries(folder, "gazetteers", problems):
        if path.name.startswith("."):
            continue
        if wrong := name_problem("gazetteers", f"{FOLDER}/{path.name}"):
            problems.append(wrong)
            continue
        file = _GazetteerFile(f"{FOLDER}/{path.name}", problems)
        try:
            if path.suffix.lower() == ".toml":
                notes += file.toml(read_text(path))
            elif path.suffix.lower() == ".csv":
                notes += file.csv(read_text(path))
            else:
                file.say("is no list that is read here: write it as .toml or .csv", None)
        except Unusable as error:
            file.say(str(error), None)
    return tuple(notes), tuple(problems)


class _GazetteerFile(msgspec.Struct, frozen=True):
    """A gazetteer file. State: the problems found so far."""

    name: str
    problems: list[Problem] = msgspec.field(default_factory=list)

    def toml(self, text: str) -> Iterator[Note]:
        """Yield the entries of `[[entity]]` tables."""
        try:
            tables = toml.parse(text)
        except ValueError as error:
            self.say(f"is not valid TOML: {error}. correcting.md in the documentation shows the notation", None)
            return
        positions = entries(text)
        for key in tables:
            if key != "entity":
                line = next((position.line for position in positions if key in (position.table, position.key)), None)
                self.say(f'"{key}" is not known here: write each name below a line [[entity]]', line)
        headers = [position.line for position in positions if (position.table, position.key) == ("entity", "")]
        rows = tables.get("entity", [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
            line = headers[number] if number < len(headers) else None
            if isinstance(row, dict) and (note := self.entry(row, line)):
                yield note

    def csv(self, text: str) -> Iterator[Note]:
        """Yield the entries of a table with FIELDS as columns; semicolons separate aliases or identifiers in a cell."""
        first = text.partition("\n")[0]
        reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
        header: list[str] = []
        end = 0
        try:
            for row in reader:
                line, end = end + 1, reader.line_num
                if not header:
                    header = [cell.strip().lower() for cell in row]
                    if not self.known(header, line):
                        return
                elif any(cell.strip() for cell in row):
                    cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
                    if note := self.entry(_cells(cells), line):
                        yield note
        except csv.Error as error:
            self.say(f"is not valid CSV: {error}", end + 1)

    def known(self, header: list[str], line: int) -> bool:
        """True if the first line of a CSV file names its columns; unknown columns are reported."""
        for column in header:
            if column not in FIELDS:
                self.say(f'"{column}" is not a column: {nearest(column, FIELDS)}', line)
        if "name" not in header:
            self.say('has no column "name": write name,type,aliases,note,identifiers as its first line', line)
        return "name" in header

    def entry(self, row: Mapping[str, object], line: int | None) -> Note | None:
        """Parse an entry; None, with a problem, without a name or a valid type. A wrong field costs only itself."""
        for key in row:
            if key not in FIELDS:
                self.say(f'"{key}" is not a field of an entry: {nearest(key, FIELDS)}', line)
        name, kind, aliases = row.get("name"), row.get("type"), row.get("aliases", [])
        name = one_line(name) if isinstance(name, str) else ""
        if not name:
            self.say("an entry has no name: write one, or take the entry out", line)
            return None
        if kind not in list(EntityType):
            message = f'"{kind}" is not a type' if kind else f"“{name}” has no type"
            self.say(f"{message}: {nearest(str(kind or ''), tuple(EntityType))}", line)
            return None
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            self.say('aliases is not a list of names: write aliases = ["One name", "Another"]', line)
            aliases = []
        text = str(row.get("note") or "").strip()
        aliases = tuple(filter(None, map(one_line, aliases)))
        links = tuple(self.links(row.get("identifiers") or {}, line))
        parts = (name, str(kind), *aliases, *(part for link in links for part in link), text)
        return Note(
            slug=EntityId(slug(name)),
            name=name,
            type=EntityType(str(kind)),
            aliases=aliases,
            links=links,
            markdown=text,
            digest=digest("list", *parts),
            listed=self.name,
            line=line,
        )

    def links(self, identifiers: object, line: int | None) -> Iterator[tuple[str, str]]:
        """Yield label and address of each record."""
        if not isinstance(identifiers, dict):
            self.say('identifiers is not a table: write identifiers = { wikidata = "Q42" }', line)
            return
        for key, value in identifiers.items():
            label, start = IDENTIFIERS.get(str(key).lower(), (str(key), ""))
            address = web_address(str(value)) or web_address(f"{start}{value}")
            if address:
                yield label, address
            else:
                hint = nearest(str(key), tuple(IDENTIFIERS))
                self.say(f'"{key}" is no register whose addresses are known: write a whole address, or {hint}', line)

    def say(self, message: str, line: int | None) -> None:
        self.problems.append(Problem("gazetteers", self.name, message, line))


def _cells(cells: Mapping[str, str]) -> Mapping[str, object]:
    """Convert a row of a CSV file to the form of a table in a TOML file."""
    row: dict[str, object] = {key: value for key, value in cells.items() if key in FIELDS}
    row["aliases"] = cells.get("aliases", "").split(";")
    pairs = (
        pair.replace("=", ":", 1).partition(":") for pair in cells.get("identifiers", "").split(";") if pair.strip()
    )
    row["identifiers"] = {key.strip(): value.strip() for key, _, value in pairs}
    return row
