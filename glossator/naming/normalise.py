"""Names without what writers vary: case, accents, punctuation, legal forms, particles, British spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from glossator.naming import countries
from glossator.naming.lexicon import CONFUSED_WITH_OF, COURTESY_TITLES, FIRM_WORDS, HYPHENATED_PARTICLES, PARTICLES

CACHED_NAMES = 1 << 18
"""Names for which a function remembers its result: four times as many as 40,000 articles have.

With fewer than there are, passes over all names find nothing remembered, and resolving takes a tenth longer.
"""

CACHED_FULL_NAMES = 1 << 15
"""Full names of people, or of bodies, for which a function remembers its result: as many as 80,000 articles have."""

CACHED_WORDS = 1 << 16
"""Words for which a function remembers its result: most words of an article are in many."""

BRITISH_TO_AMERICAN = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"(?<=\w\w\w)our\b"), "or"),
    (re.compile(r"(?<=[nt]t)re\b|(?<=at)re\b"), "er"),
    (re.compile(r"ence\b"), "ense"),
    (re.compile(r"amme\b"), "am"),
)
"""British spellings and the American ones: organisation, labour, centre, defence, programme."""

ABBREVIATED = {
    "assn": "association",
    "dept": "department",
    "ft": "fort",
    "mt": "mount",
    "natl": "national",
    "st": "saint",
    "univ": "university",
}
"""Words that places and bodies abbreviate before another word: St. Louis, Dept. of Justice; the last is a street."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""Letters with an umlaut and the two letters that replace each of them."""

POSSESSIVE = re.compile(r"'s?(?=\s|$)")
INITIAL_POINT = re.compile(r"(?<=\b\w)\.")
"""The full stop of an initial."""
SIGNS = ((re.compile(r"(?<=[\w+])\+(?!\w)"), " plus"), (re.compile(r"(?<=\w)#(?!\w)"), " sharp"))
"""Signs at the end of a word that make another name of it, and how they are read: Disney+, C++, C#."""
WORD = re.compile(r"[a-z0-9]+")
ARTICLE_PREFIX = re.compile(
    rf"\b(?:{'|'.join(f'{prefix}|{prefix.title()}' for prefix in HYPHENATED_PARTICLES)})-(?=\w)"
)
"""An Arabic particle before a hyphen: al-Assad."""

_ELIDED = re.compile(r"^(?:[dl]|(?:[an]|da|de|ne|su)?ll)['’](?=\w)", re.IGNORECASE)
"""An article of French, Italian or Catalan, perhaps with a preposition, before a vowel: l’Autorité, dell’Interno."""


def without_elided_article(form: str) -> str:
    """Return a name without the article that is joined to it, which some of its sentences write and some do not."""
    return _ELIDED.sub("", form, count=1)


@lru_cache(maxsize=CACHED_NAMES)
def words(form: str, *, drop_umlauts: bool = False) -> tuple[str, ...]:
    """Return the words of a name without case, punctuation, accents and possessive.

    An umlaut is written out (Schäuble, schaeuble); `drop_umlauts` leaves its dots out instead (schauble).
    """
    text = unicodedata.normalize("NFKC", form).replace("’", "'").replace("‘", "'")
    text = POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    text = INITIAL_POINT.sub("", text).lower()
    for sign, read in SIGNS:
        text = sign.sub(read, text)
    return tuple(WORD.findall(anyascii(text if drop_umlauts else text.translate(UMLAUTS)).lower()))


@lru_cache(maxsize=CACHED_NAMES)
def person_words(form: str, *, drop_umlauts: bool = False) -> tuple[str, ...]:
    """Return the words that tell one person from another: no courtesy titles, no particles, adjacent initials joined.

    A capitalised particle at the beginning may be a first name, so it stays: Al Gore. `drop_umlauts` leaves the dots of
    an umlaut out instead of writing it out.
    """
    without_articles = ARTICLE_PREFIX.sub("", form)
    first, *others = without_articles.split() or [""]
    chunks = [chunk for chunk in (first, *map(str.lower, others)) if chunk not in PARTICLES] or [without_articles]
    return _joined_initials(_without_courtesy(words(" ".join(chunks), drop_umlauts=drop_umlauts)))


@lru_cache(maxsize=CACHED_NAMES)
def person_words_in_article(form: str) -> tuple[str, ...]:
    """Return the words that tell one person from another within an article: no particles in any case.

    An article introduces Thomas de Maizière before it calls him De Maizière; elsewhere De may be a first name.
    """
    parts = words(ARTICLE_PREFIX.sub("", form))
    return _joined_initials(_without_courtesy(tuple(part for part in parts if part not in PARTICLES) or parts))


def _without_courtesy(parts: tuple[str, ...]) -> tuple[str, ...]:
    while len(parts) > 1 and parts[0] in COURTESY_TITLES:
        parts = parts[1:]
    return parts


def _joined_initials(parts: tuple[str, ...]) -> tuple[str, ...]:
    joined: list[str] = []
    after_initial = False
    for part in parts:
        if len(part) == 1 and after_initial:
            joined[-1] += part
        else:
            joined.append(part)
        after_initial = len(part) == 1
    return tuple(joined)


def has_umlaut(form: str) -> bool:
    return form.lower().translate(UMLAUTS) != form.lower()


def american_spelling(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return words in American spelling and in full, with "of" in place of the prepositions confused with it."""
    last = len(parts) - 1
    parts = (*(ABBREVIATED.get(part, part) for part in parts[:-1]), *parts[-1:])
    text = " ".join("of" if part in CONFUSED_WITH_OF and 0 < index < last else part for index, part in enumerate(parts))
    for british, american in BRITISH_TO_AMERICAN:
        text = british.sub(american, text)
    return tuple(text.split())


def compact(parts: tuple[str, ...]) -> str:
    """Return the words of a name as one string, without definite articles and legal forms."""
    parts = tuple(part for part in parts if part != "the") or parts
    short = without_firm_words(parts)
    if short != parts and short[-1] == "and" and len(short) > 1:
        short = short[:-1]
    # "China Group" is not China, nor is "A Co" the letter A.
    unambiguous = len("".join(short)) > 2 and not countries.code(" ".join(short).title())
    return "".join(short if unambiguous else parts)


def singular(word: str) -> str:
    """Return a word without the plural's s: Uygurs, but Swiss."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def without_firm_words(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without legal forms and the like at its end; the first word always stays."""
    while len(parts) > 1 and parts[-1] in FIRM_WORDS:
        parts = parts[:-1]
    return parts
