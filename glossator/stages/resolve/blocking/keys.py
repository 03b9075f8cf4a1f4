"""Names as keys: two spellings of one name have the same key, two names have not."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from anyascii import anyascii

from glossator.model import EntityType
from glossator.naming import countries


class Family(Enum):
    """Types that are one thing seen in two ways: a company and its product, a treaty and the summit that made it."""

    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    THING = "thing"


FAMILY = {
    EntityType.PERSON: Family.PERSON,
    EntityType.PLACE: Family.PLACE,
    EntityType.GROUP: Family.GROUP,
}
"""Of every type that is not a thing."""

LEGAL_FORMS = frozenset(
    "ab ag asa bv co company corp corporation gmbh group holding holdings inc incorporated kg limited llc llp ltd nv "
    "oy oyj plc pte pty sa sas se spa srl".split()
)
"""What a firm may leave out of its name."""

COURTESIES = frozenset("dame dr herr lady lord madam miss mr mrs ms prof professor sir".split())
PARTICLES = frozenset(
    "al af bin da dal de del della den der di do dos du el la le les van vom von y zu zum zur".split()
)
"""Words of a surname that are left out as often as not; only in lower case or before a hyphen."""

WITHIN = frozenset({"at", "de", "des", "for", "in", "of", "on"})
"""What follows these in a name is another's name."""

OCEANS_APART = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"(?<=\w\w\w)our\b"), "or"),
    (re.compile(r"(?<=[nt]t)re\b|(?<=at)re\b"), "er"),
    (re.compile(r"ence\b"), "ense"),
    (re.compile(r"amme\b"), "am"),
)
"""British spellings and the American ones: organisation, labour, centre, defence, programme."""

LINKING = frozenset({"for", "on"})
"""Confused with "of" as often as not: Organization of, or for, Security and Cooperation in Europe."""

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

POSSESSIVE = re.compile(r"'s?(?=\s|$)")
POINT = re.compile(r"(?<=\b\w)\.")
"""The full stop of an initial."""
WORD = re.compile(r"[a-z0-9]+")


def family(kind: EntityType) -> Family:
    return FAMILY.get(kind, Family.THING)


@lru_cache(maxsize=1 << 18)
def words(form: str, *, plain: bool = False) -> tuple[str, ...]:
    """The words of a name without case, punctuation, accents and possessive.

    An umlaut is written out (Schäuble, schaeuble); `plain` leaves its dots out instead (schauble).
    """
    text = unicodedata.normalize("NFKC", form).replace("’", "'").replace("‘", "'")
    text = POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    text = POINT.sub("", text).lower()
    return tuple(WORD.findall(anyascii(text if plain else text.translate(GERMAN)).lower()))


@lru_cache(maxsize=1 << 18)
def general(form: str) -> str:
    """The key of a name whatever it is: without article, legal form, spaces; a country by its code."""
    country = countries.code(form)
    return f"country {country}" if country else _compact(_american(words(form))) or form


def _american(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words as they are spelt in America, with one preposition for those that are confused."""
    text = " ".join("of" if part in LINKING and 0 < at < len(parts) - 1 else part for at, part in enumerate(parts))
    for british, american in OCEANS_APART:
        text = british.sub(american, text)
    return tuple(text.split())


def _compact(parts: tuple[str, ...]) -> str:
    parts = tuple(part for part in parts if part != "the") or parts
    short = parts
    while len(short) > 1 and short[-1] in LEGAL_FORMS:
        short = short[:-1]
    if short != parts and short[-1] == "and" and len(short) > 1:
        short = short[:-1]
    # "China Group" is not China, nor is "A Co" the letter A.
    safe = len("".join(short)) > 2 and not countries.code(" ".join(short).title())
    return "".join(short if safe else parts)


@lru_cache(maxsize=1 << 18)
def person(form: str, *, plain: bool = False) -> tuple[str, ...]:
    """The words that tell a person from another: no courtesies, no particles; initials that stand together are one."""
    loose = form.isupper()
    marked = re.sub(r"\b(?:[Aa]l|[Ee]l)-(?=\w)", "", form)
    chunks = [chunk for chunk in marked.split() if loose or chunk not in PARTICLES] or [marked]
    parts = list(words(" ".join(chunks), plain=plain))
    while len(parts) > 1 and parts[0] in COURTESIES:
        del parts[0]
    joined: list[str] = []
    single = False
    for part in parts:
        if len(part) == 1 and single:
            joined[-1] += part
        else:
            joined.append(part)
        single = len(part) == 1
    return tuple(joined)


def key(form: str, of: Family) -> str:
    """What names of one family must have in common to be one entity."""
    if of is Family.PERSON:
        return " ".join(person(form)) or form
    found = general(form)
    # Uygur and Uygurs, Republican and Republicans.
    return found[:-1] if of is Family.GROUP and found.endswith("s") and not found.endswith("ss") else found


def plain_key(form: str, of: Family) -> str:
    """The key of the same name where a writer had no umlauts at hand."""
    return " ".join(person(form, plain=True)) if of is Family.PERSON else _compact(_american(words(form, plain=True)))


def has_umlaut(form: str) -> bool:
    return form.lower().translate(GERMAN) != form.lower()


def is_acronym(form: str) -> bool:
    """Whether a name looks made of initials: BBC, U.N., BMVg."""
    letters = [letter for letter in form if letter.isalpha()]
    return " " not in form.strip() and 1 < len(letters) <= 8 and sum(map(str.isupper, letters)) * 2 > len(letters)


def abbreviates(short: str, long: str) -> bool:
    """Whether the short form's letters stand in order at the beginnings of the long form's words."""
    letters = "".join(words(short))
    parts = words(long)
    if not is_acronym(short) or len(parts) < 2:
        return False
    initials = "".join(part[0] for part in parts)
    full = "".join(part[0] for part in parts if part not in {"of", "the", "and", "for", "in", "on", "de", "la", "des"})
    return letters in (initials, full) or _in_order(letters, initials)


@lru_cache(maxsize=1 << 18)
def initials(form: str) -> tuple[str, ...]:
    """What a name of several words may be shortened to: the first letters of all words, of those with a capital."""
    every = words(form)
    if len(every) < 2:
        return ()
    large = " ".join(word[0] for word in re.findall(r"\w+", form) if word[0].isupper())
    return tuple(dict.fromkeys(("".join(word[0] for word in every), "".join(words(large)))))


def _in_order(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return len(letters) > 2 and all(letter in rest for letter in letters)


def is_part(short: str, long: str) -> bool:
    """Whether a name is a longer one with words left out, and not the name of something that the longer one contains.

    "Security Council" is in that sense a part of "UN Security Council"; "UN" is not, nor is "Europe" a part of
    "Council of Europe", nor "Al Qaeda" of "Al Qaeda in Iraq".
    """
    few, many = words(short), words(long)
    rest = iter(many)
    if not 0 < len(few) < len(many) or not all(word in rest for word in few):
        return False
    if is_acronym(short) and short in long.split():
        return False
    start = many.index(few[0])
    return WITHIN.isdisjoint(many[:start]) and many[start + len(few) :][:1] not in (("in",), ("at",))


SOUNDS = (
    (re.compile(r"sch|sh|tch"), "ch"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[bcdgkrt])h"), ""),
    (re.compile(r"c?k|q|c(?=[aoutlr]|$)"), "k"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"(?<=[aou])e"), ""),
    (re.compile(r"w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""Spellings of one sound, in the order in which they are made one."""


@lru_cache(maxsize=1 << 18)
def sound(key: str) -> str:
    """A person's key with one letter for each sound that is written in several ways. Coarse: no proof by itself."""
    for spelling, letter in SOUNDS:
        key = spelling.sub(letter, key)
    return key


@lru_cache(maxsize=1 << 18)
def skeleton(key: str) -> str:
    """The beginnings and consonants of a person's key by their sounds: what most misspellings leave alone."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=\w)[aeiouh]", "", sound(key)))


def sounds_like(first: str, second: str) -> bool:
    """Whether each word of two keys of one skeleton is a spelling of the other's, or is nearly it.

    A last letter that differs tells a brother from a sister.
    """
    pairs = zip(first.split(), second.split(), strict=True)
    return all(sound(one) == sound(other) or _nearly(one, other) for one, other in pairs)


def _nearly(first: str, second: str) -> bool:
    if min(len(first), len(second)) < LONG_ENOUGH or first[-1] != second[-1]:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= MISSPELT


MISSPELT = 0.8
"""Likeness (Ratcliff and Obershelp 1988) from which a name may be another one misspelt."""

LONG_ENOUGH = 5
"""Letters of a name that may be misspelt."""
