"""Words beside a name -> True if they are worded as a noun phrase that may tell who or what somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from glossator.naming.head_nouns import OFFICES, TITLED_ROLES, types_told
from glossator.stages.annotate import demonyms
from glossator.stages.annotate.descriptors.tokenised import CAPITAL, FUNCTION, MARK, TokenisedSentences
from glossator.stages.annotate.lexicon import CONJUNCTIONS, PAST, PREPOSITIONS, PRESENT, TITLES, VERBS
from glossator.word_lists import word_lists

FINITE = word_lists("annotate")["clause_words"].union(VERBS, PAST, PRESENT)
"""Verbs with a subject, and words that lead to one: a clause tells what happened, not who somebody is."""

BEFORE_OBJECTS = frozenset("a an the his her its their all each every some any no this that these those".split())
"""Words before which a form in -ed or -s is a verb: "obtained a seedling", "weaves a story"."""

LEADING = (PREPOSITIONS - CONJUNCTIONS) | frozenset(
    """and or but if when while because so also not only then via according based located called including such
    especially particularly super both what born starring featuring""".split()
)
"""Words that begin no noun phrase."""

WITHOUT_NAME = (LEADING | PREPOSITIONS) - {"of", "for"}
"""Words behind which another phrase begins, so that what is before them is not said of the name."""

POSTS = OFFICES | TITLED_ROLES.difference(("lawyer", "reporter")).union(
    "admiral ceo cfo chair co-founder executive founder general head mayor member secretary".split()
)
"""Nouns of a post, which tells little without the country or body that it is of."""

PORTFOLIO = 2
"""Words of a post with its field, at most: "Interior Minister", "Attorney General"."""

CREDITS = frozenset(
    "photo photograph image images courtesy credit getty reuters afp follow subscribe click via".split()
)
"""Words of the credit of a picture, or of a call to the reader."""

CURRENCIES = tuple("$€£¥")

PRAISE = frozenset(
    """award-winning beloved best-in-class best-selling celebrated cutting-edge famed famous innovative leading popular
    premier prominent renowned top-rated trusted ultimate well-known world-class world-famous world-leading""".split()
)
"""Words of praise before a noun, which tell nothing and are left out."""

SLOGANS = frozenset("adored beloved favoured loved preferred recommended relied trusted".split())
"""Participles behind a noun with which a slogan begins: "trusted by many brands"."""

CUT = re.compile(r"(?:\w{3,}(?:ed|ing)|using|former|like|such|best|\w[’']s|\ws[’'])$")
"""An end behind which the noun is missing: "Movie starring", "the city’s"."""

ENDING_IN_ING = word_lists("annotate")["nouns_in_ing"]
"""Nouns with the end of a verb."""

_ADJECTIVE = re.compile(r"(?:al|ous|ive|able|ible|ful|less|ean|ary|tic)$")
_ROLE = re.compile(r"(?:ian|ist|man)$")
"""Ends of nouns for people of a trade or a conviction: ecologist, anarchist."""
_SMALL_LETTERS = re.compile("[a-z]{3}")


def is_noun_phrase(tokens: TokenisedSentences, pattern: str, first: int, last: int) -> bool:
    """True if the tokens from `first` to before `last` are worded as a noun phrase.

    A clause, a price, a credit, what begins with a preposition or ends before its noun, tells nothing; and nothing does
    a single adjective before a name, or a word in capitals, which is another name. `pattern` is the place of the words.
    """
    forms = tokens.forms[first:last]
    start, end = tokens.bounds(first, last)
    text = tokens.text[start:end]
    if not _SMALL_LETTERS.search(text) or any(form == "%" or form.startswith(CURRENCIES) for form in forms):
        return False
    if _begins_none(forms) or _is_cut(forms) or not (FINITE.isdisjoint(forms) and CREDITS.isdisjoint(forms)):
        return False
    if any(form.endswith(("ed", "s")) and after in BEFORE_OBJECTS for form, after in pairwise(forms)):
        return False
    if pattern == "before":
        # "Velm founder and former CEO" is one person.
        joined = "and" in forms and {forms[forms.index("and") - 1], forms[-1]} <= POSTS
        return (WITHOUT_NAME - {"and"} if joined else WITHOUT_NAME).isdisjoint(forms) and not _is_adjective(forms, text)
    return pattern != "after comma" or bool(types_told(text)) or not _is_another_name(tokens, first, last)


def _is_cut(forms: Sequence[str]) -> bool:
    """True if the noun is missing at the end, also within adjectives: "a group of curious, patient anglers"."""
    if CUT.search(forms[-1]) and forms[-1] not in ENDING_IN_ING:
        return True
    follows = len(forms) > 2 and forms[-2] in PREPOSITIONS
    return follows and bool(_ADJECTIVE.search(forms[-1])) and not types_told(forms[-1])


def is_bare_post(text: str, *, names_none: bool) -> bool:
    """True if words name a post and not of what: "Prime Minister", "founder", "chief operating officer".

    `names_none` is True if no name is among the words, so that capitals are those of the post: "Interior Minister".
    """
    words = text.split()
    if words[-1].lower() not in POSTS or not PREPOSITIONS.isdisjoint(words):
        return False
    if names_none and len(words) <= PORTFOLIO and not any(map(demonyms.is_demonym, words)):
        return True
    return all(word.islower() or word in TITLES or word == "&" or word.lower() in POSTS for word in words)


def without_praise(forms: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Return the bounds of a phrase among `forms` without words of praise before it and a slogan behind it."""
    while first + 1 < last and forms[first] in PRAISE and forms[first + 1] not in LEADING:
        first += 1
    slogan = (at for at in range(first + 1, last - 1) if forms[at] in SLOGANS and forms[at + 1] in PREPOSITIONS)
    return first, next(slogan, last)


def _is_another_name(tokens: TokenisedSentences, first: int, last: int) -> bool:
    """True if all that words have is in capitals, as are the next of a list."""
    return all(flags & (CAPITAL | FUNCTION | MARK) for flags in tokens.flags[first:last])


def _begins_none(forms: Sequence[str]) -> bool:
    """True if words begin as no noun phrase does, as with a preposition or a participle before one."""
    if forms[0] in LEADING or tuple(forms[:2]) == ("best", "for"):
        return True
    return len(forms) > 1 and _is_participle(forms[0]) and forms[1] in PREPOSITIONS


def _is_participle(form: str) -> bool:
    """True if a form may be a participle, as in "named for" and "serving in"."""
    return form.endswith("ed") or form == "written" or (form.endswith("ing") and form not in ENDING_IN_ING)


def _is_adjective(forms: Sequence[str], text: str) -> bool:
    """True if words before a name are but one that may be an adjective, or two of which the last is one."""
    if len(forms) > 2 or types_told(text):
        return False
    return bool(_ADJECTIVE.search(forms[-1])) or (len(forms) == 1 and not _ROLE.search(text))
