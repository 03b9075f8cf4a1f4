"""A table that came back from OpenRefine -> decisions: what a person renamed, retyped, or found to be one."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.config import SiteError
from glossator.model import UNTYPED, Decision, EntityType

NEEDED = ("id", "name", "type")
WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")
"""An item of Wikidata, by its number or its address."""
TYPES = frozenset(map(str, EntityType))


def decisions(text: str, known: Mapping[str, tuple[str, str]]) -> tuple[Decision, ...]:
    """Return the decisions in a table of entities; `known` are their names and types by id.

    Rows that have one item of Wikidata are one entity, under the name of the first. Raises SiteError for a table
    without the columns, with an unknown id or an unknown type.
    """
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if not rows or not set(NEEDED) <= rows[0].keys():
        raise SiteError(
            f"The table lacks one of the columns {', '.join(NEEDED)}.", "Begin with `export openrefine`, and keep them."
        )
    return (*_merges(rows, known), *_changes(rows, known))


def _merges(rows: Sequence[Mapping[str, str]], known: Mapping[str, tuple[str, str]]) -> Iterator[Decision]:
    by_item: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        item = WIKIDATA.fullmatch((row.get("wikidata") or "").strip())
        if item and row["id"] in known:
            by_item[item[1]].append(row["id"])
    for ids in by_item.values():
        if len(ids) > 1:
            yield Decision("merge", tuple(ids))


def _changes(rows: Sequence[Mapping[str, str]], known: Mapping[str, tuple[str, str]]) -> Iterator[Decision]:
    for line, row in enumerate(rows, 2):
        key, name, kind = (row[column].strip() for column in NEEDED)
        if key not in known:
            raise SiteError(f"Line {line}: no entity has the id “{key}”.", "Export the table anew.")
        if kind not in {*TYPES, UNTYPED}:
            raise SiteError(f"Line {line}: “{kind}” is no type.", f"Known are: {', '.join(sorted(TYPES))}.")
        old_name, old_kind = known[key]
        plain = name.removeprefix("'") if name[1:2] in ("=", "+", "-", "@") else name
        if plain and plain != old_name:
            yield Decision("rename", (key,), plain)
        if kind not in (old_kind, UNTYPED):
            yield Decision("type", (key,), kind)
