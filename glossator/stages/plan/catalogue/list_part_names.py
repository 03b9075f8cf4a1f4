"""The names of the parts of lists, in words."""

from __future__ import annotations

from glossator.model import Messages
from glossator.stages.plan.catalogue.sort_keys import UNDATED
from glossator.translate import day, day_of_year, translate


def label_of(name: str) -> str:
    """Return the label of a part of a list by date: an ISO date, or the beginning of the ids of undated articles."""
    return name.removeprefix(UNDATED).strip("-") if name.startswith(UNDATED) else name


def part_name(words: Messages, name: str, kind: str = "") -> str:
    """Return the name of a part of a list by date, or by day of the year (`kind` "days"), in words."""
    if kind == "days":
        return day_of_year(words.language, name)
    if not name.startswith(UNDATED):
        return day(words.language, name)
    undated, part = translate(words, "Undated"), label_of(name)
    return part_of(words, undated, part) if part else undated


def part_of(words: Messages, whole: str, part: str) -> str:
    """Return the title of a part of a list."""
    return translate(words, "%(whole)s: %(part)s", whole=whole, part=part)
