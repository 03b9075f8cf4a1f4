"""Names that readers of the world's press meet, from the list in `data/known`: their types, kinds and countries.

A line has six columns: name, other names, type, kind, the country's ISO code or nothing, and whether the name is always
taken, or only where its articles agree because it is also a word or somebody else's: Apple, Shell.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from glossator.model import EntityType
from glossator.naming.head_nouns import ALIKE
from glossator.naming.lexicon import TIERS

BETWEEN_NAMES = "; "
"""Separates other names in their column."""
ALWAYS = "always"
AGREED = "agreed"
SOFTWARE, LANGUAGE = "software", "programming language"
MADE = "made"
"""Kind of what has the name of its maker before its own; no line has it."""
_MAKES = re.compile("company|manufacturer|retailer")
"""Kinds of organisations that make products: an Arsenal shirt, an FBI file and the BBC Micro are others'."""
_VERSION = re.compile(r"v?\d[\d.]*")
_DOT = re.compile(r"(?<=\b[A-Z])\.")


class KnownName(NamedTuple):
    """A name that readers of the world's press meet, and what it names."""

    name: str
    type: EntityType
    kind: str
    """Kind, such as `technology company` or `politician`."""
    country: str
    """ISO code; empty for what is of several countries, of none, or where states dispute it."""
    is_ambiguous: bool
    """True if the same form is a word or the name of something else, so that its articles must agree."""


def known_name(form: str) -> KnownName | None:
    """Return what the list has by a form, which is a name or another name; None if it has nothing.

    British papers write acronyms as words, which may be somebody's name: Nato, but also Jama. Software is known by its
    name without the maker's, too, which may be a word: Excel, Word.
    """
    form = form.replace("’", "'")
    lines = _lines()
    form = form if form in lines else _DOT.sub("", form)
    is_word = form not in lines and (form.istitle() or form in _software())
    line = lines.get(form) or (_software().get(form) or lines.get(form.upper()) if is_word else None)
    if line is None:
        return None
    name, _, kind, what, country, taken = line.split("\t")
    return KnownName(name, EntityType(kind), what, country, is_word or (taken == AGREED and form == name))


def is_software(word: str) -> bool:
    """True if the list has a word in small letters as software, and nothing else has its name: git, but not rust."""
    return word in _software_in_small_letters()


def product_known_by_part(form: str) -> KnownName | None:
    """Return what the list has by the beginning of the name of a product; None if it has nothing.

    A version or a tier makes no other product: Windows 11, iPad Pro. Of another one the maker is known, whose entry has
    the kind `made` then.
    """
    words = form.split()
    while len(words) > 1 and (words[-1].lower() in TIERS or _VERSION.fullmatch(words[-1])):
        words.pop()
        entry = known_name(" ".join(words))
        if entry and entry.type is EntityType.PRODUCT:
            return entry
    maker = _maker(form)
    return maker._replace(kind=MADE, country="") if maker else None


def _maker(form: str) -> KnownName | None:
    """Return the entry of the maker with whose name a longer one begins: of Apple Pencil, but not of meta tags."""
    words = form.split()
    for length in range(len(words) - 1, 0, -1):
        entry = known_name(" ".join(words[:length]))
        if entry and entry.type is EntityType.ORGANISATION:
            is_sure = not entry.is_ambiguous or entry.name in _makers_in_names()
            return entry if is_sure and _MAKES.search(entry.kind) else None
    return None


def known_as(form: str, kind: EntityType, *, is_clear: bool) -> KnownName | None:
    """Return what the list has by the name of an entity; None if the entity's type contradicts.

    Texts call a firm and its product by one name. An ambiguous name needs articles that make the type itself clear.
    """
    entry = known_name(form)
    if entry is None or entry.type is kind:
        return entry if entry and (is_clear or not entry.is_ambiguous) else None
    return entry if not entry.is_ambiguous and {kind, entry.type} <= ALIKE else None


@cache
def _lines() -> dict[str, str]:
    """Return the line of each form, which is split only for a name that an archive has."""
    lines: dict[str, str] = {}
    for file in (resources.files("glossator") / "data" / "known").iterdir():
        for line in file.read_text("utf-8").splitlines():
            name, others, _ = line.split("\t", 2)
            lines |= dict.fromkeys([name, *others.split(BETWEEN_NAMES)] if others else [name], line)
    return lines


@cache
def _makers_in_names() -> frozenset[str]:
    """Return the beginnings of the names of products in the list, among which are those of makers."""
    products = (name for name, line in _lines().items() if line.split("\t")[2] == EntityType.PRODUCT)
    return frozenset(name.partition(" ")[0] for name in products if " " in name)


@cache
def _software() -> dict[str, str]:
    """Return the line of each piece of software by its name without the maker's, if no other has the same."""
    lines = _lines()
    makers = {name for name, line in lines.items() if line.split("\t")[2] == EntityType.ORGANISATION}
    parted = [(name.partition(" "), line) for name, line in lines.items() if line.split("\t")[3] == SOFTWARE]
    names = [(rest, line) for (maker, _, rest), line in parted if maker in makers and rest not in lines]
    several = [rest for rest, _ in names]
    return {rest: line for rest, line in names if several.count(rest) == 1}


@cache
def _software_in_small_letters() -> frozenset[str]:
    rows = ((name, line.split("\t")) for name, line in _lines().items())
    return frozenset(name.lower() for name, row in rows if row[3] in (SOFTWARE, LANGUAGE) and row[5] != AGREED)
