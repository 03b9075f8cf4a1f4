"""Words before a name -> True if the name can be the subject of the verb that follows, by form alone.

"The mayor, Ada Brandt, said" has one; in "a friend of Ada Brandt said" and "he urged Ada Brandt, saying" another word
governs the name. Every doubt means that the name is none.
"""

from __future__ import annotations

import re

from glossator.naming.lexicon import EMBEDDING_WORDS
from glossator.stages.annotate.descriptors.wording import BEFORE_OBJECTS, FINITE
from glossator.stages.annotate.lexicon import DAYS, PREPOSITIONS

NAME = r"\x02(\d+)\x03"
"""The number that stands for a name, as a pattern."""

MOST = 8
"""Words before a name within its noun phrase, at most."""

_CLAUSE_BEGINS = re.compile(
    r"[,;:—–()“”\"]|\b(?:although|as|because|but|if|since|that|though|when|where|whereas|while)\s"
)
_DAY = re.compile(rf"\s*(?:[Oo]n|[Ii]n|[Ll]ast|[Tt]his)\s(?:(?:{DAYS})|\d{{4}}|week|month|year|night)\s(?:\d+\s)?")
_WORD = re.compile(rf"{NAME}|[^\s\x02]+")
_GOVERNING = (PREPOSITIONS | EMBEDDING_WORDS | FINITE) | frozenset(
    "i you we him them us me who whom whose which what and or nor than to from by per via like unlike not".split()
)
_VERB = re.compile(r"(?:\s\([^()]{1,60}\))?(?:,[^.;:!?]{1,120},)?\s(?:\w+ly\s)?(?P<word>[a-z]+)\b")
_RELATIVE = re.compile(r"(?:who|whose|which)\s")


def is_subject(lead: str) -> bool:
    """True if nothing in the words of a sentence before a name governs the name.

    Names within `lead` are written as numbers. What stands between the beginning of the clause and the name has to be
    words of the name's noun phrase: a title, a role, the body that it is a role of.
    """
    begin = max((match.end() for match in _CLAUSE_BEGINS.finditer(lead)), default=0)
    phrase = _DAY.sub("", lead[begin:])
    words = [match.group().lower() for match in _WORD.finditer(phrase)]
    if len(words) > MOST or not _GOVERNING.isdisjoint(words):
        return False
    objects = (*words[1:], "the")  # a name, too, is what a verb has for its object
    return not any(
        word.endswith(("ed", "ing")) and after in BEFORE_OBJECTS for word, after in zip(words, objects, strict=False)
    )


def has_verb(behind: str) -> bool:
    """True if what may be a verb follows a name, whose sentence goes on with the words `behind`."""
    verb = _VERB.match(behind)
    return verb is not None and (verb["word"] in FINITE or verb["word"] not in _GOVERNING)


def is_clause(aside: str) -> bool:
    """True if words between commas have a finite verb, so that the verb behind them may be of another subject."""
    words = re.findall(r"[\w’']+", aside.lower())
    return not _RELATIVE.match(aside.strip()) and not FINITE.isdisjoint(words)
