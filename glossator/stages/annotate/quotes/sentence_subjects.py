"""Subjects of the sentences that may have a date: the name that the first verb belongs to, or that "he" means.

If the subject is no name, it may hold one: "shares in Velm fell", "a court in Ravnsborg decided".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from glossator.model import Mention, Name, Text, TimedSentence
from glossator.naming.head_nouns import FIRMS
from glossator.stages.annotate.descriptors.wording import FINITE
from glossator.stages.annotate.lexicon import DAYS
from glossator.stages.annotate.quotes.antecedents import body_meant, person_meant, turned
from glossator.stages.annotate.quotes.quoted_text import QuotedText, quoted_text, window
from glossator.stages.annotate.quotes.subjects import NAME, has_verb, is_subject
from glossator.word_lists import word_lists

_OPENING = r"[^\w“\"]*(?:(?:[A-Z][^.!?;:“”\"\x02]{0,60}),\s)?"
_PERSON = re.compile(rf"{_OPENING}(?P<pronoun>[Hh]e|[Ss]he)\s")
_UNNAMED = re.compile(
    rf"{_OPENING}(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Tt]here|[Tt]hey|[Ww]e|I|[Yy]ou|[Ww]hat|[Oo]ne)(?:[’']\w+)?\s"
)
"""A sentence whose subject is a pronoun that names nobody."""
_JOINED = re.compile(rf"(?:,\s{NAME})*,?\s(?:and|or|at|from|in|of)\s(?:the\s)?{NAME}")
"""Further names of a subject that are joined to the first, and the name of where it is."""
_TIME = re.compile(rf"\s(?:(?:on|in|late|early|last)\s)*(?:{DAYS})(?:\s\d{{1,2}})?(?=\s[a-z])")
"""A time between a subject and its verb: "Ada Brandt on Monday left"."""
_RENAMED = re.compile(r",\s(?:[Tt]he\s)?$")
"""The end of the words that say the subject before its name does: "the minister, Ada Brandt, left"."""
_ADVERBIAL = re.compile(
    r"\W*(?:(?:just|shortly|soon|the day|\w+ly)\s)?(?:after|although|amid|as|at|because|before|by|during|following|for"
    r"|from|if|in|of|on|once|since|than|though|to|under|until|when|while|with)\s",
    re.IGNORECASE,
)
"""The beginning of an adverbial before the subject, which may have a verb of its own."""
_OWNED = re.compile(r"[’']s?\s(?:[\w’'-]+\s){1,5}")
"""The possessive of a name, with the words behind it."""
_PARTICIPLE = re.compile(r"\W*[A-Z][a-z]+(?:ed|en|ing|ught|wn)\s[^,;:]{1,90},\s")
"""A participle that opens a sentence, with its words: it belongs to the subject behind."""
_HOLDING = re.compile(
    r"(?:.*[;:—–()]|.*[A-Z)]\s-)?\W*(?:[A-Z][^,;:]{1,60},\s)?(?!\w+(?:ing|ed)\b|(?:our|my|your|this|that)\b)[\w’'-]+\s"
    r"(?P<words>(?:[\w’'-]+\s){0,5})(?:at|called|for|from|in|named|of)\s(?:the\s)?",
    re.DOTALL | re.IGNORECASE,
)
"""The words of a noun phrase before a name in it, with what may stand before a clause, as the place of a report."""
_PAST = re.compile(
    r"(?:\s\([^()]{1,60}\))?(?:,[^.;:!?]{1,120},)?\s(?:\w+ly\s)?"
    rf"(?:has|have|will|was|were|[a-z]+ed|{'|'.join(sorted(word_lists('chronology')['past_verbs']))})\b"
)
"""A verb of what was or will be behind a noun phrase, whose last noun may look like a verb of the present."""
_QUOTED_WORDS = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_WORD = re.compile(r"[\w’'-]+")


def with_subjects(
    timed: Iterable[TimedSentence],
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
) -> Iterator[TimedSentence]:
    """Yield sentences with the names that are their subjects; the other arguments are those of `quotes`."""
    source = quoted_text(text, named, sentences)
    for sentence in timed:
        yield msgspec.structs.replace(sentence, subject=_subject(source, sentence.start, sentence.end))


def _subject(source: QuotedText, start: int, end: int) -> int:
    """Return the index of the name that is the subject of a sentence; -1 if that is not plain."""
    content = source.text.content
    if pronoun := _PERSON.match(content, start, end):
        meant = person_meant(source, start, None, pronoun["pronoun"])
    elif firm := _firm().match(content, start, end):
        meant = body_meant(source, start, firm["noun"])
    elif _UNNAMED.match(content, start, end):
        meant = None
    else:
        mentions = [mention for mention in source.mentions_in(start, end) if not source.is_quoted(mention)]
        both = (_has_for_subject, _is_in_subject)
        found = (each.name for fits in both for each in mentions if fits(source, (start, end), each))
        meant = next(found, None)
    return -1 if meant is None else meant


def _has_for_subject(source: QuotedText, sentence: tuple[int, int], mention: Mention) -> bool:
    """True if a name is the subject of the first verb of a sentence, or of the verb of saying behind its quotation.

    "China's ministry said" is said of China, too.
    """
    start, end = sentence
    lead = window(source, start, mention.start)
    if turned().search(lead):
        return True
    behind = window(source, mention.end, end)
    between = _JOINED.match(behind) or _TIME.match(behind)
    onward = behind[between.end() :] if between else behind
    renamed = onward.removeprefix(",") if _RENAMED.search(lead) else ""
    owned = _OWNED.match(behind)
    is_followed = owned is not None and not FINITE.isdisjoint(owned.group().split()[1:])
    parts = _QUOTED_WORDS.sub("", _PARTICIPLE.sub("", lead, count=1)).split(", ")
    is_first = all(_ADVERBIAL.match(part) or FINITE.isdisjoint(_WORD.findall(part.lower())) for part in parts)
    return is_first and (is_followed or has_verb(onward) or has_verb(renamed)) and is_subject(lead)


def _is_in_subject(source: QuotedText, sentence: tuple[int, int], mention: Mention) -> bool:
    """True if the noun phrase with which a sentence begins holds a name, and a verb follows."""
    start, end = sentence
    lead, behind = window(source, start, mention.start), window(source, mention.end, end)
    held = _HOLDING.fullmatch(lead)
    if not held or (_ADVERBIAL.match(lead) and "," not in lead) or not FINITE.isdisjoint(held["words"].lower().split()):
        return False
    joined = _JOINED.match(behind)
    return _PAST.match(behind, joined.end() if joined else 0) is not None


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"{_OPENING}[Tt]he\s(?P<noun>{'|'.join(sorted(FIRMS))})\s(?=[a-z])")
