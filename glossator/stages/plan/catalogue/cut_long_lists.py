"""Long lists, cut into parts by the beginning of their sort keys: the day of an article, the letters of a name.

A list that fits on a page has one page. A longer one becomes, at the same address, a table of contents, and its parts
have pages of their own; a part that is too long is cut in the same way. A part is named by the beginning that its
members share (`2024` of days, `ba` of names) and not by a number: a new member changes only the part that it belongs
to, and a published address stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, takewhile
from typing import Generic, TypeVar

import msgspec
from anyascii import anyascii

from glossator.collation import in_own_script
from glossator.model import ArticleHead

LONG = 300
"""Lines that a page may list: they weigh about as much as an article with its marks."""

NAME_LENGTHS = tuple(range(1, 81))
"""Lengths at which a name may be cut."""

DAY_LENGTHS = (4, 7, *NAME_LENGTHS[9:])
"""Lengths at which an ISO day may be cut: year, month, day; and every further letter of an undated article's key."""

YEARLY_LENGTHS = (2, 5, 10)
"""Lengths at which a day of the year, such as `03-14-2024`, may be cut: month, day, year."""

FILLER = "-"
"""Padding of a key that is too short."""

Member = TypeVar("Member")
Keyed = tuple[str, Member]
"""A member after its sort key."""


class Tree(msgspec.Struct, Generic[Member], frozen=True):
    """A list and its parts by name; the whole list has the empty name. The shape depends on the members alone."""

    members: Mapping[str, tuple[Keyed[Member], ...]]
    """Members of each part that lists them, in no order."""
    cuts: Mapping[str, tuple[str, ...]]
    """Names of the narrower parts of each table of contents, sorted."""
    counts: Mapping[str, int]
    """Number of members of every part."""

    def path(self, key: str) -> tuple[str, ...]:
        """Return the names of the parts that contain the key, from the whole list to the part that lists the member."""
        names = [""]
        while names[-1] in self.cuts:
            names.append(_beginning(key, len(self.cuts[names[-1]][0])))
        return tuple(names)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the names of the parts that contain a part, the whole list first."""
        return tuple(takewhile(lambda wider: wider != name, self.path(name)))

    def siblings(self, name: str) -> tuple[str, ...]:
        """Return the names of all parts of the next wider part, sorted, `name` included; none for the whole list."""
        return self.cuts[self.ancestors(name)[-1]] if name else ()

    def members_of(self, name: str) -> tuple[Keyed[Member], ...]:
        """Return the members of a part, in no order."""
        if name in self.members:
            return self.members[name]
        return tuple(chain.from_iterable(map(self.members_of, self.cuts[name])))

    def tally(self, length: int) -> Counter[str]:
        """Count the members that share each beginning of `length` characters."""
        return Counter([key[:length] for keyed in self.members.values() for key, _ in keyed])


def build_tree(keyed: Iterable[Keyed[Member]], lengths: tuple[int, ...], limit: int | None = None) -> Tree[Member]:
    """Return the tree of a list: keys may be cut at `lengths`, and a part may list `limit` members, or LONG."""
    most = LONG if limit is None else limit
    members: dict[str, tuple[Keyed[Member], ...]] = {}
    cuts: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int] = {}
    open_parts = [("", list(keyed))]
    while open_parts:
        name, listed = open_parts.pop()
        counts[name] = len(listed)
        parts = _split(listed, [length for length in lengths if length > len(name)]) if len(listed) > most else {}
        if parts:
            cuts[name] = tuple(sorted(parts))
            open_parts.extend(parts.items())
        else:
            members[name] = tuple(listed)
    return Tree(members, cuts, counts)


def _split(keyed: list[Keyed[Member]], lengths: list[int]) -> dict[str, list[Keyed[Member]]]:
    """Return the members by the shortest beginning in which they differ; empty if there is none."""
    for length in lengths:
        parts: dict[str, list[Keyed[Member]]] = defaultdict(list)
        for key, member in keyed:
            beginning = key[:length]
            parts[beginning if len(beginning) == length else _beginning(beginning, length)].append((key, member))
        if len(parts) > 1:
            return parts
        if all(len(key) <= length for key, _ in keyed):
            break
    return {}


def _beginning(key: str, length: int) -> str:
    return key[:length].ljust(length, FILLER)


UNDATED = "none"
"""Key of undated articles, in the position of a year."""


def article_key(head: ArticleHead) -> str:
    """Return the sort key of an article: its day, or UNDATED and its id."""
    return head.date or f"{UNDATED}-{head.id}"


def name_key(name: str, language: str) -> str:
    """Return the sort key of a name on a site in a language.

    It consists of words of ASCII, after `_` if the name begins with no letter. A name in the script of the language
    keeps its letters, without accents.
    """
    if in_own_script(language, name):
        letters = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
        return re.sub(r"[\W_]+", "-", letters.lower()).strip("-") + "-"
    plain = anyascii(name).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{'' if plain[:1].isalpha() else '_'}{words}-"
