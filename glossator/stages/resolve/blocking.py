"""Blocking: the table of all names, and the keys under which they are compared.

Two spellings of one name have one key, two names have two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache

import msgspec

from glossator.model import UNKNOWN_CERTAINTY, ArticleId, ArticleNames, DescriptorKind, EntityType, Name, Salience
from glossator.naming import countries
from glossator.naming.languages import ENGLISH
from glossator.naming.normalise import CACHED_NAMES, american_spelling, compact, person_words, singular, words
from glossator.naming.regions import abbreviated_state

Occurrence = int
"""Index of a row of the table: one name in one article."""

UNKNOWN = Salience()
"""Salience of a name of which nothing is known."""


class DescriptorSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Words with which an article introduces a name, and their offsets in its text."""

    start: int
    end: int
    text: str
    kind: DescriptorKind


class DatedDescriptors(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The descriptors of an occurrence, and the date on which its article was published."""

    published: str | None
    spans: tuple[DescriptorSpan, ...]


class OccurrenceTable(msgspec.Struct, frozen=True):
    """Columns of equal length, sorted by article and by the name's index in it. Each distinct name is stored once."""

    articles: Sequence[ArticleId]
    indices: Sequence[int]
    """Index of the name among the names of its article."""
    name_indices: Sequence[int]
    """Index of the name in `names`."""
    names: Sequence[Name]
    """Distinct names."""
    descriptors: Mapping[Occurrence, DatedDescriptors]
    saliences: Sequence[Salience]
    """Column, too."""
    language: str = ""
    """Primary subtag of the archive's main language."""
    site_language: str = ENGLISH
    """Language of the site, as a BCP 47 tag: countries are called by their names in it."""

    def __len__(self) -> int:
        return len(self.articles)

    def name(self, occurrence: Occurrence) -> Name:
        return self.names[self.name_indices[occurrence]]

    def mentions(self) -> list[int]:
        """Return for each distinct name how often an article that has the name mentions it."""
        return [sum(count for _, count in name.forms) for name in self.names]


def tabulate(articles: Iterable[ArticleNames], language: str = "", site_language: str = ENGLISH) -> OccurrenceTable:
    """Put the names of articles, which must be sorted by id, into a table; `language` is the archive's main one."""
    ids: list[ArticleId] = []
    indices: list[int] = []
    name_indices: list[int] = []
    numbers: dict[Name, int] = {}
    descriptors: dict[Occurrence, DatedDescriptors] = {}
    saliences: list[Salience] = []
    equal: dict[Salience, Salience] = {}  # few differ
    for article in articles:
        first = len(ids)
        # The salience says how certain a name is.
        names = [msgspec.structs.replace(name, certainty=UNKNOWN_CERTAINTY) for name in article.names]
        name_indices += [numbers.setdefault(name, len(numbers)) for name in names]
        ids += [article.article] * len(article.names)
        indices += range(len(article.names))
        saliences += [equal.setdefault(salience, salience) for salience in article.saliences] or [UNKNOWN] * len(names)
        spans: dict[int, list[DescriptorSpan]] = defaultdict(list)
        for found in article.descriptors:
            spans[found.name].append(DescriptorSpan(found.start, found.end, found.text, found.kind))
        for index in sorted(spans):
            descriptors[first + index] = DatedDescriptors(article.published, tuple(spans[index]))
    return OccurrenceTable(ids, indices, name_indices, [*numbers], descriptors, saliences, language, site_language)


class Family(Enum):
    """Types that are one thing seen in two ways: a company and its product, a treaty and the summit that made it."""

    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    THING = "thing"


FAMILIES = {
    EntityType.PERSON: Family.PERSON,
    EntityType.PLACE: Family.PLACE,
    EntityType.GROUP: Family.GROUP,
}
"""Family by type; all other types are things."""

LONGEST_IN_CAPITALS = 5
"""Letters, at most, of an acronym that differs from the word in small letters; longer capitals are rather emphasis."""

_LETTERS = re.compile(r"\w+")

COUNTRY_PREFIX = "country "
"""Beginning of a country's key, before its ISO code."""


def family_of(kind: EntityType) -> Family:
    return FAMILIES.get(kind, Family.THING)


@lru_cache(maxsize=CACHED_NAMES)
def untyped_key(form: str) -> str:
    """Return the key of a name whatever its type: no article, legal form or spaces; a country by its code."""
    country = countries.code(form)
    return f"{COUNTRY_PREFIX}{country}" if country else compact(american_spelling(words(form))) or form


def name_key(form: str, family: Family) -> str:
    """Return the key that names of one family have in common if they may be one entity."""
    if family is Family.PERSON:
        return " ".join(person_words(form)) or form
    if family is Family.THING:
        return _thing_key(form)
    key = untyped_key((abbreviated_state(form) if family is Family.PLACE else "") or form)
    # Uygur and Uygurs, Republican and Republicans.
    return singular(key) if family is Family.GROUP else key


@lru_cache(maxsize=CACHED_NAMES)
def _thing_key(form: str) -> str:
    """Return the key of a thing: that of a short acronym is in capitals, so that DART is not Dart, nor STEM Stem."""
    key = untyped_key(form)
    if len(key) > LONGEST_IN_CAPITALS or form.islower():
        return key
    parts = _LETTERS.findall(form.replace(".", ""))
    capitals = key.upper()
    return capitals if capitals in parts or capitals == "".join(parts) else key


def umlautless_key(form: str, family: Family) -> str:
    """Return the key of a name as a writer without umlauts at hand spells it: Schauble for Schäuble."""
    if family is Family.PERSON:
        return " ".join(person_words(form, drop_umlauts=True))
    return compact(american_spelling(words(form, drop_umlauts=True)))
