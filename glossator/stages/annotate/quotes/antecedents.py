"""Antecedents of "he", "she" and "the company" in the words around a quotation.

"He" is the subject of the sentence before, or the last speaker if nobody else has been named or has spoken since. A
person's gender is known only by what the article says of the person, never by a given name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from glossator.model import EntityType, Mention
from glossator.naming.head_nouns import FIRMS
from glossator.stages.annotate.lexicon import INVERTED, VERBS
from glossator.stages.annotate.quotes.quoted_text import QuotedText, window
from glossator.stages.annotate.quotes.subjects import has_verb, is_subject

BACK = 4
"""Sentences before a quotation in which the antecedent of "he" is looked for."""

FAR = 1500
"""Characters before a quotation in which the antecedent is looked for; of a sentence that tells a gender, at most."""

ENOUGH = 3
"""Sentences that tell a gender: one more than those that an offset, at a border of two, may be in."""

NOWHERE = (-1, -1)
"""Bounds that no offset is in."""

BESIDE = 60
"""Characters before and behind a name in which a title or a role tells the person's gender."""

# Genders that texts tell by a title, a role or a pronoun.
MALE, FEMALE = "he", "she"

_MEN = (
    r"(?:\w*(?:spokes|chair|business|congress|police|states|sales|gentle|noble)man|man|boy|father|husband|son|brother|"
    r"uncle|nephew|grandfather|widower|king|prince|duke|actor|monk)"
)
_WOMEN = (
    r"(?:\w*(?:spokes|chair|business|congress|police|states|sales|gentle|noble)woman|woman|girl|mother|wife|daughter|"
    r"sister|aunt|niece|grandmother|widow|queen|princess|duchess|actress|nun)"
)
_TOLD_BEFORE = {
    MALE: re.compile(rf"(?:\b(?:Mr|Sir|Lord|King|Prince)\.?|\b{_MEN},?)\s$"),
    FEMALE: re.compile(rf"(?:\b(?:Mrs|Ms|Miss|Mme|Dame|Lady|Queen|Princess)\.?|\b{_WOMEN},?)\s$"),
}
_TOLD_BEHIND = {
    MALE: re.compile(rf"(?:,|\s(?:is|was))\s(?:(?:the|an?|his|her)\s)?(?:[\w-]+\s){{0,3}}?{_MEN}\b"),
    FEMALE: re.compile(rf"(?:,|\s(?:is|was))\s(?:(?:the|an?|his|her)\s)?(?:[\w-]+\s){{0,3}}?{_WOMEN}\b"),
}
_PRONOUNS = {
    MALE: re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b"),
    FEMALE: re.compile(r"\b(?:[Ss]he|[Hh]ers?|[Hh]erself)\b"),
}
_GOES_ON = re.compile(r"[^\w“\"]*(?:[A-Z][^.!?“”\"\x02]{0,60},\s)?(?:[Hh]e|[Ss]he)\b")
"""A sentence whose subject is the one of the sentence before."""


@cache
def _speaks_otherwise() -> re.Pattern[str]:
    """Return what says that somebody speaks who is neither "he" nor "she"."""
    return re.compile(rf"(?<!\b[Hh]e)(?<!\b[Ss]he)\s(?:{'|'.join(VERBS)})\b")


@cache
def turned() -> re.Pattern[str]:
    """Return a verb of speech whose subject follows at once, or behind the words for a role."""
    return re.compile(rf"[,”\"]\s(?:{'|'.join(INVERTED)})\s(?:[\w’'.-]+\s){{0,4}}$")


def person_meant(source: QuotedText, start: int, last: tuple[int, int] | None, pronoun: str) -> int | None:
    """Return the person that the words `pronoun` with "he" or "she" mean beside a quotation that begins at `start`.

    `last` are the end of the quotation before in the block and its speaker.
    """
    gender = FEMALE if _PRONOUNS[FEMALE].search(pronoun) else MALE
    name = _last_speaker(source, start, last)
    since = last[0] if last else start
    if name is None:
        subject = _subject_before(source, start)
        if subject is None:
            return None
        name, since = subject.name, source.sentence_start(subject.start + 1)
    stated = _gender_told(source, name, start)
    others = {other for other in _people_in(source, since, start) if other != name}
    if stated != gender and (stated or others):
        return None
    return name if all(_gender_told(source, other, start) not in ("", gender) for other in others) else None


def body_meant(source: QuotedText, start: int, noun: str) -> int | None:
    """Return the organisation that "the department" or "the company" means: by its name, else the last mentioned."""
    pattern = re.compile(rf"\b{noun}\b", re.IGNORECASE)
    for sentence in _sentences_before(source, start):
        bodies = _mentions_of(source, sentence, EntityType.ORGANISATION)
        names = dict.fromkeys(body.name for body in bodies)
        fit = [name for name in names if any(pattern.search(form) for form, _ in source.names[name].forms)]
        if names and not fit and noun in FIRMS and is_subject(window(source, sentence[0], bodies[0].start)):
            fit = list(names)
        if fit:
            return fit[0] if len(fit) == 1 else None
    return None


def _last_speaker(source: QuotedText, start: int, last: tuple[int, int] | None) -> int | None:
    """Return the speaker of the last quotation, if nobody else is named or speaks since."""
    if last is None or source.names[last[1]].type is not EntityType.PERSON:
        return None
    since = source.text.content[last[0] : start]
    rest = since.partition(".")[2]  # behind the sentence that names the speaker
    others = _people_in(source, last[0], start) - {last[1]}
    return None if others or _speaks_otherwise().search(rest) else last[1]


def _subject_before(source: QuotedText, start: int) -> Mention | None:
    """Return the person who is the subject of the sentence before, or of the one whose "he" goes on about the person.

    In the sentence of the quotation itself, the person has to be its subject, too.
    """
    for sentence in _sentences_before(source, start):
        people = _mentions_of(source, sentence, EntityType.PERSON)
        words = source.text.content[slice(*sentence)]
        if people:
            ended = sentence[1] >= start or words[-1:] in tuple('.!?”"’')
            subjects = (person for person in people if _is_subject_of(source, sentence, person, people[0]))
            return next(subjects, None) if ended else None
        if sentence[0] < start <= sentence[1] or _GOES_ON.match(words):
            continue
        return None
    return None


def _is_subject_of(source: QuotedText, sentence: tuple[int, int], person: Mention, first: Mention) -> bool:
    """True if a person is the subject of a sentence, whose first person is given, or follows a verb of speech there."""
    lead, behind = window(source, sentence[0], person.start), source.text.content[person.end : sentence[1]]
    return turned().search(lead) is not None or (person is first and is_subject(lead) and has_verb(behind))


def _gender_told(source: QuotedText, name: int, start: int) -> str:
    """Return the gender that the article tells of a person: MALE, FEMALE, or empty if it tells none, or both.

    The sentence of the quotation at `start` does not count, whose pronoun is in question.
    """
    signs = _signs_of_gender(source).get(name, {})
    genders = [gender for gender, signed in signs.items() if any(not left <= start <= right for left, right in signed)]
    return genders[0] if len(genders) == 1 else ""


@lru_cache(maxsize=1)
def _signs_of_gender(source: QuotedText) -> Mapping[int, Mapping[str, Collection[tuple[int, int]]]]:
    """Return the bounds of some sentences that tell a gender, by person and gender; of titles and roles, no bounds.

    Pronouns count in the sentences of which the person is the subject and which name nobody else, and at the beginning
    of the sentence behind.
    """
    content = source.text.content
    signs: dict[int, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    for mention in source.mentions:
        if source.names[mention.name].type is not EntityType.PERSON or source.is_quoted(mention):
            continue
        by_gender = signs[mention.name]
        for gender in (MALE, FEMALE):
            before_name = _TOLD_BEFORE[gender].search(content, max(0, mention.start - BESIDE), mention.start)
            if before_name or _TOLD_BEHIND[gender].match(content, mention.end, mention.end + BESIDE):
                by_gender[gender].add(NOWHERE)
        first = source.sentence_start(mention.start + 1)
        index = bisect_left(source.sentences, first, key=lambda bounds: bounds[0])
        end = source.sentences[index][1]
        if end - first > FAR or _people_in(source, first, end) != {mention.name}:
            continue
        if is_subject(window(source, first, mention.start)):
            for gender, pattern in _PRONOUNS.items():
                if len(by_gender[gender]) < ENOUGH and pattern.search(content, mention.end, end):
                    by_gender[gender].add((first, end))
    return signs


def _people_in(source: QuotedText, start: int, end: int) -> set[int]:
    """Return the people who are named between two offsets, outside quotation marks."""
    return {mention.name for mention in _mentions_of(source, (start, end), EntityType.PERSON)}


def _mentions_of(source: QuotedText, bounds: tuple[int, int], kind: EntityType) -> Sequence[Mention]:
    """Return the mentions of a type between two offsets, outside quotation marks."""
    mentions = source.mentions_in(*bounds)
    return [
        mention for mention in mentions if source.names[mention.name].type is kind and not source.is_quoted(mention)
    ]


def _sentences_before(source: QuotedText, start: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences before an offset, the nearest first; its own, up to the offset, included."""
    at = bisect_left(source.sentences, start, key=lambda sentence: sentence[1])
    for left, right in reversed(source.sentences[max(0, at - BACK) : at + 1]):
        if start - FAR <= left < start:
            yield left, min(right, start)
