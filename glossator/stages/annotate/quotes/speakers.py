"""The speaker of a quotation, if the words around it make plain who speaks.

A false quotation of a real person is the worst that a page can hold, so every doubt means that there is no speaker.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from glossator.model import Block, EntityType
from glossator.naming.lexicon import EMBEDDING_WORDS
from glossator.stages.annotate.lexicon import BASES, INVERTED, SPOKESMEN, VERBS
from glossator.stages.annotate.quotes.antecedents import body_meant, person_meant
from glossator.stages.annotate.quotes.quoted_text import QuotedText, window, words_after, words_before
from glossator.stages.annotate.quotes.subjects import NAME as _NAME
from glossator.stages.annotate.quotes.subjects import is_clause, is_subject

NEAR = 280
"""Characters around a quotation in which the speaker is looked for."""

_compiled = cache(re.compile)
"""Compile a pattern when it is first needed: all of those with the verbs take a fiftieth of a second."""

_VERB = f"(?:{'|'.join(VERBS)})"
_INVERTED = f"(?:{'|'.join(INVERTED)})"
_ADVERB = r"(?:also\s|has\s|had\s|have\s|later\s|then\s|once\s|previously\s|recently\s|further\s|\w+ly\s)?"
_REST = r"[^.!?“”\"\x02]{0,110}$"
_SECOND_VERB = rf"\b(?:{_VERB}|(?:who|which)\s\w+)\b"
"""A second verb between that of speech and the quotation, which may be somebody else's words."""

_AFTERWARDS = (
    rf"^,?\s*(?:(?:[\w’'-]+|[A-Z][a-z]{{0,3}}\.)\s){{0,5}}?{_NAME}(?:,[^,]{{1,100}},)?\s{_ADVERB}{_VERB}\b",
    rf"^[^.!?“”\"\x02]{{0,80}},\s(?:the\s)?{_NAME}\s{_ADVERB}{_VERB}\b",
)
_OPENING = rf"\s{_NAME}\s{_ADVERB}{_VERB}:\s"
_SHORT = re.compile(r"(?!\sthat\b)[^.!?,:“”\"]{0,40}\.(?:\s|$)")
"""The end of a sentence soon after a verb."""

_TURNED = rf"(?:,?\s*|[^.!?“”\"\x02]{{1,80}},\s)(?:{_INVERTED}|according\sto)\s"
"""A verb after a quotation, whose subject follows."""

_BEFOREHAND = (
    rf"{_NAME}(?:,(?P<aside>[^\x02]{{1,120}}),)?\s{_ADVERB}{_VERB}\b(?P<rest>{_REST})",
    rf"(?:^|[.!?”\"]\s+)(?:[A-Z]\w+\.?\s)?{_NAME},\s(?P<aside>[^.!?“”\"]{{1,200}}),\s{_VERB}\b(?P<rest>{_REST})",
    rf"(?:^|[.!?”\"]\s+){_NAME}[^.!?“”\"\x02]{{0,140}},\s(?:saying|adding|writing)(?P<rest>)(?:\sthat)?:?\s*$",
    rf"[Aa]ccording\sto\s(?:[a-z]+\s){{0,4}}{_NAME}(?:,[^\x02]{{1,80}})?,\s(?P<rest>{_REST})",
)
_ADVERBIAL = r"(?:At|During|In|On)\s(?:(?:an?|her|his|the)\s)?(?:[\w’'-]+\s){0,2}\w+"
"""An adverbial without a comma before a pronoun: "In a statement she said"."""
_PRONOUN = rf"^,?\s*(?:(?:he|she)\s{_ADVERB}{_VERB}\b|{_VERB}\s(?:he|she)\b)"
_PRONOUN_BEFORE = (
    rf"(?:^|[.!?”\"]\s+)(?:He|She|(?:{_ADVERBIAL}|[A-Z](?:\w*|[^.!?“”\"\x02]{{0,60}},))\s(?:he|she))\s(?:[a-z]+\s){{0,4}}?"
    rf"(?:{_VERB}|to\s(?:{'|'.join(BASES)}))\b[^.!?“”\"]{{0,110}}$"
)
_NOUN = (
    r"(company|firm|group|bank|department|ministry|agency|party|union|university|airline|carrier|carmaker|court|"
    r"committee|commission|council|institute|organisation|organization|association|newspaper|network|foundation|club)"
)
_BODY = rf"^,?\s*the\s{_NOUN}\s{_ADVERB}{_VERB}\b"
_BODY_BEFORE = (
    rf"(?:^|[.!?”\"]\s+)(?:The|A\s(?:spokes\w+|official|statement)\s(?:for|of|from|by)\sthe)\s{_NOUN}\s"
    rf"{_ADVERB}{_VERB}\b[^.!?“”\"]{{0,140}}$"
)
_WORD = re.compile(rf"{_NAME}|[^\s,;:.!?“”\"()\[\]—–\x02]+(?:\.(?=\s[A-Z\x02]))?")
_PREPOSITIONS = (EMBEDDING_WORDS - {"and"}) | frozenset(
    """to from by about who whom which that as when while during after before since
    but because if where into over under via through near between among like than""".split()
)
_ENDS_WITH_SPOKESMAN = re.compile(rf"\b{SPOKESMEN}\s(?:for|of|from|by|at)\s(?:the\s)?$")
_POSSESSIVE = re.compile(r"\A(?:['’]s?\b|['’](?=\s))")
_JOINED = re.compile(rf"\sand\s{_NAME}")
"""A second speaker."""

_SPEAKERS = (EntityType.PERSON, EntityType.ORGANISATION)


class Attribution(NamedTuple):
    """The speaker of a quotation, and the words that say so."""

    name: int
    """Index into the names of the text."""
    words: str
    """The words of the sentence outside of quotation marks, such as "said Ada Brandt on Monday"."""


def attribution(
    source: QuotedText, block: Block, quoted: tuple[int, int], last: tuple[int, int] | None
) -> Attribution | None:
    """Return the speaker of a quotation and the attributing words; None unless both are plain.

    `quoted` are the bounds of the quotation with its marks, `last` the end of the quotation before in this block and
    its speaker.
    """
    after, ended = _after(source, block, quoted)
    before = window(source, max(block.start, source.sentence_start(quoted[0]), quoted[0] - NEAR), quoted[0])
    afterwards = _named_after(source, after, ended=ended)
    if afterwards is None and (pronoun := _pronoun_after(after, ended=ended)):
        afterwards = person_meant(source, quoted[0], last, pronoun.group())
    if afterwards is None and (body := _compiled(_BODY).match(after)):
        afterwards = body_meant(source, quoted[0], body.group(1))
    if afterwards is not None:
        return _attribution(source, afterwards, quoted, words_after(source, block, quoted[1]))
    name = _named_before(source, before)
    if name is None and (pronoun := _compiled(_PRONOUN_BEFORE).search(before)):
        name = person_meant(source, quoted[0], last, pronoun.group())
    if name is None and (body := _compiled(_BODY_BEFORE).search(before)):
        name = body_meant(source, quoted[0], body.group(1))
    return None if name is None else _attribution(source, name, quoted, words_before(source, block, quoted[0]))


def is_named_after(source: QuotedText, block: Block, quoted: tuple[int, int]) -> bool:
    """True if the words after a quotation name its speaker; `quoted` are its bounds with its marks."""
    after, ended = _after(source, block, quoted)
    return _named_after(source, after, ended=ended) is not None


def _after(source: QuotedText, block: Block, quoted: tuple[int, int]) -> tuple[str, bool]:
    """Return what follows a quotation, with a number for each name, and whether the quotation ends with a full stop.

    It also ends before a verb that opens the next words: "Is it?" Aber answered: "It is."
    """
    after = window(source, quoted[1], min(block.end, quoted[1] + NEAR))
    mark = source.text.content[quoted[1] - 2]
    return after, mark == "." or (mark in "?!" and _compiled(_OPENING).match(after) is not None)


def _attribution(source: QuotedText, name: int, quoted: tuple[int, int], words: str) -> Attribution | None:
    """Return the attribution; None if a person seems to speak of himself by his name, or a namesake may speak."""
    if source.names[name].type is not EntityType.PERSON:
        return Attribution(name, words)
    named = any(mention.name == name for mention in source.mentions_in(*quoted))
    return None if named or _last_bearer(source, name, quoted[1]) != name else Attribution(name, words)


def _last_bearer(source: QuotedText, name: int, end: int) -> int:
    """Return who with the surname of a name was last named in full up to the end of the sentence of a quotation."""
    surname = source.names[name].form.split()[-1]
    bearers = {
        index
        for index, other in enumerate(source.names)
        if other.type is EntityType.PERSON and " " in other.form and other.form.split()[-1] == surname
    }
    if len(bearers) < 2 or name not in bearers:
        return name
    until = next((right for _, right in source.sentences if right >= end), end)
    full = (
        mention.name
        for mention in reversed(source.mentions_in(0, until + NEAR))
        if mention.name in bearers and mention.start < until and mention.end - mention.start > len(surname)
    )
    return next(full, name)


def _named_after(source: QuotedText, after: str, *, ended: bool) -> int | None:
    """Return the name that the words after a quotation make its speaker; `ended` if it ends with a full stop."""
    for pattern in _AFTERWARDS:
        match = _compiled(pattern).search(after)
        if match and ended and not _SHORT.match(after, match.end()):
            continue
        if match and not is_subject(after[: match.start(1) - 1]):
            continue
        if match and _kind(source, match) in _SPEAKERS and not _POSSESSIVE.match(after[match.end(1) + 1 :]):
            return int(match.group(1))
    turned = _compiled(_TURNED).match(after)
    spoken = turned and _compiled(rf"\b{_VERB}\s*,").search(turned.group())  # "he said, according to the Gazette"
    return _subject(source, after, turned.end()) if turned and not spoken else None


def _pronoun_after(after: str, *, ended: bool) -> re.Match[str] | None:
    """Return "he said" after a quotation; after a full stop it begins a sentence of its own unless that is all."""
    pronoun = _compiled(_PRONOUN).match(after)
    return pronoun if pronoun and (not ended or _SHORT.match(after, pronoun.end())) else None


def _subject(source: QuotedText, after: str, start: int) -> int | None:
    """Return the subject that follows a verb: the last person of its noun phrase, else a body that ends it."""
    phrase: list[re.Match[str]] = []
    at, end = start, start
    while word := _WORD.match(after, at):
        if word.group() in _PREPOSITIONS:
            break
        phrase.append(word)
        end = word.end()
        at = end + 1 if after[end : end + 1].isspace() else end
    named = [word for word in phrase if word.group(1) and not _POSSESSIVE.match(after[word.end() :])]
    people = [word for word in named if _kind(source, word) is EntityType.PERSON]
    if people:
        alone = len({word.group(1) for word in people}) == 1 and not _JOINED.match(after, end)
        return int(people[-1].group(1)) if alone else None
    if named:
        last = named[-1]
        return int(last.group(1)) if last is phrase[-1] and _kind(source, last) is EntityType.ORGANISATION else None
    return _after_role(source, after, (start, end))


def _after_role(source: QuotedText, after: str, phrase: tuple[int, int]) -> int | None:
    """Return the person in apposition to a phrase without a name, or the body for which a spokesman speaks."""
    if apposed := re.compile(rf"(?:\s(?:of|for|at)\s[^.,“”\"]{{1,60}})?,\s{_NAME}(?=[,.\s]|$)").match(after, phrase[1]):
        return int(apposed.group(1)) if _kind(source, apposed) is EntityType.PERSON else None
    governed = re.compile(rf"[^.,“”\"\x02]{{0,20}}?{_NAME}(?!['’])").match(after, phrase[1])
    if governed and _ENDS_WITH_SPOKESMAN.search(after, phrase[0], governed.start(1) - 1):
        return int(governed.group(1)) if _kind(source, governed) is EntityType.ORGANISATION else None
    return None


def _named_before(source: QuotedText, before: str) -> int | None:
    """Return the name that the words of the sentence before a quotation make its speaker."""
    for pattern in _BEFOREHAND:
        match = _compiled(pattern).search(before)
        if match is None or (kind := _kind(source, match)) not in _SPEAKERS:
            continue
        lead = before[: match.start(1) - 1]
        if _compiled(_SECOND_VERB).search(match.group("rest")) or is_clause(match.groupdict().get("aside") or ""):
            return None
        spokesman = kind is EntityType.ORGANISATION and _ENDS_WITH_SPOKESMAN.search(lead)
        if spokesman or match.group().startswith(("According", "according")) or is_subject(lead):
            return int(match.group(1))
    return None


def _kind(source: QuotedText, match: re.Match[str]) -> EntityType:
    return source.names[int(match.group(1))].type
