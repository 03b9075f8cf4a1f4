"""Parts of names: where a short form stands in a longer one, and what the other words show.

Also which names say no more than what kind of body they are: Ministry, Foreign Ministry.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossator.naming.lexicon import FIRM_WORDS, GENERIC_HEADS, NATIONAL_BODY_WORDS
from glossator.naming.normalise import words

LINKS = frozenset("and or vs versus v".split())
"""Words between two names that make no third one: Webpack and React."""

PARTNERS = frozenset("associates brothers bros daughters partners sons".split())
"""Words after "and" in the name of a firm."""

SLOGAN = frozenset(
    """build choose dear drive get hello hey inside join love made make meet my ok okay one operation powered project
    shop team thanks why""".split()
)
"""Words before the name of a firm for a slogan or a program of it: One Home Depot, Project Skerry."""

_LINK_AFTER = re.compile(r"^\s*(?:&|/|\+|,)")
_LINK_BEFORE = re.compile(r"(?:&|/|\+|,)\s*$")
_OWNER_AFTER = re.compile(r"^['’]s\s")
_OWNER_BEFORE = re.compile(r"\w['’]s\s+$")
_VERSION = re.compile(r"[\s_-]v?\d+(?:\.(?:\d+|x))+$|\.js$", re.IGNORECASE)


class Surroundings(NamedTuple):
    """The text before and after a short form in a longer one."""

    before: str
    after: str

    @property
    def begins(self) -> bool:
        """True if the longer form begins with the short one, and the next word is apart."""
        return not self.before and self.after.startswith(" ")

    @property
    def ends(self) -> bool:
        """True if the longer form ends with the short one, and the word before is apart."""
        return not self.after and self.before.endswith(" ")


def part_of(short: str, long: str) -> Surroundings | None:
    """Return what surrounds the first occurrence of a short form in a longer one, in any case; None if it has none."""
    few, many = _folded(short), _folded(long)
    start = many.find(few) if few and len(short) < len(long) else -1
    while start >= 0:
        end = start + len(few)
        if not (_in_word(many, start - 1) and _in_word(many, start)) and not (
            _in_word(many, end - 1) and _in_word(many, end)
        ):
            return Surroundings(long[:start], long[end:])
        start = many.find(few, start + 1)
    return None


def _folded(form: str) -> str:
    """Return a form in lower case with straight apostrophes, as long as the form itself."""
    straight = form.replace("’", "'")
    lower = straight.lower()
    return lower if len(lower) == len(form) else straight


def _in_word(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


def is_phrase(part: Surroundings) -> bool:
    """True if a longer form is a phrase that names several things: Webpack and React, Google's Gemini.

    A firm has "and" in its name if only a legal form and the like follow: McKinsey & Company.
    """
    after = words(part.after)
    if _OWNER_AFTER.search(part.after) or _OWNER_BEFORE.search(part.before) or _LINK_BEFORE.search(part.before):
        return True
    if words(part.before)[-1:] and words(part.before)[-1] in LINKS:
        return True
    linked = bool(_LINK_AFTER.search(part.after)) or (bool(after) and after[0] in LINKS)
    rest = [word for word in after if word not in LINKS]
    return linked and not all(word in FIRM_WORDS or word in PARTNERS for word in rest)


def is_slogan(part: Surroundings) -> bool:
    """True if a longer form has a word of a slogan or a program before the short one, and so is no name of a firm."""
    return not SLOGAN.isdisjoint(words(part.before)[:1])


def without_version(form: str) -> str:
    """Return a name without a version at its end: Python 3.12, React.js. A whole number may be another product."""
    return _VERSION.sub("", form)


UN_BODY = ("security", "council")
"""Words of the body of the United Nations that most texts mean without saying so."""


def is_generic(form: str) -> bool:
    """True if a name says only what kind of body it is: Commission, United States Army."""
    return all(word in GENERIC_HEADS for word in words(form))


def is_national_body(form: str) -> bool:
    """True if every country may have a body of this name: Foreign Ministry. The Security Council is that of all."""
    return words(form) != UN_BODY and all(word in NATIONAL_BODY_WORDS for word in words(form))


def is_kind_of_body(form: str) -> bool:
    """True if a name says what kind of body it is, and not of which every country has one: Agency, but Parliament."""
    return is_generic(form) and not is_national_body(form)
