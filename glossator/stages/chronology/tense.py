"""Tense of the verb to which words of time in an English sentence belong: of what was, or what is to come.

The verb is the nearest before them; if they open the sentence, the first behind. If a verb of the future stands farther
away, what looks like a verb of the past may be a participle ("will rehouse people displaced on Monday"), unless it is
one of saying.
"""

from __future__ import annotations

import re
from typing import Literal

from glossator.word_lists import word_lists

Tense = Literal["past", "future"]

_WORDS = word_lists("chronology")


def _any(name: str) -> str:
    return "|".join(sorted(_WORDS[name]))


PAST = re.compile(rf"\b(?:{_any('past_verbs')}|(?!(?:{_any('no_past_in_ed')})\b)[a-z]{{2,}}ed)\b")
"""A verb in a tense of the past."""
NEWS = re.compile(
    rf"\b(?:has|have)\s(?:(?:also|already|just|now|[a-z]+ly)\s)?(?:been\s)?"
    rf"(?!(?:become|grown|had)\b)(?:{_any('participles')}|{PAST.pattern})|\b(?:is|are)\s(?:to\s[a-z]+|(?:[a-z]+ly\s)?[a-z]+ing\b)"
)
"""A verb in a tense that tells what is new on the day of a report."""
LASTING = re.compile(
    r"\b(?:since\b|(?:for|past|last|recent) (?:\w+ ){0,3}(?:day|week|month|year|decade)s?\b)", re.IGNORECASE
)
"""Words of a sentence that tells what lasted, and so is not new."""
OPENING = 3
"""Words before words of time at the beginning of a sentence, whose verb stands behind them, at most."""

_ADVERBS = r"(?:\s(?:not|also|be|have|been|being|[a-z]+ly))*"
FUTURE = re.compile(
    rf"(?:\b(?:will|won['’]t|would|shall)|['’](?:ll|d)\b(?!{_ADVERBS}\s{PAST.pattern})|\b(?:is|are|was|were|due|set|slated|plans?|planned|expect\w*|scheduled|"
    rf"hopes?|aims?|intends?|wants?|agreed|ordered|asked|told\s\w+|has|have|had)\sto){_ADVERBS}\s[a-z]+"
    rf"|\b(?:is|are)\s(?:due|expected|planned|scheduled|going|set)\b|\b(?:scheduled|planned|due|slated)\s(?:for|on|in|by)\b"
    rf"|\bgo(?:es)?\son\s(?:sale|trial|show)\b|\b(?:{_any('scheduled_verbs')})\b"
)
"""A verb that speaks of the future, with the participle or the infinitive that follows."""
_IS_ON = re.compile(r"\b(?:is|are)\s(?:(?:on|in|from)\s)?$")
"""A verb of the present before a time: what is said to be on a day was not yet."""
_HABIT = re.compile(r"\b(?:always|every|often|traditionally|typically|usually)\b")
_SAYING = re.compile(rf"(?:{_any('saying_verbs')})\b")


def tense_at(sentence: str, words: tuple[int, int]) -> Tense | None:
    """Return the tense of the verb to which words of time belong, given by their offsets; None if that is not plain."""
    if _IS_ON.search(sentence, 0, words[0]):
        return "future"
    if _HABIT.search(sentence):
        return None
    future = [match.span() for match in FUTURE.finditer(sentence)]
    verbs: list[tuple[int, Tense]] = [(start, "future") for start, _ in future]
    past = (match.start() for match in PAST.finditer(sentence))
    verbs += [(start, "past") for start in past if not any(left <= start < right for left, right in future)]
    preceding = [verb for verb in sorted(verbs) if verb[0] < words[0]]
    if not preceding and (not verbs or len(sentence[: words[0]].split()) > OPENING):
        return None
    start, tense = preceding[-1] if preceding else min(verbs)
    may_be_participle = tense == "past" and any(other == "future" for _, other in preceding or verbs)
    return None if may_be_participle and not _SAYING.match(sentence, start) else tense
